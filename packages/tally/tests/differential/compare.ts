import { Schulze as CondorcetSchulze } from 'condorcet';
import * as votes from 'votes';

import { BallotTable, count } from '../../src/index.ts';
import type { CountOptions, Outcome } from '../../src/index.ts';
import type { Paper } from './definitions.ts';
import * as definitions from './definitions.ts';

export interface Election {
  readonly size: number;
  readonly papers: readonly Paper[];
  readonly seats: number;
}

/** A difference found, in words that let somebody repeat it. */
export interface Difference {
  readonly what: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly election: Election;
}

/** How often each comparison was made, of the elections where the other side has an answer. */
export type Tally = Map<string, number>;

const NAMES = [...'abcdefgh'];

/** A linear congruential generator, so that a seed gives the same elections anywhere. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Some candidates and papers; `strict` papers have no ties, and may stop early. */
export function randomElection(random: () => number, strict: boolean): Election {
  const size = 2 + Math.floor(random() * 4);
  const complete = random() < 0.5;
  const papers = Array.from({ length: 1 + Math.floor(random() * 40) }, (): Paper => {
    if (!strict)
      return Array.from({ length: size }, () => (random() < 0.15 ? null : 1 + Math.floor(random() * size)));
    const order = Array.from({ length: size }, (_, i) => i);
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    const length = !complete && random() < 0.3 ? 1 + Math.floor(random() * size) : size;
    const ranks = new Array<number | null>(size).fill(null);
    order.slice(0, length).forEach((candidate, i) => (ranks[candidate] = i + 1));
    return ranks;
  });
  return { size, papers, seats: 1 + Math.floor(random() * (size - 1)) };
}

function ours({ size, papers }: Election, options: CountOptions): Outcome {
  const table = new BallotTable(NAMES.slice(0, size));
  for (const paper of papers) table.add(paper);
  return count(table, options);
}

const placesOf = (outcome: Outcome): number[] =>
  outcome.candidates.map(
    (id) => outcome.places.find(({ candidates }) => candidates.includes(id))?.place ?? 0,
  );

/** Places by rising score: 1 + the number with a lower one. */
const ranked = (scores: readonly number[]): number[] =>
  scores.map((score) => 1 + scores.filter((other) => other < score).length);

/** Everything that is said twice about one election; returns what is said otherwise. */
export function compareElection(election: Election, strict: boolean, tally: Tally): Difference[] {
  const { size, papers, seats } = election;
  const differences: Difference[] = [];
  const same = (what: string, mine: unknown, theirs: unknown): void => {
    if (theirs === null) return;
    tally.set(what, (tally.get(what) ?? 0) + 1);
    if (JSON.stringify(mine) !== JSON.stringify(theirs))
      differences.push({ what, ours: mine, theirs, election });
  };
  const index = (id: string): number => NAMES.indexOf(id);
  const d = definitions.pairsOf(size, papers);
  const schulze = ours(election, { method: 'schulze' });
  const matrix = schulze.candidates.map((a) =>
    schulze.candidates.map((b) => Number(schulze.pairwise[a]?.[b] ?? 0)),
  );
  same('pairs, by definition', matrix, d);
  same('Schulze, by definition', placesOf(schulze), definitions.schulzePlaces(d));
  same('Smith set, by definition', schulze.smith.map(index), definitions.smithSet(d));
  same('Schwartz set, by definition', schulze.schwartz.map(index), definitions.schwartzSet(d));
  const ranks = (method: CountOptions['method'], options: CountOptions = {}): number[] =>
    placesOf(ours(election, { method: method as 'schulze', ...options }));
  const locked = definitions.rankedPairsOrder(d);
  same(
    'Ranked Pairs, by definition',
    ranks('ranked-pairs'),
    locked === null ? null : d.map((_, i) => 1 + locked.indexOf(i)),
  );
  same('Minimax, by definition', ranks('minimax'), ranked(definitions.minimaxScores(d)));
  same(
    'Minimax by opposition, by definition',
    ranks('minimax', { strength: 'opposition' }),
    ranked(definitions.oppositionScores(d)),
  );
  same('Copeland, by definition', ranks('copeland'), ranked(definitions.copelandScores(d)));
  same('Borda, by definition', ranks('borda'), ranked(definitions.bordaScores(d)));
  same(
    'Borda (1781), by definition',
    ranks('borda-classic'),
    ranked(definitions.bordaClassicScores(size, papers)),
  );
  compareKemeny(election, d, same);
  compareRounds(election, strict, same, seats);
  comparePackages(election, d, strict, ranks, same);
  return differences;
}

type Same = (what: string, mine: unknown, theirs: unknown) => void;

