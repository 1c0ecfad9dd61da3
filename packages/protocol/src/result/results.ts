import type { CandidateId, ElectionKey, Instant } from '@elekto/election';
import type { Manifest } from '../manifest/manifest.ts';
import { canonicalJson, framed } from '@elekto/wire';
import type { OutcomeData, OutcomeOfFormat1 } from './outcome-data.ts';

/** What officers decided about a tie at the last seat, outside the count. */
export interface TieDecision {
  readonly winners: readonly CandidateId[];
  readonly how: string;
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
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly closedAt: Instant;
  readonly eligible: number;
  readonly cast: number;
  /** Row i of ballots.csv stands under tracker i, hex, ascending; empty where the election gives no receipts. */
  readonly trackers: readonly string[];
  /** Hashes of the encrypted records that were counted, hex, ascending: what receipts are looked up in. */
  readonly records: readonly string[];
  /** Merkle root over the counted ballots in row order, hex. */
  readonly root: string;
  /** In the order they were recorded. A later revision of a result has the earlier ones' decisions first. */
  readonly tieDecisions: readonly TieDecision[];
  /** Ed25519, raw, base64url. */
  readonly publicKey: string;
  /** Ed25519 over `resultsMessage`, base64url. */
  readonly signature: string;
}

/** results.json of format 1: read for ever, no longer written. */
export interface ResultsFile1 extends Common {
  readonly format: 'elekto-results/1';
  /** As the manifest's `sourceCommit`. */
  readonly commit: string;
  readonly outcome: OutcomeOfFormat1;
}

/** results.json: everything needed to recount an election and to check that nothing was added or left out. */
export interface ResultsFile2 extends Common {
  readonly format: 'elekto-results/2';
  /** The manifest's key where the folder was renamed after the opening; else null. */
  readonly openedAs: ElectionKey | null;
  readonly struck: readonly Struck[];
  readonly voided: readonly VoidedRun[];
  readonly outcome: OutcomeData;
}

export type ResultsFile = ResultsFile1 | ResultsFile2;

const DOMAINS = {
  'elekto-results/1': 'elekto/results/1',
  'elekto-results/2': 'elekto/results/2',
} as const;

/** What is signed: the canonical JSON of everything but the signature, in the format's own domain. */
export function resultsMessage(
  file: Omit<ResultsFile1, 'signature'> | Omit<ResultsFile2, 'signature'>,
): Uint8Array<ArrayBuffer> {
  const { signature: _, ...unsigned } = file as ResultsFile;
  return framed(DOMAINS[file.format], canonicalJson(unsigned));
}

/** Proof that a ballot is among those counted, for elections whose ballots are not published (RFC 6962 audit path). */
export interface InclusionProof {
  readonly tracker: string;
  /** Ranks in the manifest's candidate order, 0 = no opinion. */
  readonly ranks: readonly number[];
  readonly index: number;
  readonly size: number;
  /** Siblings from the leaf upwards, hex. */
  readonly path: readonly string[];
  readonly root: string;
}
