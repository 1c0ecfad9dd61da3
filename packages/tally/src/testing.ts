import fc from 'fast-check';
import { vi } from 'vitest';

import type { BallotSet, Count, Outcome } from './model.ts';

// A busy machine must not fail a property for being slow.
vi.setConfig({ testTimeout: 120_000 });

/** fast-check's seed for every property of the package, so that a red run is the same run again. */
export const SEED = 20260927;

/** A mutation run repeats every property for every mutant, so it asks for fewer cases of each. */
const MOST_RUNS = Number(process.env['ELEKTO_MOST_RUNS'] ?? Infinity);

/** Options of `fc.assert`: bounded, repeatable. */
export function runs(numRuns: number): { seed: number; numRuns: number } {
  return { seed: SEED, numRuns: Math.min(numRuns, MOST_RUNS) };
}

/**
 * Ballots in short: `['3: A > B = C', 'C']` are three ballots and one. Candidates not named are unranked.
 */
export function ballotsOf(candidates: string, lines: readonly string[]): BallotSet {
  const ids = candidates.split(' ').filter((id) => id !== '');
  const ballots = lines.map((line) => {
    const [, times = '1', ranking = ''] = /^(?:(\d+):)?(.*)$/.exec(line) ?? [];
    const ranks = ids.map((): number | null => null);
    ranking.split('>').forEach((tier, i) => {
      for (const id of tier.split('=').map((each) => each.trim()))
        if (id !== '') ranks[ids.indexOf(id)] = i + 1;
    });
    const big = BigInt(times);
    return { ranks, count: big > BigInt(Number.MAX_SAFE_INTEGER) ? big : Number(big) };
  });
  return { candidates: ids, ballots };
}

/** What happened in each round, in short: `first-preferences; reached-quota a b`, `excluded c (2)`. */
export function eventsOf({ rounds }: Pick<Outcome, 'rounds'>): string[] {
  return rounds.map(({ events }) =>
    events
      .map((event) => {
        const named = 'candidates' in event ? event.candidates : [];
        const votes = 'votes' in event && event.votes !== null ? [`(${event.votes})`] : [];
        return [event.code, ...named, ...votes].join(' ');
      })
      .join('; '),
  );
}

export interface RandomSet {
  readonly candidates: readonly string[];
  readonly ballots: readonly { readonly ranks: readonly (number | null)[]; readonly count: Count }[];
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Any ballots: ties, gaps, blanks. */
export function anySet(most = 5, ballots = 12): fc.Arbitrary<RandomSet> {
  const rank = (size: number): fc.Arbitrary<number | null> =>
    fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: size + 1 }), weight: 5 },
      { arbitrary: fc.constant(null), weight: 1 },
    );
  return fc.integer({ min: 1, max: most }).chain((size) =>
    fc.record({
      candidates: fc.constant(IDS.slice(0, size)),
      ballots: fc.array(
        fc.record({
          ranks: fc.array(rank(size), { minLength: size, maxLength: size }),
          count: fc.integer({ min: 1, max: 4 }),
        }),
        { maxLength: ballots },
      ),
    }),
  );
}

/** Ballots that rank everybody without ties. */
export function strictSet(least = 2, most = 5, ballots = 12): fc.Arbitrary<RandomSet> {
  return fc.integer({ min: least, max: most }).chain((size) =>
    fc.record({
      candidates: fc.constant(IDS.slice(0, size)),
      ballots: fc.array(
        fc.record({
          ranks: fc.shuffledSubarray(
            Array.from({ length: size }, (_, i) => i + 1),
            { minLength: size, maxLength: size },
          ),
          count: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: 1, maxLength: ballots },
      ),
    }),
  );
}
