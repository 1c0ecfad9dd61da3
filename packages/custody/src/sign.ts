import { ed25519 } from '@noble/curves/ed25519.js';
import { remembering } from './remember.ts';

/** Length of a signature. */
export const SIGNATURE_BYTES = 64;

/** The public half of an Ed25519 key. */
export const signerOf = (secret: Uint8Array): Uint8Array => ed25519.getPublicKey(secret);

/** Ed25519 (RFC 8032): the same message always has the same signature. */
export const sign = (secret: Uint8Array, message: Uint8Array): Uint8Array => ed25519.sign(message, secret);

const NOTHING = new Uint8Array();
/** Keys and signatures that are kept as valid: those of many ceremonies, a tenth of a megabyte each. */
const MOST = 1024;

function inSubgroup(bytes: Uint8Array): boolean {
  const point = ed25519.Point.fromBytes(bytes);
  return !point.is0() && point.isTorsionFree();
}

const isKey = remembering(MOST, (publicKey = NOTHING) => {
  try {
    return inSubgroup(publicKey);
  } catch {
    return false;
  }
});

const isValid = remembering(MOST, (publicKey = NOTHING, message = NOTHING, signature = NOTHING) => {
  try {
    return (
      isKey(publicKey) &&
      ed25519.verify(signature, message, publicKey, { zip215: false }) &&
      ed25519.Point.fromBytes(signature.subarray(0, 32)).isTorsionFree()
    );
  } catch {
    return false;
  }
});

/** Whether 32 bytes are a public key: canonical, in the subgroup of prime order, not the neutral element. */
export const isSigner = (publicKey: Uint8Array): boolean => isKey(publicKey);

/**
 * Whether a signature is valid (RFC 8032 §5.1.7) in the strict sense on which all implementations agree: canonical
 * encodings, key and R in the subgroup of prime order, S below the order. A custody file is read at every look, and none of
 * it is secret: what was valid once is not computed again.
 */
export const isSigned = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  isValid(publicKey, message, signature);
