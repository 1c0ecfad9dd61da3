import type { CandidateId } from '@elekto/election';

const BLOCK = 16;

/** Ranks by candidate, 1 = most preferred; a candidate that is absent is not ranked. */
export type Ranking = Readonly<Record<CandidateId, number>>;

/** Length of an encoded ranking: two bytes a candidate, zero-padded to a multiple of 16. */
export const rankingLength = (candidates: number): number =>
  Math.max(1, Math.ceil((candidates * 2) / BLOCK)) * BLOCK;

/**
 * The same order in the fewest ranks: 1, 2, 3 ... without gaps, ties kept. Gaps carry no meaning in any
 * method of counting; the ballot page closes them before it seals, the format takes ranks as they come.
 */
export function normaliseRanking(ranking: Ranking): Record<CandidateId, number> {
  const used = [...new Set(Object.values(ranking))].toSorted((a, b) => a - b);
  const dense = new Map(used.map((rank, index) => [rank, index + 1]));
  const result: Record<CandidateId, number> = Object.create(null) as Record<CandidateId, number>;
  for (const [candidate, rank] of Object.entries(ranking)) result[candidate] = dense.get(rank) ?? 0;
  return result;
}

/**
 * A rank for each candidate in the manifest's order, 0 for not ranked.
 *
 * @throws RangeError for a candidate that does not stand or a rank that is not 1..n.
 */
export function ranksOf(candidates: readonly CandidateId[], ranking: Ranking): number[] {
  const standing = new Set(candidates);
  for (const [candidate, rank] of Object.entries(ranking)) {
    if (!Number.isInteger(rank) || rank < 1 || rank > candidates.length)
      throw new RangeError('a rank is a whole number from 1 to the number of candidates');
    if (!standing.has(candidate)) throw new RangeError('a ranked candidate does not stand in this election');
  }
  return candidates.map((candidate) => (Object.hasOwn(ranking, candidate) ? (ranking[candidate] ?? 0) : 0));
}

/** The inverse of `ranksOf`. */
export const rankingOf = (candidates: readonly CandidateId[], ranks: readonly number[]): Ranking =>
  Object.fromEntries(
    candidates.flatMap((candidate, index) => {
      const rank = ranks[index] ?? 0;
      return rank === 0 ? [] : [[candidate, rank] as const];
    }),
  );

/**
 * Bytes of a ranking: for each candidate of the manifest in its order, the rank as uint16 big-endian, 0 for
 * not ranked; zeros to the end. Ranks stay as given, so that a published ballots.csv can be held again row by row.
 *
 * @throws RangeError for a candidate that does not stand or a rank that is not 1..n.
 */
export function encodeRanking(candidates: readonly CandidateId[], ranking: Ranking): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rankingLength(candidates.length));
  const view = new DataView(bytes.buffer);
  ranksOf(candidates, ranking).forEach((rank, index) => view.setUint16(index * 2, rank));
  return bytes;
}

export type RankingProblem = 'length' | 'padding' | 'range';

/**
 * Ranks in the manifest's order (0 = not ranked), or the one problem: wrong length, padding that is not
 * zero, or a rank above n.
 */
export function decodeRanking(
  bytes: Uint8Array,
  candidates: number,
): { ok: true; ranks: number[] } | { ok: false; problem: RankingProblem } {
  if (bytes.length !== rankingLength(candidates)) return { ok: false, problem: 'length' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.subarray(candidates * 2).some((byte) => byte !== 0)) return { ok: false, problem: 'padding' };
  const ranks = Array.from({ length: candidates }, (_, index) => view.getUint16(index * 2));
  if (ranks.some((rank) => rank > candidates)) return { ok: false, problem: 'range' };
  return { ok: true, ranks };
}
