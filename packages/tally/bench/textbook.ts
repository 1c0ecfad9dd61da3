/**
 * The textbook Schulze count: a dictionary keyed by pairs, ballot by ballot, and the three nested loops of
 * Floyd and Warshall. It is the yardstick of the benchmark and, being written apart from the engine, the
 * second opinion of its tests.
 */

export type TextbookBallot = ReadonlyMap<string, number>;

/** d[a, b] for every ordered pair, by the key `pairKey(a, b)`. */
export type PairDictionary = Map<string, number>;

export function pairKey(a: string, b: string): string {
  return `${a}\u0000${b}`;
}

export function textbookPairs(
  candidates: readonly string[],
  ballots: Iterable<TextbookBallot>,
): PairDictionary {
  const pairs: PairDictionary = new Map();
  for (const a of candidates) {
    for (const b of candidates) if (a !== b) pairs.set(pairKey(a, b), 0);
  }
  for (const ballot of ballots) {
    for (const a of candidates) {
      for (const b of candidates) {
        if (a === b) continue;
        const rankA = ballot.get(a);
        const rankB = ballot.get(b);
        if (rankA === undefined || rankB === undefined) continue;
        if (rankA < rankB) pairs.set(pairKey(a, b), (pairs.get(pairKey(a, b)) ?? 0) + 1);
      }
    }
  }
  return pairs;
}

/** p[a, b] with winning votes. */
export function textbookPaths(candidates: readonly string[], pairs: PairDictionary): PairDictionary {
  const strength = (a: string, b: string): number => {
    const forward = pairs.get(pairKey(a, b)) ?? 0;
    return forward > (pairs.get(pairKey(b, a)) ?? 0) ? forward : 0;
  };
  const paths: PairDictionary = new Map();
  for (const a of candidates) {
    for (const b of candidates) if (a !== b) paths.set(pairKey(a, b), strength(a, b));
  }
  for (const via of candidates) {
    for (const a of candidates) {
      if (a === via) continue;
      for (const b of candidates) {
        if (b === a || b === via) continue;
        const detour = Math.min(paths.get(pairKey(a, via)) ?? 0, paths.get(pairKey(via, b)) ?? 0);
        if (detour > (paths.get(pairKey(a, b)) ?? 0)) paths.set(pairKey(a, b), detour);
      }
    }
  }
  return paths;
}

/** Candidate to place: 1 + the number of candidates that beat them. */
export function textbookPlaces(candidates: readonly string[], paths: PairDictionary): Map<string, number> {
  const beats = (a: string, b: string): boolean =>
    (paths.get(pairKey(a, b)) ?? 0) > (paths.get(pairKey(b, a)) ?? 0);
  return new Map(
    candidates.map((a) => [a, 1 + candidates.filter((b) => b !== a && beats(b, a)).length] as const),
  );
}
