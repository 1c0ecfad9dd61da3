import type { Step } from '../model.ts';
import { showFraction, fraction } from '../stv/fraction.ts';
import type { Profile } from '../stv/profile.ts';
import type { Method } from './method.ts';
import { orderByScore } from './order.ts';

/**
 * Borda's points as J.-C. de Borda gave them (Mémoire sur les élections au scrutin, 1781): of n candidates the first on a
 * ballot gets n - 1 points, the second n - 2, and so on; who is not ranked gets none, whatever `unranked` says. Level
 * candidates share their places' points equally.
 */
export const bordaClassic: Method = {
  name: 'borda-classic',
  title: 'Borda (1781)',
  needsBallots: true,
  mostCandidates: Infinity,
  rank({ candidates, profile }) {
    // Twice the points, so that a shared one is a whole number.
    const doubled = candidates.map(() => 0n);
    for (const { tiers, count } of (profile as Profile).groups) {
      let before = 0;
      for (const tier of tiers) {
        const each = BigInt(2 * (candidates.length - 1 - before) - (tier.length - 1));
        for (const i of tier) doubled[i] = (doubled[i] as bigint) + each * count;
        before += tier.length;
      }
    }
    const tiers = orderByScore(doubled.map((points) => -points));
    const steps = tiers.flatMap(({ place, members }) =>
      members.map((i): Step => {
        const score = showFraction(fraction(doubled[i] as bigint, 2n));
        return { code: 'score', candidates: [candidates[i] as string], place, score };
      }),
    );
    return { tiers, beats: null, way: null, steps, rounds: [], seats: null };
  },
};
