import { ristretto255 } from '@noble/curves/ed25519.js';

/** The prime 2^255 - 19. */
export const P: bigint = ristretto255.Point.Fp.ORDER;
/** d of the curve -x² + y² = 1 + d x² y² (RFC 9496 §4.1). */
export const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
/** A square root of -1, the even one. */
export const SQRT_M1 = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;

/** The remainder in 0..P - 1. */
export function unique(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

/** The inverse modulo P. @throws for 0. */
const inverse = (value: bigint): bigint => ristretto255.Point.Fp.inv(unique(value));

/** Inverses of many numbers that are not 0, for one inversion and three multiplications each (Montgomery 1987). */
export function invertAll(values: readonly bigint[]): bigint[] {
  const before: bigint[] = [];
  let product = 1n;
  for (const value of values) {
    before.push(product);
    product = (product * value) % P;
  }
  let rest = inverse(product);
  const result: bigint[] = new Array<bigint>(values.length);
  for (let i = values.length - 1; i >= 0; i -= 1) {
    result[i] = (rest * (before[i] ?? 1n)) % P;
    rest = (rest * (values[i] ?? 1n)) % P;
  }
  return result;
}

/** Whether a number is negative in the sense of RFC 9496: odd, where it is unique. */
export const isNegative = (value: bigint): boolean => (unique(value) & 1n) === 1n;
