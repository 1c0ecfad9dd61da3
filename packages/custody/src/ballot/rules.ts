import { fromHex } from '@elekto/wire';

/** What a ballot has to know of its election's manifest. */
export interface BallotRules {
  /** SHA-256 of the manifest, 64 hex digits. */
  readonly manifestHash: string;
  /** The key that only a quorum of officers holds, 32 bytes. */
  readonly electionKey: Uint8Array;
  /** How many candidates stand, at least 1. */
  readonly candidates: number;
  /** Whether ballots carry a tracker of 16 bytes. */
  readonly tracker: boolean;
  /** Whether a candidate may be left without a rank. */
  readonly allowNoOpinion: boolean;
}

/** Suite 2: ElGamal in ristretto255 to a key in the custody of officers. */
export const SUITE = 2;

/** Lengths in bytes. */
export const BALLOT_SIZES = { seed: 32, handle: 16, tag: 32, tagKey: 32, tracker: 16, release: 64 } as const;

/** Payload bytes that one point holds. */
export const PAYLOAD_BYTES = 29;

/** Bytes of the ranks: the fewest that hold every number below (n + 1)^n. */
export function rankBytes(candidates: number): number {
  if (!Number.isInteger(candidates) || candidates < 1) throw new RangeError('at least one candidate');
  const most = BigInt(candidates + 1) ** BigInt(candidates) - 1n;
  return Math.ceil(most.toString(16).length / 2);
}

/** How many points a ballot of this election takes, written w. */
export const pointsPerBallot = ({
  candidates,
  tracker,
}: Pick<BallotRules, 'candidates' | 'tracker'>): number =>
  Math.ceil((rankBytes(candidates) + (tracker ? BALLOT_SIZES.tracker : 0)) / PAYLOAD_BYTES);

/** Length of a record of w points: suite, handle, tag, and a, b, A, z for each point. */
export const recordBytes = (points: number): number =>
  1 + BALLOT_SIZES.handle + BALLOT_SIZES.tag + 128 * points;

/** The manifest's hash as bytes. @throws RangeError for anything but 64 hex digits. */
export function hashBytes(manifestHash: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(manifestHash, 32);
  if (bytes === null) throw new RangeError('a hash is 64 lower-case hex digits');
  return bytes;
}
