import { BallotsFormatError } from '@elekto/tally';

import type { BallotFormat, Head } from './model.ts';
import { FORMATS } from './registry.ts';
import { separatorIn } from './text/first-line.ts';

/** How much of a file is looked at, in bytes. */
export const HEAD_BYTES = 1 << 16;

/** So many lines above the ballots are looked past. */
const MOST_ABOVE = 5;

/** A file that no format, or more than one, fits. */
export class UnclearFormatError extends BallotsFormatError {
  readonly formats: readonly BallotFormat[];

  constructor(formats: readonly BallotFormat[], detail: string, line = 1, column = 1) {
    super(line, column, detail);
    this.formats = formats;
  }
}

/** Makes a head of the first bytes of a file, which may be cut inside a character. */
export function headOf(bytes: Uint8Array): Head {
  const text = new TextDecoder().decode(bytes).replace(/\ufffd$/, '');
  const lines = text.split(/\r\n|\n|\r/);
  const separator = separatorIn(lines[0]);
  return separator === null
    ? { text, lines, separator }
    : { text: text.slice(lines[0]?.length).replace(/^\r?\n?/, ''), lines: lines.slice(1), separator };
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
    const near = brokenFile(head) ?? textAbove(head);
    if (near !== null) throw near;
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

/** A file that is likely to be of one format, with the place that its reader stumbles over. */
function brokenFile(head: Head): UnclearFormatError | null {
  for (const format of FORMATS) {
    const why = format.nearly?.(head) ?? null;
    if (why === null) continue;
    const { line, column, detail } = faultIn(format, head) ?? { line: 1, column: 1, detail: why };
    return new UnclearFormatError(
      [],
      `${detail}; the file looks like ${format.title} (--from ${format.name})`,
      line,
      column,
    );
  }
  return null;
}

function faultIn(format: BallotFormat, head: Head): BallotsFormatError | null {
  const bytes = new TextEncoder().encode(head.text);
  try {
    const reader = format.read({}, head);
    reader.push(bytes);
    // A head that is cut ends where it should not.
    if (bytes.length < HEAD_BYTES - 4) reader.end();
    return null;
  } catch (error) {
    if (error instanceof BallotsFormatError) return error;
    throw error;
  }
}

/** Lines above the ballots, such as a title, that no format has there. */
function textAbove({ lines, separator }: Head): UnclearFormatError | null {
  const [first = ''] = lines;
  if (first.trim() === '') return null;
  for (let above = 1; above <= MOST_ABOVE; above++) {
    const below = lines.slice(above);
    if (below[0]?.trim() === '') continue;
    if (below.filter((line) => line.trim() !== '').length < 3) return null;
    const rest = { text: below.join('\n'), lines: below, separator };
    const like = FORMATS.filter((format) => (format.recognise(rest)?.sure ?? 0) > 0);
    const [only, other] = like;
    if (only === undefined || other !== undefined) continue;
    return new UnclearFormatError(
      [],
      `expected ballots, found ${JSON.stringify(first.slice(0, 60))}: from line ${above + 1} on it looks like ${only.title}, so ` +
        'take out what stands above it',
    );
  }
  return null;
}
