import { sumsToNothing, type Tick } from './msm.ts';
import type { Point } from './point.ts';
import { randomWeight } from './scalar.ts';

/** A sum of multiples that has to be the neutral element: point and its factor, turn about. */
export type Equation = readonly (readonly [Point, bigint])[];

function holds(equations: readonly Equation[], weigh: () => bigint, tick?: Tick): boolean {
  const factors = new Map<Point, bigint>();
  for (const equation of equations) {
    const weight = weigh();
    for (const [point, factor] of equation) factors.set(point, (factors.get(point) ?? 0n) + weight * factor);
  }
  return sumsToNothing([...factors.keys()], [...factors.values()], tick);
}

/**
 * The place of the first equation that does not hold; -1 when all hold. All are first checked as one, each
 * times a fresh random weight of 128 bits: an equation that does not hold gets through with probability
 * 2^-127 at most, whatever the others are. Only when that fails are they looked at singly, for blame.
 * Call it after everything was decoded, with everything that the equations are made of fixed.
 *
 * @param tick told how much of the first sum is done, from 0 to 1.
 */
export function firstFalse(equations: readonly Equation[], tick?: Tick): number {
  if (holds(equations, randomWeight, tick)) return -1;
  return equations.findIndex((equation) => !holds([equation], () => 1n));
}
