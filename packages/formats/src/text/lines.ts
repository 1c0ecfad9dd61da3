import { BallotsFormatError } from '@elekto/tally';

/** The longest line, in UTF-16 code units. Past it a file is not what it should be. */
const LONGEST_LINE = 1 << 24;

/**
 * Splits UTF-8 that comes in pieces into lines, which end with LF, CRLF or CR.
 * @throws BallotsFormatError where the text is no UTF-8, or for a line that does not end.
 */
export class Lines {
  readonly #each: (text: string, line: number) => void;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #rest = '';
  #line = 1;

  constructor(each: (text: string, line: number) => void) {
    this.#each = each;
  }

  push(piece: Uint8Array): void {
    this.#split(this.#decode(piece), false);
  }

  /** Hands on what is left, and returns the number of lines. */
  end(): number {
    let tail = '';
    try {
      tail = this.#decoder.decode();
    } catch {
      throw new BallotsFormatError(
        this.#line,
        this.#rest.length + 1,
        'expected UTF-8, found half a character',
      );
    }
    this.#split(tail, true);
    if (this.#rest !== '') this.#each(this.#rest, this.#line);
    return this.#line;
  }

  #decode(piece: Uint8Array): string {
    try {
      return this.#decoder.decode(piece, { stream: true });
    } catch {
      throw this.#notText(piece);
    }
  }

  #split(text: string, last: boolean): void {
    const all = this.#rest + text;
    let start = 0;
    // A CR at the very end may be half of a CRLF, so it waits for the next piece.
    const ends = /\r\n|\n|\r(?!$)/g;
    ends.lastIndex = Math.max(0, this.#rest.length - 1);
    for (let found = ends.exec(all); found !== null; found = ends.exec(all)) {
      this.#each(all.slice(start, found.index), this.#line++);
      start = found.index + found[0].length;
    }
    this.#rest = all.slice(start);
    if (last && this.#rest.endsWith('\r')) {
      this.#each(this.#rest.slice(0, -1), this.#line++);
      this.#rest = '';
    }
    if (this.#rest.length > LONGEST_LINE)
      throw new BallotsFormatError(this.#line, LONGEST_LINE, 'expected the line to end before here');
  }

  /** Where the first byte stands that is no UTF-8. */
  #notText(piece: Uint8Array): BallotsFormatError {
    const lenient = this.#rest + new TextDecoder().decode(piece);
    const at = lenient.indexOf('\ufffd');
    const before = lenient.slice(0, Math.max(0, at)).split(/\r\n|\n|\r/);
    const line = this.#line + before.length - 1;
    return new BallotsFormatError(
      line,
      (before.at(-1) as string).length + 1,
      'expected text in UTF-8, or UTF-16 with a byte-order mark: save the file as one of them',
    );
  }
}
