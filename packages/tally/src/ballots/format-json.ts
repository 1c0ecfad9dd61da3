import type { BallotSet } from '../model.ts';

/** Writes a set of ballots in the JSON that `parseBallotsJson` reads; counts of any size in full. */
export function formatBallotsJson(set: BallotSet): string {
  const ballots = Array.from(set.ballots, ({ ranks, count = 1 }) => {
    const tiers = new Map<number, string[]>();
    set.candidates.forEach((id, i) => {
      const rank = ranks[i];
      if (rank !== null && rank !== undefined) tiers.set(rank, [...(tiers.get(rank) ?? []), id]);
    });
    const ranking = [...tiers].sort(([a], [b]) => a - b).map(([, ids]) => ids);
    return `    {"count": ${count}, "ranking": ${JSON.stringify(ranking)}}`;
  });
  const lines = [
    `  "candidates": ${JSON.stringify(set.candidates)}`,
    `  "ballots": [${ballots.length > 0 ? `\n${ballots.join(',\n')}\n  ` : ''}]`,
    ...(set.unranked === undefined ? [] : [`  "unranked": ${JSON.stringify(set.unranked)}`]),
  ];
  return `{\n${lines.join(',\n')}\n}\n`;
}
