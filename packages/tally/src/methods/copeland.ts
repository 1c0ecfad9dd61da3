import { cell } from '../pairwise/pairwise.ts';
import type { Step } from '../model.ts';
import type { Method } from './method.ts';
import { orderByScore } from './order.ts';

/**
 * Copeland: a point for every candidate you win against, half a point for a draw. A. H. Copeland, "A
 * reasonable social welfare function", University of Michigan seminar (1951); known to R. Llull in 1299.
 */
export const copeland: Method = {
  name: 'copeland',
  title: 'Copeland',
  needsBallots: false,
  mostCandidates: Infinity,
  rank({ pairwise, candidates }) {
    const tallies = candidates.map((_, a) => {
      let wins = 0;
      let draws = 0;
      for (let b = 0; b < candidates.length; b++) {
        if (a === b) continue;
        if (cell(pairwise, a, b) > cell(pairwise, b, a)) wins++;
        else if (cell(pairwise, a, b) === cell(pairwise, b, a)) draws++;
      }
      return { wins, draws };
    });
    const tiers = orderByScore(tallies.map(({ wins, draws }) => -2 * wins - draws));
    const steps = tiers.flatMap(({ place, members }) =>
      members.map((member): Step => {
        const name = candidates[member] as string;
        const { wins = 0, draws = 0 } = tallies[member] ?? {};
        const losses = candidates.length - 1 - wins - draws;
        return { code: 'duels', candidates: [name], place, wins, draws, losses };
      }),
    );
    return { tiers, beats: null, way: null, steps, rounds: [], seats: null };
  },
};
