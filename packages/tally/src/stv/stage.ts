import type { MethodInput } from '../methods/method.ts';
import type { Round, SkippedCandidate } from '../model.ts';
import { SeatBook } from '../seats/seat-book.ts';
import type { Branch, Question } from './explore.ts';
import type { Fraction } from './fraction.ts';
import { compareFractions, showFraction } from './fraction.ts';

/** Who is in, elected and out in a count by rounds, and the record of its stages. */
export class Stage {
  readonly #input: MethodInput;
  readonly #book: SeatBook;
  readonly #rounds: Round[] = [];
  readonly #history: (readonly Fraction[])[] = [];
  readonly #best: number[][] = [];
  #worst: number[][] = [];
  readonly continuing: Set<number>;
  readonly elected: number[] = [];
  readonly skipped: SkippedCandidate[] = [];

  constructor(input: MethodInput) {
    this.#input = input;
    this.#book = new SeatBook(input.seatRules, input.candidates);
    this.continuing = new Set(input.candidates.keys());
  }

  get vacancies(): number {
    return this.#input.seatRules.available - this.elected.length;
  }

  name(i: number): string {
    return this.#input.candidates[i] as string;
  }

  /** Seats one candidate; `level` puts them on one place with the candidate seated before. */
  elect(i: number, level = false): void {
    this.continuing.delete(i);
    this.elected.push(i);
    this.#book.elect(this.name(i));
    if (level) this.#best.at(-1)?.push(i);
    else this.#best.push([i]);
  }

  /** Takes candidates out of the count, on one place. */
  exclude(out: readonly number[]): void {
    if (out.length === 0) return;
    for (const i of out) {
      this.continuing.delete(i);
      this.#book.leave(this.name(i));
    }
    this.#worst = [[...out], ...this.#worst];
  }

  /** Continuing candidates whom the rules about seats bar. */
  barred(): number[] {
    return [...this.continuing].filter((i) => this.#book.blocks(this.name(i)));
  }

  /** As `barred`, with the reason noted in `skipped`, but where only those who keep their seats take any: nobody is passed over for one. */
  takeBarred(): number[] {
    const barred = this.barred();
    if (this.#book.left > 0) for (const i of barred) this.skipped.push(this.#book.skip(this.name(i)));
    return barred;
  }

  /** Whether the rules about seats make the order among equals matter. */
  contested(tied: readonly number[]): boolean {
    return !this.#book.seatsAll(tied.map((i) => this.name(i)));
  }

  /** Those of `rest` whose exclusion leaves enough to fill the seats that are kept for groups. */
  excludable(rest: readonly number[]): number[] {
    return rest.filter((i) => this.canExclude([i]));
  }

  canExclude(out: readonly number[]): boolean {
    return this.#book.canSpare(out.map((i) => this.name(i)));
  }

  record(votes: readonly Fraction[], more: Omit<Round, 'round' | 'votes'>): void {
    this.#history.push([...votes]);
    const shown = Object.create(null) as Record<string, string>;
    for (const i of [...this.elected, ...this.continuing].sort((a, b) => a - b)) {
      shown[this.name(i)] = showFraction(votes[i] as Fraction);
    }
    this.#rounds.push({ round: this.#rounds.length + 1, votes: shown, ...more });
  }

  /**
   * Those of the tied who are lowest (or highest) at the latest earlier stage where the tied differ; the
   * rule of the Scottish order, rules 49 and 51.
   */
  lookBack(tied: readonly number[], direction: 1 | -1): readonly number[] {
    let left = tied;
    for (const votes of this.#history.toReversed()) {
      if (left.length === 1) break;
      const ordered = left.toSorted(
        (a, b) => direction * compareFractions(votes[a] as Fraction, votes[b] as Fraction),
      );
      const first = votes[ordered[0] as number] as Fraction;
      left = left.filter((i) => compareFractions(votes[i] as Fraction, first) === 0);
    }
    return left;
  }

  question(purpose: Question['purpose'], tied: readonly number[]): Question {
    return { purpose, tied, soFar: this.branch([]), continuing: [...this.continuing] };
  }

  /** The result with those still in the count between the elected and the excluded, by their votes. */
  branch(votes: readonly Fraction[]): Branch {
    const rest: number[][] = [];
    const order = [...this.continuing];
    if (votes.length > 0)
      order.sort((a, b) => compareFractions(votes[b] as Fraction, votes[a] as Fraction) || a - b);
    for (const i of order) {
      const last = rest.at(-1);
      const level =
        last !== undefined &&
        (votes.length === 0 ||
          compareFractions(votes[last[0] as number] as Fraction, votes[i] as Fraction) === 0);
      if (level) last.push(i);
      else rest.push([i]);
    }
    return {
      order: [...this.#best.map((group) => [...group]), ...rest, ...this.#worst],
      elected: [...this.elected],
      skipped: [...this.skipped],
      rounds: [...this.#rounds],
    };
  }
}
