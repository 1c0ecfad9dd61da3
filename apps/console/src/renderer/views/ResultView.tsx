import type { ElectionOverview } from '../backend/model.ts';
import { useDefinition, useResult } from '../backend/queries.ts';
import { later } from '../parts/later.tsx';
import { useNow } from '../lib/server-clock.ts';
import { formatRelative, formatUtc } from '../lib/time.ts';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { CountByOfficers } from './result/CountByOfficers.tsx';
import { CloseAndCount } from './result/CloseAndCount.tsx';
import { SayAlive } from './result/SayAlive.tsx';
import { ResultReport } from './result/ResultReport.tsx';

/** Brings the checks of published files along. */
const PublishedElsewhere = later(
  async () => (await import('./result/PublishedElsewhere.tsx')).PublishedElsewhere,
);

/** Nothing before the end; then close and count; then the whole outcome. Of an election held elsewhere, what is published. */
export function ResultView({ election }: { election: ElectionOverview }) {
  const now = useNow();
  const counted = election.state === 'finalised' || election.state === 'published';
  const result = useResult(election.key, counted);
  const definition = useDefinition(election.key);
  if (election.phase !== 'ended' && !counted) {
    return (
      <>
        <Notice tone="info" title="There is no result before the end">
          <p>
            Voting ends {formatRelative(election.closesAt, now)} ({formatUtc(election.closesAt)}). Until then
            nobody, officers included, can see a ballot or a part of the count.
          </p>
        </Notice>
        {election.stage === 'open' ? <SayAlive election={election} /> : null}
      </>
    );
  }
  if (election.stage === 'held-elsewhere') return <PublishedElsewhere election={election} />;
  if (!counted && election.stage === 'damaged')
    return (
      <Notice tone="info" title="It is not counted while the ballot box does not add up">
        <p>When the operator has mended that, the server counts by itself.</p>
      </Notice>
    );
  if (!counted)
    return election.custody === null ? (
      <CloseAndCount election={election} />
    ) : (
      <CountByOfficers election={election} />
    );
  if (result.error && !result.data)
    return <ErrorNotice error={result.error} again={() => void result.refetch()} />;
  if (!result.data || definition.isPending) return <Loading what="the result" />;
  return <ResultReport election={election} result={result.data} definition={definition.data ?? null} />;
}
