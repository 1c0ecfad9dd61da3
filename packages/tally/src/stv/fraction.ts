import { gcd } from '../arithmetic.ts';

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };

/** n/d in lowest terms, for n from 0 and d from 1. */
export function fraction(n: bigint, d: bigint = 1n): Fraction {
  if (d === 1n) return { n, d };
  const divisor = gcd(n, d);
  return { n: n / divisor, d: d / divisor };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}

/** a - b, which must not be negative. */
export function minus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
}

/** a * b / c. */
export function scale(a: Fraction, b: Fraction, c: Fraction): Fraction {
  return fraction(a.n * b.n * c.d, a.d * b.d * c.n);
}

/** Negative, zero or positive as a is less than, equal to or more than b. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** "12" or "25/3". */
export function showFraction({ n, d }: Fraction): string {
  return d === 1n ? `${n}` : `${n}/${d}`;
}

/** Reads what `showFraction` writes and rounds it to so many decimals, halves up: "8.33". */
export function toDecimal(shown: string, decimals: number): string {
  const [n = '0', d = '1'] = shown.split('/');
  const unit = 10n ** BigInt(decimals);
  const scaled = (BigInt(n) * unit * 2n + BigInt(d)) / (BigInt(d) * 2n);
  if (d === '1') return n;
  if (decimals === 0) return String(scaled);
  const digits = String(scaled).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
