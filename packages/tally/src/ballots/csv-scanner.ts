import { BallotsFormatError } from '../model.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const NO_OPINION_BYTES = new TextEncoder().encode('No opinion');
const BOM = [0xef, 0xbb, 0xbf];

/** Where the scanner stands inside a cell. */
const START = 0;
const NUMBER = 1;
const TEXT = 2;
const QUOTED = 3;
const CLOSED = 4;

/** What a scanner tells, cell by cell. `scan` describes the cell that has just ended. */
export interface CsvHandler {
  cell(scan: CsvScanner, index: number): void;
  row(scan: CsvScanner, cells: number): void;
  /** What should stand on the next line, for the message about an empty one. */
  expected(): string;
}

/**
 * Splits CSV (RFC 4180) into cells, in pieces that may end anywhere. Takes a byte-order mark, LF, CRLF or
 * CR, quoted cells, white space around cells and blank lines at the end. Works on bytes because a million
 * ballots are a hundred megabytes of digits.
 */
export class CsvScanner {
  /** Read cells of plain digits as numbers, without making text of them. */
  numbers = false;
  readonly #handler: CsvHandler;
  readonly #delimiter: number;
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

  constructor(handler: CsvHandler, delimiter = ',') {
    this.#handler = handler;
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Reads on; a piece may end anywhere. */
  push(bytes: Uint8Array): void {
    let i = this.#bom < BOM.length ? this.#skipBom(bytes) : 0;
    while (i < bytes.length) i = this.#step(bytes, i);
  }

  /** Ends the text. */
  end(): void {
    if (this.#state === QUOTED) {
      throw this.errorHere('expected the closing quote of a cell, found the end of the file');
    }
    if (this.#cell > 0 || this.#state !== START) this.#endRow();
  }

  /** The number in the cell when it is plain digits and numbers are read; null otherwise. */
  get number(): number | null {
    return this.#state === NUMBER ? this.#value : null;
  }

  /** Whether the cell holds nothing, or only white space. */
  get empty(): boolean {
    return this.#state !== NUMBER && (this.#length === 0 || this.text() === '');
  }

  /** Whether the cell says "No opinion" in just these letters; the common case, without decoding. */
  get noOpinion(): boolean {
    if (this.#state === NUMBER || this.#length !== NO_OPINION_BYTES.length) return false;
    return NO_OPINION_BYTES.every((byte, i) => this.#text[i] === byte);
  }

  /** The text of the cell without outer white space. */
  text(): string {
    if (this.#state === NUMBER) return String(this.#value);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(this.#text.subarray(0, this.#length));
      return text.trim();
    } catch {
      throw this.error('expected text in UTF-8');
    }
  }

  /** Where the cell starts. */
  get place(): { readonly line: number; readonly column: number } {
    return { line: this.#cellLine, column: this.#cellColumn };
  }

  /** An error at the start of the cell. */
  error(detail: string): BallotsFormatError {
    return new BallotsFormatError(this.#cellLine, this.#cellColumn, detail);
  }

  /** An error where the scanner stands. */
  errorHere(detail: string): BallotsFormatError {
    return new BallotsFormatError(this.#line, this.#column, detail);
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

  /** Consumes at least one byte from `i` and returns the index after it. */
  #step(bytes: Uint8Array, i: number): number {
    const byte = bytes[i] as number;
    if (this.#state === QUOTED) return this.#quoted(byte, i);
    if (byte === LF || byte === CR) return this.#lineEnd(byte, i);
    this.#afterCr = false;
    if (byte === this.#delimiter) {
      this.#endCell();
      this.#column++;
      this.#startCell();
      return i + 1;
    }
    if (this.#state <= NUMBER && this.numbers && byte >= 0x30 && byte <= 0x39) return this.#digits(bytes, i);
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
        const mark = String.fromCharCode(this.#delimiter);
        const between = { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab' }[mark] ?? JSON.stringify(mark);
        throw this.errorHere(`expected ${between} or the end of the line after a closing quote`);
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
      const expected = this.#handler.expected();
      throw new BallotsFormatError(this.#blankLine, 1, `expected ${expected}, found an empty line`);
    }
    this.#handler.cell(this, this.#cell);
    this.#cell++;
  }

  #endRow(): void {
    this.#endCell();
    this.#handler.row(this, this.#cell);
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
}

function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let k = 0; k < wanted.length; k++) if (bytes[at + k] !== wanted[k]) return false;
  return true;
}
