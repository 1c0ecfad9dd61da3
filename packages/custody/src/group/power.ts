import { P } from './field.ts';

/**
 * Powers modulo 2^255 - 19 in floating-point numbers, eight times as fast as in numbers of arbitrary size (Bernstein,
 * "Curve25519: new Diffie-Hellman speed records", 2006, §4). A number is the sum of twelve limbs; limb i is a multiple of
 * 2^ceil(21.25 i), at most half of the next limb's unit in size but for a thousandth. No sum of products in it exceeds 2^49 of
 * its unit, so that every addition is exact in the 53 bits that IEEE 754 gives.
 */
type Limbs = Float64Array;

const COUNT = 12;
const BITS: readonly number[] = Array.from({ length: COUNT + 1 }, (_, i) => Math.ceil(21.25 * i));
/** 2^255 is 19. */
const WRAP = 19 * 2 ** -255;
/** Added and taken off again, it rounds a limb to a multiple of the next one's unit. */
const ROUND = Float64Array.from({ length: COUNT }, (_, i) => 1.5 * 2 ** (52 + (BITS[i + 1] ?? 0)));

function toLimbs(value: bigint): Limbs {
  const limbs = new Float64Array(COUNT);
  for (let i = 0; i < COUNT; i += 1) {
    const [from = 0, to = 0] = [BITS[i], BITS[i + 1]];
    limbs[i] = Number(BigInt.asUintN(to - from, value >> BigInt(from))) * 2 ** from;
  }
  carry(limbs);
  return limbs;
}

function fromLimbs(limbs: Limbs): bigint {
  const rest = limbs.reduce((sum, limb) => sum + BigInt(limb), 0n) % P;
  return rest < 0n ? rest + P : rest;
}

/** Brings every limb back to half of the next one's unit. */
function carry(h: Limbs): void {
  for (let step = 0; step < COUNT + 2; step += 1) {
    const i = step % COUNT;
    const [limb = 0, round = 0] = [h[i], ROUND[i]];
    const over = limb + round - round;
    h[i] = limb - over;
    if (i === COUNT - 1) h[0] = (h[0] ?? 0) + WRAP * over;
    else h[i + 1] = (h[i + 1] ?? 0) + over;
  }
}

// prettier-ignore
function multiply(a: Limbs, b: Limbs): Limbs {
  const a0 = a[0] as number, a1 = a[1] as number, a2 = a[2] as number, a3 = a[3] as number, a4 = a[4] as number, a5 = a[5] as number;
  const a6 = a[6] as number, a7 = a[7] as number, a8 = a[8] as number, a9 = a[9] as number, a10 = a[10] as number, a11 = a[11] as number;
  const b0 = b[0] as number, b1 = b[1] as number, b2 = b[2] as number, b3 = b[3] as number, b4 = b[4] as number, b5 = b[5] as number;
  const b6 = b[6] as number, b7 = b[7] as number, b8 = b[8] as number, b9 = b[9] as number, b10 = b[10] as number, b11 = b[11] as number;
  const h = new Float64Array(COUNT);
  h[0] = a0 * b0
    + WRAP * (a1 * b11 + a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3 + a10 * b2 + a11 * b1);
  h[1] = a0 * b1 + a1 * b0
    + WRAP * (a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3 + a11 * b2);
  h[2] = a0 * b2 + a1 * b1 + a2 * b0
    + WRAP * (a3 * b11 + a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4 + a11 * b3);
  h[3] = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0
    + WRAP * (a4 * b11 + a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5 + a11 * b4);
  h[4] = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0
    + WRAP * (a5 * b11 + a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6 + a11 * b5);
  h[5] = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0
    + WRAP * (a6 * b11 + a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6);
  h[6] = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
    + WRAP * (a7 * b11 + a8 * b10 + a9 * b9 + a10 * b8 + a11 * b7);
  h[7] = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0
    + WRAP * (a8 * b11 + a9 * b10 + a10 * b9 + a11 * b8);
  h[8] = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0
    + WRAP * (a9 * b11 + a10 * b10 + a11 * b9);
  h[9] = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + a9 * b0
    + WRAP * (a10 * b11 + a11 * b10);
  h[10] = a0 * b10 + a1 * b9 + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + a9 * b1 + a10 * b0
    + WRAP * (a11 * b11);
  h[11] = a0 * b11 + a1 * b10 + a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + a9 * b2 + a10 * b1 + a11 * b0;
  carry(h);
  return h;
}

