import type { BarredCandidate, LimitSize, TieDecision } from '../model.ts';
import { CountError } from '../model.ts';

/** The limit with its size worked out in seats. */
export interface LimitInForce {
  readonly field: string;
  readonly max: number;
  readonly values: ReadonlyMap<string, string>;
}

/** Seats kept for groups: how many for each value of a field. */
export interface GroupsInForce {
  readonly field: string;
  readonly seats: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, string>;
}

/** Everything that decides who may sit, besides the order of the candidates. */
export interface SeatRules {
  readonly available: number;
  readonly limit: LimitInForce | null;
  /** When there is a limit, too, both look at the same field. */
  readonly groups: GroupsInForce | null;
  /** Who may take no seat whatever the order says. */
  readonly barred: ReadonlyMap<string, BarredCandidate>;
  /** Who keeps a seat of these whatever the order says; they count for limit and groups. Nobody when absent. */
  readonly sitting?: ReadonlySet<string>;
  readonly decisions: readonly TieDecision[];
}

/** Seats that a limit allows. @throws CountError unless it is a whole number or a share from 0 to 1. */
export function limitInSeats(max: LimitSize, seats: number): number {
  const [part, whole] = typeof max === 'number' ? [max, 1] : max.share;
  const fits = Number.isSafeInteger(part) && Number.isSafeInteger(whole) && part >= 0 && whole >= 1;
  if (!fits || (typeof max !== 'number' && part > whole)) {
    throw new CountError('a limit is a whole number of seats or a share of them such as 1/3');
  }
  return typeof max === 'number' ? max : Math.floor((part * seats) / whole);
}
