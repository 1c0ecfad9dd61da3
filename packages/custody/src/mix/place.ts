import { framed } from '@elekto/wire';
import { sha512 } from '@noble/hashes/sha2.js';
import { encodePoint, type Point } from '../group/point.ts';
import { hashToScalar, reduce } from '../group/scalar.ts';
import { list } from '../list.ts';
import type { Ciphertext } from './ciphertext.ts';

/** What a mix is bound to: no proof passes at any other place. */
export interface MixPlace {
  readonly manifestHash: Uint8Array;
  readonly boxHash: Uint8Array;
  readonly prevHash: Uint8Array;
  /** 1 for the first mix. */
  readonly position: number;
  /** The mixer's position among the officers, from 1. */
  readonly officer: number;
  /** Y */
  readonly electionKey: Point;
  /** w */
  readonly points: number;
}

/** Commitments of a mix's proof, encoded, before the challenge x. */
export interface MixCommitments {
  /** C^_1, ..., C^_N */
  readonly chain: readonly Uint8Array[];
  /** T^_1, ..., T^_N */
  readonly chainTs: readonly Uint8Array[];
  /** t1, t2, t3, then t4 for a_1, ..., a_w, b_1, ..., b_w */
  readonly ts: readonly Uint8Array[];
}

/** ctx of the specification: everything that was said before the challenges. */
export const mixContext = (
  place: MixPlace,
  before: readonly Ciphertext[],
  after: readonly Uint8Array[],
  permutation: readonly Uint8Array[],
): Uint8Array =>
  sha512(
    framed(
      'elekto/mix/1',
      place.manifestHash,
      place.boxHash,
      place.prevHash,
      String(place.position),
      String(place.officer),
      encodePoint(place.electionKey),
      String(before.length),
      String(place.points),
      list(before.map(({ bytes }) => bytes)),
      list(after),
      list(permutation),
    ),
  );

/** u_1, ..., u_N */
export const mixFactors = (context: Uint8Array, count: number): bigint[] =>
  Array.from({ length: count }, (_, i) => hashToScalar(framed('elekto/mix-u/1', context, String(i + 1))));

/** x */
export const mixChallenge = (context: Uint8Array, { chain, chainTs, ts }: MixCommitments): bigint =>
  hashToScalar(
    framed(
      'elekto/mix-x/1',
      context,
      list(chain),
      list(chainTs),
      ts[0] ?? '',
      ts[1] ?? '',
      ts[2] ?? '',
      list(ts.slice(3)),
    ),
  );

/** The product of all factors. */
export const product = (factors: readonly bigint[]): bigint =>
  factors.reduce((all, factor) => reduce(all * factor), 1n);
