import type { Instant } from '@elekto/election';
import { numeral, turnoutPercent } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { nextStep } from '../../lib/next-step.ts';
import { momentOf, timeLeft, turnoutTold } from '../../lib/phase.ts';
import { formatRoute, type Tab } from '../../lib/route.ts';
import { formatLocal, formatUtc } from '../../lib/time.ts';
import { StageBadge } from '../../parts/StageBadge.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly now: Instant;
}

/** One election that runs or comes: where it stands, how long, how many have voted. */
export function ElectionCard({ election, now }: Props) {
  const { stage, cast, eligible } = election;
  const to = (tab: Tab): string => formatRoute({ page: 'election', key: election.key, tab });
  const next = momentOf(election, now);
  const local = formatLocal(next);
  const { tone, tab = 'overview', title } = nextStep(election, now);
  const percent = cast === null ? null : turnoutPercent(cast, eligible);
  return (
    <article className={`card card-${stage}`} aria-labelledby={`card-${election.key}`}>
      <header>
        <h3 id={`card-${election.key}`}>
          <a href={to('overview')}>{election.name}</a>
        </h3>
        <StageBadge stage={stage} />
      </header>
      <p className="card-time">
        <strong>{timeLeft(election, now)}</strong>
        <br />
        <time dateTime={new Date(next).toISOString()}>{formatUtc(next)}</time>
        {local.endsWith('UTC') ? null : <span className="soft"> ({local} here)</span>}
      </p>
      {/* What is graver stands above, under what needs an officer. */}
      {tone === 'info' ? (
        <p>
          <span className="soft">Next:</span> <a href={to(tab)}>{title}</a>
        </p>
      ) : null}
      {percent === null ? null : (
        <div className="meter" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, percent)}%` }} />
        </div>
      )}
      <dl className="card-facts">
        <div>
          <dt>Turnout</dt>
          <dd>
            <a href={to('turnout')}>
              {cast === null && stage === 'upcoming' ? `${eligible} eligible` : turnoutTold(election)}
            </a>
          </dd>
        </div>
        <div>
          <dt>Exception requests</dt>
          <dd>
            <a href={to('exceptions')}>
              {election.requestsDue === 0 ? 'None waiting' : `${numeral(election.requestsDue, 'en')} waiting`}
            </a>
          </dd>
        </div>
        <div>
          <dt>Seats and candidates</dt>
          <dd>
            {election.seats} {election.seats === 1 ? 'seat' : 'seats'}, {election.candidates}{' '}
            {election.candidates === 1 ? 'candidate' : 'candidates'}
          </dd>
        </div>
      </dl>
    </article>
  );
}
