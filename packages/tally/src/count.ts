import { BallotTable } from './ballots/ballot-table.ts';
import { explainPairs } from './explain.ts';
import { buildLinks } from './graph/links.ts';
import { strongestPaths } from './graph/paths.ts';
import { condorcetLoser, condorcetWinner, schwartzSet, smithSet } from './graph/sets.ts';
import type { Method, MethodInput, MethodResult } from './methods/method.ts';
import { rankWithout } from './methods/rank-without.ts';
import { methodNamed } from './methods/registry.ts';
import type {
  BallotSet,
  CountOptions,
  Count,
  CountedOptions,
  Edition,
  Outcome,
  PairMatrix,
  Seats,
  Strength,
} from './model.ts';
import { CountError } from './model.ts';
import type { BallotCounts, Pairwise } from './pairwise/pairwise.ts';
import { cell, countPairwise, PairwiseAccumulator, reorder } from './pairwise/pairwise.ts';
import { countedOptions, seatRules } from './options.ts';
import { assignTerms } from './seats/assign-terms.ts';
import { barredBy, notOverNone } from './seats/eligibility.ts';
import type { Filled } from './seats/fill-seats.ts';
import { fillSeats } from './seats/fill-seats.ts';
import type { SeatRules } from './seats/seat-rules.ts';
import { groupBallots } from './stv/profile.ts';
import { unspent } from './seats/unspent.ts';
import { warn } from './warnings.ts';
import { byCodeUnits } from './by-code-units.ts';

/**
 * Counts ballots by a method and fills the seats. The default is Elekto's rule: Schulze with winning
 * votes, no opinion compares with nobody, order by losses. The outcome does not depend on the order of
 * rows or columns.
 * @throws CountError when the request or a ballot makes no sense, or the method refuses so many candidates.
 */
export function count(set: BallotSet, options: CountOptions = {}): Outcome {
  const counter = new Counter(set.candidates, { ...withFile(set, options) });
  if (set instanceof BallotTable) return counter.finish(set);
  for (const { ranks, count: times } of set.ballots) counter.add(ranks, times);
  return counter.outcome();
}

function withFile(set: BallotSet, options: CountOptions): CountOptions {
  const unranked = options.unranked ?? set.unranked;
  return unranked === undefined ? options : { ...options, unranked };
}

/**
 * A count fed ballot by ballot. Methods that look at pairs only keep no ballots, so memory does not grow
 * with their number; the others keep one byte a cell (two past 254 candidates).
 */
export class Counter {
  readonly #method: Method;
  readonly #options: CountedOptions;
  readonly #rules: SeatRules;
  readonly #edition: Edition;
  readonly #sink: PairwiseAccumulator | null;
  readonly #table: BallotTable;

  /** @throws CountError when the options make no sense or the method refuses so many candidates. */
  constructor(candidates: readonly string[], options: CountOptions = {}) {
    this.#method = methodNamed(options.method ?? 'schulze');
    const { needsBallots, mostCandidates, title } = this.#method;
    if (candidates.length > mostCandidates) {
      throw new CountError(
        `${title} counts at most ${mostCandidates} candidates, and there are ${candidates.length}`,
      );
    }
    this.#edition = options.edition ?? 3;
    this.#rules = seatRules(options, candidates);
    this.#options = countedOptions(options, this.#rules, candidates);
    this.#sink = needsBallots ? null : new PairwiseAccumulator(candidates.length, this.#options.unranked);
    this.#table = new BallotTable(candidates, this.#sink === null ? {} : { sink: this.#sink });
  }

  /** As `BallotTable.add`. */
  add(ranks: ArrayLike<number | null>, times?: Count): void {
    this.#table.add(ranks, times);
  }

