import { z } from 'zod';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ElectionKeys } from '../keys/key-store.ts';
import type { Result } from '@elekto/protocol/refusal';
import type { SealedCast } from '@elekto/protocol/ballot';
import { ok, refuse } from '../result.ts';
import { openOnce, receiveSecrets } from '../seal/kem.ts';
import { fromBase64Url } from '@elekto/wire';
import {
  bindingMessage,
  ciphertextLength,
  decodeRanking,
  encodeRecord,
  recordAad,
  SIZES,
  SUITE,
} from '@elekto/protocol/ballot';
import type { OpenedElection } from './election-row.ts';

const text = z.string().max(20_000);
const shape = z.strictObject({
  manifestHash: text,
  suite: z.literal(SUITE),
  handle: text,
  shard: z.int().min(0),
  encapsulated: text,
  ciphertext: text,
  binding: text,
  kdf: z.int(),
  salt: text,
  authKey: text,
  sealedSeed: text,
});

/** A cast with its texts decoded and its ranking checked; the ranking itself is forgotten. */
export interface ReadCast {
  readonly handle: Uint8Array;
  readonly shard: number;
  readonly record: Uint8Array;
  readonly kdf: number;
  readonly salt: Uint8Array;
  readonly authKey: Uint8Array;
  readonly sealedSeed: Uint8Array;
}

/**
 * Checks everything about a cast that needs no lock: shape, manifest, that it was made for this voter, and
 * that the ranking inside is valid. The plaintext exists for the length of this call and is zeroed.
 */
export async function readCast(
  opened: OpenedElection,
  keys: ElectionKeys,
  kdfId: number,
  voterBinding: string,
  given: SealedCast,
): Promise<Result<ReadCast>> {
  // Own properties only: nothing may come from a prototype.
  const parsed = shape.safeParse(typeof given === 'object' && given !== null ? { ...given } : given);
  if (!parsed.success) return refuse('malformed-ballot');
  const cast = parsed.data;
  const { manifest, manifestHash } = opened;
  if (cast.manifestHash !== manifestHash) return refuse('manifest-changed');
  if (cast.kdf !== kdfId || cast.shard >= opened.shards) return refuse('malformed-ballot');

  const handle = fromBase64Url(cast.handle, SIZES.handle);
  const encapsulated = fromBase64Url(cast.encapsulated, SIZES.encapsulated);
  const ciphertext = fromBase64Url(cast.ciphertext, ciphertextLength(manifest.candidates.length));
  const binding = fromBase64Url(cast.binding, SIZES.binding);
  const salt = fromBase64Url(cast.salt, SIZES.salt);
  const authKey = fromBase64Url(cast.authKey, SIZES.authKey);
  const sealedSeed = fromBase64Url(cast.sealedSeed, SIZES.sealedSeed);
  const voter = fromBase64Url(voterBinding, SIZES.voterBinding);
  if (!handle || !encapsulated || !ciphertext || !binding || !salt || !authKey || !sealedSeed || !voter) {
    return refuse('malformed-ballot');
  }

  const secrets = await receiveSecrets(keys.kem, manifestHash, encapsulated);
  if (secrets === null) return refuse('malformed-ballot');
  const { shard } = cast;
  const message = bindingMessage({
    manifestHash,
    voterBinding: voter,
    handle,
    shard,
    encapsulated,
    ciphertext,
  });
  const expected = createHmac('sha256', secrets.bindingKey).update(message).digest();
  if (!timingSafeEqual(expected, binding)) return refuse('malformed-ballot');
  const plain = openOnce(secrets.recordKey, ciphertext, recordAad(manifestHash, handle, shard));
  secrets.recordKey.fill(0);
  if (plain === null) return refuse('malformed-ballot');
  const ranking = decodeRanking(plain, manifest.candidates.length, manifest.allowNoOpinion);
  plain.fill(0);
  if (!ranking.ok) {
    if (ranking.problem === 'opinion') return refuse('opinion-required');
    return refuse(ranking.problem === 'padding' ? 'unknown-candidate' : 'malformed-ballot');
  }
  ranking.ranks.fill(0);
  return ok({
    handle,
    shard,
    record: encodeRecord(handle, encapsulated, ciphertext),
    kdf: cast.kdf,
    salt,
    authKey,
    sealedSeed,
  });
}
