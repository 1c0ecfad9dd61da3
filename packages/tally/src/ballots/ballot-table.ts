import type { Ballot, BallotSet, Count, UnrankedRule } from '../model.ts';
import { CountError } from '../model.ts';

/**
 * Ballots of a block: 255 times 16 rows, so that a kernel that counts 16 rows at once in single bytes
 * can run through a block without one of its bytes overflowing.
 */
export const BLOCK_ROWS = 4080;

/** The most candidates whose ranks fit in a byte: 0 is no opinion and 255 is kept for "last". */
export const BYTE_CANDIDATES = 254;

/** Ranks by columns: the cell of candidate c in row r stands at `c * BLOCK_ROWS + r`. 0 is no opinion. */
export type Cells = Uint8Array | Uint16Array;

export interface Block {
  readonly cells: Cells;
  readonly rows: number;
}

/** A row that stands for more than one ballot. */
export interface WeightedRow {
  readonly ranks: Cells;
  readonly count: Count;
}

/** Where the ballots of a table go when they should not be kept. */
export interface BlockSink {
  block(block: Block): void;
  row(row: WeightedRow): void;
}

/**
 * Ballots in one byte a cell (two past 254 candidates), in blocks of columns, which is the shape the
 * pairwise kernels read. Feed it with `add`, in any order. With a sink the full blocks are handed on
 * and not kept, so that any number of ballots is counted in constant memory.
 */
export class BallotTable implements BallotSet {
  readonly candidates: readonly string[];
  readonly unranked?: UnrankedRule;
  readonly #maxRank: number;
  readonly #opinions: Float64Array;
  readonly #sink: BlockSink | null;
  readonly #blocks: Block[] = [];
  readonly #weighted: WeightedRow[] = [];
  readonly #weightedOpinions: bigint[];
  readonly #row: Float64Array;
  #cells: Cells;
  #rows = 0;
  #units = 0;
  #blankUnits = 0;
  #idleUnits = 0;
  #weight = 0n;
  #blankWeight = 0n;
  #idleWeight = 0n;

