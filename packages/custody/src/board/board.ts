import { join } from '@elekto/wire';
import { hashBytes } from '../ballot/rules.ts';
import type { BoardKey } from '../ceremony/board-key.ts';
import type { KeyShare } from '../ceremony/shares.ts';
import { checkDecryption, decrypt, type Decryption, type DecryptPlace } from '../decrypt/decrypt.ts';
import { IDENTITY } from '../group/point.ts';
import { checkMix } from '../mix/check-mix.ts';
import type { Ciphertext } from '../mix/ciphertext.ts';
import type { MixPlace } from '../mix/place.ts';
import { shuffle } from '../mix/shuffle.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';
import { type Box, checkBox } from './box.ts';
import { acceptFile, partyOf, writeFile } from './file.ts';
import { type BoardManifest, checkManifestKey } from './manifest.ts';

/** A board as far as it was checked. Nothing is ever changed in it; each accepted file gives another one. */
export interface Board {
  readonly manifest: BoardManifest;
  readonly key: BoardKey;
  readonly box: Box;
  /** Who mixed, in order. */
  readonly mixers: readonly number[];
  /** The last file of the chain, and its list. */
  readonly head: { readonly hash: Uint8Array; readonly rows: readonly Ciphertext[] };
  /** The parts of each officer who decrypted, by position. */
  readonly decryptions: ReadonlyMap<number, Decryption>;
}

const mh = (board: Board): Uint8Array => hashBytes(board.manifest.rules.manifestHash);

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

const mixPlace = (board: Board, officer: number): MixPlace => ({
  manifestHash: mh(board),
  boxHash: board.box.hash,
  prevHash: board.head.hash,
  position: board.mixers.length + 1,
  officer,
  electionKey: board.key.electionKey,
  points: board.manifest.points,
});

function mayMix(board: Board, officer: number, where: Where): Result<null> {
  if (board.head.rows.length === 0)
    return refuse('mix-of-nothing', where, 'there are no ballots, and nothing is not mixed.');
  if (board.decryptions.size > 0)
    return refuse('mix-after-decryption', where, 'the list was decrypted already; no mix can follow.');
  if (board.mixers.includes(officer))
    return refuse('mix-twice', where, 'they have mixed this list already; each officer mixes once.');
  return accept(null);
}

/** The next mix of a board as a file. Expensive: about 1.5 ms a ballot. */
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
  const prevHash = board.head.hash;
  return accept(
    writeFile({ kind: 'mix', manifestHash: mh(board), seq: position, prevHash, officer, body }, signSecret),
  );
}

/** The board with one more mix, when it is the next one, from an officer who has not mixed, and its proof holds. */
export function addMix(board: Board, bytes: Uint8Array): Result<Board> {
  const { manifest, key, head } = board;
  const position = board.mixers.length + 1;
  const expected = { kind: 'mix', seq: position, prevHash: head.hash, step: `mix ${position}` } as const;
  const accepted = acceptFile(manifest, key.header, expected, bytes);
  if (!accepted.ok) return accepted;
  const { file, where } = accepted.value;
  const may = mayMix(board, file.officer, where);
  if (!may.ok) return may;
  const rows = checkMix(mixPlace(board, file.officer), head.rows, file.body, where);
  if (!rows.ok) return rows;
  return accept({
    ...board,
    mixers: [...board.mixers, file.officer],
    head: { hash: file.hash, rows: rows.value },
  });
}

const decryptPlace = (board: Board, officer: number): DecryptPlace => ({
  manifestHash: mh(board),
  boxHash: board.box.hash,
  headHash: board.head.hash,
  transcriptHash: board.key.transcriptHash,
  officer,
  verificationKey: board.key.verificationKeys[officer - 1] ?? IDENTITY,
  points: board.manifest.points,
});

/** Never fewer mixes than the threshold: with one honest mixer among them, or a quorum that could decrypt anyway. */
function mayDecrypt(board: Board, officer: number, where: Where): Result<null> {
  const { threshold } = board.key.header;
  if (board.head.rows.length === 0)
    return refuse('decryption-of-nothing', where, 'there are no ballots, and nothing is not decrypted.');
  if (board.mixers.length < threshold)
    return refuse(
      'decryption-early',
      where,
      `${board.mixers.length} of ${threshold} officers have mixed; before that nothing is decrypted.`,
    );
  if (board.decryptions.has(officer))
    return refuse('decryption-twice', where, 'they have decrypted this list already.');
  return accept(null);
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
  return accept(
    writeFile(
      {
        kind: 'decrypt',
        manifestHash: mh(board),
        seq: board.mixers.length + 1,
        prevHash: board.head.hash,
        officer,
        body,
      },
      signSecret,
    ),
  );
}

/** The board with one more officer's decryption, when it is of the head and its proof holds. */
export function addDecryption(board: Board, bytes: Uint8Array): Result<Board> {
  const { manifest, key, head } = board;
  const expected = {
    kind: 'decrypt',
    seq: board.mixers.length + 1,
    prevHash: head.hash,
    step: 'decryption',
  } as const;
  const accepted = acceptFile(manifest, key.header, expected, bytes);
  if (!accepted.ok) return accepted;
  const { file, where } = accepted.value;
  const may = mayDecrypt(board, file.officer, where);
  if (!may.ok) return may;
  const parts = checkDecryption(decryptPlace(board, file.officer), head.rows, file.body, where);
  if (!parts.ok) return parts;
  return accept({ ...board, decryptions: new Map([...board.decryptions, [file.officer, parts.value]]) });
}
