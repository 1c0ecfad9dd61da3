import type { Outcome } from '@elekto/tally';
import { roundSentences, stepSentence, warningSentences, type Names } from '@elekto/words';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
}

/** How the method came to the result, and what may surprise about it. */
export function Steps({ outcome, names }: Props) {
  const { steps } = outcome;
  return (
    <Panel title="How it was counted">
      <NotesAndRounds outcome={outcome} names={names} />
      <FoldedPart title="Every step" count={steps.length}>
        <ol className="sentences steps" tabIndex={0} aria-label="Steps">
          {steps.map((step, index) => (
            <li key={`${index}-${step.code}`}>{stepSentence(step, outcome, names, 'en')}</li>
          ))}
        </ol>
      </FoldedPart>
    </Panel>
  );
}

/** What may surprise about a result, and the rounds of methods that have some. */
export function NotesAndRounds({ outcome, names }: Props) {
  const notes = warningSentences(outcome, names, 'en');
  return (
    <>
      {notes.length === 0 ? null : (
        <ul className="warnings">
          {notes.map((note) => (
            <li key={note} className="diagnostic diagnostic-warning">
              <b>Worth knowing</b> {note}
            </li>
          ))}
        </ul>
      )}
      {outcome.rounds.map((round) => (
        <p key={round.round} className="reading">
          <b>Round {round.round}.</b> {roundSentences(round, names, 'en')}
        </p>
      ))}
    </>
  );
}
