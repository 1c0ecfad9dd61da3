import { ristretto255 } from '@noble/curves/ed25519.js';
import { type Extended, isNeutral } from './extended.ts';
import { D, invertAll, isNegative, P, SQRT_M1, unique } from './field.ts';
import { inverseRoot } from './root.ts';

/** 1 / sqrt(-1 - d) (RFC 9496 §4.1). */
const INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578n;

/**
 * Encodings of 2 P for each P. Doubling first makes every square root of the encoding known, so that one
 * inversion is enough for all (the method of curve25519-dalek's `double_and_compress_batch`): whoever can choose the
 * half of a point saves nine tenths of the time. 32 bytes each, as encodePoint gives.
 */
export function encodeDoubles(points: readonly Extended[]): Uint8Array[] {
  const states = points.map(({ X, Y, Z, T }) => {
    const xx = (X * X) % P;
    const yy = (Y * Y) % P;
    const zz = (Z * Z) % P;
    const dtt = (((T * T) % P) * D) % P;
    const e = (2n * X * Y) % P;
    const f = (zz + dtt) % P;
    const g = (yy + xx) % P;
    const h = (zz - dtt) % P;
    return { e, f, g, h, eg: (e * g) % P, fh: (f * h) % P };
  });
  // The neutral element, in each of its four forms, has e g = 0 and no inverse; its encoding is all zero.
  const products = states.map(({ eg, fh }) => (eg * fh) % P);
  const inverses = invertAll(products.map((product) => product || 1n));
  return states.map((state, i) => {
    const inverse = products[i] === 0n ? 0n : (inverses[i] ?? 0n);
    const { f, eg, fh } = state;
    let { e, g, h } = state;
    const zInverse = (eg * inverse) % P;
    const tInverse = (fh * inverse) % P;
    let magic = INVSQRT_A_MINUS_D;
    if (isNegative(eg * zInverse)) {
      [e, g] = [g, -e];
      h = (f * SQRT_M1) % P;
      magic = SQRT_M1;
    }
    if (isNegative(((h * e) % P) * zInverse)) g = -g;
    let s = unique((h - g) * ((magic * ((g * tInverse) % P)) % P));
    if ((s & 1n) === 1n) s = P - s;
    return ristretto255.Point.Fp.toBytes(s);
  });
}

/** The same as encodePoint, in a third of the time, for very many (RFC 9496 §4.3.2). */
export function encodeFast(point: Extended): Uint8Array {
  // Of the neutral element nothing can be inverted.
  const neutral = isNeutral(point);
  const { X, Y, Z, T } = point;
  const u1 = ((Z + Y) * (Z - Y)) % P;
  const u2 = (X * Y) % P;
  const root = neutral ? 0n : (inverseRoot(unique(((u1 * u2) % P) * u2)) as bigint);
  const [first, second] = [(root * u1) % P, (root * u2) % P];
  const zInverse = (((first * second) % P) * T) % P;
  const turned = isNegative(T * zInverse);
  const x = turned ? (Y * SQRT_M1) % P : X;
  const y = turned ? (X * SQRT_M1) % P : Y;
  const denominator = turned ? (first * INVSQRT_A_MINUS_D) % P : second;
  const s = unique(denominator * (isNegative((x * zInverse) % P) ? Z + y : Z - y));
  return ristretto255.Point.Fp.toBytes((s & 1n) === 1n ? P - s : s);
}
