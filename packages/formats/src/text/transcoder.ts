import { BallotsFormatError } from '@elekto/tally';

const EMPTY = new Uint8Array(0);

/**
 * Turns bytes that come in pieces into UTF-8 without a byte-order mark. UTF-16 is told by its mark, or by
 * zeros in every other of the first bytes.
 */
export class Transcoder {
  readonly #encoder = new TextEncoder();
  #first: Uint8Array = EMPTY;
  /** Undefined until the first four bytes are there; null for UTF-8, which passes. */
  #decoder: TextDecoder | null | undefined = undefined;

  push(piece: Uint8Array): Uint8Array {
    if (this.#decoder === null) return piece;
    if (this.#decoder !== undefined) return this.#encode(this.#decoder, piece);
    const all = new Uint8Array(this.#first.length + piece.length);
    all.set(this.#first);
    all.set(piece, this.#first.length);
    if (all.length < 4) {
      this.#first = all;
      return EMPTY;
    }
    return this.#begin(all);
  }

  end(): Uint8Array {
    if (this.#decoder === undefined) return this.#begin(this.#first);
    return this.#decoder === null ? EMPTY : this.#encode(this.#decoder);
  }

  #begin(bytes: Uint8Array): Uint8Array {
    const [a, b, c, d] = bytes;
    if (a === 0x50 && b === 0x4b && (c === 3 || c === 5))
      throw new BallotsFormatError(1, 1, 'expected text, found a zip archive');
    const little = (a === 0xff && b === 0xfe) || (b === 0 && d === 0 && a !== 0);
    const big = (a === 0xfe && b === 0xff) || (a === 0 && c === 0 && b !== 0);
    this.#first = EMPTY;
    if (!little && !big) {
      this.#decoder = null;
      return a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
    }
    this.#decoder = new TextDecoder(little ? 'utf-16le' : 'utf-16be', { fatal: true });
    return this.#encode(this.#decoder, bytes);
  }

  #encode(decoder: TextDecoder, piece?: Uint8Array): Uint8Array {
    try {
      const text = piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
      return this.#encoder.encode(text);
    } catch {
      throw new BallotsFormatError(1, 1, 'expected text in UTF-16, as the file starts, found other bytes');
    }
  }
}
