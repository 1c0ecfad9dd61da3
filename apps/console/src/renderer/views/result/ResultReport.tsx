import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Definition, ElectionOverview, ElectionResult, Rehearsal } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { decisionSentence, headline, say, tieSentence } from '@elekto/words';
import { turnoutPercent } from '../../lib/phase.ts';
import { formatUtc } from '../../lib/time.ts';
import { Facts } from '../../parts/Facts.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { CompareMethods } from './CompareMethods.tsx';
import { RehearsedFiles } from './RehearsedFiles.tsx';
import { Exports } from './Exports.tsx';
import { Pairs } from './Pairs.tsx';
import { PrintedDetail } from './PrintedDetail.tsx';
import { Proof } from './Proof.tsx';
import { Ranking } from './Ranking.tsx';
import { Steps } from './Steps.tsx';
import { TieDecisionForm } from './TieDecisionForm.tsx';
import { WhoBeatsWhom } from './WhoBeatsWhom.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly definition: Definition | null;
  /** Where the result is one of made-up ballots: there is nothing to decide or to publish then. */
  readonly rehearsal?: Rehearsal;
}

/** The sentence first, then the table, the pictures and the proof. */
export function ResultReport({ election, result, definition, rehearsal }: Props) {
  const backend = useBackend();
  const { outcome, tieDecision } = result;
  const { elected, openTies, decisions } = outcome.seats;
  const cards = useMemo(() => definition?.candidates ?? [], [definition]);
  const names = useMemo(() => Object.fromEntries(cards.map((card) => [card.id, card.name])), [cards]);
  const [printing, setPrinting] = useState(false);
  /** Thousands of sentences are drawn only while a report is printed. */
  const whilePrinting = async <T,>(print: () => Promise<T>): Promise<T> => {
    flushSync(() => setPrinting(true));
    try {
      return await print();
    } finally {
      setPrinting(false);
    }
  };
  return (
    <>
      <p className="headline">
        {rehearsal === undefined ? null : <>In the rehearsal: </>}
        {headline(outcome, names, 'en')}
      </p>
      {decisions.map((decision) => (
        <p className="reading" key={decision.candidates.join(' ')}>
          {decisionSentence(outcome, decision, names, 'en')}{' '}
          {decision.how === tieDecision?.how
            ? `Recorded by ${tieDecision.by} on ${formatUtc(tieDecision.at)}.`
            : null}
        </p>
      ))}
      {openTies.slice(elected.length > 0 ? 0 : 1).map((tie) => (
        <p className="reading" key={tie.candidates.join(' ')}>
          {tieSentence(outcome, tie, names, 'en')}
        </p>
      ))}
      {openTies.length > 0 ? <p className="reading">{say('en', 'outcome', 'not-decided')}</p> : null}
      <Facts
        items={[
          [say('en', 'turnout', 'cast'), result.cast],
          [say('en', 'turnout', 'eligible'), result.eligible],
          [say('en', 'turnout', 'turnout'), turnoutPercent(result.cast, result.eligible) ?? 'None'],
          ['Seats', outcome.seats.available],
          ['Method', say('en', 'methods', outcome.method)],
        ]}
      />
      {rehearsal === undefined ? (
        <>
          <Exports election={election} result={result} whilePrinting={whilePrinting} />
          <TieDecisionForm election={election} result={result} names={names} />
        </>
      ) : (
        <RehearsedFiles election={election} rehearsal={rehearsal} />
      )}
      <Panel title="Ranking">
        <Ranking outcome={outcome} definition={definition} />
      </Panel>
      <WhoBeatsWhom outcome={outcome} names={names} />
      <Pairs outcome={outcome} names={names} />
      <Steps outcome={outcome} names={names} />
      <CompareMethods
        ballots={async () => rehearsal?.ballotsCsv ?? backend.ballotsCsv(election.key)}
        result={result}
        names={names}
      />
      {printing ? <PrintedDetail outcome={outcome} names={names} /> : null}
      <Proof result={result} />
    </>
  );
}
