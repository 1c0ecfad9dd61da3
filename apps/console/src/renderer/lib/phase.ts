import { turnoutShare } from '@elekto/words';
import type { Instant } from '@elekto/election';
import type { ElectionOverview } from '../backend/model.ts';
import { formatRelative } from './time.ts';

/** Where an election stands for the officer: the phase by the dates joined with the ballot box's state. */
export type Stage = 'upcoming' | 'open' | 'to-close' | 'counted' | 'published' | 'past';

/** `past` is an election whose ballots this server never held. */
export function stageOf(election: Pick<ElectionOverview, 'phase' | 'state'>): Stage {
  if (election.phase !== 'ended') return election.phase;
  if (election.state === 'published') return 'published';
  if (election.state === 'finalised') return 'counted';
  return election.state === null ? 'past' : 'to-close';
}

/** The word beside the shape; status is never colour alone. */
export const STAGE_WORD: Readonly<Record<Stage, string>> = {
  upcoming: 'Upcoming',
  open: 'Open',
  'to-close': 'Ended, not counted',
  counted: 'Counted, not published',
  published: 'Published',
  past: 'Ended',
};

/** The order of the home page: what needs the officer first. */
export const STAGE_ORDER: readonly Stage[] = ['open', 'to-close', 'counted', 'upcoming', 'published', 'past'];

/** "closes in 3 days", "opens in 2 hours", "closed 5 days ago". */
export function timeLeft(
  election: Pick<ElectionOverview, 'phase' | 'opensAt' | 'closesAt'>,
  now: Instant,
): string {
  if (now < election.opensAt) return `opens ${formatRelative(election.opensAt, now)}`;
  if (now <= election.closesAt) return `closes ${formatRelative(election.closesAt, now)}`;
  return `closed ${formatRelative(election.closesAt, now)}`;
}

/** Percent of the roll that voted, one decimal; null where it may not be shown. */
export function turnoutPercent(cast: number | null, eligible: number): string | null {
  return cast === null ? null : turnoutShare(cast, eligible, 'en');
}
