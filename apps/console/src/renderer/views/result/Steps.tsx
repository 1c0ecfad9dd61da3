import type { Outcome } from '@elekto/tally';
import { withNames, type Names } from '@elekto/ui';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
}

/** How the method came to the result, and what may surprise about it. */
export function Steps({ outcome, names }: Props) {
  const { steps, rounds, warnings } = outcome;
  return (
    <Panel title="How it was counted">
      {warnings.length === 0 ? null : (
        <ul className="warnings">
          {warnings.map(({ code, message }) => (
            <li key={`${code}-${message}`} className="diagnostic diagnostic-warning">
              <b>Worth knowing</b> {withNames(message, outcome.candidates, names)}
            </li>
          ))}
        </ul>
      )}
      {rounds.map(({ round, message }) => (
        <p key={round} className="reading">
          <b>Round {round}.</b> {withNames(message, outcome.candidates, names)}
        </p>
      ))}
      <FoldedPart title={`Every step (${steps.length})`}>
        <ol className="sentences steps" tabIndex={0} aria-label="Steps">
          {steps.map(({ code, message, candidates }, index) => (
            <li key={`${index}-${code}`}>{withNames(message, candidates, names)}</li>
          ))}
        </ol>
      </FoldedPart>
    </Panel>
  );
}
