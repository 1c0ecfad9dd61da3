import { join } from '@elekto/wire';
import { encodeDoubles, encodeFast } from '../group/encode-many.ts';
import { type Extended, toExtended, toPoints, ZERO } from '../group/extended.ts';
import { addMultiples, type FixedBase, fixBase } from '../group/fixed-base.ts';
import { generators } from '../group/generators.ts';
import { sumOfProducts } from '../group/msm.ts';
import { multiply, multiplyBase } from '../group/multiply.ts';
import { BASE, encodePoint, type Point } from '../group/point.ts';
import { encodeScalar, invert, randomScalar, reduce } from '../group/scalar.ts';
import { encodeMix } from './body.ts';
import type { Ciphertext } from './ciphertext.ts';
import { randomPermutation } from './permutation.ts';
import { mixChallenge, mixContext, mixFactors, type MixPlace } from './place.ts';

const many = (count: number): bigint[] => Array.from({ length: count }, randomScalar);
const HALF = invert(2n);
/** Encodings of points that are given by their halves. */
const encodeHalves = (halves: readonly Extended[]): Uint8Array[] => encodeDoubles(halves);

/**
 * Puts ballots in a random order, changes how each looks without changing what it says (an exponent of its own for each
 * component), and proves both, in the form of Haenni, Locher, Koenig and Dubuis (2017) of the proof of Terelius and
 * Wikström (2010). Returns the body of a mix. Order and exponents are forgotten.
 *
 * @throws RangeError for no ballots: nothing is not mixed.
 */
export function shuffle(place: MixPlace, before: readonly Ciphertext[]): Uint8Array<ArrayBuffer> {
  const count = before.length;
  if (count === 0) throw new RangeError('there is nothing to mix');
  return prove(
    place,
    before,
    randomPermutation(count),
    before.map(() => many(place.points)),
  );
}

/**
 * The body of a mix with a given order and given exponents (for each old ballot, w of them). With `claimed`, the proof is
 * made for that list instead of the one that was mixed: what a cheat would do, for tests.
 */
export function prove(
  place: MixPlace,
  before: readonly Ciphertext[],
  order: readonly number[],
  exponents: readonly (readonly bigint[])[],
  claimed = before,
): Uint8Array<ArrayBuffer> {
  const count = before.length;
  const w = place.points;
  const all = generators(count + 1);
  const [h0, h] = [all[0] as Point, all.slice(1)];
  const onBase = fixBase(BASE, (w + 3) * count);
  const onKey = fixBase(place.electionKey, w * count);
  const onH0 = fixBase(h0, 2 * count);

  const after = order.map((from) =>
    reencrypt(before[from] as Ciphertext, exponents[from] ?? [], onBase, onKey),
  );
  const flat = toPoints(after.flat());
  const encoded = after.flat().map(encodeFast);
  const rows = after.map((_, i) => join(encoded.slice(i * 2 * w, (i + 1) * 2 * w)));

  const r = many(count);
  const permutationPoints = new Array<Extended>(count).fill(ZERO);
  order.forEach((from, i) => {
    permutationPoints[from] = addMultiples(toExtended(h[i] as Point), [onBase, r[from] ?? 0n]);
  });
  const permutation = permutationPoints.map(encodeFast);
  const context = mixContext(place, claimed, rows, permutation);
  const u = mixFactors(context, count);
  const mixed = order.map((from) => u[from] ?? 0n);

  const chained = makeChain(mixed, onBase, onH0);
  const omega = [randomScalar(), randomScalar(), randomScalar()] as const;
  const omega4 = many(w);
  const t4 = (pick: (row: number, k: number) => number, base: Point): Uint8Array[] =>
    omega4.map((secret, k) => {
      const points = rows.map((_, i) => flat[pick(i, k)] as Point);
      return encodePoint(sumOfProducts(points, chained.omegaRows).subtract(multiply(base, secret)));
    });
  const ts = [
    encodePoint(multiplyBase(omega[0])),
    encodePoint(multiplyBase(omega[1])),
    encodePoint(multiplyBase(omega[2]).add(sumOfProducts(h, chained.omegaRows))),
    ...t4((i, k) => i * 2 * w + k, BASE),
    ...t4((i, k) => i * 2 * w + w + k, place.electionKey),
  ];
  const commitments = { chain: chained.chain, chainTs: chained.chainTs, ts };
  const x = mixChallenge(context, commitments);

  const sums = {
    bar: r.reduce((sum, one) => sum + one, 0n),
    hat: sumChain(chained.blinds, mixed),
    tilde: r.reduce((sum, one, i) => reduce(sum + one * (u[i] ?? 0n)), 0n),
    components: omega4.map((_, k) =>
      exponents.reduce((sum, own, i) => reduce(sum + (own[k] ?? 0n) * (u[i] ?? 0n)), 0n),
    ),
  };
  return encodeMix({
    rows,
    permutation,
    ...commitments,
    responses: [
      encodeScalar(omega[0] + x * sums.bar),
      encodeScalar(omega[1] + x * sums.hat),
      encodeScalar(omega[2] + x * sums.tilde),
      ...omega4.map((secret, k) => encodeScalar(secret + x * (sums.components[k] ?? 0n))),
    ],
    chainResponses: chained.blinds.map((blind, i) => encodeScalar((chained.omegaChain[i] ?? 0n) + x * blind)),
    rowResponses: mixed.map((factor, i) => encodeScalar((chained.omegaRows[i] ?? 0n) + x * factor)),
  });
}

