import { makePassphrase } from '@elekto/protocol/voter';
import { useState } from 'react';
import { Heading } from '../shared/Heading.tsx';
import { useBallot } from './context.ts';
import { Steps } from './Steps.tsx';

const SHORTEST = 12;
type Way = 'made' | 'own' | 'none';

interface Props {
  readonly onBack: () => void;
  readonly onCast: (passphrase: string | null) => void;
}

/** The passphrase: made here, chosen, or none. Fields are ordinary ones, so password managers and pasting work. */
export function Protect({ onBack, onCast }: Props) {
  const { page, login } = useBallot();
  const t = page.texts.ballot;
  const [way, setWay] = useState<Way>('made');
  const [made, setMade] = useState(makePassphrase);
  const [saved, setSaved] = useState(false);
  const [own, setOwn] = useState('');
  const [again, setAgain] = useState('');
  const [visible, setVisible] = useState(false);
  const [copied, setCopied] = useState(false);
  const [wrong, setWrong] = useState<{
    readonly field: 'saved' | 'own' | 'again';
    readonly text: string;
  } | null>(null);

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const fail = (field: 'saved' | 'own' | 'again', text: string) => {
      setWrong({ field, text });
      document.getElementById(`protect-${field}`)?.focus();
    };
    if (way === 'none') return onCast(null);
    if (way === 'made') return saved ? onCast(made) : fail('saved', t.passphraseSavedNeeded);
    if (own.trim().length < SHORTEST) return fail('own', t.passphraseShort);
    if (own !== again) return fail('again', t.passphraseDiffers);
    onCast(own);
  };
  const copy = () => {
    navigator.clipboard?.writeText(made).then(
      () => setCopied(true),
      () => getSelection()?.selectAllChildren(document.querySelector('.phrase') ?? document.body),
    );
  };
  const radio = (value: Way, label: string) => (
    <label className="choice">
      <input type="radio" name="way" value={value} checked={way === value} onChange={() => setWay(value)} />
      <span>{label}</span>
    </label>
  );
  const invalid = (field: 'saved' | 'own' | 'again') =>
    wrong?.field === field ? { 'aria-invalid': true, 'aria-describedby': `wrong-${field}` } : {};
  const wrongText = (field: 'saved' | 'own' | 'again') =>
    wrong?.field === field && (
      <span className="wrong" id={`wrong-${field}`} role="alert">
        {wrong.text}
      </span>
    );

  return (
    <form className="protect" onSubmit={submit} noValidate>
      <Steps at={2} />
      <Heading>{t.passphraseTitle}</Heading>
      <p>{t.passphraseText}</p>
      <input
        className="vh"
        type="text"
        name="username"
        autoComplete="username"
        value={login}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <fieldset className="choices">
        <legend className="vh">{t.passphraseLabel}</legend>
        {radio('made', t.passphraseMade)}
        {way === 'made' && (
          <div className="choice-body">
            <output className="phrase" lang="en" aria-label={t.passphraseYours}>
              {made}
            </output>
            {/* For password managers, which look for a field. */}
            <input
              id="protect-made"
              className="vh"
              type="password"
              name="passphrase"
              autoComplete="new-password"
              readOnly
              value={made}
              tabIndex={-1}
              aria-hidden="true"
            />
            <p className="row-of-buttons">
              <button type="button" className="button quiet" onClick={copy}>
                {copied ? t.passphraseCopied : t.passphraseCopy}
              </button>
              <button
                type="button"
                className="link"
                onClick={() => {
                  setMade(makePassphrase());
                  setCopied(false);
                  setSaved(false);
                }}
              >
                {t.passphraseAnother}
              </button>
            </p>
            <label className="act check">
              <input
                id="protect-saved"
                type="checkbox"
                checked={saved}
                onChange={(event) => setSaved(event.target.checked)}
                {...invalid('saved')}
              />
              <span>{t.passphraseSaved}</span>
            </label>
            {wrongText('saved')}
          </div>
        )}
        {radio('own', t.passphraseOwn)}
        {way === 'own' && (
          <div className="choice-body">
            <div className="field">
              <label htmlFor="protect-own">{t.passphraseLabel}</label>
              <span className="hint" id="own-hint">
                {t.passphraseHint}
              </span>
              <input
                id="protect-own"
                type={visible ? 'text' : 'password'}
                autoComplete="new-password"
                value={own}
                onChange={(event) => setOwn(event.target.value)}
                aria-describedby="own-hint"
                {...invalid('own')}
              />
              {wrongText('own')}
            </div>
            <div className="field">
              <label htmlFor="protect-again">{t.passphraseAgain}</label>
              <input
                id="protect-again"
                type={visible ? 'text' : 'password'}
                autoComplete="new-password"
                value={again}
                onChange={(event) => setAgain(event.target.value)}
                {...invalid('again')}
              />
              {wrongText('again')}
            </div>
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
        {way === 'none' && <p className="choice-body">{t.passphraseNoneText}</p>}
      </fieldset>
      <div className="bar">
        <div className="row-of-buttons">
          <button type="button" className="button quiet" onClick={onBack}>
            {t.back}
          </button>
          <button type="submit" className="button big">
            {t.cast}
          </button>
        </div>
      </div>
    </form>
  );
}
