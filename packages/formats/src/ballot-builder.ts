import type { Count, UnrankedRule } from '@elekto/tally';
import { BallotTable } from '@elekto/tally';

/** The most candidates that a file may bring up as it goes, without naming them first. */
export const MOST_UNNAMED = 5000;

/**
 * Makes a table of ballots that are told as rankings. Candidates may be named first or come up as they are
 * ranked.
 */
export class BallotBuilder {
  readonly table: BallotTable;
  readonly #index: Map<string, number>;
  readonly #ranked: number[] = [];
  #row: Float64Array;
  #highest = 0;

  /** @throws CountError when two candidates share an id or an id is empty. */
  constructor(candidates: readonly string[], unranked?: UnrankedRule) {
    this.table = new BallotTable(candidates, unranked === undefined ? {} : { unranked });
    this.#index = new Map(candidates.map((id, i) => [id, i]));
    this.#row = new Float64Array(candidates.length);
  }

  get size(): number {
    return this.#index.size;
  }

  indexOf(id: string): number | undefined {
    return this.#index.get(id);
  }

  /** One more candidate; -1 when there are too many of them. */
  add(id: string): number {
    if (this.#index.size === MOST_UNNAMED) return -1;
    const index = this.table.addCandidate(id);
    this.#index.set(id, index);
    const row = new Float64Array(index + 1);
    row.set(this.#row);
    this.#row = row;
    return index;
  }

  /** Ranks a candidate on the ballot at hand, 1 being best; false when they have a rank there. */
  rank(index: number, rank: number): boolean {
    if (this.#row[index] !== 0) return false;
    this.#row[index] = rank;
    this.#ranked.push(index);
    if (rank > this.#highest) this.#highest = rank;
    return true;
  }

  /** Puts `count` ballots like the one at hand into the table, and starts the next. */
  cast(count: Count): void {
    if (count > 0) this.table.addChecked(this.#row, this.#highest, count);
    for (const index of this.#ranked) this.#row[index] = 0;
    this.#ranked.length = 0;
    this.#highest = 0;
  }
}
