import { BallotsFormatError } from '@elekto/tally';

import { Cursor } from '../text/cursor.ts';

/** A line after the ballots, or what is left of one. */
export interface NameLine {
  readonly text: string;
  readonly line: number;
  readonly at: number;
}

/** A text in quotes or between spaces, and where it stands. */
interface Word extends NameLine {
  readonly quoted: boolean;
}

/** The names of a BLT file, its title, and what was left out. */
export interface BltNames {
  readonly names: readonly string[];
  readonly title: string | null;
  readonly notes: string[];
}

/**
 * The names of `size` candidates and a title, one a line as most programs write them: in quotes, with a party or more behind
 * that is left out, or without quotes as the whole line. Where there are fewer lines than candidates, one a word.
 * @param end the number of the last line of the file.
 * @throws BallotsFormatError with line and column.
 */
export function bltNames(lines: readonly NameLine[], size: number, end: number): BltNames {
  const words = lines.map(wordsOf);
  const flat = words.flat();
  const byLine = lines.length >= size;
  const crowded = words.slice(0, size).find(([first, second]) => second !== undefined && first?.quoted);
  const wrongAt = ({ line, at }: Word, expected: string): BallotsFormatError =>
    new Cursor(lines.find((each) => each.line === line)?.text ?? '', line).wrong(expected, at);
  if (byLine && crowded !== undefined && (flat.length === size || flat.length === size + 1)) {
    throw wrongAt(
      crowded[1] as Word,
      'one name a line, since there are as many names as candidates, but not a line for each',
    );
  }
  const found = byLine ? words.map((each, i) => nameOf(lines[i] as NameLine, each)) : flat;
  const places = new Map<string, number>();
  for (const [i, word] of found.slice(0, size).entries()) {
    if (/^[“”„]/.test(word.text)) throw wrongAt(word, 'a name in straight quotes');
    if (word.text === '') throw wrongAt(word, 'a name that is not empty');
    const before = places.get(word.text);
    if (before !== undefined) throw wrongAt(word, `another name than that of candidate ${before + 1}`);
    places.set(word.text, i);
  }
  if (places.size < size)
    throw new BallotsFormatError(
      end,
      1,
      `expected a name for each of ${size} candidates, found the end of the file`,
    );
  const title = found[size]?.text ?? '';
  const left = byLine && crowded !== undefined;
  return {
    names: [...places.keys()],
    title: title === '' ? null : title,
    notes: left ? ['what follows a name on its line, such as a party, is left out'] : [],
  };
}

/** The name that a line holds. */
function nameOf({ text, line, at }: NameLine, [first]: readonly Word[]): Word {
  if (first === undefined || first.quoted) return first ?? { text: '', line, at, quoted: false };
  const whole = text.slice(first.at).replace(/#.*/, '').trim();
  return { ...first, text: /^'.+'$/.test(whole) ? whole.slice(1, -1).trim() : whole };
}

/** What stands on a line in quotes or between spaces and commas, up to a comment. */
function wordsOf({ text, line, at }: NameLine): Word[] {
  const cursor = new Cursor(text, line);
  const words: Word[] = [];
  cursor.at = at;
  for (;;) {
    cursor.take(/[\s,]*/y);
    if (cursor.done || cursor.text[cursor.at] === '#') return words;
    const start = cursor.at;
    const quoted = cursor.text[start] === '"';
    const found = quoted ? inQuotes(cursor) : (cursor.take(/[^\s"#,]+/y) ?? '');
    if (found === null) throw cursor.wrong('a name in quotes that end on its line', start);
    words.push({ text: found.trim(), line, at: start, quoted });
  }
}

/** A text in quotes; a quote inside is doubled or has a backslash before it. Null when it does not end. */
function inQuotes(cursor: Cursor): string | null {
  const { text } = cursor;
  let value = '';
  for (let i = cursor.at + 1; i < text.length; i++) {
    const sign = text[i] as string;
    const escaped = text[i + 1] === '"' && (sign === '"' || (sign === '\\' && text.includes('"', i + 2)));
    if (sign === '"' && !escaped) {
      cursor.at = i + 1;
      return value;
    }
    value += escaped ? '"' : sign;
    if (escaped) i++;
  }
  return null;
}
