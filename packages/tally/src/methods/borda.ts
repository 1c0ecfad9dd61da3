import { cell } from '../pairwise/pairwise.ts';
import type { Step } from '../model.ts';
import type { Method } from './method.ts';
import { orderByScore } from './order.ts';

/**
 * Borda, in the symmetric form that ties and no opinion leave fair: a candidate's score is the ballots
 * that prefer them minus the ballots that prefer the other, summed over all others. On ballots that rank
 * everybody it gives the order of J.-C. de Borda's points (Mémoire sur les élections au scrutin, 1781).
 * Ballots that do not compare a pair move neither of its scores.
 */
export const borda: Method = {
  name: 'borda',
  title: 'Borda',
  needsBallots: false,
  mostCandidates: Infinity,
  rank({ pairwise, candidates }) {
    const scores = candidates.map((_, a) => {
      let score = 0n;
      candidates.forEach((_, b) => {
        if (a !== b) score += BigInt(cell(pairwise, a, b)) - BigInt(cell(pairwise, b, a));
      });
      return score;
    });
    const tiers = orderByScore(scores.map((score) => -score));
    const steps = tiers.flatMap(({ place, members }) =>
      members.map((member): Step => {
        const name = candidates[member] as string;
        return {
          code: 'score',
          candidates: [name],
          place,
          score: String(scores[member]),
        };
      }),
    );
    return { tiers, beats: null, way: null, steps, rounds: [], seats: null };
  },
};