/** x^(2^times). All is written out: arrays would cost more than the numbers. */
// prettier-ignore
function squareTimes(x: Limbs, times: number): Limbs {
  let h0 = x[0] as number, h1 = x[1] as number, h2 = x[2] as number, h3 = x[3] as number, h4 = x[4] as number, h5 = x[5] as number;
  let h6 = x[6] as number, h7 = x[7] as number, h8 = x[8] as number, h9 = x[9] as number, h10 = x[10] as number, h11 = x[11] as number;
  const C0 = ROUND[0] as number, C1 = ROUND[1] as number, C2 = ROUND[2] as number, C3 = ROUND[3] as number, C4 = ROUND[4] as number, C5 = ROUND[5] as number;
  const C6 = ROUND[6] as number, C7 = ROUND[7] as number, C8 = ROUND[8] as number, C9 = ROUND[9] as number, C10 = ROUND[10] as number, C11 = ROUND[11] as number;
  for (let round = 0; round < times; round += 1) {
    const x0 = h0, x1 = h1, x2 = h2, x3 = h3, x4 = h4, x5 = h5, x6 = h6, x7 = h7, x8 = h8, x9 = h9, x10 = h10, x11 = h11;
    const d0 = 2 * x0, d1 = 2 * x1, d2 = 2 * x2, d3 = 2 * x3, d4 = 2 * x4, d5 = 2 * x5;
    const d6 = 2 * x6, d7 = 2 * x7, d8 = 2 * x8, d9 = 2 * x9, d10 = 2 * x10;
    h0 = x0 * x0 + WRAP * (d1 * x11 + d2 * x10 + d3 * x9 + d4 * x8 + d5 * x7 + x6 * x6);
    h1 = d0 * x1 + WRAP * (d2 * x11 + d3 * x10 + d4 * x9 + d5 * x8 + d6 * x7);
    h2 = d0 * x2 + x1 * x1 + WRAP * (d3 * x11 + d4 * x10 + d5 * x9 + d6 * x8 + x7 * x7);
    h3 = d0 * x3 + d1 * x2 + WRAP * (d4 * x11 + d5 * x10 + d6 * x9 + d7 * x8);
    h4 = d0 * x4 + d1 * x3 + x2 * x2 + WRAP * (d5 * x11 + d6 * x10 + d7 * x9 + x8 * x8);
    h5 = d0 * x5 + d1 * x4 + d2 * x3 + WRAP * (d6 * x11 + d7 * x10 + d8 * x9);
    h6 = d0 * x6 + d1 * x5 + d2 * x4 + x3 * x3 + WRAP * (d7 * x11 + d8 * x10 + x9 * x9);
    h7 = d0 * x7 + d1 * x6 + d2 * x5 + d3 * x4 + WRAP * (d8 * x11 + d9 * x10);
    h8 = d0 * x8 + d1 * x7 + d2 * x6 + d3 * x5 + x4 * x4 + WRAP * (d9 * x11 + x10 * x10);
    h9 = d0 * x9 + d1 * x8 + d2 * x7 + d3 * x6 + d4 * x5 + WRAP * (d10 * x11);
    h10 = d0 * x10 + d1 * x9 + d2 * x8 + d3 * x7 + d4 * x6 + x5 * x5 + WRAP * (x11 * x11);
    h11 = d0 * x11 + d1 * x10 + d2 * x9 + d3 * x8 + d4 * x7 + d5 * x6;
    // The carries of `carry`, from two places at once, as each waits for the one before.
    let c = 0;
    c = h0 + C0 - C0; h0 -= c; h1 += c;
    c = h6 + C6 - C6; h6 -= c; h7 += c;
    c = h1 + C1 - C1; h1 -= c; h2 += c;
    c = h7 + C7 - C7; h7 -= c; h8 += c;
    c = h2 + C2 - C2; h2 -= c; h3 += c;
    c = h8 + C8 - C8; h8 -= c; h9 += c;
    c = h3 + C3 - C3; h3 -= c; h4 += c;
    c = h9 + C9 - C9; h9 -= c; h10 += c;
    c = h4 + C4 - C4; h4 -= c; h5 += c;
    c = h10 + C10 - C10; h10 -= c; h11 += c;
    c = h5 + C5 - C5; h5 -= c; h6 += c;
    c = h11 + C11 - C11; h11 -= c; h0 += WRAP * c;
    c = h6 + C6 - C6; h6 -= c; h7 += c;
    c = h0 + C0 - C0; h0 -= c; h1 += c;
  }
  const h = new Float64Array(COUNT);
  h[0] = h0; h[1] = h1; h[2] = h2; h[3] = h3; h[4] = h4; h[5] = h5; h[6] = h6; h[7] = h7; h[8] = h8; h[9] = h9; h[10] = h10; h[11] = h11;
  return h;
}

/** x^(2^252 - 3), which is x^((P - 5) / 8): what square roots modulo P are made of (RFC 9496 §4.2). */
export function powerForRoot(value: bigint): bigint {
  const x = toLimbs(value);
  const ones = (many: Limbs, times: number, more: Limbs): Limbs => multiply(squareTimes(many, times), more);
  // The exponent is 250 ones in binary, a zero, a one; by how many ones each has.
  const two = ones(x, 1, x);
  const four = ones(two, 2, two);
  const five = ones(four, 1, x);
  const ten = ones(five, 5, five);
  const twenty = ones(ten, 10, ten);
  const forty = ones(twenty, 20, twenty);
  const eighty = ones(forty, 40, forty);
  const half = ones(ones(eighty, 80, eighty), 80, eighty);
  return fromLimbs(ones(ones(half, 10, ten), 2, x));
}
