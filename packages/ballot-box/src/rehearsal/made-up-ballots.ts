/** Ballots for a rehearsal: plausible, with ties and "No opinion" in them, and the same for the same seed. */
import type { Ballot } from '@elekto/tally';

/** Mulberry32: small, well spread, and not for anything secret. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * `n` ballots over `candidates`. Each candidate has a hidden strength, each voter sees it with noise;
 * about one candidate in six is not ranked (unless all must be ranked) and one in ten shares a rank.
 */
export function makeUpBallots(
  candidates: readonly string[],
  n: number,
  options: { readonly allowNoOpinion: boolean; readonly seed: number },
): Ballot[] {
  const random = randomFrom(options.seed);
  const strength = candidates.map(() => random() * 2);
  return Array.from({ length: n }, () => {
    const seen = candidates
      .map((_, i) => ({ i, liking: (strength[i] ?? 0) + random() * 2 }))
      .filter(() => !options.allowNoOpinion || random() > 1 / 6)
      .sort((a, b) => b.liking - a.liking);
    const ranks: (number | null)[] = candidates.map(() => null);
    let rank = 0;
    for (const { i } of seen) {
      if (rank === 0 || random() >= 0.1) rank += 1;
      ranks[i] = rank;
    }
    return { ranks };
  });
}
