import type { Round, SkippedCandidate } from '../model.ts';

/** Why a count stops and asks: whose exclusion, surplus or election comes first is not in the ballots. */
export interface Question {
  readonly purpose: 'exclusion' | 'surplus' | 'election';
  readonly tied: readonly number[];
  /** The result if nothing could be known beyond this point. */
  readonly soFar: Branch;
  /** Candidates neither elected nor excluded. */
  readonly continuing: readonly number[];
}

/** How a count ends, or stands. */
export interface Branch {
  /** Every candidate once, best first; those in one group are level. */
  readonly order: readonly (readonly number[])[];
  readonly elected: readonly number[];
  readonly skipped: readonly SkippedCandidate[];
  readonly rounds: readonly Round[];
}

/** A count that yields where the ballots leave a tie and is told which of the tied to take. */
export type Counting = Asking<Branch>;
export type Asking<T> = Generator<Question, T, number>;

export interface Explored {
  /** The results of every way to break the ties; empty when there were too many ways. */
  readonly branches: readonly Branch[];
  /** The first tie, when there was one. */
  readonly firstTie: Question | null;
}

/** More ways to break ties than this are not followed. */
export const MOST_BRANCHES = 500;

/**
 * Follows a count through every way to break its ties. A tie is then more than a coin to be tossed: it
 * is known whether the coin matters and for whom. Replays from the start, since counts are short.
 */
export function explore(start: () => Counting, most: number = MOST_BRANCHES): Explored {
  const open: number[][] = [[]];
  const branches: Branch[] = [];
  let firstTie: Question | null = null;
  while (open.length > 0) {
    if (open.length + branches.length > most) return { branches: [], firstTie };
    const choices = open.pop() as number[];
    const end = replay(start(), choices);
    if ('order' in end) {
      branches.push(end);
      continue;
    }
    firstTie ??= end;
    for (const candidate of end.tied.toReversed()) open.push([...choices, candidate]);
  }
  return { branches, firstTie };
}

function replay(counting: Counting, choices: readonly number[]): Branch | Question {
  let step = counting.next();
  for (const choice of choices) step = counting.next(choice);
  return step.value;
}
