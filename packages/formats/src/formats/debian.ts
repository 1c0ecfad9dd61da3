import { BallotsFormatError } from '@elekto/tally';

import { BallotBuilder } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import { CannotWriteError } from '../model.ts';
import { Cursor } from '../text/cursor.ts';
import { Lines } from '../text/lines.ts';
import { tiersOf, traitsOf } from '../tiers.ts';

const OPTION = /^[\s|/\\]*Option\s+([\dA-Za-z]+)\s*-*>?\s*:\s*(.*?)\s*$/;
const MOST = 35;

/**
 * The tally sheets of Debian's votes (devotee): options, then "V: 12-3" and the voter or a hash. Rank 10 is
 * A, and so on. Options without a rank stand below the others (constitution, A.6.1 of 2022).
 */
export const debian: BallotFormat = {
  name: 'debian',
  title: 'Debian tally sheet',
  recognise({ lines }) {
    const options = lines.filter((line) => OPTION.test(line)).length;
    const votes = lines.some((line) => /^\s*V:\s/.test(line));
    return options > 0 && votes ? { why: '"Option 1: ..." and lines of votes after "V:"', sure: 2 } : null;
  },
  nearly({ lines }) {
    const votes = lines.filter((line) => /^\s*V:\s+[\dA-Za-z-]+(?:\s|$)/.test(line)).length;
    return votes > 0 ? 'expected "Option 1: ..." before the votes' : null;
  },
  read: () => new DebianReader(),
  write,
};

class DebianReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  readonly #names: string[] = [];
  #builder: BallotBuilder | null = null;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    if (this.#builder === null)
      throw new BallotsFormatError(line, 1, 'expected votes such as "V: 12-3", found the end of the file');
    return {
      format: 'debian',
      ballots: this.#builder.table,
      title: null,
      seats: null,
      withdrawn: [],
      notes: ['options without a rank are below the others'],
    };
  }

  #line(text: string, line: number): void {
    if (/^\s*V:/.test(text)) this.#vote(new Cursor(text, line));
    else this.#option(text, line);
  }

  #option(text: string, line: number): void {
    const [, number = '', name = ''] = OPTION.exec(text) ?? [];
    if (number === '') return;
    const cursor = new Cursor(text, line);
    const at = text.length - text.replace(/^[^:]*:\s*/, '').length;
    if (this.#builder !== null) throw cursor.wrong('the options before the votes', 0);
    if ((/^\d+$/.test(number) ? Number(number) : parseInt(number, 36)) !== this.#names.length + 1)
      throw cursor.wrong(`option ${this.#names.length + 1}`, text.indexOf('Option') + 7);
    if (name === '') throw cursor.wrong('the name of the option', at);
    if (this.#names.includes(name)) throw cursor.wrong('each name once', at);
    this.#names.push(name);
  }

  #vote(cursor: Cursor): void {
    const names = this.#names;
    if (names.length === 0) throw cursor.wrong('"Option 1: ..." before the votes', 0);
    const builder = (this.#builder ??= new BallotBuilder(names, 'last'));
    cursor.at = cursor.text.indexOf(':') + 1;
    cursor.skipSpace();
    const start = cursor.at;
    const ranks = cursor.take(/\S+/y) ?? '';
    if (ranks.length !== names.length) throw cursor.wrong(`${names.length} ranks, one an option`, start);
    for (let i = 0; i < ranks.length; i++) {
      const sign = ranks[i] as string;
      if (sign === '-') continue;
      const rank = /[1-9A-Za-z]/.test(sign) ? parseInt(sign, 36) : 0;
      if (rank === 0) throw cursor.wrong('a rank from 1 or "-"', start + i);
      builder.rank(i, rank);
    }
    builder.cast(1);
  }
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const names = ballots.candidates;
  const bad = names.find((name) => /[\r\n]/.test(name) || name.trim() !== name);
  if (bad !== undefined)
    throw new CannotWriteError(`a Debian tally sheet cannot hold the name ${JSON.stringify(bad)}`);
  if (names.length > MOST)
    throw new CannotWriteError(
      `a Debian tally sheet holds at most ${MOST} options, and there are ${names.length}`,
    );
  const lost: string[] = [];
  if (title !== null) lost.push('a Debian tally sheet has no title');
  if (seats !== null) lost.push('a Debian tally sheet does not say how many seats there are');
  if (withdrawn.length > 0) lost.push('a Debian tally sheet does not say who withdrew');
  if (ballots.unranked !== 'last' && traitsOf(ballots).incomplete)
    lost.push('a Debian tally sheet places options without a rank below the others');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    yield 'Tally Sheet for the votes cast.\n\nThe format is:\n    "V: vote"\nThe vote is the rank of each option; "-" is none.\n\n';
    for (const [i, name] of names.entries()) {
      yield `${'|'.repeat(Math.max(0, i - 1))}${i > 0 ? '/' : ''}  Option ${(i + 1).toString(36).toUpperCase()}--->: ${name}\n`;
    }
    for (const ballot of ballots.ballots) {
      const ranks = new Array<string>(names.length).fill('-');
      for (const [rank, tier] of tiersOf(ballot).entries())
        for (const i of tier) ranks[i] = (rank + 1).toString(36).toUpperCase();
      const line = `V: ${ranks.join('')}\t-\n`;
      for (let left = BigInt(ballot.count ?? 1); left > 0n; left--) yield line;
    }
  }
}
