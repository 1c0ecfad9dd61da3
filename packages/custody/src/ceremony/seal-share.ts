import { framed, join } from '@elekto/wire';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { list } from '../list.ts';

/** Encapsulated key, encrypted scalar, tag. */
export const SEALED_SHARE_BYTES = 32 + 32 + 16;
const ENC = 32;

/** A sealing's place: nobody can pass a share on to another officer, dealer or ceremony. */
export interface ShareContext {
  readonly ceremonyId: Uint8Array;
  readonly dealer: number;
  readonly receiver: number;
  readonly commitments: readonly Uint8Array[];
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});
const copy = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
const infoOf = ({ ceremonyId, dealer, receiver }: ShareContext): ArrayBuffer =>
  framed('elekto/share/1', ceremonyId, String(dealer), String(receiver)).buffer;
const aadOf = ({ commitments }: ShareContext): ArrayBuffer => list(commitments).buffer;

/**
 * Seals 32 bytes to an officer's X25519 key: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA-256),
 * HKDF-SHA-256, ChaCha20-Poly1305, the ephemeral key pair derived from `ekm` (§7.1.3). Whoever is shown `ekm` can
 * seal again and compare.
 */
export async function sealShare(
  context: ShareContext,
  receive: Uint8Array,
  share: Uint8Array,
  ekm: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.importKey('raw', copy(receive), true),
    info: infoOf(context),
    ekm: copy(ekm),
  });
  const sealed = await sender.seal(copy(share), aadOf(context));
  return join([new Uint8Array(sender.enc), new Uint8Array(sealed)]);
}

/** The 32 bytes; null when they were not sealed to this key for this place. */
export async function openShare(
  context: ShareContext,
  receiveSecret: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: await suite.kem.importKey('raw', copy(receiveSecret), false),
      info: infoOf(context),
      enc: copy(sealed.subarray(0, ENC)),
    });
    return new Uint8Array(await recipient.open(copy(sealed.subarray(ENC)), aadOf(context)));
  } catch {
    return null;
  }
}
