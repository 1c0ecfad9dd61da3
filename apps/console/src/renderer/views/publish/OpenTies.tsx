import type { Outcome } from '@elekto/tally';
import { tieSentence, type Names } from '@elekto/words';
import { formatRoute } from '../../lib/route.ts';
import { Notice } from '../../parts/Notice.tsx';

interface Props {
  readonly electionKey: string;
  readonly outcome: Outcome;
  readonly names: Names;
}

/** Publishing waits for every tie: afterwards none could be decided any more. */
export function OpenTies({ electionKey, outcome, names }: Props) {
  const { openTies } = outcome.seats;
  return (
    <Notice
      tone="warn"
      title={
        openTies.length === 1
          ? 'It cannot be published while a tie is open'
          : `It cannot be published while ${openTies.length} ties are open`
      }
    >
      <ul>
        {openTies.map((tie) => (
          <li key={tie.candidates.join(' ')}>{tieSentence(outcome, tie, names, 'en')}</li>
        ))}
      </ul>
      <p>
        <a href={formatRoute({ page: 'election', key: electionKey, tab: 'result' })}>
          Record how it was decided
        </a>{' '}
        first: it belongs into the signed result and into results.md, and cannot be added once the result is
        published.
      </p>
    </Notice>
  );
}
