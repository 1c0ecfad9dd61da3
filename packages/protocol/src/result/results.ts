import type { CandidateId, ElectionKey, Instant } from '@elekto/election';
import type { ManifestV1, ManifestV2, OfficersManifest } from '../manifest/manifest.ts';
import { canonicalJson, framed } from '@elekto/wire';
import type { OutcomeData, OutcomeOfFormat1 } from './outcome-data.ts';

/** What officers decided about a tie at the last seat, outside the count. */
export interface TieDecision {
  readonly winners: readonly CandidateId[];
  readonly how: string;
  /** A login; in format 3 those of all who signed it, in the order of their positions, with `, ` between them. */
  readonly by: string;
  readonly at: Instant;
}

/** A candidate whom the box counted without: withdrew after the first ballot, confirmed by officers. */
export interface Struck {
  readonly id: CandidateId;
  /** The commit of the meta repository that says so. */
  readonly commit: string;
}

/** An earlier box of the same election whose ballots a restart of voting destroyed. */
export interface VoidedRun {
  /** Its manifest's `run`, hex. */
  readonly run: string;
  /** Hash of the manifest its ballots and receipts were made for, hex. */
  readonly manifestHash: string;
  readonly at: Instant;
}

interface Common {
  readonly election: ElectionKey;
  readonly manifestHash: string;
  readonly closedAt: Instant;
  readonly eligible: number;
  /** Ballots in the box. In formats 1 and 2 each is a row of ballots.csv, in format 3 each that holds a ranking. */
  readonly cast: number;
  /** Merkle root over the counted ballots in row order, hex. */
  readonly root: string;
  /** In the order they were recorded. A later revision of a result has the earlier ones' decisions first. */
  readonly tieDecisions: readonly TieDecision[];
  /** Ed25519, raw, base64url. */
  readonly publicKey: string;
  /** Ed25519 over `resultsMessage`, base64url. */
  readonly signature: string;
}

/** Of a box to which the server has the key: it lists what was in it. */
interface ServersBox {
  readonly manifest: ManifestV1 | ManifestV2;
  /** Row i of ballots.csv stands under tracker i, hex, ascending; empty where the election gives no receipts. */
  readonly trackers: readonly string[];
  /** Hashes of the encrypted records that were counted, hex, ascending: what receipts are looked up in. */
  readonly records: readonly string[];
}

interface Since2 {
  /** The manifest's key where the folder was renamed after the opening; else null. */
  readonly openedAs: ElectionKey | null;
  readonly struck: readonly Struck[];
  readonly voided: readonly VoidedRun[];
  readonly outcome: OutcomeData;
}

/** results.json of format 1: read for ever, no longer written. */
export interface ResultsFile1 extends Common, ServersBox {
  readonly format: 'elekto-results/1';
  /** As the manifest's `sourceCommit`. */
  readonly commit: string;
  readonly outcome: OutcomeOfFormat1;
}

/** results.json: everything needed to recount an election and to check that nothing was added or left out. */
export interface ResultsFile2 extends Common, ServersBox, Since2 {
  readonly format: 'elekto-results/2';
}

/** A file of the board, in the folder `board/` beside results.json. */
export interface NamedFile {
  /** As `fileName` of `@elekto/custody/board` gives it. */
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
}

/** results.json of an election that officers opened together: the box and each step of the count are files beside it. */
export interface ResultsFile3 extends Common, Since2 {
  readonly format: 'elekto-results/3';
  readonly manifest: OfficersManifest;
  /** How many of the ballots in the box hold no ranking of this election. */
  readonly invalid: number;
  /** In the order in which they are read; the box is the first. */
  readonly board: readonly NamedFile[];
}

export type ResultsFile = ResultsFile1 | ResultsFile2 | ResultsFile3;

/** The trackers under which the rows of ballots.csv stand; none where there are none. */
export const trackersOf = (file: ResultsFile): readonly string[] =>
  file.format === 'elekto-results/3' ? [] : file.trackers;

const DOMAINS = {
  'elekto-results/1': 'elekto/results/1',
  'elekto-results/2': 'elekto/results/2',
  'elekto-results/3': 'elekto/results/3',
} as const;

type Unsigned =
  | Omit<ResultsFile1, 'signature'>
  | Omit<ResultsFile2, 'signature'>
  | Omit<ResultsFile3, 'signature'>;

/** What is signed: the canonical JSON of everything but the signature, in the format's own domain. */
export function resultsMessage(file: Unsigned): Uint8Array<ArrayBuffer> {
  const { signature: _, ...unsigned } = file as ResultsFile;
  return framed(DOMAINS[file.format], canonicalJson(unsigned));
}

/** `resultsMessage` of a file whose canonical JSON was written in pieces (`canonicalPieces`), in UTF-8. */
export const resultsMessageOf = (
  format: ResultsFile['format'],
  canonical: Uint8Array,
): Uint8Array<ArrayBuffer> => framed(DOMAINS[format], canonical);

/** Proof that a ballot is among those counted, for elections whose ballots are not published (RFC 6962 audit path). */
export interface InclusionProof {
  readonly tracker: string;
  /** Ranks in the manifest's candidate order, 0 = not ranked. */
  readonly ranks: readonly number[];
  readonly index: number;
  readonly size: number;
  /** Siblings from the leaf upwards, hex. */
  readonly path: readonly string[];
  readonly root: string;
}
