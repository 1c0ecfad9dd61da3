import { canonicalJson, encodeText, hashOf } from '@elekto/wire';
import type {
  CandidateId,
  CountingRule,
  ElectionKey,
  ReceiptMode,
  RepresentationLimit,
} from '@elekto/election';

/** What is pinned when an election opens; hashed (canonical JSON) into `manifestHash`. */
export interface Manifest {
  readonly version: 1;
  readonly key: ElectionKey;
  readonly name: string;
  readonly seats: number;
  readonly counting: CountingRule;
  readonly representationLimit: RepresentationLimit | null;
  /** The value of the limit's field for each candidate that has one; null without a limit. */
  readonly limitValues: Readonly<Record<CandidateId, string>> | null;
  /** Sorted by code point. The position is the candidate's index in the ranking's bytes. */
  readonly candidates: readonly CandidateId[];
  readonly allowNoOpinion: boolean;
  readonly receipts: ReceiptMode;
  readonly deleteAfter: boolean;
  /** The election's HPKE public key, base64url. */
  readonly publicKey: string;
  /** HPKE suite number; 1 = DHKEM(X25519)/HKDF-SHA-256/ChaCha20-Poly1305. */
  readonly suite: 1;
  readonly shards: number;
  readonly sourceCommit: string;
}

/** The manifest's hash: SHA-256 over its canonical JSON in the domain `elekto/manifest/1`, hex. */
export const hashManifest = (manifest: Manifest): string =>
  hashOf('elekto/manifest/1', encodeText(canonicalJson(manifest)));