function compareKemeny(election: Election, d: readonly (readonly number[])[], same: Same): void {
  const outcome = ours(election, { method: 'kemeny-young' });
  const { best, orders } = definitions.kemenyOrders(d);
  const step = outcome.steps.find(({ code }) => code === 'best-order');
  same('Kemeny-Young, the best agreement', step?.code === 'best-order' ? Number(step.agreement) : -1, best);
  const only = orders.length === 1 ? (orders[0] as readonly number[]) : null;
  same(
    'Kemeny-Young, the one best order',
    placesOf(outcome),
    only === null ? null : d.map((_, i) => 1 + only.indexOf(i)),
  );
}

function compareRounds(election: Election, strict: boolean, same: Same, seats: number): void {
  const { size, papers } = election;
  const elected = (method: 'irv' | 'scottish-stv' | 'meek-stv', open: number): number[] =>
    ours(election, { method, seats: open })
      .seats.elected.map((id) => NAMES.indexOf(id))
      .sort((a, b) => a - b);
  const winner = definitions.runoffWinner(size, papers);
  same('Instant-runoff, by definition', elected('irv', 1), winner === null ? null : [winner]);
  if (!strict) return;
  same(
    'Scottish STV, paper by paper',
    elected('scottish-stv', seats),
    definitions.scottishElected(size, papers, seats),
  );
  same('Meek STV, to convergence', elected('meek-stv', seats), definitions.meekElected(size, papers, seats));
}

/** The packages of the registry; they have complete strict ballots in common with us. */
function comparePackages(
  { size, papers }: Election,
  d: readonly (readonly number[])[],
  strict: boolean,
  ranks: (method: CountOptions['method'], options?: CountOptions) => number[],
  same: Same,
): void {
  const candidates = NAMES.slice(0, size);
  const matrix = { candidates, array: d.map((row) => [...row]) };
  const placesIn = (ranking: readonly (readonly string[])[]): number[] =>
    candidates.map((id) => {
      const tier = ranking.findIndex((ids) => ids.includes(id));
      return 1 + ranking.slice(0, tier).reduce((sum, ids) => sum + ids.length, 0);
    });
  // Its Schulze orders by the relation in another way where that is partial, and by the same where it is not.
  const complete = new Set(ranks('schulze')).size === size;
  same(
    'Schulze, npm votes',
    ranks('schulze'),
    complete ? placesIn(new votes.Schulze(matrix).ranking()) : null,
  );
  if (!strict || papers.some((paper) => paper.includes(null))) return;
  const weighted = papers.map((paper) => ({
    weight: 1,
    ranking: candidates.map((_, rank) => [candidates[paper.indexOf(rank + 1)] as string]),
  }));
  same(
    'Borda, npm votes',
    ranks('borda'),
    placesIn(new votes.Borda({ candidates, ballots: weighted }).ranking()),
  );
  same(
    'Borda (1781), npm votes',
    ranks('borda-classic'),
    placesIn(new votes.Borda({ candidates, ballots: weighted }).ranking()),
  );
  same('Copeland, npm votes', ranks('copeland'), placesIn(new votes.Copeland(matrix).ranking()));
  same('Minimax, npm votes', ranks('minimax'), placesIn(new votes.Minimax(matrix).ranking()));
  same(
    'Ranked Pairs, npm votes',
    ranks('ranked-pairs'),
    definitions.rankedPairsOrder(d) !== null ? placesIn(new votes.RankedPairs(matrix).ranking()) : null,
  );
  same(
    'Kemeny-Young, npm votes',
    ranks('kemeny-young'),
    definitions.kemenyOrders(d).orders.length === 1 ? placesIn(new votes.Kemeny(matrix).ranking()) : null,
  );
  const runoff = new votes.InstantRunoff({ candidates, ballots: weighted }).ranking();
  const untied = definitions.runoffWinner(size, papers) !== null;
  same(
    'Instant-runoff, npm votes: who is left',
    candidates.filter((_, i) => ranks('irv')[i] === 1),
    untied ? runoff[0] : null,
  );
  const condorcet = new CondorcetSchulze(new Set(candidates));
  for (const paper of papers)
    condorcet.addBallot(new Map(candidates.map((id, i) => [id, paper[i] as number])));
  const found = condorcet.rank() as unknown;
  same(
    'Schulze, npm condorcet: who is first',
    complete ? candidates.filter((_, i) => ranks('schulze')[i] === 1) : null,
    complete ? firstIn(found) : null,
  );
}

function firstIn(ranking: unknown): string[] | null {
  if (!Array.isArray(ranking)) return null;
  const first = ranking[0] as unknown;
  if (typeof first === 'string') return [first];
  if (first instanceof Set) return [...(first as Set<string>)];
  return Array.isArray(first) ? (first as string[]) : null;
}

/** Compares `elections` random elections of both kinds; stops at ten differences. */
export function compareMany(elections: number, seed: number): { tally: Tally; differences: Difference[] } {
  const random = generator(seed);
  const tally: Tally = new Map();
  const differences: Difference[] = [];
  for (let i = 0; i < elections && differences.length < 10; i++) {
    const strict = i % 2 === 0;
    differences.push(...compareElection(randomElection(random, strict), strict, tally));
  }
  return { tally, differences };
}
