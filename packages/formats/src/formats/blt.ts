import { BallotsFormatError } from '@elekto/tally';

import { BallotBuilder } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import { CannotWriteError } from '../model.ts';
import { Cursor } from '../text/cursor.ts';
import { Lines } from '../text/lines.ts';
import { tiersOf, traitsOf } from '../tiers.ts';
import { bltNames, type NameLine } from './blt-names.ts';

/**
 * BLT: Hill, Wichmann and Woodall, Algorithm 123 (1987), with what OpenSTV, OpaVote and OpenTally added:
 * comments after #, equal ranks ("1=2", or in brackets), skipped ranks ("-"), ballot ids in brackets; and a party behind each
 * name, as Scottish councils publish it.
 */
export const blt: BallotFormat = {
  name: 'blt',
  title: 'BLT',
  recognise({ text }) {
    const bare = text.replaceAll(/#.*/g, '').replaceAll(/\([^)\n]*[^\d\s)=][^)\n]*\)|\[[^\]\n]*\]/g, '');
    const numbers = /^[\d.\s=()-]*/.exec(bare)?.[0] ?? '';
    const lines = numbers
      .split(/\r\n|\n|\r/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const [size = '', ...ballots] = lines;
    const sizes = lines.length === 1 ? /^\d+\s+\d+\s.*\s0$/s : /^\d+\s+\d+$/;
    if (!sizes.test(size)) return null;
    // Rows of as many numbers are a table. In BLT a ballot ends with 0; a stray line is told when the file is read.
    const odd = ballots.slice(0, 20).filter((line) => !/(?:^|\s)0$|^-\d/.test(line)).length;
    if (odd > 0 && !(ballots.includes('0') && text.includes('"'))) return null;
    return lines.length > 1 || text.includes('"')
      ? { why: 'the numbers of candidates and seats, then ballots that end with 0', sure: 2 }
      : null;
  },
  nearly({ lines }) {
    const [sizes = '', ...rest] = lines
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line !== '');
    const names = rest.slice(rest.indexOf('0') + 1);
    if (!/^\d+\s+\d+(?:\s|$)/.test(sizes) || !rest.includes('0') || !names.some((line) => line.includes('"')))
      return null;
    return 'expected ballots that end with 0';
  },
  read: () => new BltReader(),
  write,
};

/** What comes next. */
type State = 'sizes' | 'weight' | 'ranks' | 'names';

class BltReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(new Cursor(text, line)));
  readonly #withdrawn: number[] = [];
  /** The lines after the ballots, as far as they are names and a title. */
  readonly #names: NameLine[] = [];
  /** Whether something stands after the names and the title. */
  #beyond = false;
  #builder: BallotBuilder | null = null;
  #state: State = 'sizes';
  #size = 0;
  #seats = 0;
  #weight = 0n;
  #rank = 0;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    if (this.#state !== 'names') {
      const missing = {
        sizes: 'the numbers of candidates and seats',
        weight: 'another ballot, or a 0 after the last one',
        ranks: 'a 0 at the end of the ballot',
      }[this.#state];
      throw new BallotsFormatError(line, 1, `expected ${missing}, found the end of the file`);
    }
    const { names, title, notes } = bltNames(this.#names, this.#size, line);
    const table = (this.#builder as BallotBuilder).table;
    table.rename(names);
    if (this.#beyond) notes.push(`what follows the title ${JSON.stringify(title ?? '')} is left out`);
    return {
      format: 'blt',
      ballots: table,
      title,
      seats: this.#seats,
      withdrawn: this.#withdrawn.map((index) => names[index] as string),
      notes,
    };
  }

  #line(cursor: Cursor): void {
    for (;;) {
      cursor.skipSpace();
      if (cursor.done || cursor.text[cursor.at] === '#') break;
      if (this.#state === 'names') {
        const { text, line, at } = cursor;
        if (this.#names.length <= this.#size) this.#names.push({ text, line, at });
        else this.#beyond = true;
        return;
      }
      this.#word(cursor);
    }
    if (this.#state === 'ranks' && this.#rank > 0) {
      throw cursor.wrong('a 0 at the end of the ballot, on its line');
    }
  }

  #word(cursor: Cursor): void {
    if (this.#state === 'sizes') this.#sizes(cursor);
    else if (this.#state === 'weight') this.#ballotStart(cursor);
    else this.#preference(cursor);
  }

  #sizes(cursor: Cursor): void {
    const size = cursor.digits();
    if (size === null) throw cursor.wrong('the number of candidates');
    if (size === 0 || size > 65534) throw cursor.wrong('a number of candidates from 1 to 65534', 0);
    cursor.skipSpace();
    const seats = cursor.digits();
    if (seats === null) throw cursor.wrong('the number of seats');
    this.#size = size;
    this.#seats = seats;
    this.#builder = new BallotBuilder(Array.from({ length: size }, (_, i) => String(i + 1)));
    this.#state = 'weight';
  }

  #ballotStart(cursor: Cursor): void {
    const start = cursor.at;
    if (cursor.eat('(')) {
      if (cursor.take(/[^)]*\)/y) === null) throw cursor.wrong('")" after the id of a ballot');
      return;
    }
    if (cursor.eat('-')) {
      const table = (this.#builder as BallotBuilder).table;
      const index = this.#candidate(cursor);
      if (table.cast !== 0) throw cursor.wrong('withdrawn candidates before the ballots', start);
      if (!this.#withdrawn.includes(index)) this.#withdrawn.push(index);
      return;
    }
    const weight = cursor.count();
    cursor.take(/\.0+(?=\s)/y);
    if (weight === null || !this.#wordEnds(cursor))
      throw cursor.wrong('how many ballots are like this one, a whole number', start);
    if (weight === 0n) {
      this.#state = 'names';
      return;
    }
    this.#weight = weight;
    this.#rank = 1;
    this.#state = 'ranks';
  }

  #preference(cursor: Cursor): void {
    const builder = this.#builder as BallotBuilder;
    if (cursor.eat('-')) {
      if (!this.#wordEnds(cursor)) throw cursor.wrong('a number of a candidate', cursor.at - 1);
      this.#rank++;
      return;
    }
    if (cursor.text[cursor.at] === '0' && /0(?=\s|#|$)/y.test(cursor.text.slice(cursor.at))) {
      cursor.at++;
      builder.cast(this.#weight);
      this.#rank = 0;
      this.#state = 'weight';
      return;
    }
    const bracket = cursor.eat('(');
    for (;;) {
      cursor.skipSpace();
      const start = cursor.at;
      const index = this.#candidate(cursor);
      if (!builder.rank(index, this.#rank))
        throw cursor.wrong(`candidate ${index + 1} once on a ballot`, start);
      if (bracket) {
        cursor.skipSpace();
        if (cursor.eat(')')) break;
      } else if (!cursor.eat('=')) break;
    }
    if (!bracket && !this.#wordEnds(cursor)) throw cursor.wrong('a number of a candidate, or 0');
    this.#rank++;
  }

  #candidate(cursor: Cursor): number {
    const start = cursor.at;
    const number = cursor.digits();
    if (number === null || number < 1 || number > this.#size)
      throw cursor.wrong(`a number of a candidate from 1 to ${this.#size}`, start);
    return number - 1;
  }

  #wordEnds({ text, at }: Cursor): boolean {
    return at >= text.length || /[\s#]/.test(text[at] as string);
  }
}

function write(file: BallotFile): ReturnType<BallotFormat['write']> {
  const { ballots, seats, title, withdrawn } = file;
  const names = ballots.candidates;
  const bad = names.find((name) => /["\r\n]/.test(name));
  if (bad !== undefined) throw new CannotWriteError(`BLT cannot hold the name ${JSON.stringify(bad)}`);
  const lost: string[] = [];
  if (seats === null) lost.push('BLT needs a number of seats: it says 1');
  if (title !== null && /["\r\n]/.test(title)) lost.push('the title loses its quotes and line breaks');
  if (ballots.unranked !== undefined && traitsOf(ballots).incomplete)
    lost.push('BLT does not say what becomes of candidates without a rank');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    yield `${names.length} ${seats ?? 1}\n`;
    const gone = withdrawn.map((name) => `-${names.indexOf(name) + 1}`);
    if (gone.length > 0) yield `${gone.join(' ')}\n`;
    for (const ballot of ballots.ballots) {
      const ranks = tiersOf(ballot).map((tier) => tier.map((i) => i + 1).join('='));
      yield `${[String(ballot.count ?? 1), ...ranks, '0'].join(' ')}\n`;
    }
    yield '0\n';
    for (const name of [...names, (title ?? '').replaceAll(/["\r\n]+/g, "'")]) yield `"${name}"\n`;
  }
}
