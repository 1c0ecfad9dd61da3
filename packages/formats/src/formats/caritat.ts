import type { SourceNode } from '@elekto/tally';
import { BallotsFormatError, parseJsonSource, scoresToRanks } from '@elekto/tally';

import { BallotBuilder } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader, Head } from '../model.ts';
import { Lines } from '../text/lines.ts';
import { tiersOf, traitsOf } from '../tiers.ts';
import { parseYamlSource } from '../text/yaml-source.ts';
import { Whole } from '../text/whole.ts';

const TITLE = /^( *)- title: (?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([\p{L}\p{N}(][^#:]*?)) *$/u;
const VOTE = /^method\s*:/m;
const SCORE = /^( *)score: (-?\d{1,15}) *$/;

/**
 * caritat, as Node.js votes: `vote.yml` with the candidates, then the decrypted ballots, as documents of one
 * YAML stream or as a list under "ballots" or "votes"; or the JSON that the votes are recorded in. The highest score is
 * best, a missing one is 0.
 */
export const caritat: BallotFormat = {
  name: 'caritat',
  title: 'caritat',
  recognise({ text }) {
    if (/^\s*\{/.test(text))
      return /"votes"\s*:\s*[{[]/.test(text) ? { why: '"votes" by voter', sure: 2 } : null;
    if (/^[\s-]*preferences\s*:/m.test(text) && /\bscore["']?\s*:/.test(text))
      return { why: 'ballots of titles and scores under "preferences:"', sure: 2 };
    if (VOTE.test(text) && /^(?:ballots|votes)\s*:/m.test(text))
      return { why: 'a vote with "candidates:", "method:" and its ballots', sure: 2 };
    return null;
  },
  nearly: ({ text }) =>
    /^candidates\s*:/m.test(text) && VOTE.test(text)
      ? 'expected ballots after the vote, as documents with "preferences:" after "---", found the vote alone'
      : null,
  read: (_, head) => (isJson(head) ? new VotesReader() : new CaritatReader()),
  write,
};

const isJson = ({ text }: Head): boolean => /^\s*\{/.test(text);

/** Ballots as scores by title. */
class Scores {
  title: string | null = null;
  #builder: BallotBuilder | null = null;
  #row = new Float64Array(0);

  candidates(nodes: readonly SourceNode[]): void {
    const names = nodes.map((node) => stringOf(node, 'a title'));
    const again = nodes.find((_, i) => names.indexOf(names[i] as string) < i || names[i] === '');
    if (again !== undefined) throw wrong(again, 'expected titles that differ and are not empty');
    this.start(names);
  }

  get started(): boolean {
    return this.#builder !== null;
  }

  start(names: readonly string[]): void {
    this.#builder = new BallotBuilder(names);
    this.#row = new Float64Array(names.length);
  }

  /** -1, or the index of the first score whose title is named twice, empty, or no candidate's. */
  ballot(scores: readonly (readonly [title: string, score: number])[]): number {
    if (this.#builder === null) {
      const empty = scores.findIndex(([title]) => title === '');
      if (empty >= 0) return empty;
      this.start([...new Set(scores.map(([title]) => title))]);
    }
    const builder = this.#builder as BallotBuilder;
    const row = this.#row.fill(0);
    const seen = new Set<string>();
    for (const [i, [title, score]] of scores.entries()) {
      const index = builder.indexOf(title);
      if (index === undefined || seen.has(title)) return i;
      seen.add(title);
      row[index] = score;
    }
    scoresToRanks(row);
    row.forEach((rank, i) => builder.rank(i, rank));
    builder.cast(1);
    return -1;
  }

  file(line: number): BallotFile {
    const table = this.#builder?.table;
    if (table === undefined || table.cast === 0)
      throw new BallotsFormatError(
        line,
        1,
        'expected ballots of titles and scores, found the end of the file: each is a document with "preferences:" after a line "---"',
      );
    const notes = ['the highest score is best, and a candidate without one has 0'];
    return { format: 'caritat', ballots: table, title: this.title, seats: null, withdrawn: [], notes };
  }
}

class CaritatReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  readonly #scores = new Scores();
  #document: string[] = [];
  #start = 1;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    this.#endDocument();
    return this.#scores.file(line);
  }

  #line(text: string, line: number): void {
    if (!/^---(?:\s|$)/.test(text)) {
      this.#document.push(text);
      if (this.#document.length > 100_000)
        throw new BallotsFormatError(line, 1, 'expected "---" between ballots');
      return;
    }
    this.#endDocument();
    this.#start = line + 1;
  }

  #endDocument(): void {
    const lines = this.#document;
    this.#document = [];
    if (lines.every((line) => /^\s*(?:#|$)/.test(line))) return;
    const plain = plainBallot(lines);
    if (plain !== null && this.#scores.ballot(plain) < 0) return;
    const parse = (numbers: readonly string[]): SourceNode =>
      parseYamlSource(lines.join('\n'), numbers, this.#start);
    const root = parse(['score']);
    const fields = fieldsOf(root, 'a vote with "candidates" or a ballot with "preferences"');
    const candidates = fields.get('candidates');
    const subject = fields.get('subject');
    if (subject !== undefined) this.#scores.title ??= stringOf(subject, 'a subject');
    const preferences = fields.get('preferences');
    if (preferences !== undefined) addBallot(this.#scores, preferences);
    else if (candidates === undefined) throw wrong(root, 'expected the key "preferences" or "candidates"');
    else if (this.#scores.started)
      throw wrong(candidates, 'expected the candidates once, before the ballots');
    else {
      const titles = listOf(candidates, 'a list of titles');
      this.#scores.candidates(titles);
      const key = ['ballots', 'votes'].find((each) => fields.has(each));
      if (key === undefined) return;
      // Scores by title are numbers, too.
      const numbers = ['score', ...titles.map((node) => stringOf(node, 'a title'))];
      addBallots(this.#scores, fieldsOf(parse(numbers), 'a vote').get(key) as SourceNode);
    }
  }
}

/** Ballots one after the other: a list of them, or an object of them by voter. */
function addBallots(scores: Scores, { value, line, column }: SourceNode): void {
  if (value.kind !== 'object' && value.kind !== 'list')
    throw new BallotsFormatError(
      line,
      column,
      'expected an object of ballots by voter, or a list of ballots',
    );
  for (const ballot of value.kind === 'list' ? value.items : value.entries.map(({ node }) => node)) {
    const isList = ballot.value.kind === 'list';
    const preferences = isList ? ballot : fieldsOf(ballot, 'an object of scores by title').get('preferences');
    if (preferences === undefined) addScores(scores, ballot);
    else addBallot(scores, preferences);
  }
}

/** A ballot as a list of titles and scores. */
function addBallot(scores: Scores, node: SourceNode): void {
  const entries = listOf(node, 'a list of titles and scores').map((item) => {
    const fields = fieldsOf(item, 'a title and a score');
    const title = fields.get('title') ?? raise(wrong(item, 'expected the key "title"'));
    const score = fields.get('score') ?? raise(wrong(item, 'expected the key "score"'));
    return { title, pair: [stringOf(title, 'a title'), scoreOf(score)] as const };
  });
  const bad = scores.ballot(entries.map(({ pair }) => pair));
  if (bad >= 0) {
    const { title, pair } = entries[bad] as (typeof entries)[number];
    throw wrong(title, `expected each of the candidates once, found ${JSON.stringify(pair[0])}`);
  }
}

/** A ballot as an object of scores by title. */
function addScores(scores: Scores, ballot: SourceNode): void {
  const entries = [...fieldsOf(ballot, 'an object of scores by title')];
  const bad = scores.ballot(entries.map(([name, node]) => [name, scoreOf(node)] as const));
  if (bad >= 0)
    throw wrong(
      (entries[bad] as (typeof entries)[number])[1],
      'expected a score for the same titles as before',
    );
}

/** A ballot in the form that caritat writes, without the cost of a YAML parser; null when it is another. */
function plainBallot(lines: readonly string[]): (readonly [string, number])[] | null {
  const from = lines.indexOf('preferences:');
  if (from < 0) return null;
  const scores: (readonly [string, number])[] = [];
  for (let i = from + 1; i < lines.length; i += 2) {
    const line = lines[i] as string;
    if (/^[a-zA-Z]+:/.test(line) || /^\s*(?:#|$)/.test(line)) break;
    const title = TITLE.exec(line);
    const score = SCORE.exec(lines[i + 1] ?? '');
    if (title === null || score?.[1]?.length !== (title[1] as string).length + 2) return null;
    const [, , double, single, bare = ''] = title;
    const name = double === undefined ? (single ?? bare) : unquoted(double);
    if (name === null) return null;
    scores.push([name, Number(score[2])]);
  }
  return lines.slice(from + 1 + scores.length * 2).some((line) => /^\s*- title/.test(line)) ? null : scores;
}

/** A text in double quotes, where YAML and JSON agree; null where they may not. */
function unquoted(text: string): string | null {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return null;
  }
}

/** The JSON of recorded votes: `{"votes": {"somebody": {"title": score}}}`. */
class VotesReader implements FormatReader {
  readonly #whole = new Whole();

  push(piece: Uint8Array): void {
    this.#whole.push(piece);
  }

  end(): BallotFile {
    const root = parseJsonSource(this.#whole.end());
    const fields = fieldsOf(root, 'an object with "votes"');
    const votes = fields.get('votes') ?? raise(wrong(root, 'expected the key "votes"'));
    const scores = new Scores();
    const title = fields.get('description') ?? fields.get('subject');
    if (title?.value.kind === 'string') scores.title = title.value.text;
    const candidates = fields.get('candidates');
    if (candidates !== undefined) scores.candidates(listOf(candidates, 'a list of titles'));
    addBallots(scores, votes);
    return scores.file(1);
  }
}

function fieldsOf(node: SourceNode, expected: string): Map<string, SourceNode> {
  if (node.value.kind !== 'object') throw wrong(node, `expected ${expected}`);
  return new Map(node.value.entries.map(({ key, node: value }) => [key, value]));
}

function listOf(node: SourceNode, expected: string): readonly SourceNode[] {
  if (node.value.kind !== 'list') throw wrong(node, `expected ${expected}`);
  return node.value.items;
}

function stringOf(node: SourceNode, expected: string): string {
  if (node.value.kind !== 'string' && node.value.kind !== 'number') throw wrong(node, `expected ${expected}`);
  return node.value.text;
}

function scoreOf(node: SourceNode): number {
  const text = node.value.kind === 'number' ? node.value.text : '';
  const score = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(score)) throw wrong(node, 'expected a whole number as the score');
  return score;
}

function wrong({ line, column }: SourceNode, detail: string): BallotsFormatError {
  return new BallotsFormatError(line, column, detail);
}

function raise(error: Error): never {
  throw error;
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const names = ballots.candidates;
  const lost: string[] = [];
  if (seats !== null) lost.push('caritat does not say how many seats there are');
  if (withdrawn.length > 0) lost.push('caritat does not say who withdrew');
  const traits = traitsOf(ballots);
  if (traits.incomplete || traits.blank)
    lost.push('caritat has a score for everybody: candidates without a rank get 0, below the others');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    const list = names.map((name) => `  - ${JSON.stringify(name)}\n`).join('');
    yield `subject: ${JSON.stringify(title ?? 'Ballots')}\nmethod: Condorcet\ncandidates:\n${list}`;
    for (const ballot of ballots.ballots) {
      const tiers = tiersOf(ballot);
      const scores = new Array<number>(names.length).fill(0);
      for (const [i, tier] of tiers.entries()) for (const index of tier) scores[index] = tiers.length - i;
      const lines = names
        .map((name, i) => `  - title: ${JSON.stringify(name)}\n    score: ${scores[i]}\n`)
        .join('');
      for (let left = BigInt(ballot.count ?? 1); left > 0n; left--) yield `---\npreferences:\n${lines}`;
    }
  }
}
