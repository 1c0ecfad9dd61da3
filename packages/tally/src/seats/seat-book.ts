import type { SkippedCandidate } from '../model.ts';
import type { SeatRules } from './seat-rules.ts';

/**
 * Who may still take a seat: the one place where the rules about seats meet. It keeps the seats that are left, those
 * that a limit leaves to each value, and those that are kept for groups. A seat is kept for a group as long as the
 * group has fewer than its seats and somebody who may take it. Who is sitting has taken a seat from the start.
 */
export class SeatBook {
  readonly #rules: SeatRules;
  readonly #taken = new Map<string, number>();
  readonly #holders = new Map<string, string[]>();
  /** Members of each group who are neither seated nor out of the question. */
  readonly #waiting = new Map<string, Set<string>>();
  /** Who keeps a seat and has not been met yet. */
  readonly #sitting: Set<string>;
  #left: number;

  constructor(rules: SeatRules, candidates: readonly string[]) {
    this.#rules = rules;
    this.#left = rules.available;
    for (const value of rules.groups?.seats.keys() ?? []) this.#waiting.set(value, new Set());
    this.#sitting = new Set(candidates.filter((id) => rules.sitting?.has(id)));
    for (const id of this.#sitting) this.#take(id);
    for (const id of candidates) {
      if (!rules.barred.has(id) && !this.#sitting.has(id)) this.#waiting.get(this.valueOf(id) ?? '')?.add(id);
    }
  }

  /** Whether the candidate keeps a seat and has not been met yet. */
  keeps(candidate: string): boolean {
    return this.#sitting.has(candidate);
  }

  /** Seats not yet taken. */
  get left(): number {
    return this.#left;
  }

  /** Seats not yet taken that are kept for no group. */
  get free(): number {
    return this.#left - [...this.#waiting.keys()].reduce((sum, value) => sum + this.owed(value), 0);
  }

  /** The value that the limit or the groups look at; null when neither is about this candidate. */
  valueOf(candidate: string): string | null {
    const { limit, groups } = this.#rules;
    return limit?.values.get(candidate) ?? groups?.values.get(candidate) ?? null;
  }

  /** Seats that a limit leaves to the value; any number for null. */
  room(value: string | null): number {
    const { limit } = this.#rules;
    if (value === null || limit === null) return Infinity;
    return limit.max - (this.#taken.get(value) ?? 0);
  }

  /** Seats kept for the group of this value. */
  owed(value: string | null): number {
    if (value === null) return 0;
    const wanted = (this.#rules.groups?.seats.get(value) ?? 0) - (this.#taken.get(value) ?? 0);
    return Math.max(0, Math.min(wanted, this.#waiting.get(value)?.size ?? 0));
  }

  blocks(candidate: string): boolean {
    if (this.keeps(candidate)) return false;
    if (this.#rules.barred.has(candidate)) return true;
    const value = this.valueOf(candidate);
    return this.room(value) <= 0 || (this.free <= 0 && this.owed(value) === 0);
  }

  /** Whether all of these can be seated together, each of whom can be alone. */
  seatsAll(candidates: readonly string[]): boolean {
    const groups = this.byValue(candidates.filter((id) => !this.keeps(id)));
    const competing = groups.reduce(
      (sum, [value, { length }]) => sum + Math.max(0, length - this.owed(value)),
      0,
    );
    return competing <= this.free && groups.every(([value, { length }]) => length <= this.room(value));
  }

  /** Whether the seats kept for groups can be filled without these, of whom nobody keeps a seat. */
  canSpare(candidates: readonly string[]): boolean {
    if (candidates.some((id) => this.keeps(id))) return false;
    return this.byValue(candidates).every(([value, members]) => {
      const waiting = this.#waiting.get(value ?? '');
      if (waiting === undefined) return true;
      return waiting.size - members.filter((each) => waiting.has(each)).length >= this.owed(value);
    });
  }

  /** Candidates by the value that the rules look at, in the order of each value's first. */
  byValue(candidates: readonly string[]): [string | null, string[]][] {
    const groups = new Map<string | null, string[]>();
    for (const candidate of candidates) {
      const value = this.valueOf(candidate);
      groups.set(value, [...(groups.get(value) ?? []), candidate]);
    }
    return [...groups];
  }

  elect(candidate: string): void {
    if (this.#sitting.delete(candidate)) return;
    this.#take(candidate);
    this.leave(candidate);
  }

  #take(candidate: string): void {
    const value = this.valueOf(candidate);
    this.reserve(value, 1);
    if (value !== null) this.#holders.set(value, [...(this.#holders.get(value) ?? []), candidate]);
  }

  /** Takes seats before it is known who sits on them; of one value, or of any. */
  reserve(value: string | null, seats: number): void {
    this.#left -= seats;
    if (value !== null) this.#taken.set(value, (this.#taken.get(value) ?? 0) + seats);
  }

  /** Somebody is out of the question: no seat is kept for them. */
  leave(candidate: string): void {
    this.#waiting.get(this.valueOf(candidate) ?? '')?.delete(candidate);
  }

  /** Why the candidate is passed over, whom the rules block. */
  skip(candidate: string): SkippedCandidate {
    const barred = this.#rules.barred.get(candidate);
    if (barred !== undefined) return barred;
    const value = this.valueOf(candidate);
    if (value !== null && this.room(value) <= 0)
      return { code: 'limit', candidate, value, elected: [...(this.#holders.get(value) ?? [])] };
    const kept = [...this.#waiting.keys()].filter((each) => this.owed(each) > 0);
    return { code: 'kept', candidate, seats: this.#left, values: kept };
  }
}
