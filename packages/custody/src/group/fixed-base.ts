import {
  add,
  addCached,
  cacheAll,
  double,
  type Cached,
  type Extended,
  subtractCached,
  toExtended,
} from './extended.ts';
import type { Point } from './point.ts';
import { reduce } from './scalar.ts';

const WINDOW = 8;
const HALF = 2 ** (WINDOW - 1);
const WINDOWS = Math.ceil(254 / WINDOW);

/** Multiples of one point, made once, so that each further multiplication takes 32 additions at most. */
export interface FixedBase {
  readonly point: Point;
  /** table[w * HALF + d - 1] = d 2^(8w) times the point, d = 1..HALF */
  readonly table: readonly Cached[];
}

export function fixBase(point: Point): FixedBase {
  const multiples: Extended[] = [];
  let base = toExtended(point);
  for (let w = 0; w < WINDOWS; w += 1) {
    let multiple = base;
    for (let d = 1; d <= HALF; d += 1) {
      multiples.push(multiple);
      multiple = add(multiple, base);
    }
    base = double(multiples.at(-1) as Extended);
  }
  return { point, table: cacheAll(multiples) };
}

/**
 * start + k P. Its time tells something of k: for exponents that are used once, on an officer's own computer,
 * where nobody else takes the time of a single one.
 */
export function addMultiple(start: Extended, base: FixedBase, k: bigint): Extended {
  let result = start;
  let rest = reduce(k);
  let carry = 0;
  for (let w = 0; w < WINDOWS; w += 1) {
    let digit = Number(BigInt.asUintN(WINDOW, rest)) + carry;
    rest >>= BigInt(WINDOW);
    carry = digit > HALF ? 1 : 0;
    if (carry === 1) digit -= 2 * HALF;
    if (digit > 0) result = addCached(result, base.table[w * HALF + digit - 1] as Cached);
    else if (digit < 0) result = subtractCached(result, base.table[w * HALF - digit - 1] as Cached);
  }
  return result;
}
