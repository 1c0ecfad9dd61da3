import { turnoutShare } from '@elekto/words';
import type { Instant } from '@elekto/election';
import type { ElectionOverview } from '../backend/model.ts';
import texts from '../texts/turnout.json' with { type: 'json' };
import { formatRelative } from './time.ts';

/** Where an election stands, as the server says. */
export type Stage = ElectionOverview['stage'];

/** The word beside the shape; status is never colour alone. */
export const STAGE_WORD: Readonly<Record<Stage, string>> = {
  upcoming: 'Upcoming',
  waiting: 'Not open',
  open: 'Open',
  closed: 'Ended, not counted',
  counted: 'Counted, not published',
  published: 'Published',
  'held-elsewhere': 'Not held here',
  damaged: 'Damaged',
};

/** The order of the home page: what needs the officer first. */
export const STAGE_ORDER: readonly Stage[] = [
  'damaged',
  'waiting',
  'open',
  'closed',
  'counted',
  'upcoming',
  'published',
  'held-elsewhere',
];

/** "closes in 3 days", "opens in 2 hours", "closed 5 days ago". */
export function timeLeft(
  { stage, opensAt, closesAt }: Pick<ElectionOverview, 'stage' | 'opensAt' | 'closesAt'>,
  now: Instant,
): string {
  if (now < opensAt) return `opens ${formatRelative(opensAt, now)}`;
  if (stage === 'waiting') return `was to open ${formatRelative(opensAt, now)}`;
  if (now <= closesAt) return `closes ${formatRelative(closesAt, now)}`;
  return `closed ${formatRelative(closesAt, now)}`;
}

/** The moment that `timeLeft` speaks of. */
export function momentOf(
  { stage, opensAt, closesAt }: Pick<ElectionOverview, 'stage' | 'opensAt' | 'closesAt'>,
  now: Instant,
): Instant {
  return now < opensAt || stage === 'waiting' ? opensAt : closesAt;
}

/** Percent of the roll that voted, one decimal; null where it may not be shown. */
export function turnoutPercent(cast: number | null, eligible: number): string | null {
  return cast === null ? null : turnoutShare(cast, eligible, 'en');
}

const NO_NUMBER: Readonly<Record<Stage, string>> = texts.noNumber;

/** The number of ballots, or what stands for it as long as none may be told. */
export const turnoutTold = ({
  cast,
  eligible,
  stage,
}: Pick<ElectionOverview, 'cast' | 'eligible' | 'stage'>): string => {
  if (cast === null) return NO_NUMBER[stage];
  const percent = turnoutPercent(cast, eligible);
  return `${cast} of ${eligible}${percent === null ? '' : ` (${percent})`}`;
};
