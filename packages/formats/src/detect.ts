import { BallotsFormatError } from '@elekto/tally';

import type { BallotFormat, Head } from './model.ts';
import { FORMATS } from './registry.ts';

/** How much of a file is looked at, in bytes. */
export const HEAD_BYTES = 1 << 16;

/** A file that no format, or more than one, fits. */
export class UnclearFormatError extends BallotsFormatError {
  readonly formats: readonly BallotFormat[];

  constructor(formats: readonly BallotFormat[], detail: string) {
    super(1, 1, detail);
    this.formats = formats;
  }
}

/** Makes a head of the first bytes of a file, which may be cut inside a character. */
export function headOf(bytes: Uint8Array): Head {
  const text = new TextDecoder().decode(bytes).replace(/\ufffd$/, '');
  return { text, lines: text.split(/\r\n|\n|\r/) };
}

/**
 * The format that a head of a file is in, told by its content.
 * @throws UnclearFormatError with both readings when it may be two, and with all names when it is none.
 */
export function detectFormat(head: Head): BallotFormat {
  const like = FORMATS.flatMap((format) => {
    const recognition = format.recognise(head);
    return recognition === null ? [] : [{ format, ...recognition }];
  });
  const surest = Math.max(...like.map(({ sure }) => sure));
  const found = like.filter(({ sure }) => sure === surest);
  const [only, other] = found;
  if (only === undefined) {
    const names = FORMATS.map(({ name }) => name).join(', ');
    const found = head.text.trim() === '' ? 'an empty file' : `none: say --from with one of ${names}`;
    const detail = `expected ballots in a format that is known, found ${found}`;
    throw new UnclearFormatError([], detail);
  }
  if (other === undefined) return only.format;
  const readings = found.map(({ format, why }) => `${format.title} (${why}; --from ${format.name})`);
  throw new UnclearFormatError(
    found.map(({ format }) => format),
    `expected it to be clear which format this is, found that it may be ${readings.join(' or ')}`,
  );
}
