import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';

/** The order of the group, a prime just above 2^252. */
export const ORDER: bigint = ristretto255.Point.Fn.ORDER;

/** Length of an encoded scalar. */
export const SCALAR_BYTES = 32;

/** The remainder in 0..ORDER - 1, for negative numbers, too. */
export function reduce(value: bigint): bigint {
  const rest = value % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

/** The inverse modulo ORDER. @throws for 0, which has none. */
export const invert = (value: bigint): bigint => ristretto255.Point.Fn.inv(reduce(value));

/** Little-endian bytes as a number. */
export function littleEndian(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let value = 0n;
  let at = bytes.length;
  for (; at >= 8; at -= 8) value = (value << 64n) | view.getBigUint64(at - 8, true);
  for (; at > 0; at -= 1) value = (value << 8n) | BigInt(bytes[at - 1] ?? 0);
  return value;
}

/** 32 bytes, little-endian. */
export function encodeScalar(value: bigint): Uint8Array {
  const bytes = new Uint8Array(SCALAR_BYTES);
  let rest = reduce(value);
  for (let i = 0; i < SCALAR_BYTES; i += 4) {
    const word = Number(BigInt.asUintN(32, rest));
    for (let j = 0; j < 4; j += 1) bytes[i + j] = word >>> (8 * j);
    rest >>= 32n;
  }
  return bytes;
}

/** The scalar of exactly 32 little-endian bytes below ORDER; null for any other bytes. */
export function decodeScalar(bytes: Uint8Array): bigint | null {
  if (bytes.length !== SCALAR_BYTES) return null;
  const value = littleEndian(bytes);
  return value < ORDER ? value : null;
}

/** `scalar(m)` of the specification: SHA-512(m), little-endian, modulo ORDER. */
export const hashToScalar = (message: Uint8Array): bigint => littleEndian(sha512(message)) % ORDER;

/** A uniformly random scalar that is not 0. */
export function randomScalar(): bigint {
  for (;;) {
    const bytes = randomBytes(64);
    const value = littleEndian(bytes) % ORDER;
    bytes.fill(0);
    if (value !== 0n) return value;
  }
}

/** A random weight for checking several equations as one: 128 bits, not 0 (Bellare, Garay, Rabin 1998). */
export function randomWeight(): bigint {
  for (;;) {
    const value = littleEndian(randomBytes(16));
    if (value !== 0n) return value;
  }
}
