import type { UnrankedRule } from '../model.ts';
import { BallotsFormatError } from '../model.ts';
import type { BlockSink } from './ballot-table.ts';
import { BallotTable } from './ballot-table.ts';
import type { CsvHandler } from './csv-scanner.ts';
import { CsvScanner } from './csv-scanner.ts';
import { parseScore, scoresToRanks } from './scores.ts';

const NO_OPINION = 'No opinion';
/** What R, pandas and databases write for no value. */
const MISSING = /^(?:n\/?a|nan|null)$/i;

/** A cell of the first line. */
export interface HeaderCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What a column holds. `count`: how many equal ballots the row stands for. */
export type ColumnRole = 'candidate' | 'count' | 'left-out';

export interface CsvOptions {
  /**
   * Read an empty cell as not ranked, as files of the CIVS era may have them, and so what other programs write for no value: NA, NaN,
   * null; and `1.0` as 1. Errors otherwise.
   */
  readonly civs?: boolean;
  /** Hand full blocks on instead of keeping the ballots. */
  readonly sink?: BlockSink;
  readonly unranked?: UnrankedRule;
  /** What stands between cells; a comma when absent. */
  readonly delimiter?: string;
  /** What each column is; every one a candidate when absent. May throw a BallotsFormatError of its own. */
  readonly columns?: (header: readonly HeaderCell[]) => readonly ColumnRole[];
  /** The rank that a cell says in another way than by a number, such as "2nd choice"; 0 when it says none. */
  readonly rankIn?: (text: string) => number;
  /** Numbers are scores: the highest is best, and 0, negative numbers and fractions are numbers, too. */
  readonly highIsBest?: boolean;
}

/**
 * Reads ballots.csv in pieces: a header of candidate ids in any order, then one row a ballot, whole
 * numbers from 1 or "No opinion" ("-" in files of the CIVS era). With options other files with a column for
 * each candidate, too.
 */
export class BallotsCsvReader {
  /** Where the first empty cell of a candidate is, and whether any cell says no opinion in a word. */
  readonly seen: { empty: HeaderCell | null; words: boolean } = { empty: null, words: false };
  readonly #options: CsvOptions;
  readonly #scanner: CsvScanner;
  readonly #header: HeaderCell[] = [];
  #roles: readonly ColumnRole[] = [];
  /** The index of the candidate of each column; -1 where there is none. */
  #targets = new Int32Array(0);
  #table: BallotTable | null = null;
  #row = new Float64Array(0);
  #highest = 0;
  #count: bigint = 1n;

  constructor(options: CsvOptions = {}) {
    this.#options = options;
    const handler: CsvHandler = {
      cell: (scan, index) => {
        if (this.#table === null) this.#header.push({ text: scan.text(), ...scan.place });
        else this.#ballotCell(scan, index);
      },
      row: (scan, cells) => this.#endRow(scan, cells),
      expected: () => (this.#table === null ? 'a header of candidate ids' : 'a ballot'),
    };
    this.#scanner = new CsvScanner(handler, options.delimiter);
  }

  /**
   * Reads on; a piece may end anywhere.
   * @throws BallotsFormatError at the first cell that is not what the format demands.
   */
  push(piece: Uint8Array | string): void {
    this.#scanner.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
  }

  /** Ends the text and returns the ballots (their counts only, when there is a sink). */
  end(): BallotTable {
    this.#scanner.end();
    if (this.#table === null)
      throw new BallotsFormatError(1, 1, 'expected a header of candidate ids, found nothing');
    this.#table.flush();
    return this.#table;
  }

  #endRow(scan: CsvScanner, cells: number): void {
    const table = this.#table;
    if (table === null) {
      this.#startTable();
      return;
    }
    const size = this.#roles.length;
    if (cells < size) throw scan.errorHere(`expected ${size} cells${this.#perCandidate()}, found ${cells}`);
    if (this.#options.highIsBest === true) this.#highest = scoresToRanks(this.#row);
    if (this.#count > 0n) table.addChecked(this.#row, this.#highest, this.#count);
    this.#highest = 0;
    this.#readNumbers(0);
  }

  #startTable(): void {
    const header = this.#header;
    this.#roles = this.#options.columns?.(header) ?? header.map(() => 'candidate');
    const ids = new Map<string, number>();
    this.#targets = Int32Array.from(header, ({ text, line, column }, i) => {
      if (this.#roles[i] !== 'candidate') return -1;
      if (text === '')
        throw new BallotsFormatError(line, column, 'expected a candidate id, found an empty cell');
      if (ids.has(text)) {
        const detail = `expected another id, found ${JSON.stringify(text)} again`;
        throw new BallotsFormatError(line, column, detail);
      }
      return ids.set(text, ids.size).size - 1;
    });
    const { sink, unranked } = this.#options;
    this.#table = new BallotTable([...ids.keys()], {
      ...(sink === undefined ? {} : { sink }),
      ...(unranked === undefined ? {} : { unranked }),
    });
    this.#row = new Float64Array(ids.size);
    this.#readNumbers(0);
  }

