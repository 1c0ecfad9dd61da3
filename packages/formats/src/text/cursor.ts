import { BallotsFormatError } from '@elekto/tally';

/** Walks along one line. Columns count from 1, in UTF-16 code units. */
export class Cursor {
  readonly text: string;
  readonly line: number;
  at = 0;

  constructor(text: string, line: number) {
    this.text = text;
    this.line = line;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  skipSpace(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit !== 32 && unit !== 9 && unit !== 0xa0) return;
      this.at++;
    }
  }

  eat(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  /** Takes what a sticky pattern finds here. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  /** Digits here as a number; null when there are none. Above 2^53 it is not exact. */
  digits(): number | null {
    const start = this.at;
    let value = 0;
    for (;;) {
      const digit = this.text.charCodeAt(this.at) - 48;
      if (!(digit >= 0 && digit <= 9)) return this.at === start ? null : value;
      value = value * 10 + digit;
      this.at++;
    }
  }

  /** Digits here as a count of ballots, exact at any size; null when there are none. */
  count(): bigint | null {
    const start = this.at;
    return this.digits() === null ? null : BigInt(this.text.slice(start, this.at));
  }

  /** An error here, or at another place of the line. */
  wrong(expected: string, at = this.at): BallotsFormatError {
    return new BallotsFormatError(this.line, at + 1, `expected ${expected}, found ${this.#found(at)}`);
  }

  #found(at: number): string {
    const rest = this.text.slice(at).trimStart();
    if (rest === '') return 'the end of the line';
    const word = /^(?:"[^"]*"?|[\p{L}\p{N}_.-]+|.)/u.exec(rest)?.[0] ?? rest;
    return JSON.stringify(word.length > 40 ? `${word.slice(0, 39)}…` : word);
  }
}
