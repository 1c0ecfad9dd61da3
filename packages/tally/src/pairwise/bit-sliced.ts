import type { Block } from '../ballots/ballot-table.ts';
import { BLOCK_ROWS } from '../ballots/ballot-table.ts';
import { indices } from '../indices.ts';
import type { PairwiseKernel } from './kernel.ts';

/** 32 ballots a word: 4080 rows are 127.5 words. */
const WORDS = 128;

/**
 * The plain kernel: ranks as bit planes, 32 ballots an operation. Bit k of the ranks of 32 ballots is
 * one word, so "a before b" for all 32 is a ripple of and, or and xor over the planes from the lowest
 * bit up, and the count is the number of bits set.
 */
export const bitSlicedKernel: PairwiseKernel = {
  name: 'bit-sliced',
  add(block, size, last, into) {
    const columns = indices(size);
    const depth = bitsOf(everyRank(block, columns));
    const { planes, seen } = slice(block, columns, depth);
    const words = (block.rows + 31) >>> 5;
    for (const a of columns) {
      for (const b of columns.slice(a + 1)) {
        addPair(planes, seen, words, depth, a, b, last, into, size);
      }
    }
  },
};

function addPair(
  planes: Int32Array,
  seen: Int32Array,
  words: number,
  depth: number,
  a: number,
  b: number,
  last: boolean,
  into: Float64Array,
  size: number,
): void {
  const stride = depth * WORDS;
  let before = 0;
  let after = 0;
  for (let w = 0; w < words; w++) {
    let less = 0;
    let more = 0;
    for (let k = 0, pa = a * stride + w, pb = b * stride + w; k < depth; k++, pa += WORDS, pb += WORDS) {
      const x = planes[pa] as number;
      const y = planes[pb] as number;
      const differ = x ^ y;
      less = (less & ~differ) | (y & differ);
      more = (more & ~differ) | (x & differ);
    }
    const hasA = seen[a * WORDS + w] as number;
    const hasB = seen[b * WORDS + w] as number;
    const both = hasA & hasB;
    less &= both;
    more &= both;
    if (last) {
      less |= hasA & ~hasB;
      more |= hasB & ~hasA;
    }
    before += bitCount(less);
    after += bitCount(more);
  }
  into[a * size + b] = (into[a * size + b] as number) + before;
  into[b * size + a] = (into[b * size + a] as number) + after;
}

function slice(
  block: Block,
  columns: readonly number[],
  depth: number,
): { planes: Int32Array; seen: Int32Array } {
  const size = columns.length;
  const planes = new Int32Array(size * depth * WORDS);
  const seen = new Int32Array(size * WORDS);
  const { cells, rows } = block;
  for (const c of columns) {
    for (let r = 0; r < rows; r++) {
      const rank = cells[c * BLOCK_ROWS + r] as number;
      if (rank === 0) continue;
      const word = r >>> 5;
      const bit = 1 << (r & 31);
      seen[c * WORDS + word] = (seen[c * WORDS + word] as number) | bit;
      for (let rest = rank, at = c * depth * WORDS + word; rest !== 0; rest >>>= 1, at += WORDS) {
        if (rest & 1) planes[at] = (planes[at] as number) | bit;
      }
    }
  }
  return { planes, seen };
}

/** A number with every bit that a rank has. */
function everyRank({ cells, rows }: Block, columns: readonly number[]): number {
  let bits = 0;
  for (const c of columns) {
    for (const rank of cells.subarray(c * BLOCK_ROWS, c * BLOCK_ROWS + rows)) bits |= rank;
  }
  return bits;
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}

/** The number of bits set in a 32-bit word (Warren, Hacker's Delight, 5-1). */
export function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  v = (v + (v >>> 4)) & 0x0f0f0f0f;
  return Math.imul(v, 0x01010101) >>> 24;
}