  /** @throws CountError when two candidates share an id or an id is empty. */
  constructor(candidates: readonly string[], options: { unranked?: UnrankedRule; sink?: BlockSink } = {}) {
    checkCandidates(candidates);
    this.candidates = [...candidates];
    if (options.unranked !== undefined) this.unranked = options.unranked;
    this.#sink = options.sink ?? null;
    this.#maxRank = candidates.length <= BYTE_CANDIDATES ? BYTE_CANDIDATES : 65534;
    if (candidates.length > this.#maxRank) throw new CountError(`at most ${this.#maxRank} candidates`);
    this.#opinions = new Float64Array(candidates.length);
    this.#weightedOpinions = candidates.map(() => 0n);
    this.#row = new Float64Array(candidates.length);
    this.#cells = this.#newCells(BLOCK_ROWS);
  }

  /**
   * Adds `count` ballots that rank `candidates[i]` at `ranks[i]`: a whole number from 1, or null for
   * no opinion. A ballot is added whole or not at all.
   * @throws CountError for another number of ranks, another kind of rank, or a count below 1.
   */
  add(ranks: ArrayLike<number | null>, count: Count = 1): void {
    const size = this.candidates.length;
    if (ranks.length !== size)
      throw new CountError(`a ballot of ${ranks.length} ranks for ${size} candidates`);
    const row = this.#row;
    let highest = 0;
    for (let i = 0; i < size; i++) {
      const rank = ranks[i] ?? 0;
      if (rank > highest) highest = rank;
      if (ranks[i] !== null && !(rank >= 1 && Number.isSafeInteger(rank))) {
        throw new CountError(`a rank must be a whole number from 1 or null, not ${String(ranks[i])}`);
      }
      row[i] = rank;
    }
    this.#addRow(row, highest, count);
  }

  /** As `add` for a row already checked: numbers from 1, 0 for no opinion, `highest` the largest. */
  addChecked(row: Float64Array, highest: number): void {
    this.#addRow(row, highest, 1);
  }

  get cast(): Count {
    return toCount(BigInt(this.#units) + this.#weight);
  }

  /** Ballots with no opinion on anybody. */
  get blank(): Count {
    return toCount(BigInt(this.#blankUnits) + this.#blankWeight);
  }

  /** Ballots that give one or more candidates a number, but no two of them different numbers. */
  get idle(): Count {
    return toCount(BigInt(this.#idleUnits) + this.#idleWeight);
  }

  /** How many ballots give `candidates[i]` a number. */
  opinions(i: number): Count {
    return toCount(BigInt(this.#opinions[i] ?? 0) + (this.#weightedOpinions[i] ?? 0n));
  }

  /** Full blocks and the one being filled. Nothing that went to a sink. */
  *blocks(): Iterable<Block> {
    yield* this.#blocks;
    if (this.#rows > 0) yield { cells: this.#cells, rows: this.#rows };
  }

  weightedRows(): readonly WeightedRow[] {
    return this.#weighted;
  }

  /** Hands the last, partly filled block to the sink. */
  flush(): void {
    if (this.#sink !== null && this.#rows > 0) this.#endBlock();
  }

  /** Every ballot as ranks; blocks first. */
  get ballots(): Iterable<Ballot> {
    return this.#iterate();
  }

  *#iterate(): Iterable<Ballot> {
    const size = this.candidates.length;
    for (const { cells, rows } of this.blocks()) {
      for (let r = 0; r < rows; r++) {
        yield { ranks: Array.from({ length: size }, (_, c) => cells[c * BLOCK_ROWS + r] || null) };
      }
    }
    for (const { ranks, count } of this.#weighted) {
      yield { ranks: Array.from(ranks, (rank) => rank || null), count };
    }
  }

  #addRow(row: Float64Array, highest: number, count: Count): void {
    if (highest > this.#maxRank) highest = densify(row);
    if (count === 1 || count === 1n) this.#addUnit(row, highest);
    else this.#addWeighted(row, highest, checkCount(count));
  }

  #addUnit(row: Float64Array, highest: number): void {
    const cells = this.#cells;
    const opinions = this.#opinions;
    let idle = highest !== 0;
    for (let i = 0, at = this.#rows; i < row.length; i++, at += BLOCK_ROWS) {
      const rank = row[i] as number;
      cells[at] = rank;
      if (rank === 0) continue;
      opinions[i] = (opinions[i] as number) + 1;
      if (rank !== highest) idle = false;
    }
    if (idle) this.#idleUnits++;
    this.#units++;
    if (highest === 0) this.#blankUnits++;
    this.#rows++;
    if (this.#rows === BLOCK_ROWS) this.#endBlock();
  }

  #addWeighted(row: Float64Array, highest: number, count: bigint): void {
    const ranks = this.#newCells(1);
    let idle = highest !== 0;
    for (let i = 0; i < row.length; i++) {
      const rank = row[i] as number;
      ranks[i] = rank;
      if (rank === 0) continue;
      this.#weightedOpinions[i] = (this.#weightedOpinions[i] as bigint) + count;
      if (rank !== highest) idle = false;
    }
    if (idle) this.#idleWeight += count;
    this.#weight += count;
    if (highest === 0) this.#blankWeight += count;
    const weighted = { ranks, count: toCount(count) };
    if (this.#sink === null) this.#weighted.push(weighted);
    else this.#sink.row(weighted);
  }

  #endBlock(): void {
    const block = { cells: this.#cells, rows: this.#rows };
    if (this.#sink === null) {
      this.#blocks.push(block);
      this.#cells = this.#newCells(BLOCK_ROWS);
    } else {
      this.#sink.block(block);
    }
    this.#rows = 0;
  }

  #newCells(rows: number): Cells {
    const length = this.candidates.length * rows;
    return this.#maxRank === BYTE_CANDIDATES ? new Uint8Array(length) : new Uint16Array(length);
  }
}

/** A number where it is exact, a bigint where it would not be. */
export function toCount(value: bigint): Count {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function checkCount(count: Count): bigint {
  if (typeof count === 'number' && !Number.isSafeInteger(count)) {
    throw new CountError(`a count must be a whole number; past 2^53 give it as a bigint, not ${count}`);
  }
  if (count < 1) throw new CountError(`a count must be 1 or more, not ${count}`);
  return BigInt(count);
}

/** Replaces ranks by 1, 2, 3 ... in their order, so that huge ranks fit a cell; returns the highest. */
function densify(row: Float64Array): number {
  const distinct = [...new Set(row)].filter((rank) => rank !== 0).sort((a, b) => a - b);
  const place = new Map(distinct.map((rank, i) => [rank, i + 1]));
  for (let i = 0; i < row.length; i++) row[i] = place.get(row[i] as number) ?? 0;
  return distinct.length;
}

function checkCandidates(candidates: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of candidates) {
    if (id === '') throw new CountError('a candidate id is empty');
    if (seen.has(id)) throw new CountError(`candidate ${JSON.stringify(id)} appears twice`);
    seen.add(id);
  }
}
