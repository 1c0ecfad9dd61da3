/** The rounds of a count as bars. */
import type { Outcome } from '@elekto/tally';
import { inResultOrder } from '@elekto/ui';
import { MOST_CHOSEN } from '../chosen-css.ts';

export interface Bar {
  readonly id: string;
  /** Of the picture's width, 0 to 100: what was held before, and what came in this round. */
  readonly had: number;
  readonly got: number;
  /** The exact votes, as the count writes them. */
  readonly votes: string;
  readonly state: 'running' | 'elected' | 'leaves';
}

export interface RoundBars {
  readonly round: number;
  readonly bars: readonly Bar[];
  /** Of the width; null where a round has no quota. */
  readonly needed: number | null;
}

/** Bars of all rounds together; beyond it the page would weigh more than pages may. */
const MOST_BARS = 400;

const numberOf = (votes: string | null | undefined): number => {
  const [above = '0', below = '1'] = (votes ?? '0').split('/');
  return Number(above) / Number(below);
};
const share = (votes: number, most: number): number => Math.round((votes / most) * 1000) / 10;

/** Who is still in the count or elected in each round, in the order of the result; empty where there are too many for a picture. */
export function barsOf(outcome: Outcome, names: Readonly<Record<string, string>>): readonly RoundBars[] {
  const { rounds } = outcome;
  const order = inResultOrder(outcome, names);
  if (rounds.length > MOST_CHOSEN || rounds.length * order.length > MOST_BARS) return [];
  const most = Math.max(
    1,
    ...rounds.flatMap(({ votes, quota }) => [...Object.values(votes), quota].map(numberOf)),
  );
  const elected = new Set<string>();
  return rounds.map((round, i) => {
    round.elected.forEach((id) => elected.add(id));
    const before = rounds[i - 1]?.votes ?? {};
    const held = order.filter((id) => Object.hasOwn(round.votes, id));
    return {
      round: round.round,
      needed: round.quota === null ? null : share(numberOf(round.quota), most),
      bars: held.map((id): Bar => {
        const now = numberOf(round.votes[id]);
        const had = i === 0 ? now : Math.min(now, numberOf(before[id]));
        return {
          id,
          had: share(had, most),
          got: share(now - had, most),
          votes: round.votes[id] ?? '0',
          state: round.excluded.includes(id) ? 'leaves' : elected.has(id) ? 'elected' : 'running',
        };
      }),
    };
  });
}
