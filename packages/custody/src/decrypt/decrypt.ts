import { join } from '@elekto/wire';
import { sha512 } from '@noble/hashes/sha2.js';
import type { KeyShare } from '../ceremony/shares.ts';
import { framed, unframe } from '../frames.ts';
import { type Equation, firstFalse } from '../group/equations.ts';
import { sumOfProducts, type Tick } from '../group/msm.ts';
import { multiply, multiplyBase } from '../group/multiply.ts';
import { nonce } from '../group/nonce.ts';
import { decodeFast } from '../group/decode-fast.ts';
import { BASE, decodePoint, encodePoint, type Point, unlessNeutral } from '../group/point.ts';
import { decodeScalar, encodeScalar, hashToScalar } from '../group/scalar.ts';
import { list, pieces } from '../list.ts';
import type { Ciphertext } from '../mix/ciphertext.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';

const DOMAIN = 'elekto/decrypt body/1';
/** How much of a check is done when the parts are decoded. */
const DECODED = 0.2;

/** What a partial decryption is bound to. */
export interface DecryptPlace {
  readonly manifestHash: Uint8Array;
  readonly boxHash: Uint8Array;
  /** The file whose list is decrypted: the last mix. */
  readonly headHash: Uint8Array;
  readonly transcriptHash: Uint8Array;
  /** The officer's position, from 1. */
  readonly officer: number;
  /** V_j */
  readonly verificationKey: Point;
  /** w */
  readonly points: number;
}

/** D_i1, ..., D_iw for each ballot, w points a row. */
export type Decryption = readonly (readonly Point[])[];

const contextOf = (
  place: DecryptPlace,
  rows: readonly Ciphertext[],
  parts: readonly Uint8Array[],
): Uint8Array =>
  sha512(
    framed(
      'elekto/decrypt/1',
      place.manifestHash,
      place.boxHash,
      place.headHash,
      place.transcriptHash,
      String(place.officer),
      encodePoint(place.verificationKey),
      String(rows.length),
      String(place.points),
      list(rows.map(({ bytes }) => bytes)),
      list(parts),
    ),
  );

/** rho_ik, one ballot after another. */
const weightsOf = (context: Uint8Array, count: number, w: number): bigint[] =>
  Array.from({ length: count * w }, (_, at) =>
    hashToScalar(
      framed('elekto/decrypt-rho/1', context, String(Math.floor(at / w) + 1), String((at % w) + 1)),
    ),
  );

const challengeOf = (context: Uint8Array, R1: Uint8Array, R2: Uint8Array): bigint =>
  hashToScalar(framed('elekto/decrypt-c/1', context, R1, R2));

/**
 * An officer's part in opening the ballots at the end of a chain of mixes, and one proof for all that the share behind V
 * was used. Whoever calls it has checked box, chain and rules: this is the one place that decrypts.
 *
 * @throws RangeError for no ballots, which need no decryption.
 */
export function decrypt(
  place: DecryptPlace,
  rows: readonly Ciphertext[],
  share: KeyShare,
): Uint8Array<ArrayBuffer> {
  if (rows.length === 0) throw new RangeError('there is nothing to decrypt');
  const points = rows.map(({ a }) => a.map((point) => multiply(point, share.secret)));
  const parts = points.map((row) => join(row.map(encodePoint)));
  const context = contextOf(place, rows, parts);
  const A = sumOfProducts(
    rows.flatMap(({ a }) => a),
    weightsOf(context, rows.length, place.points),
  );
  const q = nonce('decrypt', share.secret, context);
  const [R1, R2] = [encodePoint(multiplyBase(q)), encodePoint(multiply(A, q))];
  const z = q + challengeOf(context, R1, R2) * share.secret;
  return framed(DOMAIN, join(parts), R1, R2, encodeScalar(z));
}

/** The bytes of all parts in a decryption's body, rows of 32 w bytes; null when it holds other ones. */
export function partsIn(body: Uint8Array, count: number, w: number): Uint8Array | null {
  const [all] = unframe(body, DOMAIN, 4) ?? [];
  return all?.length === 32 * w * count ? all : null;
}

/** Parts of a decryption, of which nothing was checked; null when one is not canonical or neutral. */
export function readParts(bytes: Uint8Array, w: number): Decryption | null {
  const points = pieces(bytes, 32).map((piece) => unlessNeutral(decodeFast(piece)));
  return points.every((point) => point !== null)
    ? Array.from({ length: points.length / w }, (_, i) => points.slice(i * w, (i + 1) * w))
    : null;
}

/**
 * The parts of a decryption whose proof holds; else the refusal, at `where`.
 *
 * @param tick told how much of it is done, from 0 to 1.
 */
export function checkDecryption(
  place: DecryptPlace,
  rows: readonly Ciphertext[],
  body: Uint8Array,
  where: Where,
  tick?: Tick,
): Result<Decryption> {
  const w = place.points;
  const parts = unframe(body, DOMAIN, 4);
  const [all, first, second, response] = (parts ?? []) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  if (parts === null || all.length !== 32 * w * rows.length)
    return refuse('decryption-length', where, 'it does not have a part for each ballot, and one proof.');
  const points = pieces(all, 32).map((piece) => unlessNeutral(decodeFast(piece)));
  const [R1, R2, z] = [decodePoint(first), decodePoint(second), decodeScalar(response)];
  if (R1 === null || R2 === null || z === null || !points.every((point) => point !== null))
    return refuse(
      'decryption-group',
      where,
      'it holds an encoding that is not canonical, or the neutral element.',
    );
  tick?.(DECODED);
  const context = contextOf(place, rows, pieces(all, 32 * w));
  const weights = weightsOf(context, rows.length, w);
  const c = challengeOf(context, first, second);
  const equations: Equation[] = [
    [
      [BASE, z],
      [R1, -1n],
      [place.verificationKey, -c],
    ],
    [
      [R2, -1n],
      ...rows.flatMap(({ a }) => a).map((point, at) => [point, z * (weights[at] ?? 0n)] as const),
      ...points.map((point, at) => [point, -c * (weights[at] ?? 0n)] as const),
    ],
  ];
  if (firstFalse(equations, (done) => tick?.(DECODED + (1 - DECODED) * done)) !== -1)
    return refuse(
      'decryption-proof',
      where,
      'its proof does not hold: it was not made with the share of this officer.',
    );
  return accept(rows.map((_, i) => points.slice(i * w, (i + 1) * w)));
}
