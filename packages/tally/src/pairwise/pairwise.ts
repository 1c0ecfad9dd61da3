import type { BlockSink, Block, WeightedRow } from '../ballots/ballot-table.ts';
import { BallotTable } from '../ballots/ballot-table.ts';
import { indices } from '../indices.ts';
import type { BallotSet, Count, UnrankedRule } from '../model.ts';
import type { PairwiseKernel } from './kernel.ts';
import { bestKernel } from './best-kernel.ts';

/**
 * d[a, b] for every pair: how many ballots rank both and prefer a. All cells are numbers, in a
 * `Float64Array`, or all are bigints, in a list.
 */
export interface Pairwise {
  readonly size: number;
  readonly cells: Float64Array | readonly Count[];
}

/** The cell of a row and a column. */
export function cell(pairwise: Pairwise, a: number, b: number): Count {
  return pairwise.cells[a * pairwise.size + b] as Count;
}

/**
 * Adds up pairwise counts. Single ballots come in blocks and are counted by a kernel in doubles, which
 * are exact below 2^53 of them; rows with a count are added as bigints once doubles would not be exact.
 */
export class PairwiseAccumulator implements BlockSink {
  readonly #size: number;
  readonly #columns: readonly number[];
  readonly #last: boolean;
  readonly #kernel: PairwiseKernel;
  readonly #units: Float64Array;
  readonly #weighted: Float64Array;
  #weight = 0;
  #wide: bigint[] | null = null;

  constructor(size: number, unranked: UnrankedRule, kernel: PairwiseKernel = bestKernel(size)) {
    this.#size = size;
    this.#columns = indices(size);
    this.#last = unranked === 'last';
    this.#kernel = kernel;
    this.#units = new Float64Array(size * size);
    this.#weighted = new Float64Array(size * size);
  }

  block(block: Block): void {
    this.#kernel.add(block, this.#size, this.#last, this.#units);
  }

  row({ ranks, count }: WeightedRow): void {
    const exact = typeof count === 'number' && Number.isSafeInteger(this.#weight + count);
    if (exact && this.#wide === null) {
      this.#weight += count;
      this.#eachPreference(ranks, (at) => {
        this.#weighted[at] = (this.#weighted[at] as number) + count;
      });
      return;
    }
    const wide = (this.#wide ??= Array.from(this.#weighted, BigInt));
    const add = BigInt(count);
    this.#eachPreference(ranks, (at) => {
      wide[at] = (wide[at] as bigint) + add;
    });
  }

  /** The sums so far; numbers when `total`, the number of ballots, is one. */
  result(total: Count): Pairwise {
    const size = this.#size;
    const units = this.#units;
    const wide = this.#wide;
    if (typeof total === 'number') {
      const rows = wide === null ? this.#weighted : Float64Array.from(wide, Number);
      return { size, cells: units.map((unit, i) => unit + (rows[i] as number)) };
    }
    const rows = wide ?? Array.from(this.#weighted, BigInt);
    return { size, cells: Array.from(units, (unit, i) => BigInt(unit) + (rows[i] as bigint)) };
  }

  #eachPreference(ranks: ArrayLike<number>, visit: (at: number) => void): void {
    const size = this.#size;
    const unranked = this.#last ? Infinity : 0;
    for (const a of this.#columns) {
      const rank = ranks[a] as number;
      if (rank === 0) continue;
      for (const b of this.#columns) {
        if (rank < ((ranks[b] as number) || unranked)) visit(a * size + b);
      }
    }
  }
}

/** What a count needs to know about the ballots of a set besides the ballots themselves. */
export interface BallotCounts {
  readonly cast: Count;
  readonly blank: Count;
  /** Ballots that are not blank and yet compare nobody. */
  readonly idle: Count;
  readonly opinions: readonly Count[];
}

/** Pairwise counts of a whole set, candidates in the set's own order. Does not keep the ballots. */
export function countPairwise(
  set: BallotSet,
  unranked: UnrankedRule,
  kernel?: PairwiseKernel,
): { pairwise: Pairwise; counts: BallotCounts } {
  const size = set.candidates.length;
  const accumulator = new PairwiseAccumulator(size, unranked, kernel);
  const table = set instanceof BallotTable ? set : feed(set, accumulator);
  if (table === set) {
    for (const block of table.blocks()) accumulator.block(block);
    for (const row of table.weightedRows()) accumulator.row(row);
  }
  const opinions = set.candidates.map((_, i) => table.opinions(i));
  const counts = { cast: table.cast, blank: table.blank, idle: table.idle, opinions };
  return { pairwise: accumulator.result(table.cast), counts };
}

function feed(set: BallotSet, sink: BlockSink): BallotTable {
  const table = new BallotTable(set.candidates, { sink });
  for (const ballot of set.ballots) table.add(ballot.ranks, ballot.count);
  table.flush();
  return table;
}

/** The same counts with rows and columns in another order, or some of them: `order[i]` is the old index of the new i. */
export function reorder(pairwise: Pairwise, order: readonly number[]): Pairwise {
  const size = order.length;
  const { cells } = pairwise;
  if (!(cells instanceof Float64Array))
    return { size, cells: order.flatMap((a) => order.map((b) => cell(pairwise, a, b))) };
  const ordered = new Float64Array(size * size);
  let at = 0;
  for (const a of order) for (const b of order) ordered[at++] = cells[a * pairwise.size + b] as number;
  return { size, cells: ordered };
}
