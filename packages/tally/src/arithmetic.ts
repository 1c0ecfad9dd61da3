import type { Count } from './model.ts';

/**
 * Sums of counts of one kind. JavaScript's operators work on two numbers and on two bigints alike;
 * only the type checker needs to be told that the operands never mix (see `Count`).
 */
export function add(a: Count, b: Count): Count {
  return (a as number) + (b as number);
}

export function subtract(a: Count, b: Count): Count {
  return (a as number) - (b as number);
}

/** Negative, zero or positive as a is less than, equal to or more than b. */
export function compare(a: Count, b: Count): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Greatest common divisor of two non-negative bigints. */
export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
