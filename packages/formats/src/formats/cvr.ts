import type { CsvHandler, HeaderCell } from '@elekto/tally';
import { BallotsFormatError, csvCell, CsvScanner } from '@elekto/tally';

import { BallotBuilder, MOST_UNNAMED } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader, Head, ReadOptions } from '../model.ts';
import { CannotWriteError } from '../model.ts';
import { delimitersOf, splitCells } from '../text/delimiter.ts';
import { FirstLineOut, wholeLines } from '../text/first-line.ts';
import { acrossGap } from '../text/gap.ts';
import { RANK_WORDS, rankOfWord } from '../text/rank-words.ts';
import { tiersOf, traitsOf } from '../tiers.ts';
import { isCount } from './columns.ts';

const RANK_WORD =
  /(?:^|[\s:_([-])(?:rank(?:ing)?|choice|preference|pref)[\s_#-]*(\d{1,3})(?:[)\]]*$|\s+of\s+\d)/i;
const ORDINAL =
  /(?:^|[\s:_([-])(?:(\d{1,3})(?:st|nd|rd|th)[)\]]*$|(\d{1,3})(?:st|nd|rd|th)[\s_]+(?:choice|rank|preference)\b)/i;
const IN_WORDS = new RegExp(`(?:^|[\\s:_([-])(${RANK_WORDS})[\\s_]+(?:choice|rank|preference)\\b`, 'i');
const SKIPPED =
  /^(?:skipped|skipped ?ranking|undervotes?|blank|exhausted|no ?(?:vote|rank(?:ing)?|selection|preference)|none|n\/?a|nan|null|-)?$/i;
const OVERVOTE = /^overvote$/i;
/** Two names in one cell, as some programs write two marks at one rank. */
const TWO_MARKS = /\S\s*(?:\||\/\/|\n)\s*\S/;
const WRITE_IN = /^(?:uwi|(?:undeclared[\s_-]?)?write[\s_-]?ins?)$/i;

/** The rank that a column of this name holds; null when it is another column. */
export function rankColumn(name: string): number | null {
  const found = RANK_WORD.exec(name) ?? ORDINAL.exec(name);
  const rank = Number(found?.[1] ?? found?.[2] ?? 0) || rankOfWord(IN_WORDS.exec(name)?.[1]);
  return rank === 0 ? null : rank;
}

/**
 * Cast vote records as CSV, as RCTab and election offices have them: a column for each rank, with the name
 * of the candidate in it, or "skipped", "undervote", "overvote". Other columns say whose ballot it is.
 */
export const cvr: BallotFormat = {
  name: 'cvr',
  title: 'CVR CSV',
  recognise(head) {
    const [names = ''] = wholeLines(head.lines);
    const ranks = splitCells(names, markOf(head))
      .map(rankColumn)
      .filter((rank) => rank !== null);
    return ranks.includes(1) ? { why: 'columns such as "rank1", "rank2" with names in them', sure: 2 } : null;
  },
  read: (options, head) => new CvrReader(options, options.delimiter ?? markOf(head), head.separator !== null),
  write,
};

/** What stands between the cells, by the first line alone: names further down may hold anything. */
function markOf({ lines, separator }: Head): string {
  if (separator !== null) return separator;
  const [names = ''] = wholeLines(lines);
  const marks = delimitersOf([names]);
  const most = (mark: string): number =>
    splitCells(names, mark).filter((cell) => rankColumn(cell) !== null).length;
  return marks.reduce((best, mark) => (most(mark) > most(best) ? mark : best));
}

class CvrReader implements FormatReader {
  readonly #options: ReadOptions;
  readonly #scanner: CsvScanner;
  /** The line that says what stands between the cells. */
  readonly #first: FirstLineOut | null;
  readonly #builder = new BallotBuilder([]);
  readonly #header: HeaderCell[] = [];
  readonly #notes = new Set<string>();
  /** The rank of each column; 0 for others. */
  #ranks: number[] | null = null;
  #counts = -1;
  #count = 1n;
  /** The cells of the row at hand that name a rank. */
  #marks: { rank: number; text: string; line: number; column: number }[] = [];

  constructor(options: ReadOptions, delimiter: string, afterFirstLine: boolean) {
    this.#options = options;
    this.#first = afterFirstLine ? new FirstLineOut() : null;
    const handler: CsvHandler = {
      cell: (scan, index) => this.#cell(scan, index),
      row: (scan, cells) => this.#row(scan, cells),
      expected: () => 'a ballot',
    };
    this.#scanner = new CsvScanner(handler, delimiter);
  }

  push(piece: Uint8Array): void {
    this.#try(() => this.#scanner.push(this.#first?.rest(piece) ?? piece));
  }

  #try(read: () => void): void {
    acrossGap({ after: 0, lines: this.#first === null ? 0 : 1 }, read);
  }

  end(): BallotFile {
    this.#try(() => this.#scanner.end());
    if (this.#ranks === null) throw new BallotsFormatError(1, 1, 'expected a header, found nothing');
    const others = this.#header.filter((_, i) => this.#ranks?.[i] === 0 && i !== this.#counts);
    if (others.length > 0)
      this.#notes.add(`${others.map(({ text }) => JSON.stringify(text)).join(', ')} left out`);
    return {
      format: 'cvr',
      ballots: this.#builder.table,
      title: null,
      seats: null,
      withdrawn: [],
      notes: [...this.#notes],
    };
  }

  #cell(scan: CsvScanner, index: number): void {
    if (this.#ranks === null) {
      this.#header.push({ text: scan.text(), ...scan.place });
      return;
    }
    const rank = this.#ranks[index];
    if (rank === undefined) throw scan.error(`expected ${this.#ranks.length} cells, found more`);
    if (index === this.#counts) {
      const text = scan.text();
      if (!/^\d+$/.test(text))
        throw scan.error(`expected a whole number of ballots, found ${JSON.stringify(text)}`);
      this.#count = BigInt(text);
    }
    if (rank > 0) this.#marks.push({ rank, text: scan.text(), ...scan.place });
  }

  #row(scan: CsvScanner, cells: number): void {
    if (this.#ranks === null) {
      this.#start();
      return;
    }
    if (cells < this.#ranks.length)
      throw scan.errorHere(`expected ${this.#ranks.length} cells, found ${cells}`);
    for (const mark of this.#marks.sort((a, b) => a.rank - b.rank)) if (!this.#mark(mark)) break;
    this.#marks = [];
    this.#builder.cast(this.#count);
  }

  #start(): void {
    const { weights = null } = this.#options;
    const { ignore = [] } = this.#options;
    const stranger = ignore.find((name) => !this.#header.some(({ text }) => text === name));
    if (stranger !== undefined)
      throw new BallotsFormatError(
        1,
        1,
        `expected a column ${JSON.stringify(stranger)}, found none of this name`,
      );
    const ranks = this.#header.map(({ text }) => (ignore.includes(text) ? 0 : (rankColumn(text) ?? 0)));
    const seen = new Set<number>();
    for (const [i, rank] of ranks.entries()) {
      const { line, column, text } = this.#header[i] as HeaderCell;
      if (rank > 0 && seen.has(rank))
        throw new BallotsFormatError(
          line,
          column,
          `expected one column for rank ${rank}, found ${JSON.stringify(text)}: a file holds one contest (--ignore leaves out a column of another one)`,
        );
      seen.add(rank);
      if (!ignore.includes(text)) this.#doubt(this.#header[i] as HeaderCell, rank);
    }
    if (!seen.has(1)) throw new BallotsFormatError(1, 1, 'expected a column such as "rank1", found none');
    this.#counts = weights === null ? -1 : this.#header.findIndex(({ text }) => text === weights);
    if (weights !== null && this.#counts < 0)
      throw new BallotsFormatError(
        1,
        1,
        `expected a column ${JSON.stringify(weights)}, found none of this name`,
      );
    this.#ranks = ranks;
  }

  /** A column that is left out only when somebody says so: ballots would be counted wrong without it. */
  #doubt({ text, line, column }: HeaderCell, rank: number): void {
    const name = JSON.stringify(text);
    if (rank === 0 && /^0+$/.test(RANK_WORD.exec(text)?.[1] ?? ''))
      throw new BallotsFormatError(line, column, `expected ranks from 1, found ${name}`);
    if (rank > 0 || (this.#options.weights ?? null) !== null || !isCount(text)) return;
    throw new BallotsFormatError(
      line,
      column,
      `expected the columns to be clear, found ${name}, which may be how many ballots a row stands for ` +
        `(--weights ${name}) or something else (--ignore ${name})`,
    );
  }

  /** Puts one mark on the ballot; false when the rest of the ballot does not count. */
  #mark({ rank, text, line, column }: { rank: number; text: string; line: number; column: number }): boolean {
    if (SKIPPED.test(text)) return true;
    const { candidates = [] } = this.#options;
    const twice = TWO_MARKS.test(text) && !candidates.includes(text);
    if (twice || OVERVOTE.test(text)) {
      const overvote = this.#options.overvote ?? null;
      if (overvote === null) {
        const found = JSON.stringify(text);
        throw new BallotsFormatError(
          line,
          column,
          `expected it to be clear what two marks at one rank mean, found ${found}: the ballot may end there ` +
            `(--overvote stop) or go on with the next rank (--overvote skip)${twice ? `, or it is one name (--candidate ${found})` : ''}`,
        );
      }
      this.#notes.add(overvote === 'stop' ? 'a ballot ends at an overvote' : 'overvotes are skipped');
      return overvote === 'skip';
    }
    if (WRITE_IN.test(text))
      this.#notes.add(
        `${JSON.stringify(text)} is taken for one candidate (--without ${JSON.stringify(text)} leaves it out)`,
      );
    let index = this.#builder.indexOf(text);
    index ??= this.#builder.add(text);
    if (index < 0) throw new BallotsFormatError(line, column, `expected at most ${MOST_UNNAMED} candidates`);
    if (!this.#builder.rank(index, rank))
      this.#notes.add('where a ballot ranks somebody twice, the better rank counts');
    return true;
  }
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const names = ballots.candidates;
  const bad = names.find(
    (name) => SKIPPED.test(name) || OVERVOTE.test(name) || TWO_MARKS.test(name) || name.trim() !== name,
  );
  if (bad !== undefined) throw new CannotWriteError(`CVR CSV cannot hold the name ${JSON.stringify(bad)}`);
  const traits = traitsOf(ballots);
  if (traits.ties)
    throw new CannotWriteError('CVR CSV has one candidate a rank, and there are ballots with ties');
  const lost: string[] = [];
  if (title !== null) lost.push('CVR CSV has no title');
  if (seats !== null) lost.push('CVR CSV does not say how many seats there are');
  if (withdrawn.length > 0) lost.push('CVR CSV does not say who withdrew');
  if (ballots.unranked !== undefined && traits.incomplete)
    lost.push('CVR CSV does not say what becomes of candidates without a rank');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    yield `${names.map((_, i) => `rank${i + 1}`).join(',')}\n`;
    for (const ballot of ballots.ballots) {
      const ranked = tiersOf(ballot).map(([i = 0]) => csvCell(names[i] as string));
      const line = `${names.map((_, i) => ranked[i] ?? 'skipped').join(',')}\n`;
      for (let left = BigInt(ballot.count ?? 1); left > 0n; left--) yield line;
    }
  }
}
