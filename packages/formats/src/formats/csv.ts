import type { ColumnRole, HeaderCell } from '@elekto/tally';
import { BallotsCsvReader, BallotsFormatError, csvCell } from '@elekto/tally';

import type { BallotFile, BallotFormat, FormatReader, Head, ReadOptions } from '../model.ts';
import { delimitersOf, delimiterWord, splitCells } from '../text/delimiter.ts';
import { FirstLineOut, wholeLines } from '../text/first-line.ts';
import { acrossGap } from '../text/gap.ts';
import { rankIn } from '../text/rank-words.ts';
import { traitsOf } from '../tiers.ts';
import { leftOutNote, rolesOf } from './columns.ts';
import { rankColumn } from './cvr.ts';
import { doubtDirection, doubtNumbering, unclearDirection } from './csv-doubts.ts';

const CELL = /^(?:[+-]?\d+(?:[.,]\d+)?|-|no opinion|n\/?a|nan|null|)$/i;
const MISSING = /^(?:n\/?a|nan|null|)$/i;
const isNumber = (cell: string): boolean => CELL.test(cell) || rankIn(cell) > 0;

/**
 * CSV with a column for each candidate: Elekto's ballots.csv, downloads from CIVS, RCTab's generic CSV, and
 * tables of other tools.
 */
export const csv: BallotFormat = {
  name: 'csv',
  title: 'CSV',
  recognise(head) {
    if (/^\s*[[{]/.test(head.text)) return null;
    const rows = wholeLines(head.lines.slice(0, -1)).filter((line) => line.trim() !== '');
    const [names = head.lines[0] ?? '', ...ballots] = rows.slice(0, 50);
    const mark = head.separator ?? delimitersOf([names, ...ballots])[0] ?? ',';
    const header = splitCells(names, mark);
    if (header.some((cell) => rankColumn(cell) !== null)) return null;
    if (header.length === 1 && ballots.some((line) => splitCells(line, mark).length > 1)) return null;
    const cells = ballots.flatMap((line) => splitCells(line, mark));
    const numbers = cells.filter(isNumber).length;
    const marks = cells.filter((cell) => isNumber(cell) && !MISSING.test(cell)).length;
    // Names alone are a file without ballots, unless they are rankings.
    if (ballots.length === 0 && (header.length < 2 || names.includes('>'))) return null;
    if (ballots.length > 0 && (numbers * 2 < cells.length || marks === 0)) return null;
    // Ranks above ranks are rows of ballots without names, unless no two are the same.
    if (header.every((cell) => CELL.test(cell)) && new Set(header).size < header.length) return null;
    if (header.some((cell) => /^no opinion$|^-$/i.test(cell))) return null;
    return { why: 'a line of names above rows of numbers', sure: ballots.length === 0 ? 0 : 1 };
  },
  read: (options, head) => new CsvFileReader(options, head),
  write,
};

/** The one mark between the cells. */
export function delimiterFor(options: ReadOptions, { lines, separator }: Head): string {
  if (typeof options.delimiter === 'string') return options.delimiter;
  if (separator !== null) return separator;
  const [mark = ',', other] = delimitersOf(wholeLines(lines.length > 1 ? lines.slice(0, -1) : lines));
  if (other === undefined) return mark;
  const both = `${delimiterWord(mark)} or ${delimiterWord(other)}`;
  throw new BallotsFormatError(
    1,
    1,
    `expected it to be clear what stands between the cells, found that ${both} may: say --delimiter`,
  );
}

class CsvFileReader implements FormatReader {
  readonly #options: ReadOptions;
  readonly #reader: BallotsCsvReader;
  readonly #delimiter: string;
  /** The line that says what stands between the cells. */
  readonly #first: FirstLineOut | null;
  #inWords = false;
  #header: readonly HeaderCell[] = [];
  #roles: readonly ColumnRole[] = [];

  constructor(options: ReadOptions, head: Head) {
    this.#options = options;
    this.#delimiter = delimiterFor(options, head);
    this.#first = head.separator === null ? null : new FirstLineOut();
    this.#reader = new BallotsCsvReader({
      civs: true,
      delimiter: this.#delimiter,
      highIsBest: options.best === 'highest',
      rankIn: (text) => {
        const rank = rankIn(text);
        if (rank > 0) this.#inWords = true;
        return rank;
      },
      columns: (header) => {
        this.#header = header;
        this.#roles = rolesOf(header, options);
        return this.#roles;
      },
    });
  }

  push(piece: Uint8Array): void {
    this.#try(() => this.#reader.push(this.#first?.rest(piece) ?? piece));
  }

  end(): BallotFile {
    const ballots = this.#try(() => this.#reader.end());
    const { empty, words } = this.#reader.seen;
    if (empty !== null && words && this.#options.civs !== true) {
      throw new BallotsFormatError(
        empty.line + this.#above,
        empty.column,
        'expected a whole number from 1 or "No opinion", found an empty cell, in a file that says "No opinion" ' +
          'elsewhere (--civs reads empty cells as not ranked)',
      );
    }
    doubtNumbering(ballots, this.#options.candidates ?? []);
    if ((this.#options.best ?? null) === null && !this.#inWords) doubtDirection(ballots, 2 + this.#above);
    return {
      format: 'csv',
      ballots,
      title: null,
      seats: null,
      withdrawn: [],
      notes: this.#notes(empty !== null),
    };
  }

  /** Lines of the file before the one of names. */
  get #above(): number {
    return this.#first === null ? 0 : 1;
  }

  #try<T>(read: () => T): T {
    try {
      return acrossGap({ after: 0, lines: this.#above }, read);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Says how a number that is no rank would be read as a score. A number of ballots is neither. */
  #explained(error: unknown): unknown {
    if (!(error instanceof BallotsFormatError) || (this.#options.best ?? null) !== null) return error;
    if (error.detail.startsWith('expected how many')) return error;
    if (!/found "(?:0|[+-]\d.*|\d+[.,]\d+)"$/.test(error.detail)) return error;
    const detail = `${error.detail}: ranks start at 1, and 1 is best (if these are scores, --high-is-best)`;
    return new BallotsFormatError(error.line, error.column, detail);
  }

  #notes(empty: boolean): string[] {
    const notes = leftOutNote(this.#header, this.#roles);
    if (this.#roles.includes('count')) {
      const name = this.#header[this.#roles.indexOf('count')]?.text ?? '';
      notes.push(`each row counts as often as ${JSON.stringify(name)} says`);
    }
    if (empty) notes.push('empty cells are not ranked');
    if (this.#options.best === 'highest') notes.push('the highest number is best');
    else notes.push('1 is best (--high-is-best for the other way)');
    return notes;
  }
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const lost: string[] = [];
  if (title !== null) lost.push('CSV has no title');
  if (seats !== null) lost.push('CSV does not say how many seats there are');
  if (withdrawn.length > 0) lost.push('CSV does not say who withdrew');
  if (ballots.unranked === 'last' && traitsOf(ballots).incomplete)
    lost.push('CSV leaves not ranked whom these ballots place last');
  if (unclearDirection(ballots) !== null)
    lost.push(
      'CSV does not say that 1 is best, and nothing in these ballots shows it: read it with --low-is-best',
    );
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    yield `${ballots.candidates.map(csvCell).join(',')}\n`;
    for (const { ranks, count = 1 } of ballots.ballots) {
      const line = `${Array.from(ranks, (rank) => rank ?? 'No opinion').join(',')}\n`;
      for (let left = BigInt(count); left > 0n; left--) yield line;
    }
  }
}
