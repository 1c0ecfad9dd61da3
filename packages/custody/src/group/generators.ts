import { ristretto255_hasher } from '@noble/curves/ed25519.js';
import type { Point } from './point.ts';

const DST = 'elekto/generators/1';
const known: Point[] = [];

/**
 * h_0, ..., h_(count - 1): hash_to_ristretto255 (RFC 9380, appendix B) of the index as uint32, so that nobody
 * knows how one of them is a multiple of another. The same for every election and every number of ballots.
 */
export function generators(count: number): readonly Point[] {
  while (known.length < count) {
    const index = new Uint8Array(4);
    new DataView(index.buffer).setUint32(0, known.length);
    known.push(ristretto255_hasher.hashToCurve(index, { DST }));
  }
  return known.slice(0, count);
}
