/** How far an election is beside an earlier one at the same time since the opening, in the numbers that were told. */
import type { Instant } from '@elekto/election';
import type { Series } from './series.ts';

export interface SameDay {
  readonly name: string;
  /** 0 to 100; as last told by then. */
  readonly percent: number;
}

const DAY = 86_400_000;

/** The day of the voting period that a number told at this moment is of; the first is 1, and told at its end it is of that day. */
export const dayOf = (since: number): number => Math.max(1, Math.ceil(since / DAY));

/** What was last told of a series by then, 0 to 100; null before the first number. */
export function toldBy({ points }: Series, since: number): number | null {
  const last = points.slice(1).findLast((point) => point.since <= since);
  return last?.percent ?? null;
}

/** Earlier elections at the same time since their opening, those first that are given first. */
export const sameDay = (past: readonly Series[], since: number): readonly SameDay[] =>
  past.flatMap((series) => {
    const percent = toldBy(series, since);
    return percent === null ? [] : [{ name: series.name, percent }];
  });

/** Shares of the roll that are worth a word. */
const MILESTONES = [10, 25, 50, 75] as const;

export interface Milestone {
  readonly percent: number;
  /** When a number was told that is not below it. */
  readonly at: Instant;
}

/** Those that were reached, by the numbers that were told: nothing finer than the curve. */
export const milestonesOf = ({ points }: Series, opensAt: Instant): readonly Milestone[] =>
  MILESTONES.flatMap((percent) => {
    const reached = points.find((point) => point.percent >= percent);
    return reached === undefined ? [] : [{ percent, at: opensAt + reached.since }];
  });
