import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { EXPORTS, SIZES, hpkeInfo } from '../ballot/record.ts';

/** X25519 in plain JavaScript: not every browser's WebCrypto has it, and the key pair must come from the seed. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

/** The secrets shared with the election's key holder, and the encapsulation that carries them. */
export interface SharedSecrets {
  readonly encapsulated: Uint8Array<ArrayBuffer>;
  readonly recordKey: Uint8Array<ArrayBuffer>;
  readonly bindingKey: Uint8Array<ArrayBuffer>;
  readonly tracker: Uint8Array<ArrayBuffer>;
}

/**
 * HPKE base mode, sender's side (RFC 9180 §5.1.1, §5.3), with the ephemeral key pair derived from
 * `keyMaterial` by DeriveKeyPair (§7.1.3). The material is 32 fresh uniform bytes for each ballot, so the
 * security is that of a random key pair; who keeps the seed can derive the same secrets again.
 */
export async function shareSecrets(
  publicKey: Uint8Array<ArrayBuffer>,
  manifestHash: string,
  keyMaterial: Uint8Array<ArrayBuffer>,
): Promise<SharedSecrets> {
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.importKey('raw', publicKey.buffer, true),
    info: hpkeInfo(manifestHash),
    ekm: keyMaterial,
  });
  const [recordKey, bindingKey, tracker] = await Promise.all([
    sender.export(EXPORTS.recordKey, 32),
    sender.export(EXPORTS.bindingKey, 32),
    sender.export(EXPORTS.tracker, SIZES.tracker),
  ]);
  return {
    encapsulated: new Uint8Array(sender.enc),
    recordKey: new Uint8Array(recordKey),
    bindingKey: new Uint8Array(bindingKey),
    tracker: new Uint8Array(tracker),
  };
}

/** ChaCha20-Poly1305 under a key that encrypts one message only; the nonce is therefore zero. */
export async function sealOnce(
  key: Uint8Array<ArrayBuffer>,
  plain: Uint8Array<ArrayBuffer>,
  aad: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const context = new Chacha20Poly1305().createEncryptionContext(key.buffer);
  return new Uint8Array(await context.seal(new ArrayBuffer(12), plain.buffer, aad.buffer));
}

/** The plaintext; null when key, data or associated data do not belong together. */
export async function openOnce(
  key: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
  aad: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const context = new Chacha20Poly1305().createEncryptionContext(key.buffer);
  try {
    return new Uint8Array(await context.open(new ArrayBuffer(12), sealed.buffer, aad.buffer));
  } catch {
    return null;
  }
}
