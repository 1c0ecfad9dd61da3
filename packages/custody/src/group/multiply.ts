import { BASE, IDENTITY, type Point } from './point.ts';
import { reduce } from './scalar.ts';

/**
 * k P for a secret k. The library's regular ladder: the same steps for every k, as far as numbers of arbitrary
 * size in JavaScript allow. 0 and the neutral element give the neutral element instead of an exception.
 */
export function multiply(point: Point, k: bigint): Point {
  const scalar = reduce(k);
  return scalar === 0n || point.is0() ? IDENTITY : point.multiply(scalar);
}

/** k G for a secret k. */
export const multiplyBase = (k: bigint): Point => multiply(BASE, k);

/** k P for public k and P: faster, and its time tells k. */
export const multiplyPublic = (point: Point, k: bigint): Point => point.multiplyUnsafe(reduce(k));
