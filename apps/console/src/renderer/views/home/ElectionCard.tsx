import type { Instant } from '@elekto/election';
import type { ElectionOverview } from '../../backend/model.ts';
import { momentOf, timeLeft, turnoutPercent, type Stage } from '../../lib/phase.ts';
import { formatRoute, type Tab } from '../../lib/route.ts';
import { formatLocal, formatUtc } from '../../lib/time.ts';
import { NextStepNote } from '../../parts/NextStepNote.tsx';
import { StageBadge } from '../../parts/StageBadge.tsx';
import { Diagnostics } from './Diagnostics.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly now: Instant;
}

/** Where the result is what officers come for. */
const OVER: readonly Stage[] = ['closed', 'counted', 'published', 'held-elsewhere'];

/** One election: where it stands, how long, what waits, what is wrong with its files. */
export function ElectionCard({ election, now }: Props) {
  const { stage } = election;
  const to = (tab: Tab): string => formatRoute({ page: 'election', key: election.key, tab });
  const next = momentOf(election, now);
  const percent = turnoutPercent(election.cast, election.eligible);
  return (
    <article className={`card card-${stage}`} aria-labelledby={`card-${election.key}`}>
      <header>
        <h2 id={`card-${election.key}`}>
          <a href={to(OVER.includes(stage) ? 'result' : 'turnout')}>{election.name}</a>
        </h2>
        <StageBadge stage={stage} />
      </header>
      <p className="card-time">
        <strong>{timeLeft(election, now)}</strong>
        <br />
        <time dateTime={new Date(next).toISOString()}>{formatUtc(next)}</time>
        <span className="soft"> ({formatLocal(next)} here)</span>
      </p>
      <NextStepNote election={election} />
      <dl className="card-facts">
        <div>
          <dt>Turnout</dt>
          <dd>
            <a href={to('turnout')}>
              {election.cast === null
                ? stage === 'upcoming' || stage === 'waiting' || stage === 'held-elsewhere'
                  ? `${election.eligible} eligible`
                  : 'Not told yet'
                : `${election.cast} of ${election.eligible}${percent === null ? '' : ` (${percent})`}`}
            </a>
          </dd>
        </div>
        <div>
          <dt>Exception requests</dt>
          <dd>
            <a href={to('exceptions')}>
              {election.openExceptions === 0 ? 'None open' : `${election.openExceptions} open`}
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
      <Diagnostics election={election} />
    </article>
  );
}
