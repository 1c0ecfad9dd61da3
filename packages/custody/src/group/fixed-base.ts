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
import { cheapestWindow } from './window.ts';

const BITS = 254;

/** Multiples of one point, made once, so that each further multiplication takes one addition a window. */
export interface FixedBase {
  readonly point: Point;
  /** Bits a window. */
  readonly window: number;
  /** table[w * half + d - 1] = d 2^(w window) times the point, d = 1..half */
  readonly table: readonly Cached[];
}

/** The window with the least work for a number of multiplications, the table included. */
export const windowFor = (multiplications: number): number =>
  cheapestWindow(12, (window) => Math.ceil(BITS / window) * (multiplications + 2 ** window));

export function fixBase(point: Point, multiplications: number): FixedBase {
  const window = windowFor(multiplications);
  const half = 2 ** (window - 1);
  const multiples: Extended[] = [];
  let base = toExtended(point);
  for (let w = 0; w < Math.ceil(BITS / window); w += 1) {
    let multiple = base;
    for (let d = 1; d <= half; d += 1) {
      multiples.push(multiple);
      multiple = add(multiple, base);
    }
    base = double(multiples.at(-1) as Extended);
  }
  return { point, window, table: cacheAll(multiples) };
}

/**
 * start + k P. Its time tells something of k: for exponents that are used once, on an officer's own computer,
 * where nobody else takes the time of a single one.
 */
export function addMultiple(start: Extended, { window, table }: FixedBase, k: bigint): Extended {
  const half = 2 ** (window - 1);
  let result = start;
  let rest = reduce(k);
  let carry = 0;
  for (let at = 0; rest > 0n || carry > 0; at += half) {
    let digit = Number(BigInt.asUintN(window, rest)) + carry;
    rest >>= BigInt(window);
    carry = digit > half ? 1 : 0;
    if (carry === 1) digit -= 2 * half;
    if (digit > 0) result = addCached(result, table[at + digit - 1] as Cached);
    else if (digit < 0) result = subtractCached(result, table[at - digit - 1] as Cached);
  }
  return result;
}
