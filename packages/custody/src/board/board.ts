import { join } from '@elekto/wire';
import type { BoardKey } from '../ceremony/board-key.ts';
import type { KeyShare } from '../ceremony/shares.ts';
import { checkDecryption, decrypt, type Decryption } from '../decrypt/decrypt.ts';
import { checkMix } from '../mix/check-mix.ts';
import type { Ciphertext } from '../mix/ciphertext.ts';
import { shuffle } from '../mix/shuffle.ts';
import { accept, type Result } from '../refusal.ts';
import { type Box, checkBox } from './box.ts';
import {
  acceptDecryption,
  acceptMix,
  type Chain,
  decryptPlace,
  manifestHashOf,
  mayDecrypt,
  mayMix,
  mixPlace,
} from './chain.ts';
import { partyOf, writeFile } from './file.ts';
import { type BoardManifest, checkManifestKey } from './manifest.ts';

/** A board as far as it was checked. Nothing is ever changed in it; each accepted file gives another one. */
export interface Board extends Chain {
  readonly box: Box;
  /** The last file of the chain, and its list. */
  readonly head: { readonly hash: Uint8Array; readonly rows: readonly Ciphertext[] };
  /** The parts of each officer who decrypted, by position. */
  readonly decryptions: ReadonlyMap<number, Decryption>;
}

/** A board from its first file, after its manifest was compared with the key of the ceremony. */
export function openBoard(
  manifest: BoardManifest,
  key: BoardKey,
  electors: number,
  boxFile: Uint8Array,
): Result<Board> {
  const fits = checkManifestKey(manifest, key);
  if (!fits.ok) return fits;
  const box = checkBox(manifest, key.header, electors, boxFile);
  if (!box.ok) return box;
  const rows = box.value.ballots.map(({ a, b, parts }) => ({ a, b, bytes: join([...parts.a, ...parts.b]) }));
  const head = { hash: box.value.hash, rows };
  return accept({ manifest, key, box: box.value, mixers: [], head, decryptions: new Map() });
}

/** The next mix of a board as a file. Expensive: about a millisecond a ballot. */
export function writeMix(
  board: Board,
  officer: number,
  signSecret: Uint8Array,
): Result<Uint8Array<ArrayBuffer>> {
  const position = board.mixers.length + 1;
  const where = { step: `mix ${position}`, party: partyOf(board.key.header, officer) };
  const may = mayMix(board, officer, where);
  if (!may.ok) return may;
  const body = shuffle(mixPlace(board, officer), board.head.rows);
  const { hash: prevHash } = board.head;
  const manifestHash = manifestHashOf(board);
  return accept(writeFile({ kind: 'mix', manifestHash, seq: position, prevHash, officer, body }, signSecret));
}

/** The board with one more mix, when it is the next one, from an officer who has not mixed, and its proof holds. */
export function addMix(board: Board, bytes: Uint8Array): Result<Board> {
  const accepted = acceptMix(board, bytes);
  if (!accepted.ok) return accepted;
  const { file, where } = accepted.value;
  const rows = checkMix(mixPlace(board, file.officer), board.head.rows, file.body, where);
  if (!rows.ok) return rows;
  const head = { hash: file.hash, rows: rows.value };
  return accept({ ...board, mixers: [...board.mixers, file.officer], head });
}

/**
 * An officer's decryption of the head as a file. The only way in this package to use a share on a ciphertext, and it takes
 * none from outside: only the list at the end of a chain of enough mixes that was checked from its files.
 */
export function writeDecryption(
  board: Board,
  share: KeyShare,
  signSecret: Uint8Array,
): Result<Uint8Array<ArrayBuffer>> {
  const officer = share.position;
  const where = { step: 'decryption', party: partyOf(board.key.header, officer) };
  const may = mayDecrypt(board, officer, where);
  if (!may.ok) return may;
  const body = decrypt(decryptPlace(board, officer), board.head.rows, share);
  const { hash: prevHash } = board.head;
  const manifestHash = manifestHashOf(board);
  const seq = board.mixers.length + 1;
  return accept(writeFile({ kind: 'decrypt', manifestHash, seq, prevHash, officer, body }, signSecret));
}

/** The board with one more officer's decryption, when it is of the head and its proof holds. */
export function addDecryption(board: Board, bytes: Uint8Array): Result<Board> {
  const accepted = acceptDecryption(board, bytes);
  if (!accepted.ok) return accepted;
  const { file, where } = accepted.value;
  const parts = checkDecryption(decryptPlace(board, file.officer), board.head.rows, file.body, where);
  if (!parts.ok) return parts;
  return accept({ ...board, decryptions: new Map([...board.decryptions, [file.officer, parts.value]]) });
}
