import { detectFormat, HEAD_BYTES, headOf } from './detect.ts';
import type { BallotFile, FormatName, FormatReader, ReadOptions } from './model.ts';
import { formatNamed } from './registry.ts';
import { Transcoder } from './text/transcoder.ts';

/** Bytes that are read at once: texts this short are forgotten at once, too. */
const PIECE = 1 << 15;

/**
 * Reads one file of ballots of any format in pieces of bytes: UTF-8 or UTF-16, with or without a byte-order
 * mark. The format is told from the first 64 KB, unless `from` says it.
 */
export class BallotFileReader {
  readonly #from: FormatName | null;
  readonly #options: ReadOptions;
  readonly #transcoder = new Transcoder();
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #reader: FormatReader | null = null;

  constructor(options: ReadOptions & { readonly from?: FormatName | null } = {}) {
    this.#from = options.from ?? null;
    this.#options = options;
  }

  /** @throws BallotsFormatError with line and column, also when the format is unclear. */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; at += PIECE)
      this.#take(this.#transcoder.push(piece.subarray(at, at + PIECE)));
  }

  /** @throws BallotsFormatError with line and column, also when the format is unclear. */
  end(): BallotFile {
    this.#take(this.#transcoder.end());
    return (this.#reader ?? this.#start()).end();
  }

  #take(bytes: Uint8Array): void {
    if (this.#reader !== null) {
      this.#reader.push(bytes);
      return;
    }
    this.#waiting.push(Uint8Array.from(bytes));
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= HEAD_BYTES) this.#start();
  }

  #start(): FormatReader {
    const bytes = new Uint8Array(this.#waitingBytes);
    let at = 0;
    for (const piece of this.#waiting) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.#waiting = [];
    const head = headOf(bytes);
    const format = this.#from === null ? detectFormat(head) : formatNamed(this.#from);
    this.#reader = format.read(this.#options, head);
    this.#reader.push(bytes);
    return this.#reader;
  }
}

/** Reads a file of ballots that is in memory. @throws BallotsFormatError with line and column. */
export function readBallotFile(
  text: string | Uint8Array,
  options: ReadOptions & { readonly from?: FormatName | null } = {},
): BallotFile {
  const reader = new BallotFileReader(options);
  reader.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return reader.end();
}
