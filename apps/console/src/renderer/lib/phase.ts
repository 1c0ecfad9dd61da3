import { hasEnded } from '@elekto/election';
import { phrase, turnoutShare } from '@elekto/words';
import type { Instant } from '@elekto/election';
import type { ElectionOverview } from '../backend/model.ts';
import stages from '../texts/stages.json' with { type: 'json' };
import texts from '../texts/turnout.json' with { type: 'json' };
import { formatRelative } from './time.ts';

/** Where an election stands, as the server says. */
export type Stage = ElectionOverview['stage'];

/** The word beside the shape; status is never colour alone. */
export const STAGE_WORD: Readonly<Record<Stage, string>> = stages.words;

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

/** No clock of a window is behind what the server says: of an election that is closed, its end is over. */
export const asOf = (
  { stage, closesAt }: Pick<ElectionOverview, 'stage' | 'closesAt'>,
  now: Instant,
): Instant =>
  stage === 'closed' || stage === 'counted' || stage === 'published' ? Math.max(now, closesAt + 1) : now;

/** "closes in 3 days", "opens in 2 hours", "closed 5 days ago". */
export function timeLeft(
  election: Pick<ElectionOverview, 'stage' | 'opensAt' | 'closesAt'>,
  clock: Instant,
): string {
  const { stage, opensAt, closesAt } = election;
  const now = asOf(election, clock);
  const left = (code: keyof typeof stages.left, at: Instant): string =>
    phrase(stages.left[code], { when: formatRelative(at, now) }, 'en');
  if (now < opensAt) return left('opens', opensAt);
  if (stage === 'waiting') return left('was-to-open', opensAt);
  return left(hasEnded({ closesAt }, now) ? 'closed' : 'closes', closesAt);
}

/** The moment that `timeLeft` speaks of. */
export function momentOf(
  { stage, opensAt, closesAt }: Pick<ElectionOverview, 'stage' | 'opensAt' | 'closesAt'>,
  now: Instant,
): Instant {
  return now < opensAt || stage === 'waiting' ? opensAt : closesAt;
}

const NO_NUMBER: Readonly<Record<Stage, string>> = texts.noNumber;

/** The number of ballots, or what stands for it as long as none may be told. */
export const turnoutTold = ({
  cast,
  eligible,
  stage,
}: Pick<ElectionOverview, 'cast' | 'eligible' | 'stage'>): string => {
  if (cast === null) return NO_NUMBER[stage];
  const percent = turnoutShare(cast, eligible, 'en');
  const told = phrase(texts.told, { cast, eligible }, 'en');
  return percent === null ? told : `${told} (${percent})`;
};
