import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pairKey, textbookPairs, textbookPaths } from '../../bench/textbook.ts';
import type { Pairwise } from '../pairwise/pairwise.ts';
import { cell } from '../pairwise/pairwise.ts';
import { runs } from '../testing.ts';
import type { LinkRule, Links } from './links.ts';
import { buildLinks } from './links.ts';
import { LockedPairs } from './locked-pairs.ts';
import { pathBetween, strongestPaths } from './paths.ts';
import { condorcetLoser, condorcetWinner, schwartzSet, smithSet } from './sets.ts';

/** A matrix from rows of numbers, or of anything that becomes a count. */
function matrix(rows: readonly (readonly (number | bigint)[])[]): Pairwise {
  return { size: rows.length, cells: rows.flat() };
}

const anyMatrix = (most: number, highest: number): fc.Arbitrary<Pairwise> =>
  fc.integer({ min: 1, max: most }).chain((size) =>
    fc
      .array(fc.integer({ min: 0, max: highest }), { minLength: size * size, maxLength: size * size })
      .map((cells) => ({
        size,
        cells: cells.map((value, i) => (i % (size + 1) === 0 ? 0 : value)),
      })),
  );

/** Floyd and Warshall on ordinals: the other algorithm. */
function floydWarshall({ size, ordinals }: Links): number[] {
  const widths = Array.from(ordinals);
  for (let via = 0; via < size; via++) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        if (a === b) continue;
        const detour = Math.min(widths[a * size + via] as number, widths[via * size + b] as number);
        if (detour > (widths[a * size + b] as number)) widths[a * size + b] = detour;
      }
    }
  }
  return widths;
}

const WINNING: LinkRule = { strength: 'winning', secondary: false };

describe('strongestPaths', () => {
  it('agrees with the recurrence of Floyd and Warshall, and names paths that are as strong as it says', () => {
    fc.assert(
      fc.property(anyMatrix(9, 12), (pairwise) => {
        const links = buildLinks(pairwise, WINNING);
        const paths = strongestPaths(links);
        expect(Array.from(paths.widths)).toEqual(floydWarshall(links));
        const { size } = pairwise;
        for (let a = 0; a < size; a++) {
          for (let b = 0; b < size; b++) {
            const path = pathBetween(paths, a, b);
            const width = paths.widths[a * size + b] as number;
            expect(path === null).toBe(width === 0);
            if (path === null) continue;
            expect([path[0], path.at(-1)]).toEqual([a, b]);
            expect(new Set(path).size).toBe(path.length);
            const weakest = Math.min(
              ...path.slice(1).map((v, i) => links.ordinals[(path[i] as number) * size + v] as number),
            );
            expect(weakest).toBe(width);
          }
        }
      }),
      runs(300),
    );
  });

  it('agrees over more candidates than a word has bits', () => {
    fc.assert(
      fc.property(anyMatrix(70, 40), (pairwise) => {
        const links = buildLinks(pairwise, WINNING);
        expect(Array.from(strongestPaths(links).widths)).toEqual(floydWarshall(links));
      }),
      runs(20),
    );
  });

  it('agrees with the textbook dictionary in votes', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(ids, { minLength: 2 }), { maxLength: 15 }), (orders) => {
        const ballots = orders.map((order) => new Map(order.map((id, i) => [id, i] as const)));
        const pairs = textbookPairs(ids, ballots);
        const expected = textbookPaths(ids, pairs);
        const pairwise = matrix(ids.map((a) => ids.map((b) => pairs.get(pairKey(a, b)) ?? 0)));
        const links = buildLinks(pairwise, WINNING);
        const { widths } = strongestPaths(links);
        for (const [i, a] of ids.entries()) {
          for (const [j, b] of ids.entries()) {
            if (i !== j)
              expect(links.strengths[widths[i * 5 + j] as number]).toBe(expected.get(pairKey(a, b)));
          }
        }
      }),
      runs(100),
    );
  });

  it('follows a path of 26 links', () => {
    const size = 27;
    const cells = Array.from({ length: size * size }, (_, at) =>
      at % size === Math.floor(at / size) + 1 ? 100 - (at % size) : 0,
    );
    const paths = strongestPaths(buildLinks({ size, cells }, WINNING));
    expect(pathBetween(paths, 0, 26)).toEqual(Array.from({ length: size }, (_, i) => i));
    expect(pathBetween(paths, 26, 0)).toBeNull();
    expect(pathBetween(paths, 3, 3)).toBeNull();
  });
});

