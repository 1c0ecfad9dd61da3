import { join } from '@elekto/wire';
import { framed, unframe } from '../frames.ts';
import { decodeFast } from '../group/decode-fast.ts';
import type { Tick } from '../group/msm.ts';
import type { Point } from '../group/point.ts';
import { decodeScalar } from '../group/scalar.ts';
import { pieces } from '../list.ts';
import { type Ciphertext, readCiphertexts } from './ciphertext.ts';
import type { MixCommitments } from './place.ts';

const DOMAIN = 'elekto/mix body/1';

/** A mix as bytes: the new list, and the proof that it holds the ballots of the old one. */
export interface MixParts extends MixCommitments {
  /** E', N rows of 64 w bytes */
  readonly rows: readonly Uint8Array[];
  /** C_1, ..., C_N */
  readonly permutation: readonly Uint8Array[];
  /** s1, s2, s3, then s4 for k = 1..w */
  readonly responses: readonly Uint8Array[];
  /** s^_1, ..., s^_N */
  readonly chainResponses: readonly Uint8Array[];
  /** s'_1, ..., s'_N */
  readonly rowResponses: readonly Uint8Array[];
}

/** The same, decoded. */
export interface Mix {
  readonly parts: MixParts;
  readonly rows: readonly Ciphertext[];
  readonly permutation: readonly Point[];
  readonly chain: readonly Point[];
  readonly chainTs: readonly Point[];
  readonly ts: readonly Point[];
  readonly responses: readonly bigint[];
  readonly chainResponses: readonly bigint[];
  readonly rowResponses: readonly bigint[];
}

/** Bytes of a mix's body: a frame of its eight lists, each one item after another. */
export const encodeMix = (parts: MixParts): Uint8Array<ArrayBuffer> =>
  framed(
    DOMAIN,
    join(parts.rows),
    join(parts.permutation),
    join(parts.chain),
    join(parts.chainTs),
    join(parts.ts),
    join(parts.responses),
    join(parts.chainResponses),
    join(parts.rowResponses),
  );

/** Bytes of each list of a body for so many ballots of w points. */
const listBytes = (count: number, w: number): readonly number[] => [
  ...[64 * w, 32, 32, 32].map((one) => one * count),
  ...[32 * (3 + 2 * w), 32 * (3 + w), 32 * count, 32 * count],
];

/** Bytes of a body for so many ballots of w points. */
export const mixBytes = (count: number, w: number): number =>
  framed(DOMAIN).length + listBytes(count, w).reduce((sum, bytes) => sum + 4 + bytes, 0);

/** The lists of a body for N ballots of w points; null when one has another length. */
export function splitMix(body: Uint8Array, count: number, w: number): MixParts | null {
  const lists = unframe(body, DOMAIN, 8);
  const lengths = listBytes(count, w);
  if (lists === null || lists.some((part, i) => part.length !== lengths[i])) return null;
  const [rows, permutation, chain, chainTs, ts, responses, chainResponses, rowResponses] = lists.map(
    (part, i) => pieces(part, i === 0 ? 64 * w : 32),
  ) as [
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
  ];
  return { rows, permutation, chain, chainTs, ts, responses, chainResponses, rowResponses };
}

/**
 * A decoded mix; null when an encoding is not canonical, a ciphertext is neutral or a scalar too large.
 *
 * @param tick told how much of it is done, from 0 to 1.
 */
export function decodeMix(parts: MixParts, w: number, tick?: Tick): Mix | null {
  const all = parts.rows.length * (2 * w + 3) + parts.ts.length;
  let done = parts.rows.length * 2 * w;
  const rows = readCiphertexts(join(parts.rows), w, (part) => tick?.((part * done) / all));
  tick?.(done / all);
  const points = (list: readonly Uint8Array[]): Point[] | null => {
    const decoded = list.map(decodeFast);
    done += list.length;
    tick?.(done / all);
    return decoded.every((point) => point !== null) ? decoded : null;
  };
  const scalars = (list: readonly Uint8Array[]): bigint[] | null => {
    const decoded = list.map(decodeScalar);
    return decoded.every((value) => value !== null) ? decoded : null;
  };
  const permutation = points(parts.permutation);
  const chain = points(parts.chain);
  const chainTs = points(parts.chainTs);
  const ts = points(parts.ts);
  const responses = scalars(parts.responses);
  const chainResponses = scalars(parts.chainResponses);
  const rowResponses = scalars(parts.rowResponses);
  if (rows === null || permutation === null || chain === null || chainTs === null || ts === null) return null;
  if (responses === null || chainResponses === null || rowResponses === null) return null;
  return { parts, rows, permutation, chain, chainTs, ts, responses, chainResponses, rowResponses };
}
