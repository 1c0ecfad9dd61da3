import { encodePoint } from './group/point.ts';
import { multiplyBase } from './group/multiply.ts';
import { type BallotRules } from './ballot/rules.ts';
import type { Result } from './refusal.ts';

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
  shards: 7,
  ...more,
});

/** A copy with one byte changed. */
export function flip(bytes: Uint8Array, at: number, by = 1): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
}