describe('buildLinks', () => {
  // Victories, support to opposition: a-b 6:0, a-c 5:4, b-c 7:4, a-d 6:3, b-d 3:0, c-d a draw.
  const pairwise = matrix([
    [0, 6, 5, 6],
    [0, 0, 7, 3],
    [4, 4, 0, 2],
    [3, 0, 2, 0],
  ]);
  const ranked = (rule: LinkRule): string => {
    const { ordinals, strengths } = buildLinks(pairwise, rule);
    const name = (at: number): string => 'abcd'[Math.floor(at / 4)] + ('abcd'[at % 4] ?? '');
    return strengths
      .map((shown, ordinal) => ({ shown, ordinal }))
      .slice(1)
      .map(({ shown, ordinal }) => {
        const names = Array.from(ordinals.keys())
          .filter((at) => ordinals[at] === ordinal)
          .map(name);
        return `${names.join('=')} ${shown}`;
      })
      .join(' < ');
  };

  it.each([
    [{ strength: 'winning', secondary: false }, 'bd 3 < ac 5 < ab=ad 6 < bc 7'],
    [{ strength: 'winning', secondary: true }, 'bd 3 < ac 5 < ad 6 < ab 6 < bc 7'],
    [{ strength: 'margins', secondary: false }, 'ac 1 < ad=bc=bd 3 < ab 6'],
    [{ strength: 'margins', secondary: true }, 'ac 1 < bc 3 < ad 3 < bd 3 < ab 6'],
    [{ strength: 'ratio', secondary: false }, 'ac 5:4 < bc 7:4 < ad 2:1 < bd 3:0 < ab 6:0'],
    [{ strength: 'opposition', secondary: false }, 'ac=bc 4 < ad 3 < ab=bd 0'],
    [{ strength: 'opposition', secondary: true }, 'ac 4 < bc 4 < ad 3 < bd 0 < ab 0'],
  ] as const)('orders victories by %j', (rule, order) => {
    expect(ranked(rule)).toBe(order);
  });

  it('breaks equal ratios by smaller opposition when asked', () => {
    const equal = matrix([
      [0, 4, 0],
      [2, 0, 2],
      [0, 1, 0],
    ]);
    const plain = buildLinks(equal, { strength: 'ratio', secondary: false });
    expect([plain.ordinals[1], plain.ordinals[5], plain.strengths]).toEqual([1, 1, [0, '2:1']]);
    const split = buildLinks(equal, { strength: 'ratio', secondary: true });
    expect([split.ordinals[1], split.ordinals[5]]).toEqual([1, 2]);
  });

  it('gives doubles, bigints and links sorted one by one the same order', () => {
    const rules = (['winning', 'margins', 'ratio', 'opposition'] as const).flatMap((strength) =>
      [false, true].map((secondary) => ({ strength, secondary })),
    );
    fc.assert(
      fc.property(anyMatrix(7, 6), fc.constantFrom(...rules), ({ size, cells }, rule) => {
        const listed = buildLinks({ size, cells }, rule);
        const doubles = buildLinks({ size, cells: Float64Array.from(cells, Number) }, rule);
        const bigints = buildLinks({ size, cells: Array.from(cells, BigInt) }, rule);
        expect(doubles).toEqual(listed);
        expect(bigints.ordinals).toEqual(listed.ordinals);
        expect(bigints.strengths.map(String)).toEqual(listed.strengths.map(String));
      }),
      runs(200),
    );
  });

  it('shows no path as 0, and as null where 0 would be the best there is', () => {
    expect(buildLinks(matrix([[0]]), WINNING).strengths).toEqual([0]);
    expect(buildLinks(matrix([[0]]), { strength: 'opposition', secondary: false }).strengths).toEqual([null]);
  });

  it('is exact in bigints', () => {
    const big = 2n ** 80n;
    const { ordinals, strengths } = buildLinks(
      matrix([
        [0n, big + 1n, big],
        [big, 0n, 3n],
        [0n, 2n, 0n],
      ]),
      { strength: 'margins', secondary: false },
    );
    expect(strengths).toEqual([0, 1n, big]);
    expect(Array.from(ordinals)).toEqual([0, 1, 2, 0, 0, 1, 0, 0, 0]);
  });
});

