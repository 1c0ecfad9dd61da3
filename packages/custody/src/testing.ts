import { toBase64Url } from '@elekto/wire';
import type { BallotRules } from './ballot/rules.ts';
import { FORMAT, type Header, readHeader } from './ceremony/header.ts';
import { finishedPosts } from './ceremony/finished.ts';
import { type OfficerKey, officerKey } from './ceremony/officer-key.ts';
import type { Post } from './ceremony/post.ts';
import { nextPosts } from './ceremony/take-part.ts';
import { extract } from './ballot/embed.ts';
import { decodePayload } from './ballot/payload.ts';
import { readBallot } from './ballot/read.ts';
import { lagrangeAtZero } from './ceremony/polynomial.ts';
import type { KeyShare } from './ceremony/shares.ts';
import { multiply, multiplyBase } from './group/multiply.ts';
import { encodePoint, type Point } from './group/point.ts';
import { encodeScalar, littleEndian, reduce } from './group/scalar.ts';
import { same } from './list.ts';
import type { Result } from './refusal.ts';

export { sealWithSeed } from './ballot/seal.ts';

/** The value of a result that has to be one. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The code of a refusal; 'accepted' for a value. */
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'accepted' : result.error.code);

export const KEY = 987654321n;

/** Rules of an election whose secret key is KEY. */
export const rulesFor = (more: Partial<BallotRules> = {}): BallotRules => ({
  manifestHash: 'ab'.repeat(32),
  electionKey: encodePoint(multiplyBase(KEY)),
  candidates: 5,
  tracker: false,
  allowNoOpinion: true,
  ...more,
});

/**
 * The ranks in a record for whoever takes 32 bytes (little-endian, modulo the order) for the officers' secret; null unless
 * they are it. No officer and no server has it: only a quorum's shares together make it.
 */
export function openAsIfKnown(
  rules: BallotRules,
  record: Uint8Array,
  guess: Uint8Array,
): readonly number[] | null {
  const secret = reduce(littleEndian(guess));
  if (secret === 0n || !same(encodePoint(multiplyBase(secret)), rules.electionKey)) return null;
  const ballot = readBallot(rules, record);
  if (!ballot.ok) return null;
  const { a, b } = ballot.value;
  const payload = extract(b.map((point, k) => point.subtract(multiply(a[k] as Point, secret))));
  return payload === null ? null : (decodePayload(rules, payload)?.ranks ?? null);
}

/** The officers' secret by a quorum of shares, 32 bytes. */
export function secretOf(header: Header, shares: readonly KeyShare[]): Uint8Array {
  const factors = lagrangeAtZero(shares.map(({ position }) => header.identifiers[position - 1] ?? 0n));
  return encodeScalar(shares.reduce((sum, { secret }, i) => sum + secret * (factors[i] ?? 0n), 0n));
}

/** A copy with one byte changed. */
export function flip(bytes: Uint8Array, at: number, by = 1): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
}

/** A key for a made-up officer; the same number gives the same key. */
export const keyOf = (number: number): OfficerKey => officerKey(new Uint8Array(16).fill(number));

/** A header of n made-up officers. */
export function headerOf(n: number, threshold: number, more: Record<string, unknown> = {}): Header {
  const officers = Array.from({ length: n }, (_, i) => {
    const { sign, receive } = keyOf(i + 1);
    return { login: `officer-${i + 1}`, sign: toBase64Url(sign), receive: toBase64Url(receive) };
  });
  const json = { format: FORMAT, kind: 'election', threshold, officers, until: '2027-12-31' };
  return must(readHeader({ ...json, nonce: toBase64Url(new Uint8Array(16).fill(5)), ...more }));
}

/** Everybody posts what is next for them until nobody has anything to post. */
export async function runCeremony(header: Header, keys: readonly OfficerKey[]): Promise<Post[]> {
  const posts: Post[] = [];
  for (let before = -1; posts.length > before;) {
    before = posts.length;
    for (const key of keys) posts.push(...(await nextPosts(header, posts, key)));
  }
  return finishedPosts(posts);
}

/** How often a property is tried: fewer times where a mutation run repeats all tests. */
export const runs = (times: number): number => Math.min(times, Number(process.env.ELEKTO_MOST_RUNS ?? times));
