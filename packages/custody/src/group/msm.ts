import {
  add,
  addCached,
  double,
  type Extended,
  subtractCached,
  toCached,
  toPoints,
  ZERO,
  isNeutral,
} from './extended.ts';
import type { Point } from './point.ts';
import { reduce } from './scalar.ts';

const BITS = 253;

/** The window, in bits, with the fewest additions for a number of points. */
function chooseWindow(points: number): number {
  let best = 1;
  let least = Infinity;
  for (let window = 1; window <= 15; window += 1) {
    const additions = Math.ceil((BITS + 1) / window) * (points + 2 ** window);
    if (additions < least) [best, least] = [window, additions];
  }
  return best;
}

/**
 * Σ scalars[i] points[i] by the bucket method with signed digits (Pippenger 1976; Bernstein, Doumen, Lange,
 * Oosterwijk 2012). Its time tells the scalars: for checking, and for sums whose scalars are used once.
 */
function sum(points: readonly Point[], scalars: readonly bigint[]): Extended {
  if (points.length !== scalars.length) throw new RangeError('as many scalars as points');
  const window = chooseWindow(points.length);
  const half = 2 ** (window - 1);
  const windows = Math.ceil((BITS + 1) / window);
  const cached = points.map(toCached);
  const digits = new Int16Array(windows * points.length);
  scalars.forEach((scalar, i) => {
    let rest = reduce(scalar);
    let carry = 0;
    for (let w = 0; rest > 0n || carry > 0; w += 1) {
      let digit = Number(BigInt.asUintN(window, rest)) + carry;
      carry = digit > half ? 1 : 0;
      if (carry === 1) digit -= 2 * half;
      digits[w * points.length + i] = digit;
      rest >>= BigInt(window);
    }
  });
  let result = ZERO;
  for (let w = windows - 1; w >= 0; w -= 1) {
    for (let i = 0; i < window && result !== ZERO; i += 1) result = double(result);
    const buckets = new Array<Extended>(half).fill(ZERO);
    const row = w * points.length;
    cached.forEach((point, i) => {
      const digit = digits[row + i] ?? 0;
      if (digit > 0) buckets[digit - 1] = addCached(buckets[digit - 1] ?? ZERO, point);
      else if (digit < 0) buckets[-digit - 1] = subtractCached(buckets[-digit - 1] ?? ZERO, point);
    });
    let running = ZERO;
    let total = ZERO;
    for (const bucket of buckets.reverse()) {
      if (bucket !== ZERO) running = add(running, bucket);
      if (running !== ZERO) total = add(total, running);
    }
    if (total !== ZERO) result = add(result, total);
  }
  return result;
}

/** Σ scalars[i] points[i]; of nothing, the neutral element. @throws RangeError for lists of different lengths. */
export const sumOfProducts = (points: readonly Point[], scalars: readonly bigint[]): Point =>
  toPoints([sum(points, scalars)])[0] as Point;

/** Whether Σ scalars[i] points[i] is the neutral element. */
export const sumsToNothing = (points: readonly Point[], scalars: readonly bigint[]): boolean =>
  isNeutral(sum(points, scalars));
