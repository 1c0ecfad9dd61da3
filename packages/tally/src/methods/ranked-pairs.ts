import type { Step, Strength } from '../model.ts';
import type { Method, MethodInput } from './method.ts';
import { orderRelation } from './order.ts';
import { LockedPairs } from '../graph/locked-pairs.ts';
import { relationSteps } from './schulze.ts';

/**
 * Ranked Pairs: victories are locked in from the strongest down, leaving out those that would close a
 * circle. T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and
 * Welfare 4 (1987), 185-206. Equally strong victories are taken together: of a group, each one that lies
 * on a circle with locked ones and its equals is left out, so that no order among equals decides.
 */
export const rankedPairs: Method = {
  name: 'ranked-pairs',
  title: 'Ranked Pairs',
  needsBallots: false,
  mostCandidates: Infinity,
  rank(input) {
    const { size, ordinals, strengths } = input.links;
    const groups: number[][] = strengths.map(() => []);
    ordinals.forEach((ordinal, edge) => {
      if (ordinal > 0) groups[ordinal]?.push(edge);
    });
    const locked = new LockedPairs(size);
    const steps: Step[] = [];
    const lockedIn = new Set<number>();
    for (let ordinal = strengths.length - 1; ordinal > 0; ordinal--) {
      const group = groups[ordinal] as number[];
      const kept = new Set(locked.lockGroup(group));
      kept.forEach((edge) => lockedIn.add(edge));
      for (const edge of group) steps.push(lockStep(input, edge, kept.has(edge)));
    }
    const beats = (a: number, b: number): boolean => locked.reaches(a, b);
    const tiers = orderRelation(size, beats, input.options.order);
    return {
      tiers,
      beats,
      way: { kind: 'chain', between: (a, b) => chainOf(lockedIn, size, a, b) },
      steps: [...steps, ...relationSteps(input, tiers, beats)],
      rounds: [],
      seats: null,
    };
  },
};

/** The shortest chain of locked victories from a to b; null when a's victory over b is one itself. */
function chainOf(locked: ReadonlySet<number>, size: number, a: number, b: number): number[] | null {
  if (locked.has(a * size + b)) return null;
  const from = new Map([[a, a]]);
  for (const at of from.keys()) {
    for (let next = 0; next < size && !from.has(b); next++)
      if (!from.has(next) && locked.has(at * size + next)) from.set(next, at);
  }
  const chain = [b];
  while (chain[0] !== a) chain.unshift(from.get(chain[0] as number) as number);
  return chain;
}

function lockStep({ candidates, links }: MethodInput, edge: number, kept: boolean): Step {
  const winner = candidates[Math.floor(edge / links.size)] as string;
  const loser = candidates[edge % links.size] as string;
  const strength = links.strengths[links.ordinals[edge] as number];
  return {
    code: kept ? 'lock' : 'leave-out',
    candidates: [winner, loser],
    strength: strength as Strength,
  };
}
