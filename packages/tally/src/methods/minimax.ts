import type { Count, Step, Strength } from '../model.ts';
import { cell } from '../pairwise/pairwise.ts';
import type { Method, MethodInput, MethodResult } from './method.ts';
import { orderByScore } from './order.ts';

/**
 * Minimax (Simpson 1969, Kramer 1977): the candidate whose worst defeat is the weakest goes first. With
 * the switch `strength` a defeat is measured in votes, margin or ratio. With `opposition` it need be no defeat:
 * what counts is the most ballots that prefer one other candidate (pairwise opposition).
 */
export const minimax: Method = {
  name: 'minimax',
  title: 'Minimax',
  needsBallots: false,
  mostCandidates: Infinity,
  rank(input) {
    if (input.options.strength === 'opposition' && input.edition > 1) return byOpposition(input);
    const { links, candidates } = input;
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
        return {
          code: 'worst-defeat',
          candidates: [name, ...by],
          place,
          strength: strengths[worst[member] as number] as Strength,
        };
      }),
    );
    return { tiers, beats: null, way: null, steps, rounds: [], seats: null };
  },
};

function byOpposition({ pairwise, candidates }: MethodInput): MethodResult {
  const others = (member: number): number[] => [...candidates.keys()].filter((i) => i !== member);
  const worst = candidates.map((_, b) =>
    others(b).reduce<Count>((most, a) => {
      const against = cell(pairwise, a, b);
      return against > most ? against : most;
    }, 0),
  );
  const tiers = orderByScore(worst);
  const steps = tiers.flatMap(({ place, members }) =>
    members.map((member): Step => {
      const name = candidates[member] as string;
      const votes = worst[member] as Count;
      const by = others(member)
        .filter((a) => votes !== 0 && cell(pairwise, a, member) === votes)
        .map((a) => candidates[a] as string);
      return {
        code: 'worst-opposition',
        candidates: [name, ...by],
        place,
        strength: votes,
      };
    }),
  );
  return { tiers, beats: null, way: null, steps, rounds: [], seats: null };
}
