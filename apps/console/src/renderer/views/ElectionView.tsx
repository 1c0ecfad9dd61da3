import { Suspense } from 'react';
import { numeral } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { later } from '../parts/later.tsx';
import { momentOf, timeLeft } from '../lib/phase.ts';
import { formatRoute, TAB_WORDS, type Tab } from '../lib/route.ts';
import { useNow } from '../lib/server-clock.ts';
import { formatUtc } from '../lib/time.ts';
import { Loading } from '../parts/Loading.tsx';
import { NextStepNote } from '../parts/NextStepNote.tsx';
import { Notice } from '../parts/Notice.tsx';
import { TAB_ICONS, WindowIcon } from '../parts/icons.tsx';
import { Button } from '../parts/Button.tsx';
import { useOwnWindow } from '../parts/use-own-window.ts';
import { StageBadge } from '../parts/StageBadge.tsx';
import { ExceptionsView } from './ExceptionsView.tsx';
import { OverviewView } from './OverviewView.tsx';
import { RecordView } from './RecordView.tsx';
import { TurnoutView } from './TurnoutView.tsx';

/** Bring the reader of rolls, the renderer of Markdown and the count with its pictures along, which no other page needs. */
const RollView = later(async () => (await import('./RollView.tsx')).RollView);
const ResultView = later(async () => (await import('./ResultView.tsx')).ResultView);
const RehearsalView = later(async () => (await import('./RehearsalView.tsx')).RehearsalView);
const PublishView = later(async () => (await import('./PublishView.tsx')).PublishView);
const AnnounceView = later(async () => (await import('./AnnounceView.tsx')).AnnounceView);

interface Props {
  readonly election: ElectionOverview | undefined;
  readonly tab: Tab;
  /** What of that page is looked at. */
  readonly item: string | null;
  readonly all: readonly ElectionOverview[];
}

/** The pages of one election below its name, stage and time left. */
export function ElectionView({ election, tab, item, all }: Props) {
  const now = useNow();
  const openOwn = useOwnWindow();
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
        <div className="title-row">
          <h1>{election.name}</h1>
          {openOwn === null ? null : (
            <Button tone="quiet" onPress={() => void openOwn(election.key, tab)}>
              <WindowIcon className="icon" /> Own window
            </Button>
          )}
        </div>
        <p className="lead">
          <StageBadge stage={election.stage} /> <span>{timeLeft(election, now)}</span>{' '}
          <span className="soft">({formatUtc(momentOf(election, now))})</span>
        </p>
        <nav className="tabs" aria-label="Pages of this election">
          {(Object.entries(TAB_WORDS) as [Tab, string][]).map(([name, word]) => {
            const Icon = TAB_ICONS[name];
            return (
              <a
                key={name}
                href={formatRoute({ page: 'election', key: election.key, tab: name })}
                aria-current={name === tab ? 'page' : undefined}
              >
                <Icon className="icon" /> {word}
                {name === 'exceptions' && election.requestsDue > 0
                  ? ` (${numeral(election.requestsDue, 'en')})`
                  : ''}
              </a>
            );
          })}
        </nav>
      </header>
      <NextStepNote election={election} here={tab} />
      <Suspense fallback={<Loading what={TAB_WORDS[tab].toLowerCase()} />}>
        {page(tab, item, election, all)}
      </Suspense>
    </>
  );
}

function page(tab: Tab, item: string | null, election: ElectionOverview, all: readonly ElectionOverview[]) {
  switch (tab) {
    case 'overview':
      return <OverviewView election={election} />;
    case 'turnout':
      return <TurnoutView election={election} all={all} />;
    case 'exceptions':
      return <ExceptionsView key={item} election={election} item={item} />;
    case 'roll':
      return <RollView key={item} election={election} item={item} />;
    case 'result':
      return <ResultView election={election} />;
    case 'publish':
      return <PublishView election={election} />;
    case 'announce':
      return <AnnounceView election={election} />;
    case 'rehearsal':
      return <RehearsalView election={election} />;
    case 'record':
      return <RecordView election={election} />;
  }
}
