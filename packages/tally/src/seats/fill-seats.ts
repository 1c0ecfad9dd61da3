import type { AppliedDecision, OpenTie, SkippedCandidate, TieDecision } from '../model.ts';
import { SeatBook } from './seat-book.ts';
import type { SeatRules } from './seat-rules.ts';

/** Seats as filled; `ties` are the ones left open, in the order they were met. */
export interface Filled {
  readonly elected: readonly string[];
  readonly ties: readonly OpenTie[];
  readonly skipped: readonly SkippedCandidate[];
  readonly decisions: readonly AppliedDecision[];
}

/**
 * Fills seats place by place. Who cannot be seated under the rules is passed over with the reason. Where the
 * candidates of a place outnumber the seats left for them the tie is named and left open, unless a
 * recorded decision resolves it.
 */
export function fillSeats(places: readonly (readonly string[])[], rules: SeatRules): Filled {
  const filling = new Filling(rules, places.flat());
  for (const place of places) filling.place(place);
  return filling;
}

/** Level candidates of one value: how many can sit at all, and how many of these seats are kept for them. */
interface Group {
  readonly value: string | null;
  readonly members: readonly string[];
  readonly room: number;
  readonly kept: number;
}

class Filling implements Filled {
  readonly elected: string[] = [];
  readonly ties: OpenTie[] = [];
  readonly skipped: SkippedCandidate[] = [];
  readonly decisions: AppliedDecision[] = [];
  readonly #book: SeatBook;
  readonly #recorded: readonly TieDecision[];

  constructor(rules: SeatRules, candidates: readonly string[]) {
    this.#book = new SeatBook(rules, candidates);
    this.#recorded = rules.decisions;
  }

  place(level: readonly string[]): void {
    const candidates = level.filter((id) => !this.#book.keeps(id));
    for (const id of level) if (!candidates.includes(id)) this.#elect(id);
    if (this.#book.left === 0) return;
    const open = candidates.filter((candidate) => !this.#book.blocks(candidate));
    for (const candidate of candidates) if (!open.includes(candidate)) this.#skip(candidate);
    const groups = this.#groupsOf(open);
    const { free } = this.#book;
    const competing = groups.filter(({ room, kept }) => room > kept);
    const wanted = competing.reduce((sum, { room, kept }) => sum + room - kept, 0);
    if (wanted <= free) {
      for (const group of groups) this.#seat(group, group.room);
      return;
    }
    for (const group of groups) if (!competing.includes(group)) this.#seat(group, group.room);
    if (free === 0) for (const group of competing) this.#seat(group, group.kept);
    else this.#settleFree(open, competing, free);
  }

  #groupsOf(open: readonly string[]): Group[] {
    return this.#book.byValue(open).map(([value, members]) => {
      const room = Math.min(members.length, this.#book.room(value));
      return { value, members, room, kept: Math.min(room, this.#book.owed(value)) };
    });
  }

  /** Seats of one value: for all of them, or for some who are then tied. */
  #seat({ value, members }: Group, seats: number): void {
    if (seats === members.length) members.forEach((candidate) => this.#elect(candidate));
    else this.#settle({ candidates: members, seats, value }, [{ value, seats }]);
  }

  /** The last seats that are kept for nobody, with those kept for groups whose members want more of them. */
  #settleFree(open: readonly string[], competing: readonly Group[], free: number): void {
    const candidates = open.filter((id) => competing.some(({ members }) => members.includes(id)));
    const kept = competing.flatMap(({ value, kept: seats }) => (seats > 0 ? [{ value, seats }] : []));
    const seats = kept.reduce((sum, each) => sum + each.seats, free);
    this.#settle({ candidates, seats, value: null }, [...kept, { value: null, seats: free }]);
  }

  /** A tie: `reserved` are its seats by value while it is open. */
  #settle(tie: OpenTie, reserved: readonly { value: string | null; seats: number }[]): void {
    const decision = this.#recorded.find((each) => resolves(each, tie) && this.#allows(each, tie));
    if (decision === undefined) {
      this.ties.push(tie);
      for (const { value, seats } of reserved) this.#book.reserve(value, seats);
      tie.candidates.forEach((candidate) => this.#book.leave(candidate));
      return;
    }
    const winners = tie.candidates.filter((candidate) => decision.winners.includes(candidate));
    this.decisions.push({ ...tie, winners, how: decision.how });
    winners.forEach((winner) => this.#elect(winner));
    for (const candidate of tie.candidates) {
      if (winners.includes(candidate)) continue;
      this.#book.leave(candidate);
      if (this.#book.room(tie.value) <= 0) this.#skip(candidate);
    }
  }

  /** Whether the winners keep the limit, and the seats kept for groups among the tied. */
  #allows({ winners }: TieDecision, { candidates }: OpenTie): boolean {
    return (
      this.#book.byValue(winners).every(([value, { length }]) => length <= this.#book.room(value)) &&
      this.#groupsOf(candidates).every(
        ({ kept, members }) => members.filter((each) => winners.includes(each)).length >= kept,
      )
    );
  }

  #elect(candidate: string): void {
    this.elected.push(candidate);
    this.#book.elect(candidate);
  }

  #skip(candidate: string): void {
    this.skipped.push(this.#book.skip(candidate));
    this.#book.leave(candidate);
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
