import { join, toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Header, officerAt } from '../ceremony/header.ts';
import { framed, readNumber, textOf, unframe } from '../frames.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';
import { isSigned, sign, SIGNATURE_BYTES } from '../sign.ts';
import type { BoardManifest } from './manifest.ts';

const DOMAIN = 'elekto/board/1';

export type FileKind = 'box' | 'mix' | 'decrypt' | 'tie' | 'void';

/** A file of the board without its signature. */
export interface Draft {
  readonly kind: FileKind;
  readonly manifestHash: Uint8Array;
  readonly seq: number;
  /** SHA-256 of the file before; 32 zero bytes where there is none. */
  readonly prevHash: Uint8Array;
  /** Position from 1; 0 for the server. */
  readonly officer: number;
  readonly body: Uint8Array;
}

export interface BoardFile extends Draft {
  readonly signature: Uint8Array;
  /** SHA-256 of the whole file, 32 bytes. */
  readonly hash: Uint8Array;
}

export const NO_HASH = new Uint8Array(32);

const frame = (draft: Draft, last: Uint8Array): Uint8Array =>
  framed(
    DOMAIN,
    draft.kind,
    draft.manifestHash,
    String(draft.seq),
    draft.prevHash,
    String(draft.officer),
    last,
  );

/** A file's bytes: a frame that ends with the body, then 64 bytes of Ed25519 over the same with the body's hash instead. */
export const writeFile = (draft: Draft, signSecret: Uint8Array): Uint8Array<ArrayBuffer> =>
  join([frame(draft, draft.body), sign(signSecret, frame(draft, sha256(draft.body)))]);

/** The parts of a file; null when the bytes are none. Says nothing about its signature. */
export function readFile(bytes: Uint8Array): BoardFile | null {
  const parts = unframe(bytes.subarray(0, -SIGNATURE_BYTES), DOMAIN, 6);
  if (parts === null) return null;
  const [kindBytes, manifestHash, seqBytes, prevHash, officerBytes, body] = parts as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const kind = textOf(kindBytes) ?? '';
  const [seq, officer] = [readNumber(seqBytes), readNumber(officerBytes)];
  if (!isKind(kind) || seq === null || officer === null) return null;
  if (manifestHash.length !== 32 || prevHash.length !== 32) return null;
  const signature = bytes.subarray(-SIGNATURE_BYTES);
  return { kind, manifestHash, seq, prevHash, officer, body, signature, hash: sha256(bytes) };
}

const KINDS: ReadonlySet<string> = new Set<FileKind>(['box', 'mix', 'decrypt', 'tie', 'void']);
const isKind = (text: string): text is FileKind => KINDS.has(text);

/** Where a file has to stand to be accepted. */
export interface Expected {
  readonly kind: FileKind;
  readonly seq: number;
  readonly prevHash: Uint8Array;
  /** How the step is called in sentences. */
  readonly step: string;
}

/** Who a file says it is from. */
export const partyOf = (header: Header, officer: number): string =>
  officer === 0 ? 'the server' : (header.officers[officer - 1]?.login ?? `officer ${officer}`);

/** Reads a file that has to stand at a place, and checks that it is signed for it by whom it names. */
export function acceptFile(
  manifest: BoardManifest,
  header: Header,
  expected: Expected,
  bytes: Uint8Array,
): Result<{ file: BoardFile; where: Where }> {
  const { kind, seq, prevHash, step } = expected;
  const file = readFile(bytes);
  if (file === null || file.kind !== kind)
    return refuse(
      'file-format',
      { step, party: 'whoever wrote it' },
      `it is not a ${kind} file of the board.`,
    );
  // Until the signature is checked, it is nobody's but theirs who show it; and where it stands is chosen by them also then: an
  // officer who lost a race has signed a file for a place that another has now.
  const shown = { step, party: 'whoever shows it' };
  const where = { step, party: partyOf(header, file.officer) };
  if (toHex(file.manifestHash) !== manifest.rules.manifestHash)
    return refuse('file-election', shown, 'it belongs to another election, or another run of this one.');
  const fromServer = kind === 'box';
  if (fromServer !== (file.officer === 0) || file.officer > header.officers.length)
    return refuse('file-officer', shown, 'it is not from somebody who may write it.');
  const signer = fromServer ? manifest.serverKey : officerAt(header, file.officer).sign;
  if (!isSigned(signer, frame(file, sha256(file.body)), file.signature))
    return refuse('file-signature', shown, `it is in the name of ${where.party} and not signed by them.`);
  if (file.seq !== seq)
    return refuse(
      'file-order',
      shown,
      `${where.party} signed it as number ${file.seq} of the board, and ${seq} is due.`,
    );
  if (toHex(file.prevHash) !== toHex(prevHash))
    return refuse(
      'file-previous',
      shown,
      `${where.party} signed it to follow another file than the one before it.`,
    );
  return accept({ file, where });
}
