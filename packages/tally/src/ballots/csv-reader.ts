import type { UnrankedRule } from '../model.ts';
import { BallotsFormatError } from '../model.ts';
import type { BlockSink } from './ballot-table.ts';
import { BallotTable } from './ballot-table.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const NO_OPINION = 'No opinion';
const NO_OPINION_BYTES = new TextEncoder().encode(NO_OPINION);
const BOM = [0xef, 0xbb, 0xbf];

/** Where the reader stands inside a cell. */
const START = 0;
const NUMBER = 1;
const TEXT = 2;
const QUOTED = 3;
const CLOSED = 4;

export interface CsvOptions {
  /** Read an empty cell as no opinion, as files of the CIVS era may have them. An error otherwise. */
  readonly civs?: boolean;
  /** Hand full blocks on instead of keeping the ballots. */
  readonly sink?: BlockSink;
  readonly unranked?: UnrankedRule;
}

/**
 * Reads ballots.csv in pieces: a header of candidate ids in any order, then one row a ballot, whole
 * numbers from 1 or "No opinion" ("-" in files of the CIVS era). Takes a byte-order mark, LF, CRLF or
 * CR, quoted cells and blank lines at the end. Works on bytes because a million ballots are a hundred
 * megabytes of digits.
 */
export class BallotsCsvReader {
  readonly #options: CsvOptions;
  readonly #header: { id: string; line: number; column: number }[] = [];
  #table: BallotTable | null = null;
  #row = new Float64Array(0);
  #highest = 0;
  #cell = 0;
  #state = START;
  #value = 0;
  #text = new Uint8Array(64);
  #length = 0;
  #line = 1;
  #column = 1;
  #cellLine = 1;
  #cellColumn = 1;
  #bom = 0;
  #afterCr = false;
  #blankLine = 0;

  constructor(options: CsvOptions = {}) {
    this.#options = options;
  }

  /**
   * Reads on; a piece may end anywhere.
   * @throws BallotsFormatError at the first cell that is not what the format demands.
   */
  push(piece: Uint8Array | string): void {
    const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
    let i = this.#bom < BOM.length ? this.#skipBom(bytes) : 0;
    while (i < bytes.length) i = this.#step(bytes, i);
  }

  /** Skips the mark at the start of the text; bytes that only began like it are read as text. */
  #skipBom(bytes: Uint8Array): number {
    let i = 0;
    while (this.#bom < BOM.length && i < bytes.length && bytes[i] === BOM[this.#bom]) {
      this.#bom++;
      i++;
    }
    if (i === bytes.length || this.#bom === BOM.length) return i;
    const seen = this.#bom;
    this.#bom = BOM.length;
    for (const byte of BOM.slice(0, seen)) this.#step(Uint8Array.of(byte), 0);
    return i;
  }

  /** Ends the text and returns the ballots (their counts only, when there is a sink). */
  end(): BallotTable {
    if (this.#state === QUOTED) {
      throw this.#errorHere('expected the closing quote of a cell, found the end of the file');
    }
    if (this.#cell > 0 || this.#state !== START) this.#endRow();
    if (this.#table === null)
      throw new BallotsFormatError(1, 1, 'expected a header of candidate ids, found nothing');
    this.#table.flush();
    return this.#table;
  }

  /** Consumes at least one byte from `i` and returns the index after it. */
  #step(bytes: Uint8Array, i: number): number {
    const byte = bytes[i] as number;
    if (this.#state === QUOTED) return this.#quoted(byte, i);
    if (byte === LF || byte === CR) return this.#lineEnd(byte, i);
    this.#afterCr = false;
    if (byte === COMMA) {
      this.#endCell();
      this.#column++;
      this.#startCell();
      return i + 1;
    }
    if (this.#state <= NUMBER && this.#table !== null && byte >= 0x30 && byte <= 0x39) {
      return this.#digits(bytes, i);
    }
    return this.#state === START && startsWith(bytes, i, NO_OPINION_BYTES)
      ? this.#noOpinion(i)
      : this.#other(byte, i);
  }

  /** The one text that ballots are full of, taken at once. */
  #noOpinion(i: number): number {
    this.#text.set(NO_OPINION_BYTES);
    this.#length = NO_OPINION_BYTES.length;
    this.#state = TEXT;
    this.#column += this.#length;
    return i + this.#length;
  }

  #digits(bytes: Uint8Array, from: number): number {
    let value = this.#state === NUMBER ? this.#value : 0;
    let i = from;
    let byte = bytes[i] as number;
    while (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      byte = bytes[++i] ?? 0;
    }
    this.#value = value;
    this.#state = NUMBER;
    this.#column += i - from;
    return i;
  }

