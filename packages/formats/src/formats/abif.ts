import { BallotBuilder, MOST_UNNAMED } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import { CannotWriteError } from '../model.ts';
import { Cursor } from '../text/cursor.ts';
import { Lines } from '../text/lines.ts';
import { tiersOf, traitsOf } from '../tiers.ts';

const TOKEN = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/uy;
const SQUARE = /\[([^\]]*)\]/y;
const QUOTED = /"([^"]*)"/y;
const METADATA = /^\{\s*["']?([\w ]+?)["']?\s*:\s*([^{}[\]]*?)\s*\}\s*(?:#.*)?$/;
const VOTE_LINE = /^\s*\d+\s*[:*]/;
/** A ballot that no other format has. */
const RANKING_LINE = /^\s*\d+\s*:[^:]*[\p{L}\]"][^:]*[>=]/u;

/**
 * ABIF, the Aggregated Ballot Information Format (electorama/abif, grammar 0.31): `27:A>B=C`, tokens that
 * `=A:[Ann Smith]` lines give names to, `{key: value}` metadata, scores as `A/5,B/3`.
 */
export const abif: BallotFormat = {
  name: 'abif',
  title: 'ABIF',
  recognise({ lines }) {
    const body = lines.slice(0, 200).filter((line) => !/^\s*(?:#|$)/.test(line));
    const votes = body.filter((line) => VOTE_LINE.test(line));
    const named = body.some((line) => /^=\s*[\p{L}\p{N}_"[]/u.test(line) || METADATA.test(line));
    if (votes.length === 0 && !named) return null;
    if (!body.slice(0, -1).every((line) => VOTE_LINE.test(line) || /^\s*[={]|^ABIF\b|^[a-z_]+:/.test(line)))
      return null;
    return { why: 'lines of a number of ballots, a colon and a ranking', sure: 1 };
  },
  nearly({ lines }) {
    const body = lines.filter((line) => !/^\s*(?:#|$)/.test(line));
    const ballots = body.filter((line) => RANKING_LINE.test(line)).length;
    return ballots > 0 && body.filter((line) => VOTE_LINE.test(line)).length * 2 >= body.length
      ? 'expected a ballot such as "27:A>B=C" on each line'
      : null;
  },
  read: () => new AbifReader(),
  write,
};

/** A candidate on a ballot; no score is NaN. */
interface Entry {
  index: number;
  at: number;
  score: number;
  rank: number;
}

class AbifReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  readonly #builder = new BallotBuilder([]);
  /** Names of candidates by their token. */
  readonly #names = new Map<string, string>();
  /** Names that tokens of ballots get further down. */
  readonly #later = new Map<string, string>();
  readonly #notes = new Set<string>();
  #said: bigint | null = null;
  #cast = 0n;
  /** Used again for every ballot. */
  readonly #entries: Entry[] = [];
  #title: string | null = null;
  #seats: number | null = null;
  #old = false;
  #voted = false;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    if (!this.#voted) throw new Cursor('', line).wrong('a ballot such as "27:A>B=C"');
    const { table } = this.#builder;
    table.rename(table.candidates.map((name) => this.#later.get(name) ?? name));
    if (this.#said !== null && this.#said !== this.#cast)
      this.#notes.add(`the file says that it has ${this.#said} ballots`);
    return {
      format: 'abif',
      ballots: table,
      title: this.#title,
      seats: this.#seats,
      withdrawn: [],
      notes: [...this.#notes],
    };
  }

  #line(text: string, line: number): void {
    const cursor = new Cursor(text, line);
    cursor.skipSpace();
    const next = cursor.text[cursor.at];
    if (next === undefined || next === '#') return;
    if (next === '{') this.#metadata(cursor);
    else if (next === '=') this.#candidateLine(cursor);
    else if (/\d/.test(next) && VOTE_LINE.test(text)) this.#vote(cursor);
    else if (!this.#voted && /^ABIF\s/.test(text)) this.#old = true;
    else if (!(this.#old && !this.#voted && /^[a-z_]+:\s/.test(text))) {
      throw cursor.wrong('a number of ballots and a colon, "=token:[Name]", "{key: value}" or "#"');
    }
  }

  #metadata(cursor: Cursor): void {
    const [, key = '', raw = ''] = METADATA.exec(cursor.text.trim()) ?? [];
    if (key === '') throw cursor.wrong('{key: value} on one line');
    const value = raw.replace(/^(["'])(.*)\1$/, '$2');
    if (key === 'title' && value !== '') this.#title = value;
    if (key === 'ballotcount' && /^\d+$/.test(value)) this.#said = BigInt(value);
    if (key === 'seats' && /^\d{1,9}$/.test(value)) this.#seats = Number(value);
  }

  #candidateLine(cursor: Cursor): void {
    cursor.eat('=');
    cursor.skipSpace();
    const start = cursor.at;
    const token = this.#token(cursor);
    cursor.skipSpace();
    if (!cursor.eat(':')) throw cursor.wrong('":" after the token of a candidate');
    cursor.skipSpace();
    const at = cursor.at;
    const name =
      cursor.text[at] === '[' || cursor.text[at] === '"'
        ? this.#token(cursor)
        : cursor.text.slice(at).replace(/#.*/, '').trim();
    if (this.#names.has(token)) throw cursor.wrong(`the token ${token} once`, start);
    if (name === '') throw cursor.wrong('a name', at);
    const taken = this.#builder.indexOf(name) !== undefined && !this.#later.has(name) && name !== token;
    if (taken || [...this.#later.values()].includes(name))
      throw cursor.wrong('another name than the candidate before', at);
    this.#names.set(token, name);
    if (this.#builder.indexOf(token) === undefined) this.#index(name, cursor, at);
    else this.#later.set(token, name);
  }

  #token(cursor: Cursor): string {
    const start = cursor.at;
    const found = cursor.take(SQUARE) ?? cursor.take(QUOTED);
    const token = found === null ? cursor.take(TOKEN) : found.slice(1, -1).trim();
    if (token === null || token === '')
      throw cursor.wrong('a candidate: a word, or a name in square brackets or quotes', start);
    return token;
  }

  #vote(cursor: Cursor): void {
    const count = cursor.count() as bigint;
    if (count === 0n) throw cursor.wrong('a number of ballots from 1', cursor.at - 1);
    cursor.skipSpace();
    cursor.at++;
    this.#voted = true;
    this.#ranking(cursor);
    this.#builder.cast(count);
    this.#cast += count;
  }

  #ranking(cursor: Cursor): void {
    let size = 0;
    let scores = 0;
    let rank = 1;
    let comma = false;
    for (;;) {
      cursor.skipSpace();
      if (size === 0 && (cursor.done || cursor.text[cursor.at] === '#')) return;
      const entry = (this.#entries[size++] ??= { index: 0, at: 0, score: 0, rank: 0 });
      entry.at = cursor.at;
      const token = this.#token(cursor);
      entry.index = this.#index(
        this.#later.has(token) ? token : (this.#names.get(token) ?? token),
        cursor,
        entry.at,
      );
      cursor.skipSpace();
      entry.score = cursor.eat('/') ? this.#score(cursor) : NaN;
      entry.rank = rank;
      if (!Number.isNaN(entry.score)) scores++;
      cursor.skipSpace();
      if (cursor.done || cursor.text[cursor.at] === '#') break;
      if (cursor.eat('>')) rank++;
      else if (cursor.eat(',')) comma = true;
      else if (!cursor.eat('=')) throw cursor.wrong('">", "=" or ","');
    }
    if (scores > 0) this.#rankByScore(cursor, this.#entries.slice(0, size), comma);
    else if (comma) this.#notes.add('candidates with commas between them are level');
    for (let i = 0; i < size; i++) {
      const entry = this.#entries[i] as Entry;
      if (!this.#builder.rank(entry.index, entry.rank))
        throw cursor.wrong('a candidate once on a ballot', entry.at);
    }
  }

  /** With commas the scores rank; with > they have to say the same as the order. */
  #rankByScore(cursor: Cursor, entries: readonly Entry[], comma: boolean): void {
    const without = entries.find(({ score }) => Number.isNaN(score));
    if (without !== undefined)
      throw cursor.wrong('a score for every candidate of the ballot or for none', without.at);
    const best = [...new Set(entries.map(({ score }) => score))].sort((x, y) => y - x);
    const ordered = entries.some(({ rank }) => rank > 1) || !comma;
    for (const [i, entry] of entries.entries()) {
      const before = entries[i - 1];
      if (!ordered) entry.rank = best.indexOf(entry.score) + 1;
      else if (
        before !== undefined &&
        Math.sign(before.score - entry.score) !== Math.sign(entry.rank - before.rank)
      )
        throw cursor.wrong('scores that say the same as the order', entry.at);
    }
    this.#notes.add('the highest score is best');
  }

  #score(cursor: Cursor): number {
    cursor.skipSpace();
    const text = cursor.take(/\d+(?:\.\d+)?/y);
    if (text === null) throw cursor.wrong('a score after "/"');
    return Number(text);
  }

  #index(name: string, cursor: Cursor, at: number): number {
    const known = this.#builder.indexOf(name);
    if (known !== undefined) return known;
    const index = this.#builder.add(name);
    if (index < 0) throw cursor.wrong(`at most ${MOST_UNNAMED} candidates`, at);
    return index;
  }
}

function write({ ballots, title, seats, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const names = ballots.candidates;
  const bad = names.find((name) => /[\]\r\n]/.test(name) || name.trim() !== name);
  if (bad !== undefined) throw new CannotWriteError(`ABIF cannot hold the name ${JSON.stringify(bad)}`);
  const lost: string[] = [];
  if (withdrawn.length > 0) lost.push('ABIF does not say who withdrew');
  if (ballots.unranked !== undefined && traitsOf(ballots).incomplete)
    lost.push('ABIF does not say what becomes of candidates without a rank');
  const plain = title?.replaceAll(/["'{}\r\n]+/g, ' ').trim() ?? '';
  if (title !== null && plain !== title) lost.push('the title loses its quotes, brackets and line breaks');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    yield '{version: "0.1"}\n';
    if (plain !== '') yield `{title: "${plain}"}\n`;
    if (seats !== null) yield `{seats: ${seats}}\n`;
    for (const [i, name] of names.entries()) yield `=c${i + 1}:[${name}]\n`;
    for (const ballot of ballots.ballots) {
      const ranking = tiersOf(ballot).map((tier) => tier.map((i) => `c${i + 1}`).join('='));
      yield `${ballot.count ?? 1}:${ranking.join('>')}\n`;
    }
  }
}
