import { compareBytes, join } from '@elekto/wire';
import { checkBallots } from '../ballot/check-many.ts';
import type { ReadBallot } from '../ballot/read.ts';
import { hashRecord } from '../ballot/record.ts';
import { hashBytes, recordBytes } from '../ballot/rules.ts';
import type { Header } from '../ceremony/header.ts';
import { framed, readNumber, textOf, unframe } from '../frames.ts';
import { pieces } from '../list.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { acceptFile, NO_HASH, readFile, writeFile } from './file.ts';
import type { BoardManifest } from './manifest.ts';

const DOMAIN = 'elekto/box/1';

/** A box that was checked. */
export interface Box {
  /** SHA-256 of its file: this is what stands on the branch. */
  readonly hash: Uint8Array;
  readonly ballots: readonly ReadBallot[];
  /** Hashes of all records, as receipts have them. */
  readonly recordHashes: ReadonlySet<string>;
  /** A place for the hash of a register of who took part; every server leaves it empty (docs/decisions/0021). */
  readonly registerHash: Uint8Array | null;
}

/** The box file: the manifest and all records by their handles, which tell nothing of when they were cast. */
export function writeBox(
  manifest: BoardManifest,
  records: readonly Uint8Array[],
  registerHash: Uint8Array | null,
  serverSecret: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const sorted = records.toSorted((a, b) => compareBytes(a.subarray(1, 17), b.subarray(1, 17)));
  const body = framed(DOMAIN, manifest.text, String(records.length), registerHash ?? '', join(sorted));
  const manifestHash = hashBytes(manifest.rules.manifestHash);
  return writeFile({ kind: 'box', manifestHash, seq: 0, prevHash: NO_HASH, officer: 0, body }, serverSecret);
}

/** The manifest that a box file says it is of; null when the bytes are no box. Nothing of it is checked. */
export function boxManifest(bytes: Uint8Array): string | null {
  const file = readFile(bytes);
  const parts = file?.kind === 'box' ? unframe(file.body, DOMAIN, 4) : null;
  return parts?.[0] === undefined ? null : textOf(parts[0]);
}

/** A box of which everything but the proofs of its ballots was checked. */
export interface SealedBox {
  readonly hash: Uint8Array;
  readonly records: readonly Uint8Array[];
  readonly recordHashes: ReadonlySet<string>;
  readonly registerHash: Uint8Array | null;
}

/** Reads a box file: the manifest, the order, that no ballot is there twice, and no more of them than electors. */
export function acceptBox(
  manifest: BoardManifest,
  header: Header,
  electors: number,
  bytes: Uint8Array,
): Result<SealedBox> {
  const expected = { kind: 'box', seq: 0, prevHash: NO_HASH, step: 'box' } as const;
  const accepted = acceptFile(manifest, header, expected, bytes);
  if (!accepted.ok) return accepted;
  const { file, where } = accepted.value;
  const parts = unframe(file.body, DOMAIN, 4);
  const [text, countBytes, register, all] = (parts ?? []) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const count = parts === null ? null : readNumber(countBytes);
  if (count === null) return refuse('box-format', where, 'it is not a manifest, a number and records.');
  if (textOf(text) !== manifest.text)
    return refuse('box-manifest', where, 'the manifest in it is not the one of this election.');
  const length = recordBytes(manifest.points);
  if (![0, 32].includes(register.length) || all.length !== count * length)
    return refuse('box-format', where, 'it does not hold as many records as it says.');
  if (count > electors)
    return refuse('box-electors', where, `it holds ${count} ballots of ${electors} electors.`);
  const records = pieces(all, length);
  const handles = records.map((record) => record.subarray(1, 17));
  // A handle is the hash of a ballot's `a`, so that no copy passes. Single components of two ballots may be alike: two
  // voters can agree on that, gain nothing, and must not be able to stop the count with it.
  for (const [i, handle] of handles.entries()) {
    if (i > 0 && compareBytes(handles[i - 1] as Uint8Array, handle) >= 0)
      return refuse('box-order', where, 'its records are not in the order of their handles, each one once.');
  }
  return accept({
    hash: file.hash,
    records,
    recordHashes: new Set(records.map((record) => hashRecord(manifest.rules.manifestHash, record))),
    registerHash: register.length === 0 ? null : register,
  });
}

/** Checks a box file: `acceptBox`, and the proof of each ballot. */
export function checkBox(
  manifest: BoardManifest,
  header: Header,
  electors: number,
  bytes: Uint8Array,
): Result<Box> {
  const sealed = acceptBox(manifest, header, electors, bytes);
  if (!sealed.ok) return sealed;
  const ballots = checkBallots(manifest.rules, sealed.value.records);
  if (!ballots.ok) return ballots;
  const { hash, recordHashes, registerHash } = sealed.value;
  return accept({ hash, ballots: ballots.value, recordHashes, registerHash });
}