  /** The outcome of all ballots so far. More may be added afterwards. */
  outcome(): Outcome {
    this.#table.flush();
    if (this.#sink === null) return this.finish(this.#table);
    return this.#conclude(this.#sink.result(this.#table.cast), countsOf(this.#table), this.#table);
  }

  /** The outcome of the ballots of a table, which must have the same candidates. */
  finish(table: BallotTable): Outcome {
    const { pairwise, counts } = countPairwise(table, this.#options.unranked);
    return this.#conclude(pairwise, counts, table);
  }

  #conclude(raw: Pairwise, rawCounts: BallotCounts, table: BallotTable): Outcome {
    const order = table.candidates.map((_, i) => i);
    const idOf = (i: number): string => table.candidates[i] as string;
    order.sort((a, b) => byCodeUnits(idOf(a), idOf(b)));
    const pairwise = reorder(raw, order);
    const counts = { ...rawCounts, opinions: order.map((i) => rawCounts.opinions[i] as Count) };
    const candidates = order.map(idOf);
    const { noneOfTheAbove = null, minimumShare = null, quorum = 0 } = this.#options;
    const { sitting = new Set() } = this.#rules;
    const barred = barredBy({ noneOfTheAbove, minimumShare }, candidates, pairwise, counts, sitting);
    const available = counts.cast < quorum ? sitting.size : this.#rules.available;
    const rules = { ...this.#rules, available, barred };
    const dropped = noneOfTheAbove?.rule === 'drop' ? notOverNone(barred) : new Set<string>();
    const input = this.#inputOf(candidates, pairwise, rules, this.#profile(table, order));
    if (dropped.size === 0) return describe(this.#method, input, counts, this.#method.rank(input), input);
    const kept = [...candidates.keys()].filter((i) => !dropped.has(candidates[i] as string));
    const columns = kept.map((i) => order[i] as number);
    const among = this.#inputOf(
      columns.map(idOf),
      reorder(raw, columns),
      rules,
      this.#profile(table, columns),
    );
    return describe(this.#method, input, counts, rankWithout(this.#method, among, candidates, kept), among);
  }

  #inputOf(
    candidates: readonly string[],
    pairwise: Pairwise,
    seatRules: SeatRules,
    profile: MethodInput['profile'],
  ): MethodInput {
    const links = buildLinks(pairwise, this.#options);
    return {
      candidates,
      options: this.#options,
      pairwise,
      links,
      paths: strongestPaths(links),
      profile,
      seatRules,
      edition: this.#edition,
    };
  }

  /** The ballots, if the method looks at them, with these columns only. */
  #profile(table: BallotTable, columns: readonly number[]): MethodInput['profile'] {
    return this.#method.needsBallots ? groupBallots(table, columns, this.#sharesUnranked()) : null;
  }

  #sharesUnranked(): boolean {
    return this.#edition === 1 && this.#options.unranked === 'last';
  }
}

function countsOf(table: BallotTable): BallotCounts {
  const opinions = table.candidates.map((_, i) => table.opinions(i));
  return { cast: table.cast, blank: table.blank, idle: table.idle, opinions };
}

/** `counted` has those whom the method counted; the others were dropped. */
function describe(
  method: Method,
  input: MethodInput,
  counts: BallotCounts,
  result: MethodResult,
  counted: MethodInput,
): Outcome {
  const { candidates, pairwise, paths } = input;
  const idOf = (i: number): string => candidates[i] as string;
  const places = result.tiers.map(({ place, members }) => ({ place, candidates: members.map(idOf) }));
  const filled =
    result.seats ??
    fillSeats(
      places.map((each) => each.candidates),
      input.seatRules,
    );
  const seats = seatsOf(
    input,
    filled,
    places.map((each) => each.candidates),
  );
  const unused = unspent(input.seatRules.decisions, seats.decisions);
  const beats = result.beats ?? ((a: number, b: number) => cell(pairwise, a, b) > cell(pairwise, b, a));
  const winner = condorcetWinner(pairwise);
  const loser = condorcetLoser(pairwise);
  return {
    method: method.name,
    options: input.options,
    counts: {
      cast: counts.cast,
      blank: counts.blank,
      opinions: record(candidates, (i) => counts.opinions[i] as Count),
    },
    candidates,
    pairwise: matrix(candidates, (a, b) => cell(pairwise, a, b)),
    strongestPaths: matrix(candidates, pathStrengths(candidates, counted)),
    relation: record(candidates, (a) => candidates.filter((_, b) => a !== b && beats(a, b))),
    places,
    condorcetWinner: winner === null ? null : idOf(winner),
    condorcetLoser: loser === null ? null : idOf(loser),
    smith: smithSet(pairwise).map(idOf),
    schwartz: schwartzSet(paths).map(idOf),
    seats,
    rounds: result.rounds,
    warnings: warn(input, counts, seats, { unused, inRounds: result.rounds.length > 0 }),
    steps: result.steps,
    explanation: explainPairs(input, result),
  };
}

/** The seats as filled, and who serves which term where these differ. */
function seatsOf(
  { options: { seats: available, terms }, seatRules }: MethodInput,
  { elected, ties, skipped, decisions }: Filled,
  places: readonly (readonly string[])[],
): Seats {
  const seats = { available, elected, openTies: ties, skipped, decisions };
  if (terms === undefined) return seats;
  const given = assignTerms(places, seats, terms, seatRules.decisions);
  return {
    ...seats,
    openTies: [...ties, ...given.ties],
    decisions: [...decisions, ...given.decisions],
    terms: given.terms,
  };
}

/** The strength of the strongest path; none to and from those who were dropped. */
function pathStrengths(
  candidates: readonly string[],
  { candidates: counted, links, paths: { size, widths } }: MethodInput,
): (a: number, b: number) => Strength {
  const at = candidates.map((id) => counted.indexOf(id));
  return (a, b) => {
    const [x, y] = [at[a] as number, at[b] as number];
    return links.strengths[x < 0 || y < 0 ? 0 : (widths[x * size + y] as number)] as Strength;
  };
}

/** An object by candidate id. It has no prototype, so that an id may be `__proto__`. */
function record<T>(candidates: readonly string[], value: (i: number) => T): Record<string, T> {
  const made = Object.create(null) as Record<string, T>;
  candidates.forEach((id, i) => {
    made[id] = value(i);
  });
  return made;
}

function matrix<T>(candidates: readonly string[], value: (a: number, b: number) => T): PairMatrix<T> {
  return record(candidates, (a) => {
    const row = Object.create(null) as Record<string, T>;
    candidates.forEach((id, b) => {
      if (a !== b) row[id] = value(a, b);
    });
    return row;
  });
}
