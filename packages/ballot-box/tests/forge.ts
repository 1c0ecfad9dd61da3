import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import type { BallotPaper, SealedCast } from '@elekto/protocol/ballot';
import { bindingMessage, keyMaterialOf, placeOf, recordAad } from '@elekto/protocol/ballot';
import { fromBase64Url, toBase64Url } from '@elekto/wire';
import { shareSecrets } from '@elekto/protocol/voter';

/** A cast whose cryptography is right and whose ranking bytes are whatever the test says. */
export async function forgeCast(paper: BallotPaper, ranking: Uint8Array): Promise<SealedCast> {
  const { manifest, manifestHash } = paper;
  const seed = randomBytes(32);
  const publicKey = fromBase64Url(manifest.publicKey, 32) as Uint8Array<ArrayBuffer>;
  const { encapsulated, recordKey, bindingKey } = await shareSecrets(
    publicKey,
    manifestHash,
    keyMaterialOf(seed, manifestHash),
  );
  const place = placeOf(paper, seed, encapsulated);
  const cipher = createCipheriv('chacha20-poly1305', recordKey, Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAAD(recordAad(manifestHash, place), { plaintextLength: ranking.length });
  const ciphertext = Buffer.concat([cipher.update(ranking), cipher.final(), cipher.getAuthTag()]);
  const voterBinding = fromBase64Url(paper.voterBinding, 32) as Uint8Array;
  const message = bindingMessage({ manifestHash, voterBinding, place, encapsulated, ciphertext });
  return {
    manifestHash,
    suite: 1,
    encapsulated: toBase64Url(encapsulated),
    ciphertext: toBase64Url(ciphertext),
    binding: createHmac('sha256', bindingKey).update(message).digest('base64url'),
    kdf: paper.kdf.id,
    salt: randomBytes(16).toString('base64url'),
    authKey: randomBytes(32).toString('base64url'),
    sealedSeed: randomBytes(48).toString('base64url'),
  };
}

/** Ranking bytes from numbers as they are, valid or not, zero-padded to `length`. */
export function rankBytes(ranks: readonly number[], length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  ranks.forEach((rank, index) => bytes.writeUInt16BE(rank & 0xffff, index * 2));
  return bytes;
}
