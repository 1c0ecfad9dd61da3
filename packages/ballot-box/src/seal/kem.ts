import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { createDecipheriv } from 'node:crypto';
import { EXPORTS, SIZES, hpkeInfo } from '@elekto/protocol/ballot';

/** The receiver's side of HPKE suite 1, X25519 by Node's own WebCrypto. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

/** A secret HPKE key, ready for use. */
export type KemKey = CryptoKey;

/** A new key pair, raw. */
export async function makeKem(): Promise<{ secret: Buffer; publicKey: Buffer }> {
  const pair = await suite.kem.generateKeyPair();
  return {
    secret: Buffer.from(await suite.kem.serializePrivateKey(pair.privateKey)),
    publicKey: Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)),
  };
}

/** Takes the secret over into WebCrypto's keeping: the bytes given, and the copy made of them, are zeroed. */
export async function readKem(secret: Uint8Array): Promise<KemKey> {
  const copy = new Uint8Array(secret);
  try {
    return await suite.kem.importKey('raw', copy.buffer, false);
  } finally {
    copy.fill(0);
    secret.fill(0);
  }
}

/** The secrets that an encapsulation carries (RFC 9180 §5.1.1, §5.3); null for a share that is no point of the curve. */
export async function receiveSecrets(
  key: KemKey,
  manifestHash: string,
  encapsulated: Uint8Array,
): Promise<{ recordKey: Buffer; bindingKey: Buffer; tracker: Buffer } | null> {
  try {
    const context = await suite.createRecipientContext({
      recipientKey: key,
      enc: new Uint8Array(encapsulated).buffer,
      info: hpkeInfo(manifestHash),
    });
    return {
      recordKey: Buffer.from(await context.export(EXPORTS.recordKey, 32)),
      bindingKey: Buffer.from(await context.export(EXPORTS.bindingKey, 32)),
      tracker: Buffer.from(await context.export(EXPORTS.tracker, SIZES.tracker)),
    };
  } catch {
    return null;
  }
}

/** ChaCha20-Poly1305 under a key that encrypted this one message; null when it does not open. */
export function openOnce(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | null {
  if (sealed.length < SIZES.tag) return null;
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: SIZES.tag });
  decipher.setAAD(aad, { plaintextLength: sealed.length - SIZES.tag });
  decipher.setAuthTag(sealed.subarray(sealed.length - SIZES.tag));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - SIZES.tag)), decipher.final()]);
  } catch {
    return null;
  }
}
