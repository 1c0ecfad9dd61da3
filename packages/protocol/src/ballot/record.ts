import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, encodeText, framed, fromHex, toHex } from '@elekto/wire';
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
export const SUITE = 1;

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

/** What one 32-byte seed gives: the record's handle, its shard, and the key material of the encapsulation. */
export function expandSeed(
  seed: Uint8Array,
  manifestHash: string,
  shards: number,
): { handle: Uint8Array; shard: number; keyMaterial: Uint8Array<ArrayBuffer> } {
  const salt = hashBytes(manifestHash);
  const part = (name: string, length: number): Uint8Array =>
    hkdf(sha256, seed, salt, encodeText(`elekto/seed/${name}`), length);
  const shardBytes = part('shard', 8);
  const view = new DataView(shardBytes.buffer, shardBytes.byteOffset, 8);
  return {
    handle: part('handle', SIZES.handle),
    shard: Number(view.getBigUint64(0) % BigInt(shards)),
    keyMaterial: concat(part('encapsulation', 32)),
  };
}

/** Associated data of the ranking's encryption: manifest, handle and shard. */
export const recordAad = (manifestHash: string, handle: Uint8Array, shard: number): Uint8Array<ArrayBuffer> =>
  framed('elekto/record/1', hashBytes(manifestHash), handle, String(shard));

/** The message whose HMAC-SHA-256 under the exported binding key ties a cast to one voter. Checked, never stored. */
export const bindingMessage = (parts: {
  manifestHash: string;
  voterBinding: Uint8Array;
  handle: Uint8Array;
  shard: number;
  encapsulated: Uint8Array;
  ciphertext: Uint8Array;
}): Uint8Array<ArrayBuffer> =>
  framed(
    'elekto/binding/1',
    hashBytes(parts.manifestHash),
    parts.voterBinding,
    parts.handle,
    String(parts.shard),
    parts.encapsulated,
    parts.ciphertext,
  );

/** Length of the ciphertext: an encoded ranking and the AEAD's tag. */
export const ciphertextLength = (candidates: number): number => rankingLength(candidates) + SIZES.tag;

/** Length of a stored record: suite (1), handle, encapsulated key, ciphertext. */
export const recordLength = (candidates: number): number =>
  1 + SIZES.handle + SIZES.encapsulated + ciphertextLength(candidates);

/** A stored record's bytes. */
export const encodeRecord = (
  handle: Uint8Array,
  encapsulated: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array<ArrayBuffer> => concat(Uint8Array.of(SUITE), handle, encapsulated, ciphertext);

/** The parts of a stored record (views, not copies). */
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
