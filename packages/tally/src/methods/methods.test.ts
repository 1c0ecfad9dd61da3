import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import type { BallotSet, CountOptions, MethodName, Outcome } from '../model.ts';
import { ballotsOf, runs, strictSet } from '../testing.ts';
import { METHODS } from './registry.ts';

/** "1 a, 2 b c": places in short. */
function places({ places: all }: Outcome): string {
  return all.map(({ place, candidates }) => `${place} ${candidates.join(' ')}`).join(', ');
}

const countBy = (set: BallotSet, method: MethodName, options: CountOptions = {}): Outcome =>
  count(set, { ...options, method });

/** Tennessee chooses a capital. */
const TENNESSEE = ballotsOf('Memphis Nashville Chattanooga Knoxville', [
  '42: Memphis > Nashville > Chattanooga > Knoxville',
  '26: Nashville > Chattanooga > Knoxville > Memphis',
  '15: Chattanooga > Knoxville > Nashville > Memphis',
  '17: Knoxville > Chattanooga > Nashville > Memphis',
]);

/** Schulze 2011, section 3.1 (example 1 with 45 voters is the one his texts share). */
const SCHULZE_45 = ballotsOf('A B C D E', [
  '5: A > C > B > E > D',
  '5: A > D > E > C > B',
  '8: B > E > D > A > C',
  '3: C > A > B > E > D',
  '7: C > A > E > B > D',
  '2: C > B > A > D > E',
  '7: D > C > E > B > A',
  '8: E > B > A > D > C',
]);

describe('the capital of Tennessee', () => {
  it.each([
    ['schulze', '1 Nashville, 2 Chattanooga, 3 Knoxville, 4 Memphis'],
    ['ranked-pairs', '1 Nashville, 2 Chattanooga, 3 Knoxville, 4 Memphis'],
    ['copeland', '1 Nashville, 2 Chattanooga, 3 Knoxville, 4 Memphis'],
    ['kemeny-young', '1 Nashville, 2 Chattanooga, 3 Knoxville, 4 Memphis'],
    ['minimax', '1 Nashville, 2 Memphis, 3 Chattanooga, 4 Knoxville'],
    ['borda', '1 Nashville, 2 Chattanooga, 3 Memphis, 4 Knoxville'],
    ['irv', '1 Knoxville, 2 Memphis, 3 Nashville, 4 Chattanooga'],
    ['scottish-stv', '1 Knoxville, 2 Memphis, 3 Nashville, 4 Chattanooga'],
    ['meek-stv', '1 Knoxville, 2 Memphis, 3 Nashville, 4 Chattanooga'],
  ] as const)('by %s', (method, expected) => {
    expect(places(countBy(TENNESSEE, method))).toBe(expected);
  });
});

