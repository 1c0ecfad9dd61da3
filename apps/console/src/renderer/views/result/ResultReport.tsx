import type { Definition, ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { electedOf, headline, namer, tieSentence } from '../../lib/outcome-text.ts';
import { turnoutPercent } from '../../lib/phase.ts';
import { Facts } from '../../parts/Facts.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Exports } from './Exports.tsx';
import { Ranking } from './Ranking.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly definition: Definition | null;
}

/** The sentence first, then the table, the pictures and the proof. */
export function ResultReport({ election, result, definition }: Props) {
  const { outcome, tieDecision } = result;
  const name = namer(definition?.candidates ?? []);
  const tie = tieSentence(outcome, name);
  return (
    <>
      <p className="headline">{headline(outcome, tieDecision, name)}</p>
      {tie === null ? null : (
        <p className="reading">
          {tie}{' '}
          {tieDecision === null ? 'This has not been decided yet.' : `It was decided: ${tieDecision.how}`}
        </p>
      )}
      <Facts
        items={[
          ['Ballots', result.cast],
          ['Eligible', result.eligible],
          ['Turnout', turnoutPercent(result.cast, result.eligible) ?? 'None'],
          ['Seats', outcome.seats.available],
          ['Method', outcome.method],
        ]}
      />
      <Exports election={election} result={result} />
      <Panel title="Ranking">
        <Ranking outcome={outcome} elected={electedOf(outcome, tieDecision)} definition={definition} />
      </Panel>
    </>
  );
}
