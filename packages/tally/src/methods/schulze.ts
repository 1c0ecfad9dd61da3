import type { Step } from '../model.ts';
import { pathBetween } from '../graph/paths.ts';
import type { Method, MethodInput, Tier, Way } from './method.ts';
import { orderRelation } from './order.ts';

/**
 * Schulze: a beats b when the strongest path from a to b is stronger than the strongest path back.
 * M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
 * single-winner election method", Social Choice and Welfare 36 (2011), 267-303; arXiv:1804.02973 (2018).
 */
export const schulze: Method = {
  name: 'schulze',
  title: 'Schulze',
  needsBallots: false,
  mostCandidates: Infinity,
  rank(input) {
    const { size, widths } = input.paths;
    const { ordinals } = input.links;
    const beats = (a: number, b: number): boolean =>
      (widths[a * size + b] as number) > (widths[b * size + a] as number);
    const tiers = orderRelation(size, beats, input.options.order);
    const way: Way = {
      kind: 'path',
      between: (a, b) =>
        ordinals[a * size + b] === widths[a * size + b] ? null : pathBetween(input.paths, a, b),
    };
    return { tiers, beats, way, steps: relationSteps(input, tiers, beats), rounds: [], seats: null };
  },
};

/** One step a candidate: who beats them, and the place that gives. */
export function relationSteps(
  { candidates }: MethodInput,
  tiers: readonly Tier[],
  beats: (a: number, b: number) => boolean,
): Step[] {
  const name = (i: number): string => candidates[i] as string;
  return tiers.flatMap(({ place, members }) =>
    members.map((member) => {
      const victors = candidates.filter((_, other) => beats(other, member));
      return { code: 'place', candidates: [name(member), ...victors], place };
    }),
  );
}
