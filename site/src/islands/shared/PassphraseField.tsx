import { normalisePassphrase, unknownWords } from '@elekto/protocol/voter';
import { useState } from 'react';
import { plural } from '../../texts/fill.ts';
import type { Texts } from '../../texts/index.ts';
import type { Lang } from '../../texts/languages.ts';

interface Props {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint: string;
  /** It opened nothing: words that no made passphrase has are told. */
  readonly wrong: boolean;
  /** Whether it is readable from the start. */
  readonly readable?: boolean;
  readonly field?: React.Ref<HTMLInputElement>;
  readonly texts: Pick<Texts['ballot'], 'passphraseYours' | 'unknownWords' | 'show' | 'hide'>;
  readonly lang: Lang;
}

/** The passphrase to a ballot, typed. Mistyped words are underlined below; the others stay hidden there while they are in the field. */
export function PassphraseField(props: Props) {
  const { id, value, onChange, hint, wrong, readable = false, field, texts: t, lang } = props;
  const [visible, setVisible] = useState(readable);
  const unknown = wrong ? unknownWords(value) : [];
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{t.passphraseYours}</label>
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
        <input
          ref={field}
          id={id}
          type={visible ? 'text' : 'password'}
          autoComplete="current-password"
          autoCapitalize="none"
          spellCheck="false"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-describedby={unknown.length > 0 ? `${id}-hint ${id}-unknown` : `${id}-hint`}
          {...(wrong ? { 'aria-invalid': true } : {})}
        />
        {unknown.length > 0 && (
          <>
            <p className="echo" lang="en" aria-hidden="true">
              {value
                .trim()
                .split(/\s+/u)
                .flatMap((word, i) => [
                  ' ',
                  unknown.includes(normalisePassphrase(word)) ? (
                    <u key={i}>{word}</u>
                  ) : visible ? (
                    word
                  ) : (
                    '••••'
                  ),
                ])}
            </p>
            <span className="wrong" id={`${id}-unknown`} lang={lang}>
              {plural(t.unknownWords, unknown.length, lang, { words: unknown.join(', ') })}
            </span>
          </>
        )}
      </div>
      <p>
        <button type="button" className="link" aria-pressed={visible} onClick={() => setVisible(!visible)}>
          {visible ? t.hide : t.show}
        </button>
      </p>
    </>
  );
}
