import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, encodeText, framed, fromHex, toHex } from '@elekto/wire';
import type { Manifest } from '../manifest/manifest.ts';
import { rankingLength } from './ranking.ts';

/** Lengths in bytes; all of them are fixed. */
export const SIZES = {
  seed: 32,
  handle: 16,
  tracker: 16,
  encapsulated: 32,
  tag: 16,
  salt: 16,
  authKey: 32,
  sealedSeed: 48,
  binding: 32,
  voterBinding: 32,
  publicKey: 32,
  signature: 64,
} as const;

/** HPKE suite 1: DHKEM(X25519, HKDF-SHA-256), HKDF-SHA-256, ChaCha20-Poly1305 (RFC 9180 §7). */
export const HPKE_SUITE = 1;

/** Contexts of HPKE's secret export (RFC 9180 §5.3). */
export const EXPORTS = {
  recordKey: encodeText('elekto/record key'),
  bindingKey: encodeText('elekto/binding key'),
  tracker: encodeText('elekto/tracker'),
} as const;

function hashBytes(manifestHash: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(manifestHash, 32);
  if (bytes === null) throw new RangeError('a manifest hash is 64 hex digits');
  return bytes;
}

/** HPKE's `info`: the domain and the manifest. */
export const hpkeInfo = (manifestHash: string): Uint8Array<ArrayBuffer> =>
  framed('elekto/ballot/1', hashBytes(manifestHash));

/**
 * Where a record lies in the box. Of a manifest of version 2 the handle follows from the encapsulated key, so
 * that nobody chooses it, and the server alone knows the shard; version 1 left both to the browser.
 */
export interface Place {
  readonly handle: Uint8Array;
  /** null: of version 2. */
  readonly shard: number | null;
}

const fromSeed = (seed: Uint8Array, manifestHash: string, name: string, length: number): Uint8Array =>
  hkdf(sha256, seed, hashBytes(manifestHash), encodeText(`elekto/seed/${name}`), length);

/** The key material of a seed's encapsulation. */
export const keyMaterialOf = (seed: Uint8Array, manifestHash: string): Uint8Array<ArrayBuffer> =>
  concat(fromSeed(seed, manifestHash, 'encapsulation', 32));

/** The handle of a record of version 2: who copies another's encapsulated key has their handle. */
export const handleOf = (manifestHash: string, encapsulated: Uint8Array): Uint8Array =>
  sha256(framed('elekto/handle/1', hashBytes(manifestHash), encapsulated)).slice(0, SIZES.handle);

/** Where the record of a seed lies. */
export function placeOf(
  { manifest, manifestHash }: { readonly manifest: Manifest; readonly manifestHash: string },
  seed: Uint8Array,
  encapsulated: Uint8Array,
): Place {
  if (manifest.version === 2) return { handle: handleOf(manifestHash, encapsulated), shard: null };
  const shard = fromSeed(seed, manifestHash, 'shard', 8);
  const view = new DataView(shard.buffer, shard.byteOffset, 8);
  return {
    handle: fromSeed(seed, manifestHash, 'handle', SIZES.handle),
    shard: Number(view.getBigUint64(0) % BigInt(manifest.shards)),
  };
}

/** The number in a domain, and the shard where it is part of the message. */
const versioned = ({ shard }: Place): { readonly version: number; readonly parts: readonly string[] } =>
  shard === null ? { version: 2, parts: [] } : { version: 1, parts: [String(shard)] };

/** Associated data of the ranking's encryption: manifest and place. */
export function recordAad(manifestHash: string, place: Place): Uint8Array<ArrayBuffer> {
  const { version, parts } = versioned(place);
  return framed(`elekto/record/${version}`, hashBytes(manifestHash), place.handle, ...parts);
}

/** The message whose HMAC-SHA-256 under the exported binding key ties a cast to one voter. Checked, never stored. */
export function bindingMessage(message: {
  manifestHash: string;
  voterBinding: Uint8Array;
  place: Place;
  encapsulated: Uint8Array;
  ciphertext: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const { manifestHash, voterBinding, place, encapsulated, ciphertext } = message;
  const { version, parts } = versioned(place);
  return framed(
    `elekto/binding/${version}`,
    hashBytes(manifestHash),
    voterBinding,
    place.handle,
    ...parts,
    encapsulated,
    ciphertext,
  );
}

/** Length of the ciphertext: an encoded ranking and the AEAD's tag. */
export const ciphertextLength = (candidates: number): number => rankingLength(candidates) + SIZES.tag;

/** The handle in a record of any suite (a view, not a copy): each begins with its suite and the handle. */
export const handleIn = (record: Uint8Array): Uint8Array => record.subarray(1, 1 + SIZES.handle);

/** The bytes of a record of suite 1: suite, handle, encapsulated key, ciphertext. */
export const encodeRecord = (
  handle: Uint8Array,
  encapsulated: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array<ArrayBuffer> => concat(Uint8Array.of(HPKE_SUITE), handle, encapsulated, ciphertext);

/** The parts of a record of suite 1 (views, not copies). */
export function decodeRecord(record: Uint8Array): {
  suite: number;
  handle: Uint8Array;
  encapsulated: Uint8Array;
  ciphertext: Uint8Array;
} {
  const afterHandle = 1 + SIZES.handle;
  const afterKey = afterHandle + SIZES.encapsulated;
  return {
    suite: record[0] ?? 0,
    handle: record.subarray(1, afterHandle),
    encapsulated: record.subarray(afterHandle, afterKey),
    ciphertext: record.subarray(afterKey),
  };
}

/** The record's hash as it stands in receipts, hex. */
export const hashRecord = (manifestHash: string, record: Uint8Array): string =>
  toHex(sha256(framed('elekto/record hash/1', hashBytes(manifestHash), record)));

/** What the server signs in a receipt. */
export const receiptMessage = (
  election: string,
  manifestHash: string,
  recordHash: string,
): Uint8Array<ArrayBuffer> =>
  framed('elekto/receipt/1', election, hashBytes(manifestHash), hashBytes(recordHash));

/** Associated data of the seed's encryption under the passphrase. */
export const seedAad = (manifestHash: string): Uint8Array<ArrayBuffer> =>
  framed('elekto/sealed seed/1', hashBytes(manifestHash));
