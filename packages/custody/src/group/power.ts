import { COUNT, type Limbs, multiplyInto, putLimbs, ROUND, takeLimbs, WRAP } from './limbs.ts';

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

/** x^(2^252 - 3), which is x^((P - 5) / 8): what square roots modulo P are made of (RFC 9496 §4.2). For numbers of 0..2^256 - 1. */
export function powerForRoot(value: bigint): bigint {
  const x = new Float64Array(COUNT);
  putLimbs(x, 0, value);
  const ones = (many: Limbs, times: number, more: Limbs): Limbs => {
    const result = squareTimes(many, times);
    multiplyInto(result, 0, result, 0, more, 0);
    return result;
  };
  // The exponent is 250 ones in binary, a zero, a one; by how many ones each has.
  const two = ones(x, 1, x);
  const four = ones(two, 2, two);
  const five = ones(four, 1, x);
  const ten = ones(five, 5, five);
  const twenty = ones(ten, 10, ten);
  const forty = ones(twenty, 20, twenty);
  const eighty = ones(forty, 40, forty);
  const half = ones(ones(eighty, 80, eighty), 80, eighty);
  return takeLimbs(ones(ones(half, 10, ten), 2, x), 0);
}
