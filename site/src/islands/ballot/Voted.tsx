import { unknownWords } from '@elekto/protocol/voter';
import { useLayoutEffect, useRef, useState } from 'react';
import { fill, plural } from '../../texts/fill.ts';
import { inWords } from '../../time.ts';
import { Heading } from '../shared/Heading.tsx';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { Username } from '../shared/Username.tsx';
import { useBallot } from './context.ts';

interface Props {
  /** Made for this ballot, whose answer did not come back; null: none was, or it has been shown. */
  readonly unseen: string | null;
  readonly working: number | null;
  readonly problem: Problem | null;
  readonly onUnlock: (passphrase: string) => void;
}

/** This person has a ballot in the box: the passphrase opens it. */
export function Voted({ unseen, working, problem, onUnlock }: Props) {
  const { page, paper, login } = useBallot();
  const t = page.texts.ballot;
  const [passphrase, setPassphrase] = useState(unseen ?? '');
  const [visible, setVisible] = useState(unseen !== null);
  const field = useRef<HTMLInputElement>(null);
  // Whoever comes here has one thing to do.
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  // The button that was pressed is disabled meanwhile, and loses the focus.
  useLayoutEffect(() => {
    if (problem) field.current?.focus();
  }, [problem]);
  const unknown = problem?.kind === 'wrong-passphrase' ? unknownWords(passphrase) : [];
  return (
    <div className="voted">
      <Heading quiet>{t.votedTitle}</Heading>
      <p>{fill(t.votedText, { when: inWords(paper.closesAt, page.lang) })}</p>
      {unseen !== null && <p className="note good">{t.unseenPassphrase}</p>}
      {problem && <ProblemNote problem={problem} page={page} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase.trim() !== '') onUnlock(passphrase);
        }}
      >
        <Username value={login} />
        <div className="field">
          <label htmlFor="unlock">{t.passphraseYours}</label>
          <span className="hint" id="unlock-hint">
            {t.unlockHelp}
          </span>
          <input
            ref={field}
            id="unlock"
            type={visible ? 'text' : 'password'}
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck="false"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            aria-describedby="unlock-hint"
            {...(problem?.kind === 'wrong-passphrase' ? { 'aria-invalid': true } : {})}
          />
          {unknown.length > 0 && (
            <span className="wrong" lang={page.lang}>
              {plural(t.unknownWords, unknown.length, page.lang, { words: unknown.join(', ') })}
            </span>
          )}
        </div>
        <div className="row-of-buttons">
          <button type="submit" className="button" disabled={working !== null}>
            {t.unlock}
          </button>
          <button type="button" className="link" aria-pressed={visible} onClick={() => setVisible(!visible)}>
            {visible ? t.hide : t.show}
          </button>
        </div>
        {working !== null && (
          <p role="status" className="working">
            {t.unlocking}
            <progress value={working} max={1} aria-label={t.unlocking} />
          </p>
        )}
      </form>
    </div>
  );
}
