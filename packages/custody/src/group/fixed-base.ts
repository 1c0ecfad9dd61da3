import { type Extended, toExtended } from './extended.ts';
import { ADDEND, addAddend, addTo, doubleThere, putAddends, putPoint, SIZE, takePoint } from './flat.ts';
import type { Limbs } from './limbs.ts';
import type { Point } from './point.ts';
import { reduce } from './scalar.ts';
import { cheapestWindow } from './window.ts';

const BITS = 254;
/** To make a multiple for the table takes about as long as so many additions. */
const MADE = 3;
const sum = new Float64Array(SIZE);

/** Multiples of one point, made once, so that each further multiplication takes one addition a window. */
export interface FixedBase {
  readonly point: Point;
  /** Bits a window. */
  readonly window: number;
  /** At (w * half + d - 1) * ADDEND: d 2^(w window) times the point, d = 1..half, as one that is added. */
  readonly table: Limbs;
}

/** The window with the least work for a number of multiplications, the table included. */
export const windowFor = (multiplications: number): number =>
  cheapestWindow(12, (window) => Math.ceil(BITS / window) * (multiplications + MADE * 2 ** (window - 1)));

export function fixBase(point: Point, multiplications: number): FixedBase {
  const window = windowFor(multiplications);
  const half = 2 ** (window - 1);
  const multiples = new Float64Array(Math.ceil(BITS / window) * half * SIZE);
  const base = new Float64Array(SIZE);
  putPoint(base, 0, toExtended(point));
  for (let at = 0; at < multiples.length; at += SIZE) {
    if (at % (half * SIZE) === 0) {
      multiples.set(base, at);
    } else {
      multiples.copyWithin(at, at - SIZE, at);
      addTo(multiples, at, base, 0);
    }
    if ((at + SIZE) % (half * SIZE) !== 0) continue;
    base.set(multiples.subarray(at, at + SIZE));
    doubleThere(base, 0);
  }
  return { point, window, table: putAddends(multiples) };
}

/**
 * start + Σ k P. Its time tells something of k: for exponents that are used once, on an officer's own computer,
 * where nobody else takes the time of a single one.
 */
export function addMultiples(start: Extended, ...terms: readonly (readonly [FixedBase, bigint])[]): Extended {
  putPoint(sum, 0, start);
  for (const [base, k] of terms) addMultiple(base, k);
  return takePoint(sum, 0);
}

function addMultiple({ window, table }: FixedBase, k: bigint): void {
  const half = 2 ** (window - 1);
  let rest = reduce(k);
  let carry = 0;
  for (let at = 0; rest > 0n || carry > 0; at += half) {
    let digit = Number(BigInt.asUintN(window, rest)) + carry;
    rest >>= BigInt(window);
    carry = digit > half ? 1 : 0;
    if (carry === 1) digit -= 2 * half;
    if (digit !== 0) addAddend(sum, 0, table, (at + Math.abs(digit) - 1) * ADDEND, digit < 0);
  }
}
