import { z } from 'zod';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ElectionKeys } from '../keys/key-store.ts';
import type { Result } from '@elekto/protocol/refusal';
import type { Place, SealedCast } from '@elekto/protocol/ballot';
import type { Manifest } from '@elekto/protocol/manifest';
import { ok, refuse } from '../result.ts';
import { openOnce, receiveSecrets } from '../seal/kem.ts';
import { fromBase64Url } from '@elekto/wire';
import {
  bindingMessage,
  ciphertextLength,
  decodeRanking,
  encodeRecord,
  handleOf,
  recordAad,
  SIZES,
  SUITE,
} from '@elekto/protocol/ballot';
import type { OpenedElection } from './election-row.ts';

const text = z.string().max(20_000);
const shape = z.strictObject({
  manifestHash: text,
  suite: z.literal(SUITE),
  handle: text.optional(),
  shard: z.int().min(0).optional(),
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
  readonly place: Place;
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
  if (cast.kdf !== kdfId) return refuse('malformed-ballot');

  const encapsulated = fromBase64Url(cast.encapsulated, SIZES.encapsulated);
  const ciphertext = fromBase64Url(cast.ciphertext, ciphertextLength(manifest.candidates.length));
  const binding = fromBase64Url(cast.binding, SIZES.binding);
  const salt = fromBase64Url(cast.salt, SIZES.salt);
  const authKey = fromBase64Url(cast.authKey, SIZES.authKey);
  const sealedSeed = fromBase64Url(cast.sealedSeed, SIZES.sealedSeed);
  const voter = fromBase64Url(voterBinding, SIZES.voterBinding);
  if (!encapsulated || !ciphertext || !binding || !salt || !authKey || !sealedSeed || !voter) {
    return refuse('malformed-ballot');
  }

  const place = readPlace(opened, cast, encapsulated);
  if (place === null) return refuse('malformed-ballot');
  const secrets = await receiveSecrets(keys.kem, manifestHash, encapsulated);
  if (secrets === null) return refuse('malformed-ballot');
  const message = bindingMessage({
    manifestHash,
    voterBinding: voter,
    place,
    encapsulated,
    ciphertext,
  });
  const expected = createHmac('sha256', secrets.bindingKey).update(message).digest();
  if (!timingSafeEqual(expected, binding)) return refuse('malformed-ballot');
  const plain = openOnce(secrets.recordKey, ciphertext, recordAad(manifestHash, place));
  secrets.recordKey.fill(0);
  if (plain === null) return refuse('malformed-ballot');
  const ranking = decodeRanking(plain, manifest.candidates.length);
  plain.fill(0);
  if (!ranking.ok) {
    return refuse(ranking.problem === 'padding' ? 'unknown-candidate' : 'malformed-ballot');
  }
  const lacks = lacksOpinion(opened, ranking.ranks);
  ranking.ranks.fill(0);
  if (lacks) return refuse('opinion-required');
  return ok({
    place,
    record: encodeRecord(place.handle, encapsulated, ciphertext),
    kdf: cast.kdf,
    salt,
    authKey,
    sealedSeed,
  });
}

/** Whether a ballot ranks too few where all must be ranked. Who was struck out may be ranked, and need not. */
function lacksOpinion({ manifest, struck }: OpenedElection, ranks: readonly number[]): boolean {
  if (manifest.allowNoOpinion) return false;
  const out = new Set(struck.map(({ id }) => id));
  return manifest.candidates.some((id, at) => ranks[at] === 0 && !out.has(id));
}

/** Where a ballot goes: by its own encapsulated key, or, of a manifest of version 1, where its browser says. */
function readPlace(
  { manifest, manifestHash }: OpenedElection,
  cast: { handle?: string | undefined; shard?: number | undefined },
  encapsulated: Uint8Array,
): Place | null {
  const { handle, shard } = cast;
  if (manifest.version === 2) {
    const chosen = handle !== undefined || shard !== undefined;
    return chosen ? null : { handle: handleOf(manifestHash, encapsulated), shard: null };
  }
  return claimedPlace(manifest, { handle, shard });
}

/** Where a voter says that a record lies; null when it can lie nowhere. */
export function claimedPlace(
  manifest: Manifest,
  claim: { readonly handle?: string | undefined; readonly shard?: number | undefined },
): Place | null {
  const handle = fromBase64Url(String(claim.handle), SIZES.handle);
  if (handle === null) return null;
  if (manifest.version === 2) return claim.shard === undefined ? { handle, shard: null } : null;
  const { shard } = claim;
  if (shard === undefined || !Number.isInteger(shard) || shard < 0 || shard >= manifest.shards) return null;
  return { handle, shard };
}
