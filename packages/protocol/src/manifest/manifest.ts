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
  /** What ballots are sealed to, 32 bytes, base64url: the server's HPKE key, or the officers' key. */
  readonly publicKey: string;
  /** The commit that last changed anything of the above. */
  readonly sourceCommit: string;
}

/** As elections were pinned at their opening; ballots of it are still taken and counted, no new one is made. */
export interface ManifestV1 extends EveryManifest {
  readonly version: 1;
  readonly suite: 1;
  /** Rows of the box; the voter's browser chose among them. */
  readonly shards: number;
}

interface SecondManifest extends EveryManifest {
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

/** The server keeps the key: HPKE, DHKEM(X25519)/HKDF-SHA-256/ChaCha20-Poly1305. */
export interface ManifestV2 extends SecondManifest {
  readonly suite: 1;
}

/** Officers keep the key between them, and any `threshold` of them open the count together (suite 2 of `@elekto/custody`). */
export interface OfficersManifest extends SecondManifest {
  readonly suite: 2;
  /** Hash of the ceremony's transcript, hex. */
  readonly custody: string;
  readonly threshold: number;
  /** Logins of those who hold a share, in the order of their positions. */
  readonly officers: readonly string[];
  /** Ed25519, base64url: signs the box when it is closed. */
  readonly serverKey: string;
  /** The box is published with proofs: a voter looks for the record of the receipt there. */
  readonly trackers: false;
}

/** What the first ballot pins; hashed (canonical JSON) into `manifestHash`. */
export type Manifest = ManifestV1 | ManifestV2 | OfficersManifest;

/** The manifest's hash: SHA-256 over its canonical JSON in the domain `elekto/manifest/<version>`, hex. */
export const hashManifest = (manifest: Manifest): string =>
  hashOf(`elekto/manifest/${manifest.version === 1 ? 1 : 2}`, encodeText(canonicalJson(manifest)));
