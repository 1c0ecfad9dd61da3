import { BallotsFormatError } from '@elekto/tally';

/** The most of a file that is read as a whole, in UTF-16 code units. */
const MOST = 1 << 27;

/** Gathers a text that cannot be read in pieces. */
export class Whole {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #text = '';

  push(piece: Uint8Array): void {
    this.#text += this.#decode(() => this.#decoder.decode(piece, { stream: true }));
    if (this.#text.length > MOST)
      throw new BallotsFormatError(1, 1, 'expected at most 128 MB of this format: convert it to another');
  }

  end(): string {
    return this.#text + this.#decode(() => this.#decoder.decode());
  }

  #decode(decode: () => string): string {
    try {
      return decode();
    } catch {
      const lines = this.#text.split('\n');
      throw new BallotsFormatError(
        lines.length,
        (lines.at(-1) as string).length + 1,
        'expected text in UTF-8',
      );
    }
  }
}
