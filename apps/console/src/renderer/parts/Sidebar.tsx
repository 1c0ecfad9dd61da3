import { useEffect, useRef } from 'react';
import { numeral, phrase, type Phrase } from '@elekto/words';
import type { LiveStatus } from '../backend/backend.ts';
import type { ElectionOverview } from '../backend/model.ts';
import { STAGE_ORDER, STAGE_WORD } from '../lib/phase.ts';
import { formatRoute, type Route } from '../lib/route.ts';
import countTexts from '../texts/count-file.json' with { type: 'json' };
import homeTexts from '../texts/home.json' with { type: 'json' };
import texts from '../texts/palette.json' with { type: 'json' };
import { Button } from './Button.tsx';
import { FindIcon, SIDE_ICONS } from './icons.tsx';
import { AccountMenu } from './AccountMenu.tsx';

interface Props {
  readonly elections: readonly ElectionOverview[];
  readonly route: Route;
  readonly login: string;
  readonly live: LiveStatus;
  readonly onFind: () => void;
}

const LIVE_WORDS: Readonly<Record<LiveStatus, string>> = {
  connecting: '◌ Connecting',
  live: '● Live',
  polling: '◔ Asks every 15 seconds',
  offline: '○ Offline',
};

/** The officer's elections, grouped by what they need. */
export function Sidebar({ elections, route, login, live, onFind }: Props) {
  const here = route.page === 'election' ? route.key : null;
  const list = useRef<HTMLDivElement>(null);
  const isThere = elections.some(({ key }) => key === here);
  useEffect(() => {
    if (list.current === null) return;
    // Told once at the start, and with each size that the window gives the list.
    const resized = new ResizeObserver(([{ target } = {}]) => {
      target?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    });
    resized.observe(list.current);
    return () => resized.disconnect();
  }, [here, isThere]);
  return (
    <nav className="sidebar" aria-label="Elections">
      <p className="brand">
        Elekto <span>console</span>
      </p>
      <Button className="find" onPress={onFind}>
        <span>
          <FindIcon className="icon" /> {texts.find}
        </span>
        <kbd aria-hidden="true">{navigator.platform.startsWith('Mac') ? '⌘ K' : 'Ctrl K'}</kbd>
      </Button>
      <SideLink page="home" here={route.page} />
      <div className="side-list" ref={list}>
        {STAGE_ORDER.map((stage) => {
          const group = elections.filter((election) => election.stage === stage);
          if (group.length === 0) return null;
          return (
            <div key={stage} className="side-group">
              <h2>{STAGE_WORD[stage]}</h2>
              <ul>
                {group.map((election) => (
                  <li key={election.key}>
                    <a
                      className="side-link"
                      href={formatRoute({
                        page: 'election',
                        key: election.key,
                        tab: route.page === 'election' ? route.tab : 'overview',
                      })}
                      aria-current={election.key === here ? 'page' : undefined}
                    >
                      <span className="side-name">{election.name}</span>
                      {election.requestsDue > 0 ? (
                        <span className="count">
                          <span aria-hidden="true">{numeral(election.requestsDue, 'en')}</span>
                          <span className="sr-only">
                            {phrase(homeTexts.counts.requests as Phrase, { n: election.requestsDue }, 'en')}
                          </span>
                        </span>
                      ) : null}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      <div className="side-foot">
        <SideLink page="count" here={route.page} />
        <SideLink page="keys" here={route.page} />
        <SideLink page="settings" here={route.page} />
        <p className={`live live-${live}`} role="status">
          {LIVE_WORDS[live]}
        </p>
        <AccountMenu login={login} />
      </div>
    </nav>
  );
}

const SIDE_WORDS = { home: 'Home', count: countTexts.title, keys: 'Keys', settings: 'Settings' } as const;

/** A page that is of no single election. */
function SideLink({ page, here }: { page: keyof typeof SIDE_WORDS; here: Route['page'] }) {
  const Icon = SIDE_ICONS[page];
  return (
    <a
      className="side-link side-page"
      href={formatRoute({ page })}
      aria-current={here === page ? 'page' : undefined}
    >
      <Icon className="icon" /> {SIDE_WORDS[page]}
    </a>
  );
}
