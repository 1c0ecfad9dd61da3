import { indices } from '../indices.ts';
import type { Pairwise } from '../pairwise/pairwise.ts';
import { cell } from '../pairwise/pairwise.ts';
import type { Paths } from './paths.ts';
import { strongestPaths } from './paths.ts';

/**
 * The Smith set: the smallest non-empty set whose members each win against everyone outside. They are
 * the candidates from whom "wins or draws" leads to everyone (J. H. Smith 1973).
 */
export function smithSet(pairwise: Pairwise): number[] {
  const { size } = pairwise;
  const everyone = indices(size);
  const ordinals = new Int32Array(size * size);
  for (const a of everyone) {
    for (const b of everyone) {
      if (a !== b && cell(pairwise, a, b) >= cell(pairwise, b, a)) ordinals[a * size + b] = 1;
    }
  }
  const { widths } = strongestPaths({ size, ordinals, strengths: [0, 1] });
  return everyone.filter((a) => everyone.every((b) => a === b || widths[a * size + b] === 1));
}

/**
 * The Schwartz set: everyone who can reach back by victories whoever reaches them (T. Schwartz 1972).
 * Part of the Smith set; smaller only where there are draws.
 */
export function schwartzSet({ size, widths }: Paths): number[] {
  const everyone = indices(size);
  return everyone.filter((a) =>
    everyone.every((b) => widths[b * size + a] === 0 || (widths[a * size + b] as number) > 0),
  );
}

/** The candidate who wins against every other one; null when there is none. */
export function condorcetWinner(pairwise: Pairwise): number | null {
  return onlyOne(pairwise, (a, b) => cell(pairwise, a, b) > cell(pairwise, b, a));
}

/** The candidate who loses against every other one; null when there is none. */
export function condorcetLoser(pairwise: Pairwise): number | null {
  return onlyOne(pairwise, (a, b) => cell(pairwise, a, b) < cell(pairwise, b, a));
}

/** With one candidate there is nobody to win against, so neither winner nor loser is claimed. */
function onlyOne({ size }: Pairwise, holds: (a: number, b: number) => boolean): number | null {
  if (size < 2) return null;
  const everyone = indices(size);
  return everyone.find((a) => everyone.every((b) => a === b || holds(a, b))) ?? null;
}
