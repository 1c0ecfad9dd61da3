import { toHex } from '@elekto/wire';
import { encodeDoubles } from '../group/encode-many.ts';
import { type Equation, firstFalse } from '../group/equations.ts';
import { subtractCached, toCached, toExtended } from '../group/extended.ts';
import { generators } from '../group/generators.ts';
import type { Tick } from '../group/msm.ts';
import { BASE, type Point } from '../group/point.ts';
import { pieces } from '../list.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';
import { decodeMix, type Mix, splitMix } from './body.ts';
import type { Ciphertext } from './ciphertext.ts';
import { mixChallenge, mixContext, mixFactors, type MixPlace, product } from './place.ts';

/** How much of a check is done when the points are decoded, the lists compared, and the generators there. */
const [DECODED, COMPARED, BASED] = [0.25, 0.35, 0.45];
/** So many generators at a time. */
const PIECE = 1000;

/**
 * The list after a mix whose body follows from the list before; else the refusal, at `where`.
 *
 * @param tick told how much of it is done, from 0 to 1.
 */
export function checkMix(
  place: MixPlace,
  before: readonly Ciphertext[],
  body: Uint8Array,
  where: Where,
  tick: Tick = () => undefined,
): Result<readonly Ciphertext[]> {
  if (before.length === 0)
    return refuse('mix-of-nothing', where, 'there are no ballots, and nothing is not mixed.');
  const parts = splitMix(body, before.length, place.points);
  if (parts === null)
    return refuse(
      'mix-length',
      where,
      'it does not have as many ballots and proofs as the list before it asks for.',
    );
  const mix = decodeMix(parts, place.points, (done) => tick(done * DECODED));
  if (mix === null)
    return refuse('mix-group', where, 'it holds an encoding that is not canonical, or a neutral ciphertext.');
  if (isLinkable(before, mix.rows))
    return refuse(
      'mix-linkable',
      where,
      'part of a ballot leaves it as it came, or two parts were changed alike, so that anybody can follow that ballot.',
    );
  tick(COMPARED);
  const context = mixContext(place, before, parts.rows, parts.permutation);
  const u = mixFactors(context, before.length);
  const x = mixChallenge(context, parts);
  // Asked for in pieces: the first list of a computer makes them all.
  for (let made = 0; made <= before.length; made += PIECE) {
    generators(Math.min(made, before.length) + 1);
    tick(COMPARED + (BASED - COMPARED) * (made / (before.length + PIECE)));
  }
  const general = generalEquations(place, before, mix, u, x);
  tick(BASED);
  const bad = firstFalse([...general, ...chainEquations(mix, x)], (done) => tick(BASED + (1 - BASED) * done));
  if (bad === -1) return accept(mix.rows);
  return bad < 3 || bad >= general.length
    ? refuse(
        'mix-permutation',
        where,
        'its proof does not hold: what it commits to is no order of the ballots.',
      )
    : refuse(
        'mix-ballots',
        where,
        'its proof does not hold: the ballots that leave it are not those that came.',
      );
}

/** The equations for t1, t2, t3 and, for each component, t4 of a and t4 of b. */
function generalEquations(
  { electionKey, points: w }: MixPlace,
  before: readonly Ciphertext[],
  mix: Mix,
  u: readonly bigint[],
  x: bigint,
): Equation[] {
  const [h0, ...h] = generators(before.length + 1) as [Point, ...Point[]];
  const [s1 = 0n, s2 = 0n, s3 = 0n, ...s4] = mix.responses;
  const [t1, t2, t3, ...t4] = mix.ts as [Point, Point, Point, ...Point[]];
  const last = mix.chain.at(-1) as Point;
  const rows = mix.rowResponses;
  const component = (part: 'a' | 'b', k: number, base: Point, t: Point): Equation => [
    [base, -(s4[k] ?? 0n)],
    [t, -1n],
    ...mix.rows.map((row, i) => [row[part][k] as Point, rows[i] ?? 0n] as const),
    ...before.map((row, i) => [row[part][k] as Point, -x * (u[i] ?? 0n)] as const),
  ];
  const all = Array.from({ length: w }, (_, k) => k);
  return [
    [
      [BASE, s1],
      [t1, -1n],
      ...mix.permutation.map((point) => [point, -x] as const),
      ...h.map((point) => [point, x] as const),
    ],
    [
      [BASE, s2],
      [t2, -1n],
      [last, -x],
      [h0, x * product(u)],
    ],
    [
      [BASE, s3],
      [t3, -1n],
      ...h.map((point, i) => [point, rows[i] ?? 0n] as const),
      ...mix.permutation.map((point, i) => [point, -x * (u[i] ?? 0n)] as const),
    ],
    ...all.map((k) => component('a', k, BASE, t4[k] as Point)),
    ...all.map((k) => component('b', k, electionKey, t4[w + k] as Point)),
  ];
}

/** s^_i G + s'_i C^_(i-1) = T^_i + x C^_i, from C^_0 = h_0. */
function chainEquations(mix: Mix, x: bigint): Equation[] {
  const [h0] = generators(1) as [Point];
  return mix.chain.map((point, i) => [
    [BASE, mix.chainResponses[i] ?? 0n],
    [i === 0 ? h0 : (mix.chain[i - 1] as Point), mix.rowResponses[i] ?? 0n],
    [mix.chainTs[i] as Point, -1n],
    [point, -x],
  ]);
}

/**
 * Whether a component leaves unchanged, or two components of a ballot were given the same exponent: then their
 * difference, a_l - a_k, is the same before and after. Chance alone does neither.
 */
function isLinkable(before: readonly Ciphertext[], after: readonly Ciphertext[]): boolean {
  const seen = new Set(marksOf(before));
  return marksOf(after).some((mark) => seen.has(mark));
}

function marksOf(rows: readonly Ciphertext[]): string[] {
  const differences = rows.flatMap(({ a }) => {
    const extended = a.map(toExtended);
    return a.flatMap((first, k) => {
      const start = toCached(first);
      return extended.slice(k + 1).map((other) => subtractCached(other, start));
    });
  });
  const own = rows.flatMap(({ bytes }) => pieces(bytes, 32).map((piece) => `point ${toHex(piece)}`));
  // Encoded twofold, which is as distinct and much cheaper.
  return [...own, ...encodeDoubles(differences).map((bytes) => `difference ${toHex(bytes)}`)];
}
