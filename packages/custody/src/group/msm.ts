import {
  add,
  addCached,
  double,
  type Extended,
  isNeutral,
  negate,
  subtractCached,
  toCached,
  toExtended,
  toPoints,
  ZERO,
} from './extended.ts';
import type { Point } from './point.ts';
import { ORDER, reduce } from './scalar.ts';

/** Of half the order: a scalar above it is taken from its other side, so that small negative ones are small. */
const BITS = 252;
/** So many points and fewer are added up without buckets. */
const FEW = 8;

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

/** The scalar, or what is missing to the order with the other sign: whichever is smaller. */
function halved(scalar: bigint): { readonly size: bigint; readonly sign: 1 | -1 } {
  const rest = reduce(scalar);
  return 2n * rest > ORDER ? { size: ORDER - rest, sign: -1 } : { size: rest, sign: 1 };
}

/** Σ scalars[i] points[i]. Its time tells the scalars: for checking, and for sums whose scalars are used once. */
function sum(points: readonly Point[], scalars: readonly bigint[]): Extended {
  if (points.length !== scalars.length) throw new RangeError('as many scalars as points');
  return points.length <= FEW ? sumOfFew(points, scalars) : sumByBuckets(points, scalars);
}

/** Odd multiples P, 3P, ..., 15P. */
function oddMultiples(point: Point): Extended[] {
  const first = toExtended(point);
  const twice = double(first);
  const multiples = [first];
  for (let i = 1; i < 8; i += 1) multiples.push(add(multiples[i - 1] as Extended, twice));
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
function sumOfFew(points: readonly Point[], scalars: readonly bigint[]): Extended {
  const tables = points.map(oddMultiples);
  const digits = scalars.map(sparseDigits);
  let result = ZERO;
  for (let at = BITS; at >= 0; at -= 1) {
    if (result !== ZERO) result = double(result);
    for (const [i, table] of tables.entries()) {
      const digit = digits[i]?.[at] ?? 0;
      if (digit > 0) result = add(result, table[(digit - 1) / 2] as Extended);
      else if (digit < 0) result = add(result, negate(table[(-digit - 1) / 2] as Extended));
    }
  }
  return result;
}

/** By the bucket method with signed digits (Pippenger 1976; Bernstein, Doumen, Lange, Oosterwijk 2012). */
function sumByBuckets(points: readonly Point[], scalars: readonly bigint[]): Extended {
  const window = chooseWindow(points.length);
  const half = 2 ** (window - 1);
  const windows = Math.ceil((BITS + 1) / window);
  const cached = points.map(toCached);
  const digits = new Int16Array(windows * points.length);
  scalars.forEach((scalar, i) => {
    const { size, sign } = halved(scalar);
    let rest = size;
    let carry = 0;
    for (let w = 0; rest > 0n || carry > 0; w += 1) {
      let digit = Number(BigInt.asUintN(window, rest)) + carry;
      carry = digit > half ? 1 : 0;
      if (carry === 1) digit -= 2 * half;
      digits[w * points.length + i] = sign * digit;
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