describe('sets', () => {
  const subsets = (size: number): number[][] =>
    Array.from({ length: 2 ** size - 1 }, (_, i) =>
      Array.from({ length: size }, (_, c) => c).filter((c) => ((i + 1) >>> c) & 1),
    ).sort((a, b) => a.length - b.length);
  const wins = (pairwise: Pairwise, a: number, b: number): boolean =>
    cell(pairwise, a, b) > cell(pairwise, b, a);

  it('finds the Smith set: the smallest whose members win against everyone outside', () => {
    fc.assert(
      fc.property(anyMatrix(6, 4), (pairwise) => {
        const all = Array.from({ length: pairwise.size }, (_, i) => i);
        const smallest = subsets(pairwise.size).find((set) =>
          set.every((a) => all.every((b) => set.includes(b) || wins(pairwise, a, b))),
        );
        expect(smithSet(pairwise)).toEqual(smallest);
      }),
      runs(300),
    );
  });

  it('finds the Schwartz set: the union of the smallest sets that nobody outside wins against', () => {
    fc.assert(
      fc.property(anyMatrix(6, 3), (pairwise) => {
        const all = Array.from({ length: pairwise.size }, (_, i) => i);
        const unbeaten = subsets(pairwise.size).filter((set) =>
          all.every((b) => set.includes(b) || set.every((a) => !wins(pairwise, b, a))),
        );
        const minimal = unbeaten.filter((set) =>
          unbeaten.every((other) => other === set || !other.every((c) => set.includes(c))),
        );
        const union = all.filter((c) => minimal.some((set) => set.includes(c)));
        expect(schwartzSet(strongestPaths(buildLinks(pairwise, WINNING)))).toEqual(union);
      }),
      runs(300),
    );
  });

  it('names a Condorcet winner and loser only where there is one', () => {
    const order = matrix([
      [0, 2, 3],
      [1, 0, 2],
      [0, 1, 0],
    ]);
    expect([condorcetWinner(order), condorcetLoser(order)]).toEqual([0, 2]);
    const two = matrix([
      [0, 1],
      [2, 0],
    ]);
    expect([condorcetWinner(two), condorcetLoser(two)]).toEqual([1, 0]);
    const draw = matrix([
      [0, 2, 2],
      [2, 0, 2],
      [2, 2, 0],
    ]);
    expect([condorcetWinner(draw), condorcetLoser(draw)]).toEqual([null, null]);
    expect([condorcetWinner(matrix([[0]])), condorcetLoser(matrix([[0]]))]).toEqual([null, null]);
    expect(condorcetWinner(matrix([]))).toBeNull();
  });
});

describe('LockedPairs', () => {
  it('leaves out every pair of a group that lies on a circle with its equals', () => {
    const locked = new LockedPairs(4);
    expect(locked.lockGroup([1, 4 * 1 + 2])).toEqual([1, 6]);
    expect(locked.lockGroup([4 * 2 + 0, 4 * 2 + 3])).toEqual([11]);
    expect([locked.reaches(0, 3), locked.reaches(2, 0), locked.reaches(3, 0)]).toEqual([true, false, false]);
  });

  it('reaches whoever those reach whom it locks, in whatever order pairs are locked', () => {
    const some = fc.constantFrom<number[]>(0, 1, 31, 32, 33, 39);
    fc.assert(
      fc.property(fc.array(fc.tuple(some, some), { minLength: 12, maxLength: 20 }), some, (pairs, from) => {
        const locked = new LockedPairs(40);
        const kept = pairs
          .filter(([a, b]) => a !== b)
          .flatMap(([a, b]) => locked.lockGroup([a * 40 + b]))
          .map((edge) => [Math.floor(edge / 40), edge % 40] as const);
        const reached = new Set<number>();
        const waiting = [from];
        for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
          for (const [a, b] of kept) {
            if (a !== at || reached.has(b)) continue;
            reached.add(b);
            waiting.push(b);
          }
        }
        for (let to = 0; to < 40; to++) expect(locked.reaches(from, to)).toBe(reached.has(to));
      }),
      runs(100),
    );
  });

  it('never holds a circle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 40 * 40 - 1 }), { maxLength: 30 }), { maxLength: 12 }),
        (groups) => {
          const locked = new LockedPairs(40);
          for (const group of groups)
            locked.lockGroup(group.filter((edge) => edge % 40 !== Math.floor(edge / 40)));
          for (let a = 0; a < 40; a++) expect(locked.reaches(a, a)).toBe(false);
        },
      ),
      runs(100),
    );
  });
});
