import { useRef } from 'react';
import { Heading } from '../shared/Heading.tsx';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { useBallot } from './context.ts';
import { Paper } from './Paper.tsx';
import type { Draft } from './ranking.ts';
import { ballotSentence } from './sentence.ts';

interface Props {
  readonly draft: Draft;
  readonly working: boolean;
  readonly problem: Problem | null;
  readonly onReplace: () => void;
  readonly onWithdraw: () => void;
  readonly onLock: () => void;
}

/** The stored ballot, opened on this device, with what can be done about it. */
export function View({ draft, working, problem, onReplace, onWithdraw, onLock }: Props) {
  const { page, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const dialog = useRef<HTMLDialogElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  /** React focuses only what it mounts, and a dialog its first button: the one that cannot be taken back. */
  const ask = () => {
    dialog.current?.showModal();
    keep.current?.focus();
  };
  return (
    <div className="view">
      <Heading>{t.viewTitle}</Heading>
      <p>{t.viewText}</p>
      {problem && <ProblemNote problem={problem} page={page} focus />}
      <p className="sentence">
        {ballotSentence(draft, nameOf, t, page.lang, paper.manifest.counting.unranked)}
      </p>
      <Paper draft={draft} />
      <div className="row-of-buttons">
        <button type="button" className="button" disabled={working} onClick={onReplace}>
          {t.replace}
        </button>
        <button type="button" className="button quiet" disabled={working} onClick={ask}>
          {t.withdraw}
        </button>
        <button type="button" className="link" onClick={onLock}>
          {t.lock}
        </button>
      </div>
      <p className="soft">{t.replaceText}</p>
      <dialog ref={dialog} aria-labelledby="withdraw-title">
        <h2 id="withdraw-title">{t.withdrawTitle}</h2>
        <p>{t.withdrawText}</p>
        <div className="row-of-buttons">
          <button
            type="button"
            className="button danger"
            onClick={() => {
              dialog.current?.close();
              onWithdraw();
            }}
          >
            {t.withdrawYes}
          </button>
          <button type="button" className="button quiet" ref={keep} onClick={() => dialog.current?.close()}>
            {t.withdrawNo}
          </button>
        </div>
      </dialog>
    </div>
  );
}
