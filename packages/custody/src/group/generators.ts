import { uint32 } from '@elekto/wire';
import { ristretto255_hasher } from '@noble/curves/ed25519.js';
import { toExtended, toPoints } from './extended.ts';
import type { Point } from './point.ts';

const DST = 'elekto/generators/1';
const known: Point[] = [];

/**
 * h_0, ..., h_(count - 1): hash_to_ristretto255 (RFC 9380, appendix B) of the index as uint32, so that nobody
 * knows how one of them is a multiple of another. The same for every election and every number of ballots.
 */
export function generators(count: number): readonly Point[] {
  while (known.length < count) {
    const hashed = ristretto255_hasher.hashToCurve(uint32(known.length), { DST });
    // In affine form, for which every later sum would otherwise invert it again.
    known.push(...toPoints([toExtended(hashed)]));
  }
  return known.slice(0, count);
}