  #ballotCell(scan: CsvScanner, index: number): void {
    const size = this.#roles.length;
    if (index >= size) throw scan.error(`expected ${size} cells${this.#perCandidate()}, found more`);
    const target = this.#targets[index] as number;
    this.#readNumbers(index + 1);
    if (target < 0) {
      if (this.#roles[index] === 'count') this.#count = countIn(scan);
      return;
    }
    if (this.#options.highIsBest === true) {
      this.#row[target] = this.#score(scan);
      return;
    }
    const rank = scan.number ?? this.#textRank(scan);
    if (scan.number !== null && !(rank >= 1 && Number.isSafeInteger(rank)))
      throw this.#wrong(scan, String(rank));
    if (rank > this.#highest) this.#highest = rank;
    this.#row[target] = rank;
  }

  /** Counts may pass 2^53, so they are read as text. */
  #readNumbers(index: number): void {
    this.#scanner.numbers = (this.#targets[index] ?? 0) >= 0;
  }

  #perCandidate(): string {
    return this.#roles.every((role) => role === 'candidate') ? ', one a candidate' : '';
  }

  /** The rank in a cell that is not plain digits; 0 is not ranked. */
  #textRank(scan: CsvScanner): number {
    if (this.#isNoOpinion(scan)) return 0;
    const text = scan.text();
    // Tables with gaps have their whole numbers written as fractions by some programs.
    const whole = this.#options.civs === true ? text.replace(/[.,]0+$/, '') : text;
    const value = /^\d+$/.test(whole) ? Number(whole) : (this.#options.rankIn?.(text) ?? 0);
    if (value < 1 || !Number.isSafeInteger(value)) throw this.#wrong(scan, text);
    return value;
  }

  /** The score in a cell; NaN is not ranked. */
  #score(scan: CsvScanner): number {
    if (scan.number !== null) return scan.number;
    if (this.#isNoOpinion(scan)) return NaN;
    const score = parseScore(scan.text());
    if (score === null) throw this.#wrong(scan, scan.text());
    return score;
  }

  #isNoOpinion(scan: CsvScanner): boolean {
    const word = scan.noOpinion || ['-', NO_OPINION.toLowerCase()].includes(scan.text().toLowerCase());
    if (word) this.seen.words = true;
    if (this.#options.civs === true && MISSING.test(scan.text())) return true;
    if (word || !scan.empty) return word;
    this.seen.empty ??= { text: '', ...scan.place };
    return this.#options.civs === true;
  }

  #wrong(scan: CsvScanner, found: string): BallotsFormatError {
    const shown = found === '' ? 'an empty cell' : JSON.stringify(found);
    const wanted = this.#options.highIsBest === true ? 'a number' : 'a whole number from 1';
    return scan.error(`expected ${wanted} or "${NO_OPINION}", found ${shown}`);
  }
}

function countIn(scan: CsvScanner): bigint {
  const text = scan.text();
  if (/^\d+$/.test(text)) return BigInt(text);
  throw scan.error(`expected how many ballots the row stands for, a whole number, found ${shown(text)}`);
}

function shown(text: string): string {
  return text === '' ? 'an empty cell' : JSON.stringify(text);
}
