import type { AppliedDecision, OpenTie, LimitSize, SkippedCandidate, TieDecision } from './model.ts';
import { CountError } from './model.ts';

/** The limit with its size worked out in seats. */
export interface LimitInForce {
  readonly field: string;
  readonly max: number;
  readonly values: ReadonlyMap<string, string>;
}

export interface SeatRules {
  readonly available: number;
  readonly limit: LimitInForce | null;
  readonly decisions: readonly TieDecision[];
}

/** Seats as filled; `ties` are the ones left open, in the order they were met. */
export interface Filled {
  readonly elected: readonly string[];
  readonly ties: readonly OpenTie[];
  readonly skipped: readonly SkippedCandidate[];
  readonly decisions: readonly AppliedDecision[];
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

/** Keeps the count of seats by the value of the limited field. */
export class LimitBook {
  readonly #limit: LimitInForce | null;
  readonly #taken = new Map<string, number>();
  readonly #holders = new Map<string, string[]>();

  constructor(limit: LimitInForce | null) {
    this.#limit = limit;
  }

  /** The value that is limited for this candidate; null when nothing limits them. */
  valueOf(candidate: string): string | null {
    return this.#limit?.values.get(candidate) ?? null;
  }

  /** Seats still open to the value; any number for null. */
  left(value: string | null): number {
    if (value === null || this.#limit === null) return Infinity;
    return this.#limit.max - (this.#taken.get(value) ?? 0);
  }

  blocks(candidate: string): boolean {
    return this.left(this.valueOf(candidate)) <= 0;
  }

  elect(candidate: string): void {
    const value = this.valueOf(candidate);
    if (value === null) return;
    this.reserve(value, 1);
    this.#holders.set(value, [...(this.#holders.get(value) ?? []), candidate]);
  }

  /** Takes seats for a value before it is known who of them sits. */
  reserve(value: string, seats: number): void {
    this.#taken.set(value, (this.#taken.get(value) ?? 0) + seats);
  }

  /** Why the candidate is passed over, who must have a value. */
  skip(candidate: string): SkippedCandidate {
    const value = this.valueOf(candidate) ?? '';
    const elected = this.#holders.get(value) ?? [];
    return { candidate, value, elected: [...elected] };
  }
}

/**
 * Fills seats place by place. Candidates over the limit are passed over with the reason. Where the
 * candidates of a place outnumber the seats left for them the tie is named and left open, unless a
 * recorded decision resolves it.
 */
export function fillSeats(places: readonly (readonly string[])[], rules: SeatRules): Filled {
  const filling = new Filling(rules);
  for (const place of places) filling.place(place);
  return filling;
}

class Filling implements Filled {
  readonly elected: string[] = [];
  readonly ties: OpenTie[] = [];
  readonly skipped: SkippedCandidate[] = [];
  readonly decisions: AppliedDecision[] = [];
  readonly #book: LimitBook;
  readonly #recorded: readonly TieDecision[];
  #left: number;

  constructor(rules: SeatRules) {
    this.#book = new LimitBook(rules.limit);
    this.#recorded = rules.decisions;
    this.#left = rules.available;
  }

  place(candidates: readonly string[]): void {
    if (this.#left === 0) return;
    const open: string[] = [];
    for (const candidate of candidates) {
      if (this.#book.blocks(candidate)) this.#skip(candidate);
      else open.push(candidate);
    }
    const byValue = this.#byValue(open);
    const fitting = byValue.reduce((total, [value, group]) => total + this.#room(value, group), 0);
    if (fitting > this.#left) {
      this.#settle({ candidates: open, seats: this.#left, value: null });
      return;
    }
    for (const [value, group] of byValue) {
      const room = this.#room(value, group);
      if (room === group.length) group.forEach((candidate) => this.#elect(candidate));
      else this.#settle({ candidates: group, seats: room, value });
    }
  }

  #byValue(candidates: readonly string[]): [string | null, string[]][] {
    const groups = new Map<string | null, string[]>();
    for (const candidate of candidates) {
      const value = this.#book.valueOf(candidate);
      groups.set(value, [...(groups.get(value) ?? []), candidate]);
    }
    return [...groups];
  }

  #room(value: string | null, group: readonly string[]): number {
    return Math.min(group.length, this.#book.left(value));
  }

  /** A tie for the last seats (value null) or for the last seats that a limit leaves to a value. */
  #settle(tie: OpenTie): void {
    const { value } = tie;
    const decision = this.#recorded.find((each) => resolves(each, tie) && this.#allowed(each.winners));
    if (decision === undefined) {
      this.ties.push(tie);
      this.#left -= tie.seats;
      if (value !== null) this.#book.reserve(value, tie.seats);
      return;
    }
    const winners = tie.candidates.filter((candidate) => decision.winners.includes(candidate));
    this.decisions.push({ ...tie, winners, how: decision.how });
    winners.forEach((winner) => this.#elect(winner));
    if (value === null) return;
    for (const candidate of tie.candidates) if (!winners.includes(candidate)) this.#skip(candidate);
  }

  #allowed(winners: readonly string[]): boolean {
    return this.#byValue(winners).every(([value, group]) => group.length <= this.#book.left(value));
  }

  #elect(candidate: string): void {
    this.elected.push(candidate);
    this.#book.elect(candidate);
    this.#left--;
  }

  #skip(candidate: string): void {
    this.skipped.push(this.#book.skip(candidate));
  }
}

/** Whether a recorded decision is about this tie and fills exactly its seats. */
export function resolves(decision: TieDecision, tie: OpenTie): boolean {
  const winners = new Set(decision.winners);
  if (winners.size !== tie.seats || decision.winners.length !== tie.seats) return false;
  if (!decision.winners.every((winner) => tie.candidates.includes(winner))) return false;
  const named = decision.candidates;
  if (named === undefined) return true;
  return (
    new Set(named).size === tie.candidates.length && named.every((each) => tie.candidates.includes(each))
  );
}