  #quoted(byte: number, i: number): number {
    if (byte === QUOTE) {
      this.#state = CLOSED;
      this.#column++;
      return i + 1;
    }
    this.#keep(byte);
    this.#advance(byte);
    return i + 1;
  }

  #other(byte: number, i: number): number {
    const blank = byte === SPACE || byte === TAB;
    if (this.#state === CLOSED) {
      if (byte === QUOTE) {
        this.#keep(byte);
        this.#state = QUOTED;
      } else if (!blank) {
        throw this.#errorHere('expected a comma or the end of the line after a closing quote');
      }
    } else if (this.#state === START && byte === QUOTE) {
      this.#state = QUOTED;
    } else if (!(this.#state === START && blank)) {
      if (this.#state === NUMBER) this.#keepNumber();
      this.#state = TEXT;
      this.#keep(byte);
    }
    this.#advance(byte);
    return i + 1;
  }

  #lineEnd(byte: number, i: number): number {
    const second = byte === LF && this.#afterCr;
    this.#afterCr = byte === CR;
    if (second) return i + 1;
    if (this.#cell === 0 && this.#state === START) this.#blankLine ||= this.#line;
    else this.#endRow();
    this.#line++;
    this.#column = 1;
    this.#cell = 0;
    this.#startCell();
    return i + 1;
  }

  #startCell(): void {
    this.#state = START;
    this.#length = 0;
    this.#value = 0;
    this.#cellLine = this.#line;
    this.#cellColumn = this.#column;
  }

  #endCell(): void {
    if (this.#cell === 0 && this.#blankLine > 0) {
      const expected = this.#table === null ? 'a header of candidate ids' : 'a ballot';
      throw new BallotsFormatError(this.#blankLine, 1, `expected ${expected}, found an empty line`);
    }
    if (this.#table === null) this.#header.push(this.#headerCell());
    else this.#ballotCell();
    this.#cell++;
  }

  #endRow(): void {
    this.#endCell();
    const table = this.#table;
    if (table === null) {
      this.#startTable();
      return;
    }
    const size = this.#row.length;
    if (this.#cell < size)
      throw this.#errorHere(`expected ${size} cells, one a candidate, found ${this.#cell}`);
    table.addChecked(this.#row, this.#highest);
    this.#highest = 0;
  }

  #startTable(): void {
    const seen = new Set<string>();
    for (const { id, line, column } of this.#header) {
      if (id === '')
        throw new BallotsFormatError(line, column, 'expected a candidate id, found an empty cell');
      if (seen.has(id)) {
        throw new BallotsFormatError(line, column, `expected another id, found ${JSON.stringify(id)} again`);
      }
      seen.add(id);
    }
    const { sink, unranked } = this.#options;
    this.#table = new BallotTable([...seen], {
      ...(sink === undefined ? {} : { sink }),
      ...(unranked === undefined ? {} : { unranked }),
    });
    this.#row = new Float64Array(seen.size);
  }

  #headerCell(): { id: string; line: number; column: number } {
    return { id: this.#cellText(), line: this.#cellLine, column: this.#cellColumn };
  }

  #ballotCell(): void {
    const size = this.#row.length;
    if (this.#cell >= size) throw this.#error(`expected ${size} cells, one a candidate, found more`);
    const rank = this.#state === NUMBER ? this.#value : this.#textRank();
    if (this.#state === NUMBER && !(rank >= 1 && Number.isSafeInteger(rank)))
      throw this.#wrongRank(String(rank));
    if (rank > this.#highest) this.#highest = rank;
    this.#row[this.#cell] = rank;
  }

  /** The rank in a cell that is not plain digits; 0 is no opinion. */
  #textRank(): number {
    if (this.#isNoOpinion()) return 0;
    const text = this.#cellText();
    if (text === '-' || text.toLowerCase() === NO_OPINION.toLowerCase()) return 0;
    if (text === '' && this.#options.civs === true) return 0;
    const value = /^\d+$/.test(text) ? Number(text) : 0;
    if (value < 1 || !Number.isSafeInteger(value)) throw this.#wrongRank(text);
    return value;
  }

  /** The common case without decoding. */
  #isNoOpinion(): boolean {
    if (this.#length !== NO_OPINION_BYTES.length) return false;
    return NO_OPINION_BYTES.every((byte, i) => this.#text[i] === byte);
  }

  #cellText(): string {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(this.#text.subarray(0, this.#length));
      return text.trim();
    } catch {
      throw this.#error('expected text in UTF-8');
    }
  }

  #keepNumber(): void {
    for (const digit of String(this.#value)) this.#keep(digit.charCodeAt(0));
  }

  #keep(byte: number): void {
    if (this.#length === this.#text.length) {
      const larger = new Uint8Array(this.#text.length * 2);
      larger.set(this.#text);
      this.#text = larger;
    }
    this.#text[this.#length++] = byte;
  }

  /** Moves on by one byte: columns are UTF-16 units, so a continuation byte is none and a 4-byte lead two. */
  #advance(byte: number): void {
    if (byte === LF) {
      this.#line++;
      this.#column = 1;
    } else if ((byte & 0xc0) !== 0x80) {
      this.#column += byte >= 0xf0 ? 2 : 1;
    }
  }

  #wrongRank(found: string): BallotsFormatError {
    const shown = found === '' ? 'an empty cell' : JSON.stringify(found);
    return this.#error(`expected a whole number from 1 or "${NO_OPINION}", found ${shown}`);
  }

  #error(detail: string): BallotsFormatError {
    return new BallotsFormatError(this.#cellLine, this.#cellColumn, detail);
  }

  #errorHere(detail: string): BallotsFormatError {
    return new BallotsFormatError(this.#line, this.#column, detail);
  }
}

function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let k = 0; k < wanted.length; k++) if (bytes[at + k] !== wanted[k]) return false;
  return true;
}
