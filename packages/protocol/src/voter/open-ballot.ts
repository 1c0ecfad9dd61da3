import type { CandidateId } from '@elekto/election';
import type { BallotPaper, OpenedSeed, Participation, RecordPlace, StoredRecord } from '../ballot/paper.ts';
import { concat, fromBase64Url, KDFS, toBase64Url, toHex } from '@elekto/wire';
import type { KdfParameters } from '@elekto/wire';
import { decodeRanking } from '../ballot/ranking.ts';
import { SIZES, ciphertextLength, keyMaterialOf, placeOf, recordAad, seedAad } from '../ballot/record.ts';
import { openOnce, shareSecrets } from './hpke.ts';
import { normalisePassphrase } from './passphrase.ts';
import { PaperError, readPaper } from './seal-ballot.ts';
import { stretchAway } from './stretch-away.ts';
import type { OnProgress } from './stretch-away.ts';

/** What a passphrase gives: the key that is shown to the server and the key that never leaves the page. */
export interface DerivedUnlock {
  readonly authKey: string;
  readonly seedKey: Uint8Array<ArrayBuffer>;
}

/** Stretches the passphrase with the salt kept at casting. */
export async function deriveUnlock(options: {
  readonly unlock: NonNullable<Participation['unlock']>;
  readonly passphrase: string;
  readonly onProgress?: OnProgress;
  /** Only tests give others than the production table. */
  readonly kdfs?: readonly KdfParameters[];
}): Promise<DerivedUnlock> {
  const kdf = (options.kdfs ?? KDFS).find((known) => known.id === options.unlock.kdf);
  const salt = fromBase64Url(options.unlock.salt, SIZES.salt);
  if (kdf === undefined || salt === null)
    throw new PaperError('this page is older than the server; load it again');
  const stretched = await stretchAway(
    { passphrase: normalisePassphrase(options.passphrase), salt, kdf },
    options.onProgress ?? (() => undefined),
  );
  return { authKey: toBase64Url(stretched.subarray(0, 32)), seedKey: concat(stretched.subarray(32)) };
}

/** What the voter's seed says. */
export interface VoterSeed {
  readonly seed: Uint8Array<ArrayBuffer>;
  readonly place: RecordPlace;
  /** Under which the ballot stands in ballots.csv, hex. Faces show it when the election's `receipts` says so. */
  readonly tracker: string;
}

/** Opens the passphrase's layer of the sealed seed; null when the passphrase is not the one it was sealed with. */
export async function openSeed(options: {
  readonly paper: BallotPaper;
  readonly derived: DerivedUnlock;
  readonly sealedSeed: OpenedSeed['sealedSeed'];
}): Promise<VoterSeed | null> {
  const { manifestHash } = options.paper;
  const { publicKey } = readPaper(options.paper);
  const sealed = fromBase64Url(options.sealedSeed, SIZES.sealedSeed);
  if (sealed === null) return null;
  const seed = await openOnce(options.derived.seedKey, sealed, seedAad(manifestHash));
  if (seed === null) return null;
  const secrets = await shareSecrets(publicKey, manifestHash, keyMaterialOf(seed, manifestHash));
  const { handle, shard } = placeOf(options.paper, seed, secrets.encapsulated);
  const place = { handle: toBase64Url(handle), ...(shard !== null && { shard }) };
  return { seed, place, tracker: toHex(secrets.tracker) };
}

/**
 * Reads the stored ballot with the voter's own seed; the server never decrypts it for this.
 * null when the stored record is not the one this seed made.
 */
export async function openRecord(options: {
  readonly paper: BallotPaper;
  readonly seed: Uint8Array<ArrayBuffer>;
  readonly record: StoredRecord;
}): Promise<Record<CandidateId, number> | null> {
  const { manifest, manifestHash } = options.paper;
  const { publicKey } = readPaper(options.paper);
  const secrets = await shareSecrets(publicKey, manifestHash, keyMaterialOf(options.seed, manifestHash));
  const place = placeOf(options.paper, options.seed, secrets.encapsulated);
  const ciphertext = fromBase64Url(options.record.ciphertext, ciphertextLength(manifest.candidates.length));
  if (ciphertext === null || toBase64Url(secrets.encapsulated) !== options.record.encapsulated) return null;
  const plain = await openOnce(secrets.recordKey, ciphertext, recordAad(manifestHash, place));
  if (plain === null) return null;
  const decoded = decodeRanking(plain, manifest.candidates.length);
  if (!decoded.ok) return null;
  const ranked = manifest.candidates.flatMap((candidate, index) => {
    const rank = decoded.ranks[index] ?? 0;
    return rank === 0 ? [] : [[candidate, rank] as const];
  });
  return Object.fromEntries(ranked);
}
