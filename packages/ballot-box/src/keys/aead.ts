import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { asBytes } from '@elekto/db';

const NONCE = 12;
const TAG = 16;

// A key that is wrapped first costs a third of one that is given as bytes.

/** AES-256-GCM with a fresh random nonce: nonce, ciphertext, tag. */
export function sealBytes(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce);
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext; null when anything does not fit, also where a row holds something else than bytes. */
export function openBytes(key: Uint8Array, stored: Uint8Array, aad: Uint8Array): Buffer | null {
  const sealed = asBytes(stored);
  if (sealed.length < NONCE + TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(0, NONCE));
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    const plain = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
    // Throws unless the tag fits; of a stream nothing is left to come.
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}
