import { ristretto255 } from '@noble/curves/ed25519.js';
import { D, invertAll, P, unique } from './field.ts';
import type { Point } from './point.ts';

/**
 * Bare arithmetic on the curve behind ristretto255, for sums of very many points. The curve is
 * -x² + y² = 1 + d x² y² over the integers modulo P. A point is (X : Y : Z : T) with x = X/Z, y = Y/Z and
 * T = XY/Z (Hisil, Wong, Carter, Dawson 2008). The formulas are complete: they hold for every pair of
 * points. Coordinates are kept between -P and P and made unique only where they leave this file. Not
 * constant in time.
 */
export interface Extended {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;
}

/** An affine point in the form that is cheapest to add: y + x, y - x, 2dxy. */
export interface Cached {
  readonly plus: bigint;
  readonly minus: bigint;
  readonly product: bigint;
}

const TWICE_D = (2n * D) % P;

export const ZERO: Extended = { X: 0n, Y: 1n, Z: 1n, T: 0n };

/** Affine coordinates of a point of the library; free of inversions for points that were decoded. */
export function affine(point: Point): { x: bigint; y: bigint } {
  try {
    return point.toAffine(1n);
  } catch {
    return point.toAffine();
  }
}

export function toExtended(point: Point): Extended {
  const { x, y } = affine(point);
  return { X: x, Y: y, Z: 1n, T: (x * y) % P };
}

export function toCached(point: Point): Cached {
  const { x, y } = affine(point);
  return { plus: y + x, minus: y - x, product: (((x * y) % P) * TWICE_D) % P };
}

/** Back to points of the library, with one inversion for all. */
export function toPoints(points: readonly Extended[]): Point[] {
  const inverses = invertAll(points.map((point) => point.Z));
  return points.map(({ X, Y }, i) => {
    const z = inverses[i] ?? 1n;
    return ristretto255.Point.fromAffine({ x: unique(X * z), y: unique(Y * z) });
  });
}

/** Whether a point stands for the neutral element of ristretto255: x or y is 0 (RFC 9496 §4.5). */
export const isNeutral = ({ X, Y }: Extended): boolean => X % P === 0n || Y % P === 0n;

/** add-2008-hwcd-3 for a = -1. */
export function add(a: Extended, b: Extended): Extended {
  const A = ((a.Y - a.X) * (b.Y - b.X)) % P;
  const B = ((a.Y + a.X) * (b.Y + b.X)) % P;
  const C = (((a.T * TWICE_D) % P) * b.T) % P;
  const twiceZ = (2n * a.Z * b.Z) % P;
  return finish(B - A, twiceZ - C, twiceZ + C, B + A);
}

/** a - b, for an affine b. */
export function subtractCached(a: Extended, b: Cached): Extended {
  const A = ((a.Y - a.X) * b.plus) % P;
  const B = ((a.Y + a.X) * b.minus) % P;
  const C = (a.T * b.product) % P;
  const twiceZ = 2n * a.Z;
  return finish(B - A, twiceZ + C, twiceZ - C, B + A);
}

/** dbl-2008-hwcd for a = -1. */
export function double(a: Extended): Extended {
  const A = (a.X * a.X) % P;
  const B = (a.Y * a.Y) % P;
  const C = 2n * ((a.Z * a.Z) % P);
  const sum = a.X + a.Y;
  const E = ((sum * sum) % P) - A - B;
  const G = B - A;
  return finish(E, G - C, G, -A - B);
}

const finish = (E: bigint, F: bigint, G: bigint, H: bigint): Extended => ({
  X: (E * F) % P,
  Y: (G * H) % P,
  Z: (F * G) % P,
  T: (E * H) % P,
});
