import { BallotsFormatError, scoresToRanks } from '@elekto/tally';

import { BallotBuilder } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader, ReadOptions } from '../model.ts';
import { Cursor } from '../text/cursor.ts';
import { Lines } from '../text/lines.ts';
import { traitsOf } from '../tiers.ts';
import { doubtDirection, unclearDirection } from './csv-doubts.ts';

const RANK = '(?:\\d+|-|[Nn]o opinion)';
const ROW = new RegExp(`^\\s*(?:\\d+\\s*[xX]\\s*)?${RANK}(?:(?:\\s*,\\s*|\\s+)${RANK})+\\s*(?:#.*)?$`);
const TIMES = /(\d+)\s*[xX]\s*/y;
const WORD = /no opinion/iy;

/**
 * The lines that CIVS takes and keeps: one ballot a line, a rank or "-" for each choice in the order of the
 * poll, after commas or spaces, and "3x" before ballots that stand for three. It has no names.
 */
export const civs: BallotFormat = {
  name: 'civs',
  title: 'CIVS lines',
  recognise({ lines }) {
    const rows = lines.slice(0, 50).filter((line) => !/^\s*(?:#(?![,;\t])|$)/.test(line));
    if (rows.length === 0 || !rows.every((row) => ROW.test(row))) return null;
    const sizes = new Set(rows.slice(0, Math.max(1, rows.length - 1)).map(sizeOf));
    return sizes.size === 1 ? { why: 'rows of ranks without a line of names above', sure: 1 } : null;
  },
  read: (options) => new CivsReader(options),
  write,
};

function sizeOf(row: string): number {
  const ranks = row
    .replace(/#.*/, '')
    .replace(/^\s*\d+\s*[xX]/, '')
    .trim();
  return ranks.replaceAll(/no opinion/gi, '-').split(/\s*,\s*|\s+/).length;
}

class CivsReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  readonly #best: ReadOptions['best'];
  readonly #highIsBest: boolean;
  #builder: BallotBuilder | null = null;
  #row = new Float64Array(0);

  constructor({ best }: ReadOptions) {
    this.#best = best ?? null;
    this.#highIsBest = best === 'highest';
  }

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    if (this.#builder === null)
      throw new BallotsFormatError(line, 1, 'expected a row of ranks, found the end of the file');
    if (this.#best === null) doubtDirection(this.#builder.table, 1);
    return {
      format: 'civs',
      ballots: this.#builder.table,
      title: null,
      seats: null,
      withdrawn: [],
      notes: [
        'these lines have no names, so the candidates are called 1, 2, 3 ... in their order',
        this.#highIsBest
          ? 'the highest number is best'
          : 'the lowest number is best (--high-is-best for the other way)',
      ],
    };
  }

  #line(text: string, line: number): void {
    const cursor = new Cursor(text.replace(/#.*/, '').trimEnd(), line);
    cursor.skipSpace();
    if (cursor.done) return;
    const times = cursor.take(TIMES);
    const count = times === null ? 1n : BigInt((/\d+/.exec(times) as RegExpExecArray)[0]);
    const ranks = this.#ranks(cursor);
    if (this.#builder === null) {
      this.#builder = new BallotBuilder(ranks.map((_, i) => String(i + 1)));
      this.#row = new Float64Array(ranks.length);
    }
    if (ranks.length !== this.#row.length)
      throw cursor.wrong(`${this.#row.length} ranks, as on the lines above, and not ${ranks.length}`);
    ranks.forEach((rank, i) => (this.#row[i] = rank ?? (this.#highIsBest ? NaN : 0)));
    if (this.#highIsBest) scoresToRanks(this.#row);
    this.#row.forEach((rank, i) => rank > 0 && this.#builder?.rank(i, rank));
    this.#builder.cast(count);
  }

  #ranks(cursor: Cursor): (number | null)[] {
    const ranks: (number | null)[] = [];
    for (;;) {
      cursor.skipSpace();
      const at = cursor.at;
      if (cursor.eat('-') || cursor.take(WORD) !== null) ranks.push(null);
      else {
        const rank = cursor.digits();
        const least = this.#highIsBest ? 0 : 1;
        if (rank === null || rank < least || !Number.isSafeInteger(rank))
          throw cursor.wrong(`a whole number from ${least} or "-"`, at);
        ranks.push(rank);
      }
      const end = cursor.at;
      cursor.skipSpace();
      if (cursor.done) return ranks;
      if (!cursor.eat(',') && cursor.at === end) throw cursor.wrong('a comma or a space between ranks');
    }
  }
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const lost = ['CIVS lines have no names'];
  if (title !== null) lost.push('CIVS lines have no title');
  if (seats !== null) lost.push('CIVS lines do not say how many seats there are');
  if (withdrawn.length > 0) lost.push('CIVS lines do not say who withdrew');
  if (ballots.unranked === 'last' && traitsOf(ballots).incomplete)
    lost.push('CIVS leaves not ranked whom these ballots place last');
  if (unclearDirection(ballots) !== null)
    lost.push(
      'CIVS lines do not say that 1 is best, and nothing in these ballots shows it: read them with --low-is-best',
    );
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    for (const { ranks, count = 1 } of ballots.ballots) {
      const row = Array.from(ranks, (rank) => rank ?? '-').join(',');
      yield count === 1 ? `${row}\n` : `${count}x ${row}\n`;
    }
  }
}
