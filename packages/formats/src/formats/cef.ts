import { BallotsFormatError } from '@elekto/tally';

import { BallotBuilder, MOST_UNNAMED } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import { CannotWriteError } from '../model.ts';
import { Cursor } from '../text/cursor.ts';
import { Lines } from '../text/lines.ts';
import { tiersOf, traitsOf } from '../tiers.ts';

const RESERVED = /[>=;,#/^*<]/;
const NAME = /[^>=;,#/^*<|]+/y;
/** How it writes a blank ballot, and a shorter word that earlier files of ours have. */
const EMPTY = /\/EMPTY(?:_RANKING)?\//iy;
const PARAMETER = /^#\/\s*([^:]+?)\s*:\s*(.*?)\s*$/;

/**
 * CEF, the Condorcet Election Format, version 1 (CondorcetVote/CondorcetElectionFormat): parameters after
 * `#/`, then `tags || A > B = C ^weight * quantifier`.
 */
export const cef: BallotFormat = {
  name: 'cef',
  title: 'CEF',
  recognise({ lines }) {
    if (
      lines.some((line) =>
        /^#\/\s*(?:candidates|number of seats?|implicit ranking|weight allowed)\s*:/i.test(line),
      )
    )
      return { why: 'parameters after "#/"', sure: 2 };
    const votes = lines
      .slice(0, 200)
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line !== '');
    const like = votes.filter((line) =>
      /^[^:{}[\]",;\t]+>[^:{}[\]",;\t]+$/.test(line.replace(/^.*\|\|/, '')),
    );
    if (like.length === 0 || like.length < votes.length / 2) return null;
    return { why: 'rankings such as "A > B = C"', sure: 1 };
  },
  read: () => new CefReader(),
  write,
};

class CefReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  readonly #parameters = new Map<string, string>();
  readonly #notes = new Set<string>();
  #builder: BallotBuilder | null = null;
  #listed = false;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    if (this.#builder === null)
      throw new BallotsFormatError(
        line,
        1,
        'expected a ballot such as "A > B = C", found the end of the file',
      );
    const seats = this.#parameters.get('number of seats') ?? null;
    return {
      format: 'cef',
      ballots: this.#builder.table,
      title: null,
      seats: seats === null ? null : Number(seats),
      withdrawn: [],
      notes: [...this.#notes],
    };
  }

  #line(text: string, line: number): void {
    if (text.startsWith('#/')) {
      this.#parameter(new Cursor(text, line));
      return;
    }
    if (/^\s+#\//.test(text))
      throw new Cursor(text, line).wrong('parameters at the start of the line', text.indexOf('#'));
    const end = text.indexOf('#');
    const cursor = new Cursor((end < 0 ? text : text.slice(0, end)).trimEnd(), line);
    cursor.skipSpace();
    if (!cursor.done) this.#vote(cursor);
  }

  #parameter(cursor: Cursor): void {
    const [, name = '', value = ''] = PARAMETER.exec(cursor.text) ?? [];
    if (name === '') throw cursor.wrong('"#/name: value"', 2);
    if (this.#builder !== null) throw cursor.wrong('parameters before the ballots', 0);
    const key = name.toLowerCase().replace(/^number of seat$/, 'number of seats');
    const at = cursor.text.length - cursor.text.replace(/^[^:]*:\s*/, '').length;
    if (this.#parameters.has(key)) throw cursor.wrong(`${name} once`, 2);
    if (key !== 'candidates' && value.includes('#'))
      throw cursor.wrong('no comment after a parameter', cursor.text.indexOf('#', 2));
    if (['implicit ranking', 'weight allowed'].includes(key) && !/^(?:true|false)$/i.test(value))
      throw cursor.wrong('true or false', at);
    if (key === 'number of seats' && !/^\d{1,9}$/.test(value)) throw cursor.wrong('a whole number', at);
    this.#parameters.set(key, value);
    if (key === 'candidates') this.#candidates(cursor, at);
  }

  #candidates(cursor: Cursor, from: number): void {
    const seen = new Set<string>();
    let at = from;
    for (const part of cursor.text.slice(from).split(';')) {
      const name = part.trim();
      const start = at + (part.length - part.trimStart().length);
      if (name === '') throw cursor.wrong('a name between semicolons', Math.min(start, cursor.text.length));
      const reserved = RESERVED.exec(name);
      if (reserved !== null)
        throw cursor.wrong('names without the signs > = ; , # / ^ * <', start + reserved.index);
      if (seen.has(name)) throw cursor.wrong('each name once', start);
      seen.add(name);
      at += part.length + 1;
    }
    this.#listed = true;
  }

  #start(): BallotBuilder {
    const listed = this.#parameters.get('candidates');
    const names = listed === undefined ? [] : listed.split(';').map((name) => name.trim());
    const implicit = !/^false$/i.test(this.#parameters.get('implicit ranking') ?? 'true');
    return new BallotBuilder(names, implicit ? 'last' : 'no-opinion');
  }

  #vote(cursor: Cursor): void {
    const builder = (this.#builder ??= this.#start());
    const tags = cursor.text.indexOf('||');
    if (tags >= 0) {
      cursor.at = tags + 2;
      this.#notes.add('the tags of the ballots are left out');
    }
    cursor.skipSpace();
    if (cursor.take(EMPTY) === null) this.#ranking(cursor, builder);
    builder.cast(this.#times(cursor));
  }

  #ranking(cursor: Cursor, builder: BallotBuilder): void {
    let rank = 1;
    let ranked = false;
    for (;;) {
      cursor.skipSpace();
      const at = cursor.at;
      const name = cursor.take(NAME)?.trim() ?? '';
      if (name === '') throw cursor.wrong('a candidate', at);
      let index = builder.indexOf(name);
      if (index === undefined && this.#listed)
        this.#notes.add('names that are no candidates are left out of the ballots');
      else {
        index ??= builder.add(name);
        if (index < 0) throw cursor.wrong(`at most ${MOST_UNNAMED} candidates`, at);
        if (!builder.rank(index, rank)) throw cursor.wrong(`${name} once on a ballot`, at);
        ranked = true;
      }
      if (cursor.eat('=')) continue;
      if (!cursor.eat('>')) return;
      if (ranked) rank++;
      ranked = false;
    }
  }

  #times(cursor: Cursor): bigint {
    let times = 1n;
    cursor.skipSpace();
    if (cursor.eat('^')) {
      const weight = this.#whole(cursor, 'a weight after "^", a whole number from 1');
      if (/^true$/i.test(this.#parameters.get('weight allowed') ?? '')) {
        times = weight;
        this.#notes.add('a ballot of weight 2 counts as two ballots');
      } else this.#notes.add('weights are ignored, since the file does not say "#/Weight Allowed: true"');
    }
    cursor.skipSpace();
    if (cursor.eat('*')) times *= this.#whole(cursor, 'a number of ballots after "*", a whole number from 1');
    cursor.skipSpace();
    if (!cursor.done)
      throw cursor.wrong('">", "=", "^weight", "* number" or the end of the line, in this order');
    return times;
  }

  #whole(cursor: Cursor, expected: string): bigint {
    cursor.skipSpace();
    const at = cursor.at;
    const count = cursor.count();
    if (count === null || count === 0n) throw cursor.wrong(expected, at);
    return count;
  }
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const names = ballots.candidates;
  const bad = names.find((name) => RESERVED.test(name) || /[|\r\n]/.test(name) || name.trim() !== name);
  if (bad !== undefined) throw new CannotWriteError(`CEF cannot hold the name ${JSON.stringify(bad)}`);
  const lost: string[] = [];
  if (title !== null) lost.push('CEF has no title');
  if (withdrawn.length > 0) lost.push('CEF does not say who withdrew');
  const implicit = ballots.unranked === 'last';
  if (ballots.unranked === undefined && traitsOf(ballots).incomplete)
    lost.push('CEF has to say what becomes of candidates without a rank: it says that they have none');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    yield `#/Candidates: ${names.join(' ; ')}\n`;
    if (seats !== null) yield `#/Number of Seats: ${seats}\n`;
    yield `#/Implicit Ranking: ${implicit}\n#/Weight Allowed: false\n\n`;
    for (const ballot of ballots.ballots) {
      const ranking = tiersOf(ballot)
        .map((tier) => tier.map((i) => names[i]).join(' = '))
        .join(' > ');
      const count = ballot.count ?? 1;
      yield `${ranking === '' ? '/EMPTY_RANKING/' : ranking}${count === 1 ? '' : ` * ${count}`}\n`;
    }
  }
}
