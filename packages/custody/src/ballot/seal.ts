import { randomBytes } from '@noble/hashes/utils.js';
import { multiply, multiplyBase } from '../group/multiply.ts';
import { nonce } from '../group/nonce.ts';
import { decodeNonIdentity, encodePoint, type Point } from '../group/point.ts';
import { encodeScalar } from '../group/scalar.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { deriveBallot } from './derive.ts';
import { embed } from './embed.ts';
import { encodePayload } from './payload.ts';
import { challengeOf } from './proof.ts';
import { encodeRecord, handleOf, tagOf } from './record.ts';
import { BALLOT_SIZES, type BallotRules, hashBytes } from './rules.ts';

/** A sealed ballot. A cast that failed is sent again with the same bytes, never sealed anew with the same seed. */
export interface SealedBallot {
  /** Opens this ballot, and signs its release. Secret. */
  readonly seed: Uint8Array;
  /** What the box holds and, after the end, everybody sees. */
  readonly record: Uint8Array;
  /** Shown to the server with the cast, which forgets it. */
  readonly tagKey: Uint8Array;
}

/** Seals with a given seed: for vectors and tests. Every ballot takes a seed of its own. */
export function sealWithSeed(
  rules: BallotRules,
  ranks: readonly number[],
  voterBinding: Uint8Array,
  seed: Uint8Array,
): Result<SealedBallot> {
  const key = decodeNonIdentity(rules.electionKey);
  if (key === null)
    return refuse('ballot-key', { step: 'ballot', party: 'the ballot paper' }, 'its election key is none.');
  const { exponents, tagKey, tracker } = deriveBallot(rules, seed);
  const points = embed(encodePayload(rules, { ranks, tracker }));
  const a = exponents.map((r) => encodePoint(multiplyBase(r)));
  const b = exponents.map((r, k) => encodePoint((points[k] as Point).add(multiply(key, r))));
  const handle = handleOf(rules, a);
  const tag = tagOf(tagKey, voterBinding);
  const mh = hashBytes(rules.manifestHash);
  const nonces = exponents.map((r, k) => nonce('ballot', r, mh, String(k), handle, tag, ...a, ...b));
  const commitments = nonces.map((q) => encodePoint(multiplyBase(q)));
  const c = challengeOf(rules, { handle, tag, a, b, commitments });
  const responses = nonces.map((q, k) => encodeScalar(q + c * (exponents[k] as bigint)));
  return accept({ seed, tagKey, record: encodeRecord({ handle, tag, a, b, commitments, responses }) });
}

/**
 * Seals a ranking (a rank for each candidate in the manifest's order, 1 for the most preferred, 0 for not ranked) to the
 * officers' key with a fresh seed, bound to the manifest and, by its tag, to the voter.
 *
 * @throws RangeError for ranks that the election does not allow.
 */
export const sealBallot = (
  rules: BallotRules,
  ranks: readonly number[],
  voterBinding: Uint8Array,
): Result<SealedBallot> => sealWithSeed(rules, ranks, voterBinding, randomBytes(BALLOT_SIZES.seed));
