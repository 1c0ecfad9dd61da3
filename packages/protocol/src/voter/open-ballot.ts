import type {
  BallotPaper,
  OpenedSeed,
  Participation,
  RecordPlace,
  SealedCast,
  StoredRecord,
} from '../ballot/paper.ts';
import { concat, fromBase64Url, KDFS, toBase64Url } from '@elekto/wire';
import type { KdfParameters } from '@elekto/wire';
import type { Ranking } from '../ballot/ranking.ts';
import { SIZES, seedAad } from '../ballot/record.ts';
import { openOnce } from './hpke.ts';
import { normalisePassphrase } from './passphrase.ts';
import { PaperError, readPaper } from './read-paper.ts';
import { stretchAway } from './stretch-away.ts';
import type { OnProgress } from './stretch-away.ts';
import { voterSuite } from './voter-suite.ts';
import type { Seed } from './suite.ts';

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
  readonly seed: Seed;
  readonly place: RecordPlace;
  /** Under which the ballot stands in ballots.csv, hex; null where ballots have none. Faces show it when the election's `receipts` says so. */
  readonly tracker: string | null;
}

/** Opens the passphrase's layer of the sealed seed; null when the passphrase is not the one it was sealed with. */
export async function openSeed(options: {
  readonly paper: BallotPaper;
  readonly derived: DerivedUnlock;
  readonly sealedSeed: OpenedSeed['sealedSeed'];
}): Promise<VoterSeed | null> {
  const { paper } = options;
  readPaper(paper);
  const sealed = fromBase64Url(options.sealedSeed, SIZES.sealedSeed);
  if (sealed === null) return null;
  const seed = await openOnce(options.derived.seedKey, sealed, seedAad(paper.manifestHash));
  if (seed === null) return null;
  return { seed, ...(await (await voterSuite(paper.manifest)).find(paper, seed)) };
}

/**
 * Reads the stored ballot with the voter's own seed; the server never decrypts it for this.
 * null when the stored record is not the one this seed made.
 */
export async function openRecord(options: {
  readonly paper: BallotPaper;
  readonly seed: Seed;
  readonly record: StoredRecord;
}): Promise<Ranking | null> {
  const { paper, seed, record } = options;
  readPaper(paper);
  return (await voterSuite(paper.manifest)).read(paper, seed, record);
}

/**
 * What goes along when a ballot is replaced by `next` or, with null, withdrawn: the voter's signature that lets the stored
 * record go, base64url. Without one whoever keeps the receipt can prove that the server dropped it. Nothing in suite 1.
 */
export async function signedRelease(options: {
  readonly paper: BallotPaper;
  readonly seed: Seed;
  readonly record: StoredRecord;
  readonly next: SealedCast | null;
}): Promise<{ readonly release?: string }> {
  const { paper, seed, record, next } = options;
  readPaper(paper);
  const release = (await voterSuite(paper.manifest)).release(paper, seed, record, next);
  return release === null ? {} : { release };
}
