import { toHex } from '@elekto/wire';
import { decodePoint, type Point, unlessNeutral } from '../group/point.ts';
import { decodeScalar } from '../group/scalar.ts';
import { same } from '../list.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';
import { challengeOf } from './proof.ts';
import { type BallotRecord, handleOf, splitRecord } from './record.ts';
import type { BallotRules } from './rules.ts';

/** A record of which everything was decoded; its proof is still to be checked. */
export interface ReadBallot {
  readonly bytes: Uint8Array;
  readonly parts: BallotRecord;
  readonly a: readonly Point[];
  readonly b: readonly Point[];
  readonly commitments: readonly Point[];
  readonly responses: readonly bigint[];
  readonly challenge: bigint;
}

const noNull = <T>(items: readonly (T | null)[]): items is readonly T[] => !items.includes(null);

/** Where a ballot is refused: by its handle, which is all that is known of it. */
export const ballotAt = (handle: Uint8Array | null): Where => ({
  step: 'ballot',
  party: handle === null ? 'without a handle' : `with the handle ${toHex(handle)}`,
});

/**
 * Decodes a record and checks all that needs no arithmetic: suite, length, canonical encodings, the handle.
 *
 * @param decode what decodes its points: for very many ballots, the faster one.
 */
export function readBallot(
  rules: BallotRules,
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Point | null = decodePoint,
): Result<ReadBallot> {
  const parts = splitRecord(rules, bytes);
  if (parts === null)
    return refuse(
      'ballot-format',
      ballotAt(null),
      'this is not a record of suite 2 in the length of this election.',
    );
  const at = ballotAt(parts.handle);
  const a = parts.a.map((one) => unlessNeutral(decode(one)));
  const b = parts.b.map((one) => unlessNeutral(decode(one)));
  const commitments = parts.commitments.map(decode);
  const responses = parts.responses.map(decodeScalar);
  if (!noNull(a) || !noNull(b) || !noNull(commitments) || !noNull(responses))
    return refuse('ballot-group', at, 'it holds an encoding that is not canonical, or the neutral element.');
  if (!same(handleOf(rules, parts.a), parts.handle))
    return refuse('ballot-handle', at, 'the handle does not follow from its ciphertext.');
  return accept({ bytes, parts, a, b, commitments, responses, challenge: challengeOf(rules, parts) });
}
