import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import {
  bindingMessage,
  ciphertextLength,
  decodeRanking,
  decodeRecord,
  encodeRecord,
  handleOf,
  HPKE_SUITE,
  recordAad,
  SIZES,
} from '@elekto/protocol/ballot';
import type { Place } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { fromBase64Url, toBase64Url } from '@elekto/wire';
import { z } from 'zod';
import { claimedPlace } from '../box/claimed-place.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import { ok, refuse } from '../result.ts';
import { openOnce, receive } from '../seal/kem.ts';
import { everyCast, text } from './suite.ts';
import type { BoxSuite, PlacedRecord } from './suite.ts';

const shape = z.strictObject({
  ...everyCast,
  suite: z.literal(HPKE_SUITE),
  handle: text.optional(),
  shard: z.int().min(0).optional(),
  encapsulated: text,
  ciphertext: text,
  binding: text,
});
type Cast = z.infer<typeof shape>;

/** That it was made for this voter, and that the ranking inside is valid. The plaintext exists for the length of this call and is zeroed. */
async function read(
  opened: OpenedElection,
  keys: ElectionKeys,
  voterBinding: Uint8Array,
  cast: Cast,
): Promise<Result<PlacedRecord>> {
  const { manifest, manifestHash } = opened;
  const encapsulated = fromBase64Url(cast.encapsulated, SIZES.encapsulated);
  const ciphertext = fromBase64Url(cast.ciphertext, ciphertextLength(manifest.candidates.length));
  const binding = fromBase64Url(cast.binding, SIZES.binding);
  if (!encapsulated || !ciphertext || !binding) return refuse('malformed-ballot');
  const place = readPlace(opened, cast, encapsulated);
  if (place === null) return refuse('malformed-ballot');
  const secret = receive(keys.kem, manifestHash, encapsulated);
  if (secret === null) return refuse('malformed-ballot');
  const message = bindingMessage({ manifestHash, voterBinding, place, encapsulated, ciphertext });
  const expected = createHmac('sha256', createSecretKey(secret('bindingKey')))
    .update(message)
    .digest();
  if (!timingSafeEqual(expected, binding)) return refuse('malformed-ballot');
  const recordKey = secret('recordKey');
  const plain = openOnce(recordKey, ciphertext, recordAad(manifestHash, place));
  recordKey.fill(0);
  if (plain === null) return refuse('malformed-ballot');
  const ranking = decodeRanking(plain, manifest.candidates.length);
  plain.fill(0);
  if (!ranking.ok) {
    return refuse(ranking.problem === 'padding' ? 'unknown-candidate' : 'malformed-ballot');
  }
  const lacks = lacksOpinion(opened, ranking.ranks);
  ranking.ranks.fill(0);
  if (lacks) return refuse('opinion-required');
  return ok({ place, record: encodeRecord(place.handle, encapsulated, ciphertext) });
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

/** Suite 1: the server can open what is in the box. */
export const hpkeSuite: BoxSuite = {
  signsReleases: false,

  parse(given) {
    const { data: cast } = shape.safeParse(given);
    if (cast === undefined) return null;
    return { ...cast, read: (opened, keys, voter) => read(opened, keys, voter, cast) };
  },

  forVoter(record) {
    const { encapsulated, ciphertext } = decodeRecord(record);
    return { encapsulated: toBase64Url(encapsulated), ciphertext: toBase64Url(ciphertext) };
  },

  releases: () => ok(null),
};
