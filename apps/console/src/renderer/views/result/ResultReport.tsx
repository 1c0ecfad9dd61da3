import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useQueryClient } from '@tanstack/react-query';
import type { Definition, ElectionOverview, ElectionResult, Rehearsal } from '../../backend/model.ts';
import { useBackend, useHost } from '../../host/host-context.ts';
import { say, turnoutShare } from '@elekto/words';
import { limitIn, namesIn } from '../../lib/pinned.ts';
import { Facts } from '../../parts/Facts.tsx';
import { CompareMethods } from './CompareMethods.tsx';
import { RehearsedFiles } from './RehearsedFiles.tsx';
import { Exports } from './Exports.tsx';
import { OutcomePanels } from './OutcomePanels.tsx';
import { PrintedReport } from './PrintedReport.tsx';
import { Proof } from './Proof.tsx';
import { SeatsTold } from './SeatsTold.tsx';
import { TieDecisionForm } from './TieDecisionForm.tsx';

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
  const { outcome, manifest, tieDecisions } = result;
  const names = useMemo(() => namesIn(definition, manifest), [definition, manifest]);
  const host = useHost();
  const client = useQueryClient();
  const [printing, setPrinting] = useState<{ readonly site: string | null } | null>(null);
  /** Thousands of sentences are drawn only while a report is printed. */
  const whilePrinting = async <T,>(print: () => Promise<T>): Promise<T> => {
    const site = await client.ensureQueryData({ queryKey: ['site'], queryFn: () => host.site() });
    flushSync(() => setPrinting({ site }));
    try {
      return await print();
    } finally {
      setPrinting(null);
    }
  };
  return (
    <>
      {printing === null ? null : (
        <PrintedReport
          {...printing}
          election={election}
          result={result}
          definition={definition}
          names={names}
        />
      )}
      <div className={printing === null ? undefined : 'no-print'}>
        <SeatsTold
          outcome={outcome}
          names={names}
          decisions={tieDecisions}
          before={rehearsal === undefined ? '' : 'In the rehearsal: '}
        />
        <Facts
          items={[
            [say('en', 'turnout', 'cast'), result.cast],
            [rehearsal === undefined ? say('en', 'turnout', 'eligible') : 'Made-up voters', result.eligible],
            [say('en', 'turnout', 'turnout'), turnoutShare(result.cast, result.eligible, 'en') ?? 'None'],
            ['Seats', outcome.seats.available],
            ['Method', say('en', 'methods', outcome.method)],
          ]}
        />
        {rehearsal === undefined ? (
          <>
            <TieDecisionForm election={election} result={result} names={names} />
            <Exports election={election} result={result} whilePrinting={whilePrinting} />
          </>
        ) : (
          <RehearsedFiles election={election} rehearsal={rehearsal} />
        )}
        <OutcomePanels outcome={outcome} names={names} limit={limitIn(manifest)} />
        <CompareMethods
          ballots={async () => rehearsal?.ballotsCsv ?? backend.ballotsCsv(election.key)}
          result={result}
          names={names}
        />
        <Proof result={result} />
      </div>
    </>
  );
}
