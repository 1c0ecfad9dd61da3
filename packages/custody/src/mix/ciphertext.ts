import { decodeFast } from '../group/decode-fast.ts';
import type { Tick } from '../group/msm.ts';
import { type Point, unlessNeutral } from '../group/point.ts';
import { pieces } from '../list.ts';

/** The encrypted part of a ballot: w pairs (a_k, b_k). */
export interface Ciphertext {
  /** a_1, ..., a_w, b_1, ..., b_w: 64 w bytes. */
  readonly bytes: Uint8Array;
  readonly a: readonly Point[];
  readonly b: readonly Point[];
}

/** So many rows are read between two words of how far it is. */
const STEP = 500;

/**
 * Decodes rows of 64 w bytes; null when one is not canonical or holds the neutral element.
 *
 * @param tick told how much of it is done, from 0 to 1.
 */
export function readCiphertexts(bytes: Uint8Array, w: number, tick?: Tick): Ciphertext[] | null {
  const rows: Ciphertext[] = [];
  for (const row of pieces(bytes, 64 * w)) {
    if (rows.length % STEP === 0) tick?.((rows.length * 64 * w) / bytes.length);
    const points = pieces(row, 32).map((piece) => unlessNeutral(decodeFast(piece)));
    if (!points.every((point) => point !== null)) return null;
    rows.push({ bytes: row, a: points.slice(0, w), b: points.slice(w) });
  }
  return rows;
}
