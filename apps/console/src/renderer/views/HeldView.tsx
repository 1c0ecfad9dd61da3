import { Suspense } from 'react';
import type { HeldElection } from '../backend/model.ts';
import { later } from '../parts/later.tsx';
import { Loading } from '../parts/Loading.tsx';
import { StageBadge } from '../parts/StageBadge.tsx';
import { HeldNotice } from './home/HeldShares.tsx';

const CountByOfficers = later(async () => (await import('./result/CountByOfficers.tsx')).CountByOfficers);
const SayAlive = later(async () => (await import('./result/SayAlive.tsx')).SayAlive);

/** An election of which somebody is no officer, who holds a share of its key: their part in the count, and nothing else. */
export function HeldView({ election }: { election: HeldElection }) {
  const Part = election.stage === 'open' ? SayAlive : CountByOfficers;
  return (
    <>
      <header className="page-head">
        <h1>{election.name}</h1>
        <p className="lead">
          <StageBadge stage={election.stage} />
        </p>
      </header>
      <HeldNotice election={election} />
      <Suspense fallback={<Loading what="your part in the count" />}>
        <Part election={election} />
      </Suspense>
    </>
  );
}
