import type { TieDecision } from '@elekto/protocol/result';
import {
  decisionSentence,
  headline,
  keptSentences,
  openTieSentences,
  say,
  termSentences,
  type Names,
  type Seated,
} from '@elekto/words';
import { formatUtc } from '../../lib/time.ts';

interface Props {
  readonly outcome: Seated;
  readonly names: Names;
  /** Who recorded what was decided, and when. */
  readonly decisions: readonly TieDecision[];
  /** What stands before the sentence. */
  readonly before?: string;
}

/** Who is elected, for how long where that differs, and every tie: how it was decided and by whom, or that it is open. */
export function SeatsTold({ outcome, names, decisions: recorded, before = '' }: Props) {
  const { openTies, decisions } = outcome.seats;
  return (
    <>
      <p className="headline">
        {before}
        {headline(outcome, names, 'en')}
      </p>
      {[...keptSentences(outcome, names, 'en'), ...termSentences(outcome, names, 'en')].map((sentence) => (
        <p className="reading" key={sentence}>
          {sentence}
        </p>
      ))}
      {decisions.map((decision) => (
        <p className="reading" key={decision.candidates.join(' ')}>
          {ended(decisionSentence(outcome, decision, names, 'en'))}{' '}
          <RecordedBy decision={recorded.find(({ how }) => how === decision.how)} />
        </p>
      ))}
      {openTieSentences(outcome, names, 'en').map((sentence) => (
        <p className="reading" key={sentence}>
          {sentence}
        </p>
      ))}
      {openTies.length > 0 ? <p className="reading">{say('en', 'outcome', 'not-decided')}</p> : null}
    </>
  );
}

function RecordedBy({ decision }: { decision: TieDecision | undefined }) {
  return decision === undefined ? null : (
    <>
      Recorded by {decision.by} on {formatUtc(decision.at)}.
    </>
  );
}

/** Ends with a full stop, as what people write themselves may not. */
const ended = (sentence: string): string => (/[.!?]$/u.test(sentence) ? sentence : `${sentence}.`);
