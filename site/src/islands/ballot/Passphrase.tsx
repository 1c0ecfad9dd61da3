import { useState } from 'react';
import { Username } from '../shared/Username.tsx';
import { isFoundAfterCount } from './after-count.ts';
import { useBallot } from './context.ts';
import { useCopy } from './use-copy.ts';

export type Way = 'made' | 'own' | 'none';

export interface Protection {
  readonly way: Way;
  readonly made: string;
  readonly own: string;
  readonly again: string;
}

interface Props {
  readonly value: Protection;
  readonly onChange: (value: Protection) => void;
  readonly onAnother: () => void;
  readonly wrong: { readonly field: 'own' | 'again'; readonly text: string } | null;
}

/** The key to look at or change the ballot with: made once a visit, folded away for who needs no other. */
export function Passphrase({ value, onChange, onAnother, wrong }: Props) {
  const { page, login, paper } = useBallot();
  // Whoever guesses it needs no officer: words of one's own are no match for that.
  const onlyMade = paper.manifest.suite === 2;
  const t = page.texts.ballot;
  const [visible, setVisible] = useState(false);
  const [copied, copy] = useCopy(value.made);
  const radio = (way: Way, label: string) => (
    <label className="choice">
      <input
        type="radio"
        name="way"
        value={way}
        checked={value.way === way}
        onChange={() => onChange({ ...value, way })}
      />
      <span>{label}</span>
    </label>
  );
  const field = (name: 'own' | 'again', label: string) => (
    <div className="field">
      <label htmlFor={`protect-${name}`}>{label}</label>
      {name === 'own' && (
        <span className="hint" id="own-hint">
          {t.passphraseHint}
        </span>
      )}
      <input
        id={`protect-${name}`}
        type={visible ? 'text' : 'password'}
        autoComplete="new-password"
        value={value[name]}
        onChange={(event) => onChange({ ...value, [name]: event.target.value })}
        {...(wrong?.field === name
          ? { 'aria-invalid': true, 'aria-describedby': `wrong-${name}` }
          : name === 'own'
            ? { 'aria-describedby': 'own-hint' }
            : {})}
      />
      {wrong?.field === name && (
        <span className="wrong" id={`wrong-${name}`} role="alert">
          {wrong.text}
        </span>
      )}
    </div>
  );
  return (
    <details className="protect" open={value.way !== 'made' || wrong !== null}>
      <summary>
        {t.keepTitle}{' '}
        <span className="soft">
          {value.way === 'made' ? t.keepMade : value.way === 'own' ? t.keepOwn : t.keepNone}
        </span>
      </summary>
      <p>
        {onlyMade
          ? t.passphraseOfficers
          : isFoundAfterCount(paper.manifest)
            ? t.passphraseText
            : t.passphraseOnlyOpens}
      </p>
      <Username value={login} />
      <fieldset className="choices">
        <legend className="vh">{t.passphraseLabel}</legend>
        {radio('made', t.passphraseMade)}
        {value.way === 'made' && (
          <div className="choice-body">
            <output className="phrase" lang="en" aria-label={t.passphraseYours}>
              {value.made}
            </output>
            <p className="row-of-buttons">
              <button type="button" className="button quiet" onClick={copy}>
                {copied ? t.passphraseCopied : t.passphraseCopy}
              </button>
              <button type="button" className="link" onClick={onAnother}>
                {t.passphraseAnother}
              </button>
            </p>
          </div>
        )}
        {!onlyMade && radio('own', t.passphraseOwn)}
        {value.way === 'own' && (
          <div className="choice-body">
            {field('own', t.passphraseLabel)}
            {field('again', t.passphraseAgain)}
            <button
              type="button"
              className="link"
              aria-pressed={visible}
              onClick={() => setVisible(!visible)}
            >
              {visible ? t.hide : t.show}
            </button>
          </div>
        )}
        {radio('none', t.passphraseNoneChoice)}
        {value.way === 'none' && <p className="choice-body">{t.passphraseNoneText}</p>}
      </fieldset>
    </details>
  );
}
