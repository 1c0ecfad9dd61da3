import { P } from './field.ts';

/**
 * Numbers modulo 2^255 - 19 in floating-point numbers, several times as fast as in numbers of arbitrary size (Bernstein,
 * "Curve25519: new Diffie-Hellman speed records", 2006, §4). A number is the sum of twelve limbs; limb i is a multiple of
 * 2^ceil(21.25 i), at most half of the next limb's unit in size but for a thousandth. No sum of products of such numbers exceeds
 * 2^49 of its unit, so that every addition is exact in the 53 bits that IEEE 754 gives: also where the factors were added up
 * from several such numbers first, as long as the numbers in one times those in the other are no more than 16.
 */
export type Limbs = Float64Array;

/** Limbs a number. */
export const COUNT = 12;
const BITS: readonly number[] = Array.from({ length: COUNT + 1 }, (_, i) => Math.ceil(21.25 * i));
/** 2^255 is 19. */
export const WRAP: number = 19 * 2 ** -255;
/** Added and taken off again, it rounds a limb to a multiple of the next one's unit. */
export const ROUND: Limbs = Float64Array.from(
  { length: COUNT },
  (_, i) => 1.5 * 2 ** (52 + (BITS[i + 1] ?? 0)),
);
/** Of each of the eight words of 32 bits the limb that it lies in, and its unit. */
const WORDS = Array.from({ length: 8 }, (_, word) => ({
  limb: BITS.findLastIndex((bits) => bits <= 32 * word),
  unit: 2 ** (32 * word),
}));
const ONE = new Float64Array(COUNT);
ONE[0] = 1;

/** Puts a number of 0..2^256 - 1 there. */
export function putLimbs(to: Limbs, at: number, value: bigint): void {
  to.fill(0, at, at + COUNT);
  let rest = value;
  for (const { limb, unit } of WORDS) {
    to[at + limb] = (to[at + limb] as number) + Number(BigInt.asUintN(32, rest)) * unit;
    rest >>= 32n;
  }
  // Brings every limb to its size.
  multiplyInto(to, at, to, at, ONE, 0);
}

/** The number that stands there, in 0..P - 1. */
export function takeLimbs(from: Limbs, at: number): bigint {
  let sum = 0n;
  for (let i = 0; i < COUNT; i += 1) sum += BigInt(from[at + i] as number);
  const rest = sum % P;
  return rest < 0n ? rest + P : rest;
}

/** Puts a product there. All is written out: arrays would cost more than the numbers. It may take the place of a factor. */
// prettier-ignore
export function multiplyInto(to: Limbs, at: number, x: Limbs, xAt: number, y: Limbs, yAt: number): void {
  const a0 = x[xAt] as number, a1 = x[xAt + 1] as number, a2 = x[xAt + 2] as number, a3 = x[xAt + 3] as number, a4 = x[xAt + 4] as number, a5 = x[xAt + 5] as number;
  const a6 = x[xAt + 6] as number, a7 = x[xAt + 7] as number, a8 = x[xAt + 8] as number, a9 = x[xAt + 9] as number, a10 = x[xAt + 10] as number, a11 = x[xAt + 11] as number;
  const b0 = y[yAt] as number, b1 = y[yAt + 1] as number, b2 = y[yAt + 2] as number, b3 = y[yAt + 3] as number, b4 = y[yAt + 4] as number, b5 = y[yAt + 5] as number;
  const b6 = y[yAt + 6] as number, b7 = y[yAt + 7] as number, b8 = y[yAt + 8] as number, b9 = y[yAt + 9] as number, b10 = y[yAt + 10] as number, b11 = y[yAt + 11] as number;
  let h0 = a0 * b0
    + WRAP * (a1 * b11 + a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3 + a10 * b2 + a11 * b1);
  let h1 = a0 * b1 + a1 * b0
    + WRAP * (a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3 + a11 * b2);
  let h2 = a0 * b2 + a1 * b1 + a2 * b0
    + WRAP * (a3 * b11 + a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4 + a11 * b3);
  let h3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0
    + WRAP * (a4 * b11 + a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5 + a11 * b4);
  let h4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0
    + WRAP * (a5 * b11 + a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6 + a11 * b5);
  let h5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0
    + WRAP * (a6 * b11 + a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6);
  let h6 = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
    + WRAP * (a7 * b11 + a8 * b10 + a9 * b9 + a10 * b8 + a11 * b7);
  let h7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0
    + WRAP * (a8 * b11 + a9 * b10 + a10 * b9 + a11 * b8);
  let h8 = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0
    + WRAP * (a9 * b11 + a10 * b10 + a11 * b9);
  let h9 = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + a9 * b0
    + WRAP * (a10 * b11 + a11 * b10);
  let h10 = a0 * b10 + a1 * b9 + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + a9 * b1 + a10 * b0
    + WRAP * (a11 * b11);
  let h11 = a0 * b11 + a1 * b10 + a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + a9 * b2 + a10 * b1 + a11 * b0;
  const C0 = ROUND[0] as number, C1 = ROUND[1] as number, C2 = ROUND[2] as number, C3 = ROUND[3] as number, C4 = ROUND[4] as number, C5 = ROUND[5] as number;
  const C6 = ROUND[6] as number, C7 = ROUND[7] as number, C8 = ROUND[8] as number, C9 = ROUND[9] as number, C10 = ROUND[10] as number, C11 = ROUND[11] as number;
  // The carries start from two places at once, as each waits for the one before.
  let c = 0;
  c = h0 + C0 - C0; h0 -= c; h1 += c; c = h6 + C6 - C6; h6 -= c; h7 += c;
  c = h1 + C1 - C1; h1 -= c; h2 += c; c = h7 + C7 - C7; h7 -= c; h8 += c;
  c = h2 + C2 - C2; h2 -= c; h3 += c; c = h8 + C8 - C8; h8 -= c; h9 += c;
  c = h3 + C3 - C3; h3 -= c; h4 += c; c = h9 + C9 - C9; h9 -= c; h10 += c;
  c = h4 + C4 - C4; h4 -= c; h5 += c; c = h10 + C10 - C10; h10 -= c; h11 += c;
  c = h5 + C5 - C5; h5 -= c; h6 += c; c = h11 + C11 - C11; h11 -= c; h0 += WRAP * c;
  c = h6 + C6 - C6; h6 -= c; h7 += c; c = h0 + C0 - C0; h0 -= c; h1 += c;
  to[at] = h0; to[at + 1] = h1; to[at + 2] = h2; to[at + 3] = h3; to[at + 4] = h4; to[at + 5] = h5;
  to[at + 6] = h6; to[at + 7] = h7; to[at + 8] = h8; to[at + 9] = h9; to[at + 10] = h10; to[at + 11] = h11;
}
