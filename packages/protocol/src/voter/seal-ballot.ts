import type { CandidateId } from '@elekto/election';
import type { BallotPaper, SealedCast } from '../ballot/paper.ts';
import { concat, KDFS, toBase64Url } from '@elekto/wire';
import type { KdfParameters } from '@elekto/wire';
import { SIZES, seedAad } from '../ballot/record.ts';
import { sealOnce } from './hpke.ts';
import { normalisePassphrase } from './passphrase.ts';
import { PaperError, readPaper } from './read-paper.ts';
import { stretchAway } from './stretch-away.ts';
import type { OnProgress } from './stretch-away.ts';
import { voterSuite } from './voter-suite.ts';

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

export interface SealOptions {
  readonly paper: BallotPaper;
  /** Rank 1..n by candidate; who is absent is not ranked. Sealed as given. */
  readonly ranking: Readonly<Record<CandidateId, number>>;
  /** null: the ballot can be neither viewed nor replaced. The stored row looks the same. */
  readonly passphrase: string | null;
  readonly onProgress?: OnProgress;
  /** Known stretching parameters; only tests give others than the production table. */
  readonly kdfs?: readonly KdfParameters[];
  /** The 32 random bytes everything else is derived from; given only to make test vectors of suite 1. */
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
  readPaper(paper);
  const kdf = (options.kdfs ?? KDFS).find((known) => known.id === paper.kdf.id);
  if (kdf === undefined) throw new PaperError('this page is older than the server; load it again');

  const suite = await voterSuite(manifest);
  const { seed, cast, tracker } = await suite.seal(paper, options.ranking, options.seed);
  const salt = random(SIZES.salt);
  const stretched =
    options.passphrase === null
      ? random(64)
      : await stretchAway(
          { passphrase: normalisePassphrase(options.passphrase), salt, kdf },
          options.onProgress ?? (() => undefined),
        );
  const sealedSeed = await sealOnce(concat(stretched.subarray(32)), concat(seed), seedAad(manifestHash));
  const opens = {
    kdf: kdf.id,
    salt: toBase64Url(salt),
    authKey: toBase64Url(stretched.subarray(0, 32)),
    sealedSeed: toBase64Url(sealedSeed),
  };
  return {
    cast: { manifestHash, ...cast, ...opens },
    tracker: manifest.receipts === 'immediate' ? tracker : null,
  };
}
