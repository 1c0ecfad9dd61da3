import { compareBytes, toHex } from '@elekto/wire';
import type { BallotRules } from '../ballot/rules.ts';
import type { Header } from '../ceremony/header.ts';
import type { Decryption } from '../decrypt/decrypt.ts';
import type { Ciphertext } from '../mix/ciphertext.ts';
import { extractEncoded } from '../ballot/embed.ts';
import { closeGaps, type Content, decodePayload } from '../ballot/payload.ts';
import { lagrangeAtZero } from '../ceremony/polynomial.ts';
import { decodeFast } from '../group/decode-fast.ts';
import { encodeFast } from '../group/encode-many.ts';
import { sumsAlike } from '../group/msm.ts';
import type { Point } from '../group/point.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import type { Board } from './board.ts';

/** What the ballots say. */
export interface Opened {
  /** By tracker, then by ranks: an order that says nothing else. Gaps in the ranks are closed. */
  readonly rows: readonly Content[];
  /** How many records hold no ranking of this election. */
  readonly invalid: number;
}

/**
 * Opens the ballots from the decryptions of a quorum. Anybody can, and everybody gets the same: each part was proven, so
 * that any t of them give the same points.
 */
export const combine = ({ key, head, decryptions, manifest }: Board): Result<Opened> =>
  combineLists(manifest.rules, key.header, head.rows, decryptions);

/** The same, from the lists themselves. */
export function combineLists(
  rules: BallotRules,
  { threshold, identifiers }: Pick<Header, 'threshold' | 'identifiers'>,
  list: readonly Pick<Ciphertext, 'b'>[],
  decryptions: ReadonlyMap<number, Decryption>,
): Result<Opened> {
  if (list.length === 0) return accept({ rows: [], invalid: 0 });
  if (decryptions.size < threshold)
    return refuse(
      'decryption-too-few',
      { step: 'combination', party: 'the officers' },
      `${decryptions.size} of ${threshold} decryptions are there.`,
    );
  const quorum = [...decryptions.keys()].toSorted((a, b) => a - b).slice(0, threshold);
  const factors = lagrangeAtZero(quorum.map((position) => identifiers[position - 1] ?? 0n));
  const partOf = (position: number, i: number, k: number): Point =>
    decryptions.get(position)?.[i]?.[k] as Point;
  const known = new Map<string, Content | null>();
  const read = (points: readonly Uint8Array[]): Content | null => {
    const name = points.map(toHex).join('');
    const before = known.get(name);
    if (before !== undefined) return before;
    const payload = extractEncoded(points, decodeFast);
    const content = payload === null ? null : decodePayload(rules, payload);
    known.set(name, content);
    return content;
  };
  // M = b less the sum of each officer's part times their factor.
  const sums = sumsAlike(
    list.flatMap(({ b }, i) =>
      b.map((point, k) => [point, ...quorum.map((position) => partOf(position, i, k))]),
    ),
    [1n, ...factors.map((factor) => -factor)],
  );
  const w = sums.length / list.length;
  const contents = list.map((_, i) => read(sums.slice(i * w, (i + 1) * w).map(encodeFast)));
  const valid = contents.filter((content) => content !== null);
  const rows = valid.map(({ ranks, tracker }) => ({ ranks: closeGaps(ranks), tracker }));
  return accept(inOrder([{ rows, invalid: contents.length - rows.length }]));
}

/** What was opened in pieces, as one. */
export const inOrder = (pieces: readonly Opened[]): Opened => ({
  rows: pieces.flatMap(({ rows }) => rows).toSorted(compareRows),
  invalid: pieces.reduce((sum, { invalid }) => sum + invalid, 0),
});

function compareRows(a: Content, b: Content): number {
  const byTracker = a.tracker === null || b.tracker === null ? 0 : compareBytes(a.tracker, b.tracker);
  if (byTracker !== 0) return byTracker;
  for (const [i, rank] of a.ranks.entries()) {
    const difference = rank - (b.ranks[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
