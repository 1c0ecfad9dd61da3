import type { ReactNode } from 'react';
import { plural } from '../../texts/fill.ts';
import type { Lang, Texts } from '../../texts/index.ts';
import { inWords } from '../../time.ts';
import type { Problem } from './problem.ts';

interface Props {
  readonly problem: Problem;
  readonly texts: Pick<Texts, 'refusals' | 'ballot'>;
  readonly lang: Lang;
  readonly children?: ReactNode;
}

/** What happened, and what to do next. Spoken at once. */
export function ProblemNote({ problem, texts, lang, children }: Props) {
  const { title, help } = texts.refusals[problem.kind];
  const { kind, detail } = problem;
  return (
    <div
      className={`note ${kind === 'offline' || kind === 'unexpected' || kind === 'wrong-passphrase' ? 'bad' : 'warn'}`}
      role="alert"
    >
      <h2>{title}</h2>
      <p>
        {help}{' '}
        {kind === 'too-many-attempts' && detail !== null && plural(texts.ballot.waitSeconds, detail, lang)}
        {(kind === 'not-open-yet' || kind === 'already-closed') &&
          detail !== null &&
          `(${inWords(detail, lang)})`}
      </p>
      {children && <div className="row-of-buttons">{children}</div>}
    </div>
  );
}
