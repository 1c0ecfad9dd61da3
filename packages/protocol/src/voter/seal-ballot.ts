import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CandidateId } from '@elekto/election';
import type { BallotPaper, SealedCast } from '../ballot/paper.ts';
import { concat, fromBase64Url, KDFS, toBase64Url, toHex } from '@elekto/wire';
import { hashManifest } from '../manifest/manifest.ts';
import type { KdfParameters } from '@elekto/wire';
import { encodeRanking } from '../ballot/ranking.ts';
import {
  SIZES,
  SUITE,
  bindingMessage,
  keyMaterialOf,
  placeOf,
  recordAad,
  seedAad,
} from '../ballot/record.ts';
import { sealOnce, shareSecrets } from './hpke.ts';
import { normalisePassphrase } from './passphrase.ts';
import { stretchAway } from './stretch-away.ts';
import type { OnProgress } from './stretch-away.ts';

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

/** The paper is not what it claims to be, or the ranking does not fit it. A fault of the page or the server, not of the voter. */
export class PaperError extends Error {
  override readonly name = 'PaperError';
}

/** What a paper's texts stand for; refuses a paper whose manifest does not have the hash it names. */
export function readPaper(paper: BallotPaper): {
  publicKey: Uint8Array<ArrayBuffer>;
  voterBinding: Uint8Array<ArrayBuffer>;
} {
  const publicKey = fromBase64Url(paper.manifest.publicKey, SIZES.publicKey);
  const voterBinding = fromBase64Url(paper.voterBinding, SIZES.voterBinding);
  if (publicKey === null || voterBinding === null || paper.manifest.suite !== SUITE) {
    throw new PaperError('this ballot paper cannot be read');
  }
  if (hashManifest(paper.manifest) !== paper.manifestHash) {
    throw new PaperError('this ballot paper does not match its own hash');
  }
  return { publicKey, voterBinding };
}

export interface SealOptions {
  readonly paper: BallotPaper;
  /** Rank 1..n by candidate; who is absent has no opinion. Sealed as given. */
  readonly ranking: Readonly<Record<CandidateId, number>>;
  /** null: the ballot can be neither viewed nor replaced. The stored row looks the same. */
  readonly passphrase: string | null;
  readonly onProgress?: OnProgress;
  /** Known stretching parameters; only tests give others than the production table. */
  readonly kdfs?: readonly KdfParameters[];
  /** The 32 random bytes everything else is derived from; given only to make test vectors. */
  readonly seed?: Uint8Array<ArrayBuffer>;
}

export interface SealedBallot {
  readonly cast: SealedCast;
  /** Under which the ballot will stand in ballots.csv, hex; null unless the election hands it out at casting. */
  readonly tracker: string | null;
}

/** Encrypts a ballot for the election, bound to its manifest and to this voter. The passphrase stays here. */
export async function sealBallot(options: SealOptions): Promise<SealedBallot> {
  const { paper } = options;
  const { manifest, manifestHash } = paper;
  const { publicKey, voterBinding } = readPaper(paper);
  const kdf = (options.kdfs ?? KDFS).find((known) => known.id === paper.kdf.id);
  if (kdf === undefined) throw new PaperError('this page is older than the server; load it again');

  const seed = options.seed ?? random(SIZES.seed);
  const secrets = await shareSecrets(publicKey, manifestHash, keyMaterialOf(seed, manifestHash));
  const place = placeOf(paper, seed, secrets.encapsulated);
  const plain = encodeRanking(manifest.candidates, options.ranking);
  const ciphertext = await sealOnce(secrets.recordKey, plain, recordAad(manifestHash, place));
  plain.fill(0);
  const binding = hmac(
    sha256,
    secrets.bindingKey,
    bindingMessage({
      manifestHash,
      voterBinding,
      place,
      encapsulated: secrets.encapsulated,
      ciphertext,
    }),
  );

  const salt = random(SIZES.salt);
  const stretched =
    options.passphrase === null
      ? random(64)
      : await stretchAway(
          { passphrase: normalisePassphrase(options.passphrase), salt, kdf },
          options.onProgress ?? (() => undefined),
        );
  const sealedSeed = await sealOnce(concat(stretched.subarray(32)), concat(seed), seedAad(manifestHash));

  return {
    cast: {
      manifestHash,
      suite: SUITE,
      ...(place.shard !== null && { handle: toBase64Url(place.handle), shard: place.shard }),
      encapsulated: toBase64Url(secrets.encapsulated),
      ciphertext: toBase64Url(ciphertext),
      binding: toBase64Url(binding),
      kdf: kdf.id,
      salt: toBase64Url(salt),
      authKey: toBase64Url(stretched.subarray(0, 32)),
      sealedSeed: toBase64Url(sealedSeed),
    },
    tracker: manifest.receipts === 'immediate' ? toHex(secrets.tracker) : null,
  };
}
