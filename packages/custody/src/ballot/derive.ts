import { encodeText } from '@elekto/wire';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { littleEndian, reduce } from '../group/scalar.ts';
import { BALLOT_SIZES, type BallotRules, hashBytes, pointsPerBallot } from './rules.ts';

/** What follows from a ballot's seed: the exponents r_1..r_w, the key of the tag, and the tracker if there is one. */
export interface Derived {
  readonly exponents: readonly bigint[];
  readonly tagKey: Uint8Array;
  readonly tracker: Uint8Array | null;
}

/** @throws RangeError for a seed that is not 32 bytes, or whose exponents include 0 (one in 2^252). */
export function deriveBallot(rules: BallotRules, seed: Uint8Array): Derived {
  if (seed.length !== BALLOT_SIZES.seed) throw new RangeError('a seed is 32 bytes');
  const salt = hashBytes(rules.manifestHash);
  const part = (name: string, length: number): Uint8Array =>
    hkdf(sha256, seed, salt, encodeText(`elekto/seed/${name}`), length);
  const exponents = Array.from({ length: pointsPerBallot(rules) }, (_, k) => {
    const bytes = part(`elgamal/${k + 1}`, 64);
    const exponent = reduce(littleEndian(bytes));
    bytes.fill(0);
    return exponent;
  });
  if (exponents.includes(0n)) throw new RangeError('this seed cannot be used');
  return {
    exponents,
    tagKey: part('tag', BALLOT_SIZES.tagKey),
    tracker: rules.tracker ? part('tracker', BALLOT_SIZES.tracker) : null,
  };
}
