import type { ElectionKey, Instant } from '@elekto/election';
import type { Outcome } from '@elekto/tally';
import type { Manifest, TieDecision } from '../model.ts';
import { framed } from './bytes.ts';
import { canonicalJson } from './canonical.ts';

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