describe('Schulze', () => {
  it('finds the paths and the order of the example in the paper', () => {
    const outcome = count(SCHULZE_45);
    expect(places(outcome)).toBe('1 E, 2 A, 3 C, 4 B, 5 D');
    expect(outcome.strongestPaths).toEqual({
      A: { B: 28, C: 28, D: 30, E: 24 },
      B: { A: 25, C: 28, D: 33, E: 24 },
      C: { A: 25, B: 29, D: 29, E: 24 },
      D: { A: 25, B: 28, C: 28, E: 24 },
      E: { A: 25, B: 28, C: 28, D: 31 },
    });
    expect(outcome.relation).toEqual({
      A: ['B', 'C', 'D'],
      B: ['D'],
      C: ['B', 'D'],
      D: [],
      E: ['A', 'B', 'C', 'D'],
    });
    expect(outcome.condorcetWinner).toBeNull();
    expect(outcome.smith).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('explains a pair that a path turned', () => {
    const pair = count(SCHULZE_45).explanation.find(({ first, second }) => first === 'A' && second === 'C');
    expect(pair).toMatchObject({
      first: 'A',
      second: 'C',
      for: 26,
      against: 19,
      decided: true,
      code: 'path',
      path: ['A', 'D', 'C'],
    });
  });

  it('does not compare candidates a ballot has no opinion on, unless unranked is last', () => {
    const set = ballotsOf('a b', ['a', 'a', '1: b > a']);
    expect(places(count(set))).toBe('1 b, 2 a');
    expect(places(count(set, { unranked: 'last' }))).toBe('1 a, 2 b');
  });

  // A partial order on which the three rules differ: b and c are beaten by a and d respectively, e by c and d.
  const PARTIAL = ballotsOf('a b c d e', ['2: a > b', '2: a > e', '3: c > e', '2: b > e', 'd > a', 'a > d']);

  it.each([
    ['losses', '1 a c d, 2 b, 4 e'],
    ['wins', '1 a, 2 b c, 4 d e'],
    ['layers', '1 a c d, 4 b, 5 e'],
  ] as const)('orders by %s', (order, expected) => {
    expect(places(count(PARTIAL, { order }))).toBe(expected);
  });

  it('decides by strength and by secondary strength', () => {
    // A circle: a over b 10:9, b over c 10:1, c over a 12:5.
    const circle = ballotsOf('a b c', [
      '10: a > b',
      '9: b > a',
      '10: b > c',
      'c > b',
      '12: c > a',
      '5: a > c',
    ]);
    const winner = (options: CountOptions): string => places(count(circle, options));
    expect(winner({ strength: 'winning' })).toBe('1 b c, 2 a');
    expect(winner({ strength: 'winning', secondary: true })).toBe('1 b, 2 c, 3 a');
    expect(winner({ strength: 'margins' })).toBe('1 b, 2 c, 3 a');
    expect(winner({ strength: 'ratio' })).toBe('1 b, 2 c, 3 a');
    expect(winner({ strength: 'opposition' })).toBe('1 b, 2 c, 3 a');
  });
});

describe('Ranked Pairs', () => {
  it('leaves out the weakest victory of a circle', () => {
    const set = ballotsOf('a b c', ['7: a > b > c', '6: b > c > a', '5: c > a > b']);
    const outcome = countBy(set, 'ranked-pairs');
    expect(places(outcome)).toBe('1 a, 2 b, 3 c');
    expect(outcome.steps.slice(0, 4)).toMatchObject([
      { code: 'lock', candidates: ['b', 'c'], strength: 13 },
      { code: 'lock', candidates: ['a', 'b'], strength: 12 },
      { code: 'leave-out', candidates: ['c', 'a'], strength: 11 },
      { code: 'place', candidates: ['a'], place: 1 },
    ]);
    expect(outcome.explanation.map(({ code, path }) => [code, path])).toEqual([
      ['direct', null],
      ['chain', ['a', 'b', 'c']],
      ['direct', null],
    ]);
    expect(outcome.relation['a']).toEqual(['b', 'c']);
  });

  it('lets no order among equal victories decide', () => {
    const set = ballotsOf('a b c', ['a > b > c', 'b > c > a', 'c > a > b']);
    expect(places(countBy(set, 'ranked-pairs'))).toBe('1 a b c');
  });
});

describe('Kemeny-Young', () => {
  const permutations = (items: readonly string[]): string[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item) =>
          permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
        );

  it('finds the orders that trying all of them finds', () => {
    fc.assert(
      fc.property(strictSet(2, 5, 7), (set) => {
        const outcome = countBy(set, 'kemeny-young');
        const score = (order: readonly string[]): number =>
          order.reduce(
            (sum, a, i) => sum + order.slice(i + 1).reduce((s, b) => s + Number(outcome.pairwise[a]?.[b]), 0),
            0,
          );
        const orders = permutations(set.candidates);
        const best = Math.max(...orders.map(score));
        const optimal = orders.filter((order) => score(order) === best);
        expect(outcome.steps[0]).toMatchObject({ code: 'best-order', agreement: best });
        for (const a of set.candidates) {
          const after = set.candidates.filter(
            (b) => a !== b && optimal.every((order) => order.indexOf(a) < order.indexOf(b)),
          );
          expect(outcome.relation[a]).toEqual(after);
        }
        // Everyone in a tier goes before everyone in the next in all best orders, and no tier could be cut.
        const tiers = outcome.places.map(({ candidates }) => candidates);
        const cuts = (before: readonly string[]): boolean =>
          optimal.every(
            (order) => new Set([...order.slice(0, before.length), ...before]).size === before.length,
          );
        const possible = set.candidates
          .map((_, i) => i + 1)
          .filter((size) => cuts((optimal[0] ?? []).slice(0, size)));
        let filled = 0;
        expect(tiers.map((tier) => (filled += tier.length))).toEqual(possible);
      }),
      runs(120),
    );
  });

  it('ties the candidates of a perfect circle', () => {
    expect(places(countBy(ballotsOf('a b c', ['a > b > c', 'b > c > a', 'c > a > b']), 'kemeny-young'))).toBe(
      '1 a b c',
    );
  });

  it('is exact in bigints', () => {
    const set = ballotsOf('a b c', ['9007199254740993: b > a > c', '9007199254740992: a > b > c']);
    const outcome = countBy(set, 'kemeny-young');
    expect(places(outcome)).toBe('1 b, 2 a, 3 c');
    expect(outcome.steps[0]).toMatchObject({
      agreement: 9007199254740993n + 2n * 18014398509481985n,
      order: [['b'], ['a'], ['c']],
    });
  });

  it('refuses a seventeenth candidate', () => {
    const ids = Array.from({ length: 17 }, (_, i) => `c${i}`);
    const counting = (n: number) => () =>
      countBy({ candidates: ids.slice(0, n), ballots: [] }, 'kemeny-young');
    expect(counting(17)).toThrow('Kemeny-Young counts at most 16 candidates, and there are 17');
    expect(places(counting(16)())).toBe(`1 ${ids.slice(0, 16).sort().join(' ')}`);
  });
});

describe('scores', () => {
  it('gives half a point for a draw in Copeland', () => {
    const set = ballotsOf('a b c d', ['2: a > b', 'a > c', 'c > a', 'd > a', 'c > b', 'd > b', 'c > d']);
    const outcome = countBy(set, 'copeland');
    expect(outcome.steps).toMatchObject([
      { code: 'duels', candidates: ['c'], wins: 2, draws: 1, losses: 0, place: 1 },
      { code: 'duels', candidates: ['d'], wins: 2, draws: 0, losses: 1, place: 2 },
      { code: 'duels', candidates: ['a'], wins: 1, draws: 1, losses: 1, place: 3 },
      { code: 'duels', candidates: ['b'], wins: 0, draws: 0, losses: 3, place: 4 },
    ]);
  });

  it('takes the worst defeat in Minimax', () => {
    const set = ballotsOf('a b c', ['7: a > b', '2: b > a', '5: b > c', '4: c > a', '3: a > c']);
    expect(countBy(set, 'minimax').steps).toMatchObject([
      { code: 'worst-defeat', candidates: ['a', 'c'], strength: 4, place: 1 },
      { code: 'worst-defeat', candidates: ['c', 'b'], strength: 5, place: 2 },
      { code: 'worst-defeat', candidates: ['b', 'a'], strength: 7, place: 3 },
    ]);
    expect(countBy(ballotsOf('a b', ['a > b']), 'minimax').steps[0]).toMatchObject({
      candidates: ['a'],
      strength: 0,
    });
  });

  it('takes the largest opposition in Minimax, defeat or not, when the strength is opposition', () => {
    const set = ballotsOf('X Y Z', ['30: X > Y > Z', '27: Y > Z > X', '4: Z > X=Y', '3: X=Y > Z']);
    const { steps } = count(set, { method: 'minimax', strength: 'opposition' });
    expect(steps).toMatchObject([
      { code: 'worst-opposition', candidates: ['Y', 'X'], strength: 30, place: 1 },
      { code: 'worst-opposition', candidates: ['X', 'Z'], strength: 31, place: 2 },
      { code: 'worst-opposition', candidates: ['Z', 'Y'], strength: 60, place: 3 },
    ]);
    // Also where counts pass 2^53 and are bigints.
    for (const ballots of ['1', '9007199254740993']) {
      const alone = count(ballotsOf('a b', [`${ballots}: a > b`]), {
        method: 'minimax',
        strength: 'opposition',
      });
      expect(alone.steps[0]).toEqual({ code: 'worst-opposition', candidates: ['a'], place: 1, strength: 0 });
    }
  });

  it('orders complete ballots by the points of Borda', () => {
    fc.assert(
      fc.property(strictSet(2, 6), (set) => {
        const points = new Map(set.candidates.map((id) => [id, 0]));
        for (const { ranks, count: times } of set.ballots) {
          set.candidates.forEach((id, i) =>
            points.set(id, (points.get(id) ?? 0) + (set.candidates.length - (ranks[i] ?? 0)) * Number(times)),
          );
        }
        const outcome = countBy(set, 'borda');
        for (const { place, candidates } of outcome.places) {
          for (const id of candidates) {
            expect(place).toBe(
              1 + set.candidates.filter((other) => (points.get(other) ?? 0) > (points.get(id) ?? 0)).length,
            );
          }
        }
      }),
      runs(80),
    );
  });
});

describe('the registry', () => {
  it('holds ten methods, each under its own name', () => {
    expect(METHODS.map(({ name }) => name)).toEqual([
      'schulze',
      'ranked-pairs',
      'minimax',
      'copeland',
      'kemeny-young',
      'borda',
      'borda-classic',
      'irv',
      'scottish-stv',
      'meek-stv',
    ]);
    expect(METHODS.filter(({ needsBallots }) => needsBallots).map(({ name }) => name)).toEqual([
      'borda-classic',
      'irv',
      'scottish-stv',
      'meek-stv',
    ]);
  });

  it('knows no other', () => {
    expect(() => countBy(TENNESSEE, 'plurality' as MethodName)).toThrow(
      'no method "plurality"; there are schulze, ',
    );
  });
});
