import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { BallotTable, BLOCK_ROWS } from '../ballots/ballot-table.ts';
import type { BallotSet } from '../model.ts';
import { anySet, ballotsOf, runs } from '../testing.ts';
import { bestKernel } from './best-kernel.ts';
import { bitCount, bitSlicedKernel } from './bit-sliced.ts';
import { countPairwise } from './pairwise.ts';
import { createSimdKernel } from './simd-kernel.ts';

function naive(set: BallotSet, last: boolean): bigint[] {
  const size = set.candidates.length;
  const cells = new Array<bigint>(size * size).fill(0n);
  for (const { ranks, count = 1 } of set.ballots) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [x, y] = [ranks[a] ?? null, ranks[b] ?? null];
        const prefers = x !== null && (y === null ? last : x < y);
        if (prefers) cells[a * size + b] = (cells[a * size + b] as bigint) + BigInt(count);
      }
    }
  }
  return cells;
}

/** A table with a fixed scatter of ranks, ties and gaps. */
function scattered(size: number, rows: number, highest: number): BallotTable {
  const table = new BallotTable(Array.from({ length: size }, (_, i) => `c${i}`));
  let state = 12345;
  for (let r = 0; r < rows; r++) {
    const ranks = Array.from({ length: size }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % (highest + 1) || null;
    });
    table.add(ranks);
  }
  return table;
}

const simd = createSimdKernel();

describe('pairwise counting', () => {
  it('has its WebAssembly kernel on this machine and prefers it up to 254 candidates', () => {
    expect(simd?.name).toBe('wasm-simd');
    expect(bestKernel(254).name).toBe('wasm-simd');
    expect(bestKernel(255).name).toBe('bit-sliced');
  });

  it('counts, with every kernel, what counting by hand gives', () => {
    fc.assert(
      fc.property(anySet(8, 40), fc.boolean(), (set, last) => {
        const expected = naive(set, last).map(Number);
        for (const kernel of [simd, bitSlicedKernel]) {
          const units = {
            ...set,
            ballots: set.ballots.flatMap(({ ranks, count }) => new Array(Number(count)).fill({ ranks })),
          };
          const { pairwise } = countPairwise(units, last ? 'last' : 'no-opinion', kernel ?? bitSlicedKernel);
          expect(Array.from(pairwise.cells)).toEqual(expected);
        }
      }),
      runs(150),
    );
  });

  it.each([
    [3, 1, 3],
    [3, 15, 3],
    [3, 16, 254],
    [9, 17, 254],
    [8, BLOCK_ROWS - 1, 8],
    [5, BLOCK_ROWS, 5],
    [5, BLOCK_ROWS + 1, 5],
    [4, 2 * BLOCK_ROWS + 100, 2],
    [254, 40, 254],
  ])('has kernels that agree on %i candidates and %i ballots with ranks to %i', (size, rows, highest) => {
    const table = scattered(size, rows, highest);
    for (const unranked of ['no-opinion', 'last'] as const) {
      const plain = countPairwise(table, unranked, bitSlicedKernel).pairwise.cells;
      const fast = countPairwise(table, unranked, simd ?? bitSlicedKernel).pairwise.cells;
      expect(Array.from(fast)).toEqual(Array.from(plain));
      if (size < 50) expect(Array.from(plain)).toEqual(naive(table, unranked === 'last').map(Number));
    }
  });

  it('counts the same ballots whether they are told one by one or gathered into rows with counts', () => {
    fc.assert(
      fc.property(anySet(6, 20), fc.boolean(), (set, last) => {
        const table = new BallotTable(set.candidates);
        for (const { ranks, count } of set.ballots) table.add(ranks, count);
        const { pairwise, counts } = countPairwise(table, last ? 'last' : 'no-opinion');
        expect(Array.from(pairwise.cells, BigInt)).toEqual(naive(set, last));
        expect(BigInt(counts.cast)).toBe(set.ballots.reduce((sum, { count = 1 }) => sum + BigInt(count), 0n));
      }),
      runs(60),
    );
  });

  it('fills a full block with one answer without overflowing a byte', () => {
    const table = new BallotTable(['a', 'b']);
    for (let r = 0; r < BLOCK_ROWS; r++) table.add([1, 2]);
    const { pairwise } = countPairwise(table, 'no-opinion', simd ?? bitSlicedKernel);
    expect(Array.from(pairwise.cells)).toEqual([0, BLOCK_ROWS, 0, 0]);
  });

  it('starts from nothing in every block, whatever was counted before', () => {
    countPairwise(scattered(20, 500, 20), 'last');
    const { pairwise } = countPairwise(
      ballotsOf('a b', ['a > b', 'b']),
      'no-opinion',
      simd ?? bitSlicedKernel,
    );
    expect(Array.from(pairwise.cells)).toEqual([0, 1, 0, 0]);
  });

  it('counts more than 254 candidates in two bytes a cell', () => {
    const table = scattered(300, 33, 65000);
    const { pairwise } = countPairwise(table, 'last');
    expect(Array.from(pairwise.cells)).toEqual(naive(table, true).map(Number));
  });

  it.each([
    ['2147483648', 'number'],
    ['4294967296', 'number'],
    ['9007199254740991', 'bigint'],
    ['340282366920938463463374607431768211456', 'bigint'],
  ])('is exact with a count of %s', (count, kind) => {
    const set = ballotsOf('a b c', [`${count}: a > b`, '5: b > a = c', 'c > a']);
    const { pairwise, counts } = countPairwise(set, 'last');
    expect(Array.from(pairwise.cells, BigInt)).toEqual(naive(set, true));
    expect(typeof counts.cast).toBe(kind);
    expect(typeof pairwise.cells[1]).toBe(kind);
    expect(BigInt(counts.cast)).toBe(BigInt(count) + 6n);
    expect(counts.opinions.map(BigInt)).toEqual([BigInt(count) + 6n, BigInt(count) + 5n, 6n]);
  });

  it('stays exact when many counts that are exact alone pass 2^53 together', () => {
    const set = ballotsOf('a b', ['9007199254740000: a > b', '9007199254740000: b > a', '3: a > b', 'a > b']);
    const { pairwise } = countPairwise(set, 'no-opinion');
    expect(Array.from(pairwise.cells)).toEqual([0n, 9007199254740004n, 9007199254740000n, 0n]);
  });

  it('has no WebAssembly kernel where WebAssembly is missing or forbidden, and does without', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(createSimdKernel()).toBeNull();
    const forbidden = vi.fn(() => {
      throw new EvalError('a content security policy');
    });
    vi.stubGlobal('WebAssembly', { Module: forbidden });
    expect(createSimdKernel()).toBeNull();
    vi.unstubAllGlobals();
  });

  it('counts bits', () => {
    for (const [word, bits] of [
      [0, 0],
      [1, 1],
      [-1, 32],
      [0x80000000 | 0, 1],
      [0x0f0f00ff, 16],
    ] as const) {
      expect(bitCount(word)).toBe(bits);
    }
  });
});
