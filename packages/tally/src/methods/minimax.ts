import type { Step, Strength } from '../model.ts';
import type { Method } from './method.ts';
import { orderByScore } from './order.ts';

/**
 * Minimax (Simpson 1969, Kramer 1977): the candidate whose worst defeat is the weakest goes first. With
 * the switch `strength` a defeat is measured in votes, margin, ratio or opposition.
 */
export const minimax: Method = {
  name: 'minimax',
  title: 'Minimax',
  needsBallots: false,
  mostCandidates: Infinity,
  rank({ links, candidates }) {
    const { size, ordinals, strengths } = links;
    const worst = candidates.map((_, b) => {
      let highest = 0;
      for (let a = 0; a < size; a++) highest = Math.max(highest, ordinals[a * size + b] as number);
      return highest;
    });
    const tiers = orderByScore(worst);
    const steps = tiers.flatMap(({ place, members }) =>
      members.map((member): Step => {
        const name = candidates[member] as string;
        const by = candidates.filter(
          (_, a) => worst[member] !== 0 && ordinals[a * size + member] === worst[member],
        );
        const defeat =
          by.length === 0
            ? 'has no defeat'
            : `has the worst defeat ${strengths[worst[member] as number]} (by ${by.join(', ')})`;
        return {
          code: 'worst-defeat',
          message: `${name} ${defeat}: place ${place}.`,
          candidates: [name, ...by],
          place,
          strength: strengths[worst[member] as number] as Strength,
        };
      }),
    );
    return { tiers, beats: null, way: null, steps, rounds: [], seats: null };
  },
};
