import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { METHODS } from '@elekto/tally';
import type { Definition, ElectionOverview, ElectionResult, Rehearsal } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { decidedSentence, headline, namer, tieSentence } from '../../lib/outcome-text.ts';
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
  const { openTies, decisions } = outcome.seats;
  const cards = useMemo(() => definition?.candidates ?? [], [definition]);
  const name = useMemo(() => namer(cards), [cards]);
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
        {headline(outcome, name)}
      </p>
      {decisions.map((decision) => (
        <p className="reading" key={decision.candidates.join(' ')}>
          {decidedSentence(decision, name)}{' '}
          {decision.how === tieDecision?.how
            ? `Recorded by ${tieDecision.by} on ${formatUtc(tieDecision.at)}.`
            : null}
        </p>
      ))}
      {openTies.map((tie) => (
        <p className="reading" key={tie.candidates.join(' ')}>
          {tieSentence(tie, name)} This has not been decided yet.
        </p>
      ))}
      <Facts
        items={[
          ['Ballots', result.cast],
          ['Eligible', result.eligible],
          ['Turnout', turnoutPercent(result.cast, result.eligible) ?? 'None'],
          ['Seats', outcome.seats.available],
          ['Method', METHODS.find((method) => method.name === outcome.method)?.title ?? outcome.method],
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
