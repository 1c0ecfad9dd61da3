import { framed, fromHex, join } from '@elekto/wire';
import { multiplyBase, multiplyPublic } from '../group/multiply.ts';
import { nonce } from '../group/nonce.ts';
import { BASE, decodeNonIdentity, decodePoint, encodePoint } from '../group/point.ts';
import { decodeScalar, encodeScalar, hashToScalar } from '../group/scalar.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { deriveBallot } from './derive.ts';
import { ballotAt } from './read.ts';
import { hashRecord, splitRecord } from './record.ts';
import { type BallotRules, hashBytes } from './rules.ts';

const challenge = (
  rules: BallotRules,
  oldHash: string,
  newHash: string | null,
  a: Uint8Array,
  commitment: Uint8Array,
): bigint =>
  hashToScalar(
    framed(
      'elekto/release/2',
      hashBytes(rules.manifestHash),
      hashBytes(oldHash),
      newHash === null ? '' : hashBytes(newHash),
      a,
      commitment,
    ),
  );

/**
 * A voter's word that their record leaves the box: for another one (`newHash`), or for none (null: withdrawn). A Schnorr
 * signature by r_1 under a_1, 64 bytes: the commitment, then the response.
 */
export function signRelease(
  rules: BallotRules,
  seed: Uint8Array,
  oldHash: string,
  newHash: string | null,
): Uint8Array<ArrayBuffer> {
  const r = deriveBallot(rules, seed).exponents[0] as bigint;
  const a = encodePoint(multiplyBase(r));
  const q = nonce('release', r, hashBytes(rules.manifestHash), oldHash, newHash ?? '');
  const commitment = encodePoint(multiplyBase(q));
  return join([commitment, encodeScalar(q + challenge(rules, oldHash, newHash, a, commitment) * r)]);
}

/** Whether the owner of `oldRecord` released it for the record with the hash `newHash`, or, for null, for none. */
export function checkRelease(
  rules: BallotRules,
  oldRecord: Uint8Array,
  newHash: string | null,
  release: Uint8Array,
): Result<null> {
  const parts = splitRecord(rules, oldRecord);
  const first = parts?.a[0] ?? new Uint8Array();
  const key = decodeNonIdentity(first);
  if (parts === null || key === null)
    return refuse('ballot-format', ballotAt(null), 'this is not a record of suite 2.');
  const at = { ...ballotAt(parts.handle), step: 'release' };
  const R = decodePoint(release.subarray(0, 32));
  const z = decodeScalar(release.subarray(32));
  if (R === null || z === null || (newHash !== null && fromHex(newHash, 32) === null))
    return refuse('release-format', at, 'this is not a release.');
  const oldHash = hashRecord(rules.manifestHash, oldRecord);
  const c = challenge(rules, oldHash, newHash, first, release.subarray(0, 32));
  return multiplyPublic(BASE, z).equals(R.add(multiplyPublic(key, c)))
    ? accept(null)
    : refuse('release-proof', at, 'its voter did not sign this release.');
}

/** What became of a record that a receipt names. */
export type Fate = 'counted' | 'released' | 'dropped';

/**
 * What became of the record with this hash, for whoever holds its receipt: it is in the box, or its own voter released
 * it, or the server dropped it. A replacement without the voter's release is a drop.
 */
export function judgeReceipt(
  rules: BallotRules,
  recordHash: string,
  boxHashes: ReadonlySet<string>,
  shown: { record: Uint8Array; newHash: string | null; release: Uint8Array } | null,
): Fate {
  if (boxHashes.has(recordHash)) return 'counted';
  if (shown === null || hashRecord(rules.manifestHash, shown.record) !== recordHash) return 'dropped';
  return checkRelease(rules, shown.record, shown.newHash, shown.release).ok ? 'released' : 'dropped';
}
