import type { Outcome } from '@elekto/tally';
import { pairSentence, stepSentence, type Names } from '@elekto/words';
import { Panel } from '../../parts/Panel.tsx';
import { NotesAndRounds } from './Steps.tsx';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
}

/** What the page keeps folded, in full: every pair's sentence and every step, for the printed report only. */
export function PrintedDetail({ outcome, names }: Props) {
  return (
    <>
      <Panel title="Every pair">
        <ol className="printed-list">
          {outcome.explanation.map((pair) => (
            <li key={`${pair.first}>${pair.second}`}>{pairSentence(outcome, pair, names, 'en')}</li>
          ))}
        </ol>
      </Panel>
      <Panel title="How it was counted">
        <NotesAndRounds outcome={outcome} names={names} />
        <ol className="printed-list">
          {outcome.steps.map((step, index) => (
            <li key={`${index}-${step.code}`}>{stepSentence(step, outcome, names, 'en')}</li>
          ))}
        </ol>
      </Panel>
    </>
  );
}
