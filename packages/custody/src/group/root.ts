import { P, SQRT_M1, unique } from './field.ts';
import { powerForRoot } from './power.ts';

/**
 * A square root of u / v, either one, and whether there is one; else one of SQRT_M1 u / v (SQRT_RATIO_M1 of RFC 9496 §4.2).
 * v is not 0.
 */
export function rootOfRatio(u: bigint, v: bigint): { readonly isSquare: boolean; readonly root: bigint } {
  const cube = (((v * v) % P) * v) % P;
  const seventh = (((cube * cube) % P) * v) % P;
  const root = (((u * cube) % P) * powerForRoot(unique(u * seventh))) % P;
  const check = unique(((root * root) % P) * v);
  const [same, other] = [unique(u), unique(-u)];
  const isSquare = check === same || check === other;
  const turned = check === other || check === unique(-u * SQRT_M1);
  return { isSquare, root: turned ? (root * SQRT_M1) % P : root };
}

/** A square root of 1 / value, either one; null when there is none, as for 0. */
export function inverseRoot(value: bigint): bigint | null {
  const { isSquare, root } = rootOfRatio(1n, value);
  return isSquare ? root : null;
}
