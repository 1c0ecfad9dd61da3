import { ristretto255 } from '@noble/curves/ed25519.js';

/** An element of ristretto255 (RFC 9496), a group of prime order. */
export type Point = InstanceType<typeof ristretto255.Point>;

/** Length of an encoded element. */
export const POINT_BYTES = 32;

/** The generator of RFC 9496, written G. */
export const BASE: Point = ristretto255.Point.BASE;

/** The neutral element. */
export const IDENTITY: Point = ristretto255.Point.ZERO;

/** The element of a canonical encoding of exactly 32 bytes (RFC 9496 §4.3.1); null for any other bytes. */
export function decodePoint(bytes: Uint8Array): Point | null {
  if (bytes.length !== POINT_BYTES) return null;
  try {
    return ristretto255.Point.fromBytes(bytes);
  } catch {
    return null;
  }
}

/** Null for the neutral element, too: for keys and ciphertexts. */
export const unlessNeutral = (point: Point | null): Point | null => (point?.is0() === false ? point : null);

/** Like {@link decodePoint}, and null for the neutral element, too. */
export const decodeNonIdentity = (bytes: Uint8Array): Point | null => unlessNeutral(decodePoint(bytes));

/** The canonical encoding, 32 bytes (RFC 9496 §4.3.2). */
export const encodePoint = (point: Point): Uint8Array => point.toBytes();
