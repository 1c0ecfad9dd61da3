import { type Extended, isNeutral, toPoints } from './extended.ts';
import {
  ADDEND,
  addAddend,
  addTo,
  doubleThere,
  putAddend,
  putZero,
  SIZE,
  subtractFrom,
  takePoint,
} from './flat.ts';
import type { Limbs } from './limbs.ts';
import type { Point } from './point.ts';
import { ORDER, reduce } from './scalar.ts';
import { cheapestWindow } from './window.ts';

/** Of half the order: a scalar above it is taken from its other side, so that small negative ones are small. */
const BITS = 252;
/** So many points and fewer are added up without buckets. */
const FEW = 8;
const addend = new Float64Array(ADDEND);

/** Told how much of a long piece of work is done, from 0 to 1: of checks alone, whose steps are everybody's. */
export type Tick = (done: number) => void;

/** The window, in bits, with the fewest additions for a number of points. */
const chooseWindow = (points: number): number =>
  cheapestWindow(15, (window) => Math.ceil((BITS + 1) / window) * (points + 2 ** window));

/** The scalar, or what is missing to the order with the other sign: whichever is smaller. */
export function halved(scalar: bigint): { readonly size: bigint; readonly sign: 1 | -1 } {
  const rest = reduce(scalar);
  return 2n * rest > ORDER ? { size: ORDER - rest, sign: -1 } : { size: rest, sign: 1 };
}

/** Σ scalars[i] points[i]. Its time tells the scalars: for checking, and for sums whose scalars are used once. */
function sum(points: readonly Point[], scalars: readonly bigint[], tick?: Tick): Extended {
  if (points.length !== scalars.length) throw new RangeError('as many scalars as points');
  return points.length <= FEW
    ? sumOfFew(points, scalars.map(sparseDigits))
    : sumByBuckets(points, scalars, tick);
}

/** Odd multiples P, 3P, ..., 15P, and 2P after them. */
function oddMultiples(point: Point): Limbs {
  const multiples = new Float64Array(9 * SIZE);
  putAddend(addend, 0, point);
  putZero(multiples, 0);
  addAddend(multiples, 0, addend, 0, false);
  const twice = 8 * SIZE;
  multiples.copyWithin(twice, 0, SIZE);
  doubleThere(multiples, twice);
  for (let at = SIZE; at < twice; at += SIZE) {
    multiples.copyWithin(at, at - SIZE, at);
    addTo(multiples, at, multiples, twice);
  }
  return multiples;
}

/** Digits of a scalar, least first: 0, or odd from -15 to 15 and then four of 0 at least. */
function sparseDigits(scalar: bigint): Int8Array {
  const { size, sign } = halved(scalar);
  const digits = new Int8Array(BITS + 1);
  let rest = size;
  for (let at = 0; rest > 0n; at += 1, rest >>= 1n) {
    if ((rest & 1n) === 0n) continue;
    const low = Number(rest & 31n);
    const digit = low > 16 ? low - 32 : low;
    digits[at] = sign * digit;
    rest -= BigInt(digit);
  }
  return digits;
}

/** By tables of the points, with one doubling a bit for all (Straus 1964). */
function sumOfFew(points: readonly Point[], digits: readonly Int8Array[]): Extended {
  const tables = points.map(oddMultiples);
  const result = new Float64Array(SIZE);
  putZero(result, 0);
  let begun = false;
  for (let at = BITS; at >= 0; at -= 1) {
    if (begun) doubleThere(result, 0);
    for (const [i, table] of tables.entries()) {
      const digit = digits[i]?.[at] ?? 0;
      if (digit === 0) continue;
      const place = ((Math.abs(digit) - 1) / 2) * SIZE;
      if (digit > 0) addTo(result, 0, table, place);
      else subtractFrom(result, 0, table, place);
      begun = true;
    }
  }
  return takePoint(result, 0);
}

/** Digits of all scalars for windows of so many bits, window by window: from -half to half. */
function signedDigits(scalars: readonly bigint[], window: number, windows: number): Int16Array {
  const half = 2 ** (window - 1);
  const digits = new Int16Array(windows * scalars.length);
  scalars.forEach((scalar, i) => {
    const { size, sign } = halved(scalar);
    let rest = size;
    let carry = 0;
    for (let w = 0; rest > 0n || carry > 0; w += 1) {
      let digit = Number(BigInt.asUintN(window, rest)) + carry;
      carry = digit > half ? 1 : 0;
      if (carry === 1) digit -= 2 * half;
      digits[w * scalars.length + i] = sign * digit;
      rest >>= BigInt(window);
    }
  });
  return digits;
}

/** By the bucket method with signed digits (Pippenger 1976; Bernstein, Doumen, Lange, Oosterwijk 2012). */
function sumByBuckets(points: readonly Point[], scalars: readonly bigint[], tick?: Tick): Extended {
  const window = chooseWindow(points.length);
  const half = 2 ** (window - 1);
  const windows = Math.ceil((BITS + 1) / window);
  const digits = signedDigits(scalars, window, windows);
  const addends = new Float64Array(points.length * ADDEND);
  for (const [i, point] of points.entries()) putAddend(addends, i * ADDEND, point);
  const buckets = new Float64Array(half * SIZE);
  const sums = new Float64Array(3 * SIZE);
  const [result, running, total] = [0, SIZE, 2 * SIZE];
  putZero(sums, result);
  for (let w = windows - 1; w >= 0; w -= 1) {
    for (let i = 0; i < window; i += 1) doubleThere(sums, result);
    for (let at = 0; at < buckets.length; at += SIZE) putZero(buckets, at);
    const row = w * points.length;
    for (let i = 0; i < points.length; i += 1) {
      const digit = digits[row + i] as number;
      if (digit !== 0) addAddend(buckets, (Math.abs(digit) - 1) * SIZE, addends, i * ADDEND, digit < 0);
    }
    putZero(sums, running);
    putZero(sums, total);
    for (let at = buckets.length - SIZE; at >= 0; at -= SIZE) {
      addTo(sums, running, buckets, at);
      addTo(sums, total, sums, running);
    }
    addTo(sums, result, sums, total);
    tick?.((windows - w) / windows);
  }
  return takePoint(sums, result);
}

/** Σ scalars[i] points[i]; of nothing, the neutral element. @throws RangeError for lists of different lengths. */
export const sumOfProducts = (points: readonly Point[], scalars: readonly bigint[]): Point =>
  toPoints([sum(points, scalars)])[0] as Point;

/** Whether Σ scalars[i] points[i] is the neutral element. */
export const sumsToNothing = (points: readonly Point[], scalars: readonly bigint[], tick?: Tick): boolean =>
  isNeutral(sum(points, scalars, tick));

/** Σ scalars[i] points[i] for each of many short lists of points, with the same scalars for all. */
export function sumsAlike(lists: readonly (readonly Point[])[], scalars: readonly bigint[]): Extended[] {
  const digits = scalars.map(sparseDigits);
  return lists.map((points) => sumOfFew(points, digits));
}
