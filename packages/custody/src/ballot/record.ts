import { framed, join, toHex } from '@elekto/wire';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { list, pieces } from '../list.ts';
import { BALLOT_SIZES, type BallotRules, hashBytes, pointsPerBallot, recordBytes, SUITE } from './rules.ts';

/** The parts of a stored ballot, as bytes. */
export interface BallotRecord {
  readonly handle: Uint8Array;
  readonly tag: Uint8Array;
  /** a_k = r_k G */
  readonly a: readonly Uint8Array[];
  /** b_k = M_k + r_k Y */
  readonly b: readonly Uint8Array[];
  /** A_k = q_k G */
  readonly commitments: readonly Uint8Array[];
  /** z_k = q_k + c r_k */
  readonly responses: readonly Uint8Array[];
}

export const encodeRecord = (record: BallotRecord): Uint8Array<ArrayBuffer> =>
  join([
    Uint8Array.of(SUITE),
    record.handle,
    record.tag,
    ...record.a,
    ...record.b,
    ...record.commitments,
    ...record.responses,
  ]);

/** The parts of a record (views, not copies); null for another suite or length. Says nothing about what they hold. */
export function splitRecord(rules: BallotRules, bytes: Uint8Array): BallotRecord | null {
  const w = pointsPerBallot(rules);
  if (bytes.length !== recordBytes(w) || bytes[0] !== SUITE) return null;
  const { handle, tag } = BALLOT_SIZES;
  const all = pieces(bytes.subarray(1 + handle + tag), 32);
  return {
    handle: bytes.subarray(1, 1 + handle),
    tag: bytes.subarray(1 + handle, 1 + handle + tag),
    a: all.slice(0, w),
    b: all.slice(w, 2 * w),
    commitments: all.slice(2 * w, 3 * w),
    responses: all.slice(3 * w),
  };
}

/** The handle: whoever copies another's `a` has their handle. */
export const handleOf = (rules: BallotRules, a: readonly Uint8Array[]): Uint8Array =>
  sha256(framed('elekto/handle/2', hashBytes(rules.manifestHash), list(a))).slice(0, BALLOT_SIZES.handle);

/** The tag that ties a ballot to a voter for whoever has the key, and to nobody for all others. */
export const tagOf = (tagKey: Uint8Array, voterBinding: Uint8Array): Uint8Array =>
  hmac(sha256, tagKey, voterBinding);

/** A record's hash as it stands in receipts, hex. */
export const hashRecord = (manifestHash: string, record: Uint8Array): string =>
  toHex(sha256(framed('elekto/record hash/1', hashBytes(manifestHash), record)));
