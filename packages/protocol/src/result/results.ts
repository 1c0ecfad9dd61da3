import type { CandidateId, ElectionKey, Instant } from '@elekto/election';
import type { Outcome } from '@elekto/tally';
import type { Manifest } from '../manifest/manifest.ts';
import { canonicalJson, framed } from '@elekto/wire';

/** What officers decided about a tie at the last seat, outside the count. */
export interface TieDecision {
  readonly winners: readonly CandidateId[];
  readonly how: string;
  readonly by: string;
  readonly at: Instant;
}

/** results.json: everything needed to recount an election and to check that nothing was added or left out. */
export interface ResultsFile {
  readonly format: 'elekto-results/1';
  readonly election: ElectionKey;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  /** The commit of the meta repository the election was opened at. */
  readonly commit: string;
  readonly closedAt: Instant;
  readonly eligible: number;
  readonly cast: number;
  /** Row i of ballots.csv stands under tracker i, hex, ascending; empty where the election gives no receipts. */
  readonly trackers: readonly string[];
  /** Hashes of the encrypted records that were counted, hex, ascending: what receipts are looked up in. */
  readonly records: readonly string[];
  /** Merkle root over the counted ballots in row order, hex. */
  readonly root: string;
  readonly tieDecisions: readonly TieDecision[];
  readonly outcome: Outcome;
  /** Ed25519, raw, base64url. */
  readonly publicKey: string;
  /** Ed25519 over `resultsMessage`, base64url. */
  readonly signature: string;
}

/** What is signed: the canonical JSON of everything but the signature. */
export function resultsMessage(file: Omit<ResultsFile, 'signature'>): Uint8Array<ArrayBuffer> {
  const { signature: _, ...unsigned } = file as ResultsFile;
  return framed('elekto/results/1', canonicalJson(unsigned));
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
