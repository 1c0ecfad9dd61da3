import { lazy, Suspense } from 'react';
import type { ElectionOverview } from '../backend/model.ts';
import { momentOf, timeLeft } from '../lib/phase.ts';
import { formatRoute, type Tab } from '../lib/route.ts';
import { useNow } from '../lib/server-clock.ts';
import { formatUtc } from '../lib/time.ts';
import { Loading } from '../parts/Loading.tsx';
import { NextStepNote } from '../parts/NextStepNote.tsx';
import { Notice } from '../parts/Notice.tsx';
import { StageBadge } from '../parts/StageBadge.tsx';
import { ExceptionsView } from './ExceptionsView.tsx';
import { OverviewView } from './OverviewView.tsx';
import { RecordView } from './RecordView.tsx';
import { RehearsalView } from './RehearsalView.tsx';
import { ResultView } from './ResultView.tsx';
import { RollView } from './RollView.tsx';
import { TurnoutView } from './TurnoutView.tsx';

/** Brings the Markdown renderer along, which no other page needs. */
const PublishView = lazy(async () => ({ default: (await import('./PublishView.tsx')).PublishView }));

interface Props {
  readonly election: ElectionOverview | undefined;
  readonly tab: Tab;
  readonly all: readonly ElectionOverview[];
}

const WORDS: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  rehearsal: 'Rehearsal',
  exceptions: 'Exceptions',
  roll: 'Voter roll',
  turnout: 'Turnout',
  result: 'Result',
  publish: 'Publish',
  record: 'Record',
};

/** The pages of one election below its name, stage and time left. */
export function ElectionView({ election, tab, all }: Props) {
  const now = useNow();
  if (election === undefined) {
    return (
      <>
        <header className="page-head">
          <h1>No such election</h1>
        </header>
        <Notice tone="bad" title="This election is not among yours">
          <p>
            It may have been renamed or withdrawn, or you are no longer one of its officers.{' '}
            <a href="#/">Go to home</a>.
          </p>
        </Notice>
      </>
    );
  }
  return (
    <>
      <header className="page-head">
        <h1>{election.name}</h1>
        <p className="lead">
          <StageBadge stage={election.stage} /> <span>{timeLeft(election, now)}</span>{' '}
          <span className="soft">({formatUtc(momentOf(election, now))})</span>
        </p>
        <nav className="tabs" aria-label="Pages of this election">
          {(Object.entries(WORDS) as [Tab, string][]).map(([name, word]) => (
            <a
              key={name}
              href={formatRoute({ page: 'election', key: election.key, tab: name })}
              aria-current={name === tab ? 'page' : undefined}
            >
              {word}
              {name === 'exceptions' && election.requestsDue > 0 ? ` (${election.requestsDue})` : ''}
            </a>
          ))}
        </nav>
      </header>
      <NextStepNote election={election} here={tab} />
      {page(tab, election, all)}
    </>
  );
}

function page(tab: Tab, election: ElectionOverview, all: readonly ElectionOverview[]) {
  switch (tab) {
    case 'overview':
      return <OverviewView election={election} />;
    case 'turnout':
      return <TurnoutView election={election} all={all} />;
    case 'exceptions':
      return <ExceptionsView election={election} />;
    case 'roll':
      return <RollView election={election} />;
    case 'result':
      return <ResultView election={election} />;
    case 'publish':
      return (
        <Suspense fallback={<Loading what="the draft" />}>
          <PublishView election={election} />
        </Suspense>
      );
    case 'rehearsal':
      return <RehearsalView election={election} />;
    case 'record':
      return <RecordView election={election} />;
  }
}
