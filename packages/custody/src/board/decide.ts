import { canonicalJson, encodeText, toHex } from '@elekto/wire';
import { hashBytes } from '../ballot/rules.ts';
import type { BoardKey } from '../ceremony/board-key.ts';
import { textOf } from '../frames.ts';
import { parseJson } from '../json.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import type { Chain } from './chain.ts';
import { acceptFile, type Expected, NO_HASH, writeFile } from './file.ts';
import type { BoardManifest } from './manifest.ts';

/** Where decisions of the officers stand: about a tie after the chain, about a run before any of its files. */
const tiePlace = (board: Chain, number: number): Expected => ({
  kind: 'tie',
  seq: board.mixers.length + 1 + number,
  prevHash: board.head.hash,
  step: 'tie decision',
});
const VOID: Expected = { kind: 'void', seq: 0, prevHash: NO_HASH, step: 'void' };

/**
 * An officer's word for how a tie is decided, as a file. What it says is JSON, the same for all who sign it.
 *
 * @param number which decision about this count it is, from 1: a decided tie can leave another one open.
 */
export const writeTie = (
  board: Chain,
  number: number,
  officer: number,
  decision: unknown,
  signSecret: Uint8Array,
): Uint8Array<ArrayBuffer> => write(tiePlace(board, number), board.manifest, officer, decision, signSecret);

/** An officer's word that a run of an election counts for nothing and voting starts again, as a file. */
export const writeVoid = (
  manifest: BoardManifest,
  officer: number,
  reason: string,
  signSecret: Uint8Array,
): Uint8Array<ArrayBuffer> => write(VOID, manifest, officer, { reason }, signSecret);

const write = (
  { kind, seq, prevHash }: Expected,
  manifest: BoardManifest,
  officer: number,
  value: unknown,
  signSecret: Uint8Array,
): Uint8Array<ArrayBuffer> => {
  const body = encodeText(canonicalJson(value));
  const manifestHash = hashBytes(manifest.rules.manifestHash);
  return writeFile({ kind, manifestHash, seq, prevHash, officer, body }, signSecret);
};

/** What a quorum of officers signed, word for word the same. */
function checkDecision(
  manifest: BoardManifest,
  key: BoardKey,
  expected: Expected,
  files: readonly Uint8Array[],
): Result<unknown> {
  const officers = new Set<number>();
  let said: string | null = null;
  for (const bytes of files) {
    const accepted = acceptFile(manifest, key.header, expected, bytes);
    if (!accepted.ok) return accepted;
    const { file, where } = accepted.value;
    const text = textOf(file.body);
    if (text === null || !isCanonical(parseJson(text), text))
      return refuse('decision-format', where, 'what it says is not canonical JSON.');
    if ((said ?? text) !== text)
      return refuse('decision-differs', where, 'it says something else than the one before.');
    said = text;
    officers.add(file.officer);
  }
  const { threshold } = key.header;
  if (said === null || officers.size < threshold)
    return refuse(
      'decision-too-few',
      { step: expected.step, party: 'the officers' },
      `${officers.size} of ${threshold} officers have signed it.`,
    );
  return accept(parseJson(said));
}

function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

/** How a tie is decided by a quorum of officers in their decision of this number; ties do not follow from the ballots. */
export const checkTie = (board: Chain, number: number, files: readonly Uint8Array[]): Result<unknown> =>
  checkDecision(board.manifest, board.key, tiePlace(board, number), files);

/**
 * Whether a quorum voided a run, so that voting may start again. After the first decryption of the run none can be:
 * whoever saw a result could otherwise ask for another one.
 *
 * @param decrypted whether a decryption of that run is known.
 */
export function checkVoid(
  manifest: BoardManifest,
  key: BoardKey,
  files: readonly Uint8Array[],
  decrypted: boolean,
): Result<unknown> {
  if (decrypted)
    return refuse(
      'void-after-decryption',
      { step: 'void', party: 'the officers' },
      `the run ${toHex(manifest.run)} was decrypted already; its result stands.`,
    );
  return checkDecision(manifest, key, VOID, files);
}
