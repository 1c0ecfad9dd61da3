import { fill } from '../../texts/fill.ts';
import { Heading } from '../shared/Heading.tsx';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { useBallot } from './context.ts';

interface Props {
  /** 0 to 1 while sealing; null once it is on its way. */
  readonly progress: number | null;
  readonly problem: Problem | null;
  /** The ballot in the box stays where it is when this one cannot be sent. */
  readonly replacing: boolean;
  readonly onRetry: () => void;
  readonly onBack: () => void;
}

/** The ballot is being sealed, then sent. When no answer comes, the same ballot can be sent again. */
export function Sealing({ progress, problem, replacing, onRetry, onBack }: Props) {
  const { page, login } = useBallot();
  const t = page.texts.ballot;
  if (problem) {
    const again =
      problem.kind === 'offline' ||
      problem.kind === 'unexpected' ||
      problem.kind === 'not-ready' ||
      problem.kind === 'other-account' ||
      problem.kind === 'too-many-attempts';
    return (
      <ProblemNote problem={problem} page={page} focus>
        {problem.kind === 'offline' && <p>{t.sameAgain}</p>}
        {problem.kind === 'other-account' && <p>{fill(t.filledInAs, { login })}</p>}
        {problem.kind === 'not-signed-in' && !replacing && <p>{t.keptHere}</p>}
        {replacing && problem.kind === 'already-closed' && <p>{t.replaceClosed}</p>}
        {again && (
          <button type="button" className="button" onClick={onRetry}>
            {t.retry}
          </button>
        )}
        {problem.kind === 'already-voted' ? (
          <button type="button" className="button" onClick={() => location.reload()}>
            {t.unlock}
          </button>
        ) : problem.kind === 'already-closed' ? (
          <a className="button quiet" href={`${page.base}elections/${page.data.key}/`}>
            {t.toElection}
          </a>
        ) : (
          <button type="button" className="button quiet" onClick={onBack}>
            {t.change}
          </button>
        )}
      </ProblemNote>
    );
  }
  const doing = progress === null ? t.sending : t.sealing;
  return (
    <div className="sealing">
      <Heading>{doing}</Heading>
      <progress aria-label={doing} max={1} {...(progress === null ? {} : { value: progress })} />
    </div>
  );
}
