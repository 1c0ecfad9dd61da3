import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';
import { sealBallot, type SealedBallot } from '../ballot/seal.ts';
import type { BoardKey } from '../ceremony/board-key.ts';
import { finishedKey } from '../ceremony/finished.ts';
import type { OfficerKey } from '../ceremony/officer-key.ts';
import type { Post } from '../ceremony/post.ts';
import type { KeyShare } from '../ceremony/shares.ts';
import { shareOf } from '../ceremony/take-part.ts';
import { encodePoint } from '../group/point.ts';
import { signerOf } from '../sign.ts';
import { headerOf, keyOf, must, runCeremony } from '../testing.ts';
import { addDecryption, addMix, type Board, openBoard, writeDecryption, writeMix } from './board.ts';
import { writeBox } from './box.ts';
import { type BoardManifest, readManifest } from './manifest.ts';

/** The key with which the made-up server signs. */
export const SERVER = new Uint8Array(32).fill(42);

/** Made-up officers with a key. */
export interface Officers {
  readonly keys: readonly OfficerKey[];
  readonly posts: readonly Post[];
  readonly board: BoardKey;
  readonly shares: readonly KeyShare[];
}

export async function makeOfficers(n: number, threshold: number, more = {}): Promise<Officers> {
  const keys = Array.from({ length: n }, (_, i) => keyOf(i + 1));
  const header = headerOf(n, threshold, more);
  const posts = await runCeremony(header, keys);
  const board = must(finishedKey(header, posts));
  const shares = await Promise.all(keys.map((key) => shareOf(header, posts, key)));
  return { keys, posts, board, shares: shares.filter((share) => share !== null) };
}

/** The manifest of an election under these officers, as JSON. */
export const manifestJson = (key: BoardKey, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  version: 2,
  key: '2026---steering',
  suite: 2,
  kind: key.header.kind,
  run: toHex(new Uint8Array(16).fill(1)),
  custody: toHex(key.transcriptHash),
  publicKey: toBase64Url(encodePoint(key.electionKey)),
  serverKey: toBase64Url(signerOf(SERVER)),
  candidates: ['ada', 'grace', 'linus'],
  allowNoOpinion: true,
  trackers: false,
  ...more,
});

export const makeManifest = (key: BoardKey, more: Record<string, unknown> = {}): BoardManifest =>
  must(readManifest(canonicalJson(manifestJson(key, more))));

export const cast = (manifest: BoardManifest, ranks: readonly number[]): SealedBallot =>
  must(sealBallot(manifest.rules, ranks, new Uint8Array(32).fill(8)));

export const boardOf = (
  manifest: BoardManifest,
  key: BoardKey,
  records: readonly Uint8Array[],
): { board: Board; file: Uint8Array } => {
  const file = writeBox(manifest, records, null, SERVER);
  return { file, board: must(openBoard(manifest, key, records.length, file)) };
};

/** The board after these officers mixed, and their files. */
export function mixAll(board: Board, officers: Officers, positions: readonly number[]) {
  const files: Uint8Array[] = [];
  let now = board;
  for (const position of positions) {
    const file = must(writeMix(now, position, (officers.keys[position - 1] as OfficerKey).signSecret));
    files.push(file);
    now = must(addMix(now, file));
  }
  return { board: now, files };
}

/** The board after these officers decrypted, and their files. */
export function decryptAll(board: Board, officers: Officers, positions: readonly number[]) {
  const files: Uint8Array[] = [];
  let now = board;
  for (const position of positions) {
    const key = officers.keys[position - 1] as OfficerKey;
    const file = must(writeDecryption(now, officers.shares[position - 1] as KeyShare, key.signSecret));
    files.push(file);
    now = must(addDecryption(now, file));
  }
  return { board: now, files };
}
