/** Ballots for a rehearsal: plausible, with ties and "No opinion" in them, and the same for the same seed. */

/** A ballot as rank by candidate; who is missing has "No opinion". */
export type MadeUpBallot = ReadonlyMap<string, number>;

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
 * about one candidate in six gets no opinion (unless all must be ranked) and one in ten shares a rank.
 */
export function makeUpBallots(
  candidates: readonly string[],
  n: number,
  options: { readonly allowNoOpinion: boolean; readonly seed: number },
): MadeUpBallot[] {
  const random = randomFrom(options.seed);
  const strength = candidates.map(() => random() * 2);
  return Array.from({ length: n }, () => {
    const seen = candidates
      .map((id, i) => ({ id, liking: (strength[i] ?? 0) + random() * 2 }))
      .filter(() => !options.allowNoOpinion || random() > 1 / 6)
      .sort((a, b) => b.liking - a.liking);
    let rank = 0;
    return new Map(seen.map(({ id }, i) => [id, i > 0 && random() < 0.1 ? rank : ++rank]));
  });
}
