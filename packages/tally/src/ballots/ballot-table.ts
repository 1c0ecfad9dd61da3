import type { Ballot, BallotSet, Count, UnrankedRule } from '../model.ts';
import { CountError } from '../model.ts';

/**
 * Ballots of a block: 255 times 16 rows, so that a kernel that counts 16 rows at once in single bytes
 * can run through a block without one of its bytes overflowing.
 */
export const BLOCK_ROWS = 4080;

/** The most candidates whose ranks fit in a byte: 0 is not ranked and 255 is kept for "last". */
export const BYTE_CANDIDATES = 254;

/** Ranks by columns: the cell of candidate c in row r stands at `c * BLOCK_ROWS + r`. 0 is not ranked. */
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

/** Rows with a count, one after the other: row r of `rows` stands at `r * width`. */
interface WeightedChunk {
  readonly width: number;
  readonly cells: Cells;
  readonly counts: Count[];
}

/** Rows of a chunk, enough that an object for each chunk does not matter. */
const CHUNK_ROWS = 1024;

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
  readonly unranked?: UnrankedRule;
  readonly #candidates: string[];
  readonly #sink: BlockSink | null;
  readonly #blocks: Block[] = [];
  readonly #chunks: WeightedChunk[] = [];
  readonly #weightedOpinions: bigint[];
  #maxRank: number;
  #opinions: Float64Array;
  #row: Float64Array;
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
    this.#candidates = [...candidates];
    if (options.unranked !== undefined) this.unranked = options.unranked;
    this.#sink = options.sink ?? null;
    this.#maxRank = maxRankOf(candidates.length);
    this.#opinions = new Float64Array(candidates.length);
    this.#weightedOpinions = candidates.map(() => 0n);
    this.#row = new Float64Array(candidates.length);
    this.#cells = this.#newCells(BLOCK_ROWS);
  }

  get candidates(): readonly string[] {
    return this.#candidates;
  }

  /**
   * One more candidate, on whom the ballots so far have no opinion; returns the index. For files that tell
   * their candidates as they go. Not for a table with a sink, whose blocks have left.
   * @throws CountError for an id that is empty, or taken, or one too many.
   */
  addCandidate(id: string): number {
    if (this.#sink !== null) throw new CountError('a table that hands its ballots on cannot grow');
    const size = this.#candidates.length;
    checkCandidates(this.#candidates.includes(id) ? [id, id] : [id]);
    this.#maxRank = maxRankOf(size + 1);
    this.#candidates.push(id);
    this.#weightedOpinions.push(0n);
    this.#row = new Float64Array(size + 1);
    this.#opinions = grown(this.#opinions, size + 1, (length) => new Float64Array(length));
    this.#cells = grown(this.#cells, (size + 1) * BLOCK_ROWS, (length) => this.#cellsOf(length));
    return size;
  }

  /** Calls the candidates otherwise, in their order. @throws CountError as the constructor does. */
  rename(ids: readonly string[]): void {
    const size = this.#candidates.length;
    if (ids.length !== size) throw new CountError(`${ids.length} names for ${size} candidates`);
    checkCandidates(ids);
    ids.forEach((id, i) => (this.#candidates[i] = id));
  }

  /**
   * The same ballots for some of the candidates, `columns[i]` being the old index of the new i, under other
   * ids when they are given, and with another rule. Ballots that ranked only others become blank.
   */
  withColumns(
    columns: readonly number[],
    ids?: readonly string[],
    unranked: UnrankedRule | undefined = this.unranked,
  ): BallotTable {
    const names = ids ?? columns.map((column) => this.#candidates[column] as string);
    const table = new BallotTable(names, unranked === undefined ? {} : { unranked });
    const row = new Float64Array(columns.length);
    const add = (rankOf: (column: number) => number, count: Count): void => {
      let highest = 0;
      columns.forEach((column, i) => {
        const rank = rankOf(column);
        row[i] = rank;
        if (rank > highest) highest = rank;
      });
      table.#addRow(row, highest, count);
    };
    for (const { cells, rows } of this.blocks()) {
      for (let r = 0; r < rows; r++) add((column) => cells[column * BLOCK_ROWS + r] as number, 1);
    }
    for (const { ranks, count } of this.weightedRows()) add((column) => ranks[column] as number, count);
    return table;
  }

  /**
   * Adds `count` ballots that rank `candidates[i]` at `ranks[i]`: a whole number from 1, or null for
   * no opinion. A ballot is added whole or not at all.
   * @throws CountError for another number of ranks, another kind of rank, or a count below 1.
   */
  add(ranks: ArrayLike<number | null>, count: Count = 1): void {
    const size = this.#candidates.length;
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

  /** As `add` for a row already checked: numbers from 1, 0 for not ranked, `highest` the largest. */
  addChecked(row: Float64Array, highest: number, count: Count = 1): void {
    this.#addRow(row, highest, count);
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
    const length = this.#candidates.length * BLOCK_ROWS;
    for (const [i, { cells, rows }] of this.#blocks.entries()) {
      if (cells.length < length) this.#blocks[i] = { cells: this.#widened(cells, length), rows };
      yield this.#blocks[i] as Block;
    }
    if (this.#rows > 0) yield { cells: this.#cells, rows: this.#rows };
  }

  /** The rows with a count. Each is read before the next is asked for. */
  *weightedRows(): Iterable<WeightedRow> {
    const size = this.#candidates.length;
    for (const { width, cells, counts } of this.#chunks) {
      for (const [r, count] of counts.entries()) {
        const ranks = cells.subarray(r * width, (r + 1) * width);
        yield { ranks: width === size ? ranks : this.#widened(ranks, size), count };
      }
    }
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
    const size = this.#candidates.length;
    for (const { cells, rows } of this.blocks()) {
      for (let r = 0; r < rows; r++) {
        yield { ranks: Array.from({ length: size }, (_, c) => cells[c * BLOCK_ROWS + r] || null) };
      }
    }
    for (const { ranks, count } of this.weightedRows()) {
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
    const { ranks, counts } = this.#weightedRow();
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
    if (this.#sink === null) counts.push(toCount(count));
    else this.#sink.row({ ranks, count: toCount(count) });
  }

  /** Where the next row with a count goes: into a chunk, or nowhere when it will not be kept. */
  #weightedRow(): { ranks: Cells; counts: Count[] } {
    const width = this.#candidates.length;
    if (this.#sink !== null) return { ranks: this.#cellsOf(width), counts: [] };
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.width !== width || chunk.counts.length === CHUNK_ROWS) {
      chunk = { width, cells: this.#cellsOf(width * CHUNK_ROWS), counts: [] };
      this.#chunks.push(chunk);
    }
    const start = chunk.counts.length * width;
    return { ranks: chunk.cells.subarray(start, start + width), counts: chunk.counts };
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
    return this.#cellsOf(this.#candidates.length * rows);
  }

  #cellsOf(length: number): Cells {
    return this.#maxRank === BYTE_CANDIDATES ? new Uint8Array(length) : new Uint16Array(length);
  }

  #widened(cells: Cells, length: number): Cells {
    const wide = this.#cellsOf(length);
    wide.set(cells);
    return wide;
  }
}

/** Room for `length` numbers that begins with those of `old`, taken with some to spare. */
function grown<T extends Cells | Float64Array>(old: T, length: number, make: (length: number) => T): T {
  if (old.buffer.byteLength >= length * old.BYTES_PER_ELEMENT && make(0).constructor === old.constructor) {
    return new (old.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => T)(
      old.buffer,
      0,
      length,
    );
  }
  const room = make(Math.max(length, 2 * old.length));
  room.set(old);
  return room.subarray(0, length) as T;
}

function maxRankOf(candidates: number): number {
  const most = candidates <= BYTE_CANDIDATES ? BYTE_CANDIDATES : 65534;
  if (candidates > most) throw new CountError(`at most ${most} candidates`);
  return most;
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
