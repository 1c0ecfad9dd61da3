import { sumOfProducts } from '../group/msm.ts';
import type { Point } from '../group/point.ts';
import { invert, reduce } from '../group/scalar.ts';

/** f(x) modulo the order, the coefficients from the constant one upwards. */
export const evaluate = (coefficients: readonly bigint[], x: bigint): bigint =>
  coefficients.reduceRight((sum, coefficient) => reduce(sum * x + coefficient), 0n);

/** f(x) G from the commitments to the coefficients (Feldman 1987). */
export function evaluateCommitments(commitments: readonly Point[], x: bigint): Point {
  let power = 1n;
  const powers = commitments.map(() => {
    const now = power;
    power = reduce(power * x);
    return now;
  });
  return sumOfProducts(commitments, powers);
}

/** Factors with which the values at `xs` add up to the value at 0 (Lagrange). @throws when two are equal. */
export const lagrangeAtZero = (xs: readonly bigint[]): bigint[] =>
  xs.map((x, i) => xs.reduce((factor, y, j) => (i === j ? factor : reduce(factor * y * invert(y - x))), 1n));
