import { multiplyPublic } from '../group/multiply.ts';
import { BASE, type Point } from '../group/point.ts';
import { sameSecret } from '../list.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { ballotAt, readBallot, type ReadBallot } from './read.ts';
import { splitRecord, tagOf } from './record.ts';
import type { BallotRules } from './rules.ts';

export const PROOF_SENTENCE =
  'its proof does not hold: whoever made it does not know what is in it, or it was made for another election.';

/** Checks one record on its own: encodings, handle, and the proof that its maker knows what is in it. */
export function checkBallot(rules: BallotRules, bytes: Uint8Array): Result<ReadBallot> {
  const read = readBallot(rules, bytes);
  if (!read.ok) return read;
  const { a, commitments, responses, challenge, parts } = read.value;
  const holds = responses.every((z, k) => {
    const [point, commitment] = [a[k] as Point, commitments[k] as Point];
    return multiplyPublic(BASE, z).equals(commitment.add(multiplyPublic(point, challenge)));
  });
  return holds ? read : refuse('ballot-proof', ballotAt(parts.handle), PROOF_SENTENCE);
}

/** Whether the tag of a record was made with this key for this voter. The server checks it once and forgets the key. */
export function checkTag(
  rules: BallotRules,
  bytes: Uint8Array,
  tagKey: Uint8Array,
  voterBinding: Uint8Array,
): Result<null> {
  const parts = splitRecord(rules, bytes);
  if (parts === null) return refuse('ballot-format', ballotAt(null), 'this is not a record of suite 2.');
  return sameSecret(tagOf(tagKey, voterBinding), parts.tag)
    ? accept(null)
    : refuse('ballot-tag', ballotAt(parts.handle), 'its tag was not made for this voter.');
}

/**
 * Whether a cast repeats one that is in the box already: the same bytes are a retry and may be answered again; other
 * bytes under the same handle are one seed used for two ballots, which would give the first away.
 */
export function checkRetry(rules: BallotRules, stored: Uint8Array, given: Uint8Array): Result<null> {
  if (sameSecret(stored, given)) return accept(null);
  const parts = splitRecord(rules, given);
  return refuse(
    'seed-reused',
    ballotAt(parts?.handle ?? null),
    'its seed was used for another ballot. Make a new one.',
  );
}