/** a_k + r_k G for k = 1..w, then b_k + r_k Y. */
const reencrypt = (
  { a, b }: Ciphertext,
  exponents: readonly bigint[],
  onBase: FixedBase,
  onKey: FixedBase,
): Extended[] => [
  ...a.map((point, k) => addMultiples(toExtended(point), [onBase, exponents[k] ?? 0n])),
  ...b.map((point, k) => addMultiples(toExtended(point), [onKey, exponents[k] ?? 0n])),
];

/**
 * C^_i = r^_i G + u'_i C^_(i-1) from C^_0 = h_0, and T^_i = w^_i G + w'_i C^_(i-1). Since every C^_i is R_i G + U_i h_0 with
 * known R_i and U_i, so is half of it, and the encodings need no square roots.
 */
function makeChain(factors: readonly bigint[], onBase: FixedBase, onH0: FixedBase) {
  const [blinds, omegaChain, omegaRows] = [many(factors.length), many(factors.length), many(factors.length)];
  const [chainHalves, tHalves]: [Extended[], Extended[]] = [[], []];
  let R = 0n;
  let U = 1n;
  const point = (onG: bigint, onH: bigint): Extended =>
    addMultiples(ZERO, [onBase, onG * HALF], [onH0, onH * HALF]);
  factors.forEach((factor, i) => {
    const omega = omegaRows[i] ?? 0n;
    tHalves.push(point((omegaChain[i] ?? 0n) + omega * R, omega * U));
    R = reduce((blinds[i] ?? 0n) + factor * R);
    U = reduce(factor * U);
    chainHalves.push(point(R, U));
  });
  return {
    blinds,
    omegaChain,
    omegaRows,
    chain: encodeHalves(chainHalves),
    chainTs: encodeHalves(tHalves),
  };
}

/** Σ r^_i v_i with v_N = 1 and v_i = u'_(i+1) v_(i+1). */
function sumChain(blinds: readonly bigint[], factors: readonly bigint[]): bigint {
  let v = 1n;
  let sum = 0n;
  for (let i = blinds.length - 1; i >= 0; i -= 1) {
    sum = reduce(sum + (blinds[i] ?? 0n) * v);
    v = reduce(v * (factors[i] ?? 0n));
  }
  return sum;
}
