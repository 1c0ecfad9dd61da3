import { indices } from '../indices.ts';
import type { Links } from './links.ts';

/** Strongest paths between all pairs, in ordinals of `Links`. */
export interface Paths {
  readonly size: number;
  /** At `a * size + b`: the ordinal of the weakest link of the strongest path from a to b, 0 for none. */
  readonly widths: Int32Array;
  /** At the same place: the link (as `u * size + v`) that completed this path; -1 for none. */
  readonly via: Int32Array;
}

/**
 * Widest paths of all pairs, by transitive closure from the strongest link down: when link u->v is
 * added, everyone who reaches u now reaches all that v reaches, and for the pairs that are new the link
 * is the weakest of their path. Sets are rows of bits, so the whole is n^3/32 word operations, against
 * n^3 of the usual Floyd-Warshall recurrence, which the tests keep as the independent second opinion.
 */
export function strongestPaths({ size, ordinals, strengths }: Links): Paths {
  const words = (size + 31) >>> 5;
  const reached = new Int32Array(size * words);
  const reaching = new Int32Array(size * words);
  for (const i of indices(size)) {
    const at = i * words + (i >>> 5);
    reached[at] = reaching[at] = 1 << (i & 31);
  }
  const widths = new Int32Array(size * size);
  const via = new Int32Array(size * size).fill(-1);
  const edges = strongestFirst(ordinals, strengths.length);
  const fresh = new Int32Array(words);

  for (const edge of edges) {
    const u = Math.floor(edge / size);
    const v = edge % size;
    if (hasBit(reached, u * words, v)) continue;
    const width = ordinals[edge] as number;
    for (let k = 0; k < words; k++) {
      fresh[k] = (reaching[u * words + k] as number) & ~(reaching[v * words + k] as number);
    }
    eachBit(fresh, 0, words, (w) => {
      for (let k = 0; k < words; k++) {
        const row = reached[w * words + k] as number;
        const added = (reached[v * words + k] as number) & ~row;
        if (added === 0) continue;
        reached[w * words + k] = row | added;
        eachBitOf(added, k << 5, (x) => {
          widths[w * size + x] = width;
          via[w * size + x] = edge;
          const at = x * words + (w >>> 5);
          reaching[at] = (reaching[at] as number) | (1 << (w & 31));
        });
      }
    });
  }
  return { size, widths, via };
}

/** The candidates of a strongest path from a to b, both ends included; null where there is none. */
export function pathBetween(paths: Paths, a: number, b: number): number[] | null {
  const edge = paths.via[a * paths.size + b] ?? -1;
  if (a === b || edge < 0) return null;
  const u = Math.floor(edge / paths.size);
  const v = edge % paths.size;
  const head = u === a ? [a] : (pathBetween(paths, a, u) as number[]);
  const tail = v === b ? [b] : (pathBetween(paths, v, b) as number[]);
  return [...head, ...tail];
}

/** Links by falling ordinal, equal ones by index: a counting sort. */
function strongestFirst(ordinals: Int32Array, kinds: number): Int32Array {
  const starts = new Int32Array(kinds + 1);
  for (const ordinal of ordinals) starts[kinds - ordinal] = (starts[kinds - ordinal] as number) + 1;
  // What is no link stands last in `starts`, and before nothing.
  starts[kinds] = 0;
  let total = 0;
  starts.forEach((here, i) => {
    starts[i] = total;
    total += here;
  });
  const edges = new Int32Array(total);
  ordinals.forEach((ordinal, edge) => {
    if (ordinal === 0) return;
    const at = starts[kinds - ordinal] as number;
    starts[kinds - ordinal] = at + 1;
    edges[at] = edge;
  });
  return edges;
}

function hasBit(bits: Int32Array, start: number, i: number): boolean {
  return (((bits[start + (i >>> 5)] as number) >>> (i & 31)) & 1) === 1;
}

function eachBit(bits: Int32Array, start: number, words: number, visit: (i: number) => void): void {
  for (let k = 0; k < words; k++) eachBitOf(bits[start + k] as number, k << 5, visit);
}

function eachBitOf(word: number, base: number, visit: (i: number) => void): void {
  for (let rest = word; rest !== 0; rest &= rest - 1) visit(base + (31 - Math.clz32(rest & -rest)));
}
