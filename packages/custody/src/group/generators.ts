import { uint32 } from '@elekto/wire';
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { add, type Extended, toPoints } from './extended.ts';
import { D, isNegative, P, SQRT_M1, unique } from './field.ts';
import type { Point } from './point.ts';
import { rootOfRatio } from './root.ts';
import { littleEndian } from './scalar.ts';

const DST = utf8ToBytes('elekto/generators/1');
/** Constants of RFC 9496, §4.1. */
const SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235n;
const ONE_MINUS_D_SQ = unique(1n - D * D);
const D_MINUS_ONE_SQ = unique((D - 1n) * (D - 1n));
const known: Point[] = [];

/**
 * h_0, ..., h_(count - 1): hash_to_ristretto255 (RFC 9380, appendix B) of the index as uint32, so that nobody
 * knows how one of them is a multiple of another. The same for every election and every number of ballots.
 */
export function generators(count: number): readonly Point[] {
  const missing = Array.from({ length: Math.max(0, count - known.length) }, (_, i) => known.length + i);
  known.push(...toPoints(missing.map(hashed)));
  return known.slice(0, count);
}

function hashed(index: number): Extended {
  const bytes = expand_message_xmd(uint32(index), DST, 64, sha512);
  return add(mapped(bytes.subarray(0, 32)), mapped(bytes.subarray(32)));
}

/** MAP of RFC 9496, §4.3.4. */
function mapped(bytes: Uint8Array): Extended {
  const t = BigInt.asUintN(255, littleEndian(bytes)) % P;
  const r = (SQRT_M1 * ((t * t) % P)) % P;
  const u = ((r + 1n) * ONE_MINUS_D_SQ) % P;
  const v = ((-1n - r * D) * (r + D)) % P;
  const { isSquare, root } = rootOfRatio(u, v);
  const other = root * t;
  const s = isSquare ? (isNegative(root) ? -root : root) : (isNegative(other) ? other : -other) % P;
  const N = (isSquare ? -1n : r) * (r - 1n) * D_MINUS_ONE_SQ - v;
  const [w0, w1] = [(2n * s * v) % P, (N * SQRT_AD_MINUS_ONE) % P];
  const ss = (s * s) % P;
  const [w2, w3] = [1n - ss, 1n + ss];
  return { X: (w0 * w3) % P, Y: (w2 * w1) % P, Z: (w1 * w3) % P, T: (w0 * w2) % P };
}
