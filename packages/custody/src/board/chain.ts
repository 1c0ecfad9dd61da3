import { hashBytes } from '../ballot/rules.ts';
import type { BoardKey } from '../ceremony/board-key.ts';
import type { DecryptPlace } from '../decrypt/decrypt.ts';
import { IDENTITY } from '../group/point.ts';
import type { MixPlace } from '../mix/place.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';
import type { Box } from './box.ts';
import { acceptFile, type BoardFile } from './file.ts';
import type { BoardManifest } from './manifest.ts';

/** How far a board is: everything that says whether a file may come next, and nothing of what is in the lists. */
export interface Chain {
  readonly manifest: BoardManifest;
  readonly key: BoardKey;
  readonly box: Pick<Box, 'hash' | 'recordHashes'>;
  /** Who mixed, in order. */
  readonly mixers: readonly number[];
  /** The last file of the chain, and how many ballots are in its list. */
  readonly head: { readonly hash: Uint8Array; readonly rows: { readonly length: number } };
  /** Who decrypted. */
  readonly decryptions: { readonly size: number; has(officer: number): boolean };
}

/** A file that may come next, and where. */
export interface Next {
  readonly file: BoardFile;
  readonly where: Where;
}

export const manifestHashOf = ({ manifest }: Pick<Chain, 'manifest'>): Uint8Array =>
  hashBytes(manifest.rules.manifestHash);

export const mixPlace = (chain: Chain, officer: number): MixPlace => ({
  manifestHash: manifestHashOf(chain),
  boxHash: chain.box.hash,
  prevHash: chain.head.hash,
  position: chain.mixers.length + 1,
  officer,
  electionKey: chain.key.electionKey,
  points: chain.manifest.points,
});

export const decryptPlace = (chain: Chain, officer: number): DecryptPlace => ({
  manifestHash: manifestHashOf(chain),
  boxHash: chain.box.hash,
  headHash: chain.head.hash,
  transcriptHash: chain.key.transcriptHash,
  officer,
  verificationKey: chain.key.verificationKeys[officer - 1] ?? IDENTITY,
  points: chain.manifest.points,
});

export function mayMix(chain: Chain, officer: number, where: Where): Result<null> {
  if (chain.head.rows.length === 0)
    return refuse('mix-of-nothing', where, 'there are no ballots, and nothing is not mixed.');
  if (chain.decryptions.size > 0)
    return refuse('mix-after-decryption', where, 'the list was decrypted already; no mix can follow.');
  if (chain.mixers.includes(officer))
    return refuse('mix-twice', where, 'they have mixed this list already; each officer mixes once.');
  return accept(null);
}

/** Never fewer mixes than the threshold: with one honest mixer among them, or a quorum that could decrypt anyway. */
export function mayDecrypt(chain: Chain, officer: number, where: Where): Result<null> {
  const { threshold } = chain.key.header;
  if (chain.head.rows.length === 0)
    return refuse('decryption-of-nothing', where, 'there are no ballots, and nothing is not decrypted.');
  if (chain.mixers.length < threshold)
    return refuse(
      'decryption-early',
      where,
      `${chain.mixers.length} of ${threshold} officers have mixed; before that nothing is decrypted.`,
    );
  if (chain.decryptions.has(officer))
    return refuse('decryption-twice', where, 'they have decrypted this list already.');
  return accept(null);
}

/** The next mix of a board, when it stands where it may; its proof is not looked at. */
export function acceptMix(chain: Chain, bytes: Uint8Array): Result<Next> {
  const position = chain.mixers.length + 1;
  const expected = {
    kind: 'mix',
    seq: position,
    prevHash: chain.head.hash,
    step: `mix ${position}`,
  } as const;
  const accepted = acceptFile(chain.manifest, chain.key.header, expected, bytes);
  if (!accepted.ok) return accepted;
  const may = mayMix(chain, accepted.value.file.officer, accepted.value.where);
  return may.ok ? accepted : may;
}

/** A decryption of the head, when it stands where it may; its proof is not looked at. */
export function acceptDecryption(chain: Chain, bytes: Uint8Array): Result<Next> {
  const expected = {
    kind: 'decrypt',
    seq: chain.mixers.length + 1,
    prevHash: chain.head.hash,
    step: 'decryption',
  } as const;
  const accepted = acceptFile(chain.manifest, chain.key.header, expected, bytes);
  if (!accepted.ok) return accepted;
  const may = mayDecrypt(chain, accepted.value.file.officer, accepted.value.where);
  return may.ok ? accepted : may;
}
