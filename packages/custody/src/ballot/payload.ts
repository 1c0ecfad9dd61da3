import { BALLOT_SIZES, type BallotRules, PAYLOAD_BYTES, pointsPerBallot, rankBytes } from './rules.ts';

type Shape = Pick<BallotRules, 'candidates' | 'tracker' | 'allowNoOpinion'>;

/** What a ballot says: a rank for each candidate in the manifest's order, 0 for not ranked; and its tracker, if any. */
export interface Content {
  readonly ranks: readonly number[];
  readonly tracker: Uint8Array | null;
}

/**
 * Bytes of a ballot's content: the ranks as one number in base n + 1, first candidate most significant, big-endian; the
 * tracker where there is one; zeros up to a whole number of points.
 *
 * @throws RangeError for ranks that are not n whole numbers from 0 to n, or a missing opinion where all are required.
 */
export function encodePayload(rules: Shape, { ranks, tracker }: Content): Uint8Array<ArrayBuffer> {
  const { candidates } = rules;
  const lowest = rules.allowNoOpinion ? 0 : 1;
  if (ranks.length !== candidates) throw new RangeError('one rank for each candidate');
  if (ranks.some((rank) => !Number.isInteger(rank) || rank < lowest || rank > candidates))
    throw new RangeError(`a rank is a whole number from ${lowest} to ${candidates}`);
  if ((tracker?.length ?? 0) !== (rules.tracker ? BALLOT_SIZES.tracker : 0))
    throw new RangeError('a tracker of 16 bytes where the election has them, and nowhere else');
  const bytes = new Uint8Array(pointsPerBallot(rules) * PAYLOAD_BYTES);
  const base = BigInt(candidates + 1);
  let value = ranks.reduce((sum, rank) => sum * base + BigInt(rank), 0n);
  const length = rankBytes(candidates);
  for (let i = length - 1; i >= 0; i -= 1) {
    bytes[i] = Number(value & 255n);
    value >>= 8n;
  }
  if (tracker !== null) bytes.set(tracker, length);
  return bytes;
}

/** The content of a payload; null when it is none: a number too large, a fill that is not zero, a missing opinion. */
export function decodePayload(rules: Shape, bytes: Uint8Array): Content | null {
  if (bytes.length !== pointsPerBallot(rules) * PAYLOAD_BYTES) return null;
  const length = rankBytes(rules.candidates);
  const end = length + (rules.tracker ? BALLOT_SIZES.tracker : 0);
  if (bytes.subarray(end).some((byte) => byte !== 0)) return null;
  let value = 0n;
  for (const byte of bytes.subarray(0, length)) value = value * 256n + BigInt(byte);
  const base = BigInt(rules.candidates + 1);
  const ranks = new Array<number>(rules.candidates);
  for (let i = rules.candidates - 1; i >= 0; i -= 1) {
    ranks[i] = Number(value % base);
    value /= base;
  }
  if (value !== 0n) return null;
  if (!rules.allowNoOpinion && ranks.includes(0)) return null;
  return { ranks, tracker: rules.tracker ? bytes.slice(length, end) : null };
}

/** The same order in the fewest ranks, 1, 2, 3 ... without gaps; 0 stays. Rows are published like this. */
export function closeGaps(ranks: readonly number[]): number[] {
  const used = [...new Set(ranks)].filter((rank) => rank > 0).toSorted((a, b) => a - b);
  return ranks.map((rank) => used.indexOf(rank) + 1);
}
