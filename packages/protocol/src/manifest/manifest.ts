import { canonicalJson, encodeText, hashOf } from '@elekto/wire';
import type {
  CandidateId,
  CountingRule,
  ElectionKey,
  HouseRules,
  ReceiptMode,
  RepresentationLimit,
} from '@elekto/election';

interface EveryManifest {
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
  /** The commit that last changed anything of the above. */
  readonly sourceCommit: string;
}

/** As elections were pinned at their opening; ballots of it are still taken and counted, no new one is made. */
export interface ManifestV1 extends EveryManifest {
  readonly version: 1;
  /** Rows of the box; the voter's browser chose among them. */
  readonly shards: number;
}

export interface ManifestV2 extends EveryManifest {
  readonly version: 2;
  readonly kind: 'election' | 'rehearsal';
  /** 16 random bytes, hex: another one when voting starts anew, so that no ballot of one run fits another. */
  readonly run: string;
  /** What each candidate is called. */
  readonly names: Readonly<Record<CandidateId, string>>;
  /** The edition of the counting rules; 2 where it is absent. */
  readonly edition?: 3;
  /** Absent where the organisation has none. */
  readonly houseRules?: HouseRules;
  /** The group of each candidate that is in one; absent where no seats are kept for groups. */
  readonly groupValues?: Readonly<Record<CandidateId, string>>;
}

/** What the first ballot pins; hashed (canonical JSON) into `manifestHash`. */
export type Manifest = ManifestV1 | ManifestV2;

/** The manifest's hash: SHA-256 over its canonical JSON in the domain `elekto/manifest/<version>`, hex. */
export const hashManifest = (manifest: Manifest): string =>
  hashOf(`elekto/manifest/${manifest.version === 1 ? 1 : 2}`, encodeText(canonicalJson(manifest)));
