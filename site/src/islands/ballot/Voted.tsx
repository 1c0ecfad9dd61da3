import { useLayoutEffect, useRef, useState } from 'react';
import { fill } from '../../texts/fill.ts';
import { inWords } from '../../time.ts';
import { Heading } from '../shared/Heading.tsx';
import { PassphraseField } from '../shared/PassphraseField.tsx';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { Username } from '../shared/Username.tsx';
import { useBallot } from './context.ts';

/** What opens the ballot in the box, while it may not have been kept. */
export interface Unseen {
  readonly passphrase: string;
  /** No answer came to the ballot, or the voter stepped back from its confirmation. */
  readonly why: 'lost-answer' | 'back';
}

interface Props {
  /** null: there is none, or it has been shown. */
  readonly unseen: Unseen | null;
  /** The ballot was cast in another tab of this browser just now. */
  readonly castElsewhere: boolean;
  readonly working: number | null;
  readonly problem: Problem | null;
  readonly onUnlock: (passphrase: string) => void;
}

/** This person has a ballot in the box: the passphrase opens it. */
export function Voted({ unseen, castElsewhere, working, problem, onUnlock }: Props) {
  const { page, paper, login } = useBallot();
  const t = page.texts.ballot;
  const [passphrase, setPassphrase] = useState(unseen?.passphrase ?? '');
  const field = useRef<HTMLInputElement>(null);
  // Whoever comes here has one thing to do.
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  // The button that was pressed is disabled meanwhile, and loses the focus.
  useLayoutEffect(() => {
    if (!problem) return;
    field.current?.focus();
    // What is wrong stands above it, and may have moved it out of sight.
    field.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  return (
    <div className="voted">
      <Heading quiet>{t.votedTitle}</Heading>
      <p>{fill(t.votedText, { when: inWords(paper.closesAt, page.lang) })}</p>
      {castElsewhere && (
        <p className="note" role="status">
          {t.castElsewhere}
        </p>
      )}
      {unseen !== null && (
        <p className="note good">{unseen.why === 'back' ? t.stillHere : t.unseenPassphrase}</p>
      )}
      {problem && <ProblemNote problem={problem} page={page} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase.trim() !== '') onUnlock(passphrase);
        }}
      >
        <Username value={login} />
        <PassphraseField
          field={field}
          id="unlock"
          value={passphrase}
          onChange={setPassphrase}
          hint={t.unlockHelp}
          wrong={problem?.kind === 'wrong-passphrase'}
          readable={unseen !== null}
          texts={t}
          lang={page.lang}
        />
        <div className="row-of-buttons">
          <button type="submit" className="button" disabled={working !== null}>
            {t.unlock}
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
