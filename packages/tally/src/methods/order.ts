import type { OrderRule } from '../model.ts';
import type { Tier } from './method.ts';

/** A strict partial order or any other "beats" relation on candidates 0 to size - 1. */
export type Beats = (a: number, b: number) => boolean;

/**
 * Places from a relation. `losses`: 1 + the number who beat you (Elekto's rule, places may repeat and
 * skip). `wins` and `layers`: 1 + the number who stand before you, by victories or by repeatedly taking
 * off everyone whom nobody left beats.
 */
export function orderRelation(size: number, beats: Beats, rule: OrderRule): Tier[] {
  const everyone = Array.from({ length: size }, (_, i) => i);
  const count = (test: (other: number) => boolean): number => everyone.filter(test).length;
  if (rule === 'layers') return layers(everyone, beats);
  if (rule === 'wins') return orderByScore(everyone.map((a) => -count((b) => beats(a, b))));
  const losses = everyone.map((a) => count((b) => beats(b, a)));
  return orderByScore(losses).map(({ members }) => ({
    place: 1 + (losses[members[0] as number] ?? 0),
    members,
  }));
}

/** Tiers by rising score; the place is 1 + the number with a lower score. */
export function orderByScore(scores: readonly (number | bigint)[]): Tier[] {
  const order = scores.map((_, i) => i);
  order.sort((a, b) => compareScores(scores[a] as number, scores[b] as number) || a - b);
  const tiers: { place: number; members: number[] }[] = [];
  order.forEach((candidate, i) => {
    const last = tiers.at(-1);
    if (last !== undefined && scores[last.members[0] as number] === scores[candidate])
      last.members.push(candidate);
    else tiers.push({ place: i + 1, members: [candidate] });
  });
  return tiers;
}

/**
 * Joins neighbouring tiers until everyone in a tier beats everyone in the next one, so that a tier holds
 * all whose order is open. `tiers` must be in order of losses.
 */
export function tieUnordered(tiers: readonly Tier[], beats: Beats): Tier[] {
  const joined: { place: number; members: number[] }[] = [];
  for (const { members } of tiers) {
    let mine = [...members];
    while (joined.length > 0 && !joined.at(-1)?.members.every((a) => mine.every((b) => beats(a, b)))) {
      mine = [...(joined.pop()?.members ?? []), ...mine];
    }
    const before = joined.reduce((total, tier) => total + tier.members.length, 0);
    joined.push({ place: before + 1, members: mine.sort((a, b) => a - b) });
  }
  return joined;
}

function compareScores(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function layers(everyone: readonly number[], beats: Beats): Tier[] {
  const tiers: Tier[] = [];
  let left = [...everyone];
  let place = 1;
  while (left.length > 0) {
    const free = left.filter((a) => !left.some((b) => beats(b, a)));
    const members = free.length > 0 ? free : left;
    tiers.push({ place, members });
    place += members.length;
    left = left.filter((a) => !members.includes(a));
  }
  return tiers;
}
