import { BallotTable } from './ballots/ballot-table.ts';
import { explainPairs } from './explain.ts';
import { buildLinks } from './graph/links.ts';
import { strongestPaths } from './graph/paths.ts';
import { condorcetLoser, condorcetWinner, schwartzSet, smithSet } from './graph/sets.ts';
import type { Method, MethodInput, MethodResult } from './methods/method.ts';
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
import { checkSwitches } from './switches.ts';
import type { SeatRules } from './seats.ts';
import { fillSeats, limitInSeats } from './seats.ts';
import { groupBallots } from './stv/profile.ts';
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
    this.#edition = options.edition ?? 2;
    this.#rules = seatRules(options, candidates);
    this.#options = countedOptions(options, this.#rules);
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
    const links = buildLinks(pairwise, this.#options);
    const input: MethodInput = {
      candidates: order.map(idOf),
      options: this.#options,
      pairwise,
      links,
      paths: strongestPaths(links),
      profile: this.#method.needsBallots ? groupBallots(table, order, this.#sharesUnranked()) : null,
      seatRules: this.#rules,
      edition: this.#edition,
    };
    return describe(this.#method, input, counts, this.#method.rank(input));
  }

  #sharesUnranked(): boolean {
    return this.#edition === 1 && this.#options.unranked === 'last';
  }
}

function countsOf(table: BallotTable): BallotCounts {
  const opinions = table.candidates.map((_, i) => table.opinions(i));
  return { cast: table.cast, blank: table.blank, idle: table.idle, opinions };
}

function countedOptions(options: CountOptions, rules: SeatRules): CountedOptions {
  const { strength = 'winning', unranked = 'no-opinion', secondary = false, order = 'losses' } = options;
  checkSwitches({ strength, unranked, order });
  const limit = rules.limit === null ? null : { field: rules.limit.field, max: rules.limit.max };
  return { strength, unranked, secondary, order, seats: rules.available, limit };
}

function seatRules(options: CountOptions, candidates: readonly string[]): SeatRules {
  const available = options.seats ?? 1;
  if (!Number.isSafeInteger(available) || available < 0) {
    throw new CountError(`seats must be a whole number from 0, not ${available}`);
  }
  for (const { winners, candidates: tied = [] } of options.decisions ?? []) {
    const stranger = [...winners, ...tied].find((id) => !candidates.includes(id));
    if (stranger !== undefined)
      throw new CountError(`a recorded decision names ${stranger}, who is no candidate`);
  }
  const { limit } = options;
  return {
    available,
    limit: limit === undefined ? null : { ...limit, max: limitInSeats(limit.max, available) },
    decisions: options.decisions ?? [],
  };
}

function describe(method: Method, input: MethodInput, counts: BallotCounts, result: MethodResult): Outcome {
  const { candidates, pairwise, links, paths } = input;
  const size = candidates.length;
  const idOf = (i: number): string => candidates[i] as string;
  const places = result.tiers.map(({ place, members }) => ({ place, candidates: members.map(idOf) }));
  const filled =
    result.seats ??
    fillSeats(
      places.map((each) => each.candidates),
      input.seatRules,
    );
  const { elected, skipped, decisions } = filled;
  const seats: Seats = {
    available: input.options.seats,
    elected,
    openTies: filled.ties,
    skipped,
    decisions,
  };
  const used = new Set(decisions.map((each) => each.how + each.winners.join('\0')));
  const unused = input.seatRules.decisions.filter(
    (each) => !used.has(each.how + [...each.winners].sort(byCodeUnits).join('\0')),
  );
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
    strongestPaths: matrix(
      candidates,
      (a, b) => links.strengths[paths.widths[a * size + b] as number] as Strength,
    ),
    relation: record(candidates, (a) => candidates.filter((_, b) => a !== b && beats(a, b))),
    places,
    condorcetWinner: winner === null ? null : idOf(winner),
    condorcetLoser: loser === null ? null : idOf(loser),
    smith: smithSet(pairwise).map(idOf),
    schwartz: schwartzSet(paths).map(idOf),
    seats,
    rounds: result.rounds,
    warnings: warn(input, counts, seats, unused),
    steps: result.steps,
    explanation: explainPairs(input, result),
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
