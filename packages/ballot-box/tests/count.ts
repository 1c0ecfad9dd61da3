/** Made-up officers at the board of a real box. */
import {
  fileName,
  readFile,
  addDecryption,
  addMix,
  openBoard,
  readManifest,
  writeDecryption,
  writeMix,
} from '@elekto/custody';
import type { Board, KeyShare, OfficerKey } from '@elekto/custody';
import { must as accepted } from '@elekto/custody/testing';
import type { BallotBox, BoardSource } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { canonicalJson, toHex } from '@elekto/wire';
import { madeOfficers } from './officers.ts';
import { must } from './support.ts';

/** What the repository says: the officers' key, and the box that stands on the branch. */
export async function sourceWith(boxes: BoardSource['boxes'], inspection = 86_400_000): Promise<BoardSource> {
  const { custody, transcript } = await madeOfficers();
  const file = {
    ...custody,
    path: 'elections/keys/2026.json',
    text: transcript,
    officers: null,
    diagnostics: [],
  };
  return { custody: { boards: new Map([[file.file, file]]) }, boxes, inspection };
}

/** The board as an officer rebuilds it from the files that the server gives. */
export async function boardFrom(
  box: Pick<BallotBox, 'boardFile' | 'boardFiles'>,
  { key, voters }: Pick<Election, 'key' | 'voters'>,
  pinned: OfficersManifest,
): Promise<Board> {
  const manifest = accepted(readManifest(canonicalJson(pinned)));
  const { key: boardKey } = await madeOfficers();
  let board: Board | null = null;
  for (const { name } of must(await box.boardFiles(key))) {
    const bytes = must(await box.boardFile(key, name)) as Uint8Array;
    const { kind } = readFile(bytes) ?? {};
    if (kind === 'box') board = accepted(openBoard(manifest, boardKey, voters.length, bytes));
    else if (kind === 'mix') board = accepted(addMix(board as Board, bytes));
    else if (kind === 'decrypt') board = accepted(addDecryption(board as Board, bytes));
  }
  if (board === null) throw new Error('no box');
  return board;
}

export async function mixOf(board: Board, position: number): Promise<Uint8Array> {
  const { keys } = await madeOfficers();
  return accepted(writeMix(board, position, (keys[position - 1] as OfficerKey).signSecret));
}

export async function decryptionOf(board: Board, position: number): Promise<Uint8Array> {
  const { keys, shares } = await madeOfficers();
  const { signSecret } = keys[position - 1] as OfficerKey;
  return accepted(writeDecryption(board, shares[position - 1] as KeyShare, signSecret));
}

/** How the box of a run stands on the branch. */
export const onBranch = (board: Board) => ({
  hash: toHex(board.box.hash),
  manifestHash: board.manifest.rules.manifestHash,
});

export const nameOf = (bytes: Uint8Array): string => fileName(readFile(bytes) as never);
