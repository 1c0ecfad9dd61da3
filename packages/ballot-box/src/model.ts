/**
 * The language of the ballot box: what callers hand in and get back. Expected refusals are values
 * (`Refusal`), never exceptions; anything thrown is a bug or a lost database.
 */
import type {
  CandidateId,
  CountingRule,
  ElectionKey,
  Instant,
  ReceiptMode,
  RepresentationLimit,
} from '@elekto/election';
import type { Outcome } from '@elekto/tally';

/** `ok: true` with the value, or `ok: false` with the one reason. */
export type Result<T, E = Refusal> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Every refusal by its permanent kind. The text for people is in the faces' catalogues, keyed by kind. */
export const REFUSALS = [
  'not-signed-in',
  'unknown-election',
  'election-withdrawn',
  'not-officer',
  'not-eligible',
  'identity-mismatch',
  'not-open-yet',
  'already-closed',
  'not-ended-yet',
  'not-closed-yet',
  'already-voted',
  'not-voted',
  'wrong-passphrase',
  'no-passphrase-kept',
  'too-many-attempts',
  'malformed-ballot',
  'unknown-candidate',
  'opinion-required',
  'manifest-changed',
  'duplicate-handle',
  'ballot-box-damaged',
  'exception-not-open',
  'exception-closed',
  'exception-already-requested',
  'already-eligible',
  'unknown-request',
  'conflict',
  'already-published',
  'no-tie',
] as const;
export type RefusalKind = (typeof REFUSALS)[number];

export interface Refusal {
  readonly kind: RefusalKind;
  /** A sentence saying what happened, safe to show; names no ballot content. */
  readonly message: string;
  /** For `too-many-attempts`: seconds to wait. For `not-open-yet`/`already-closed`: the instant in ms. */
  readonly detail?: number;
}

/** A signed-in person. `githubId` is the identity; the login is only a name and may change. */
export interface Person {
  /** Our opaque random id. */
  readonly userId: string;
  readonly githubId: string;
  readonly login: string;
}

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

export type BoxState = 'open' | 'closed' | 'finalised' | 'published';

/** Everything a voter's browser needs to seal a ballot. */
export interface BallotPaper {
  readonly manifest: Manifest;
  /** SHA-256 of the canonical manifest, hex. */
  readonly manifestHash: string;
  /** Binds the ballot to its voter: opaque, per election and person, base64url. */
  readonly voterBinding: string;
  readonly kdf: {
    readonly id: number;
    readonly algorithm: 'argon2id';
    readonly memoryKiB: number;
    readonly iterations: number;
    readonly parallelism: number;
  };
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly voted: boolean;
}

/** What the browser sends to cast; all strings base64url of fixed lengths. Made by `@elekto/ballot-box/browser`. */
export interface SealedCast {
  readonly manifestHash: string;
  readonly suite: number;
  readonly handle: string;
  readonly shard: number;
  readonly encapsulated: string;
  readonly ciphertext: string;
  /** Proof that the sender knows what is inside and is this voter; checked, not stored. */
  readonly binding: string;
  readonly kdf: number;
  readonly salt: string;
  readonly authKey: string;
  readonly sealedSeed: string;
}

/** Signed by the server; proves *that* a ballot was recorded, not *how*. JSON the voter can save. */
export interface Receipt {
  readonly version: 1;
  readonly election: ElectionKey;
  readonly manifestHash: string;
  /** SHA-256 of the stored record, hex. */
  readonly recordHash: string;
  /** Ed25519 by the server's signing key, base64url. */
  readonly signature: string;
  /** The server's public signing key, base64url. */
  readonly publicKey: string;
}

/** What a voter may know of their own participation before giving the passphrase. */
export interface Participation {
  readonly voted: boolean;
  /** KDF parameters number and salt for deriving keys from the passphrase; null when not voted. */
  readonly unlock: { readonly kdf: number; readonly salt: string } | null;
}

/** Handed out after the passphrase's auth key was checked. */
export interface OpenedSeed {
  /** Passphrase layer of the sealed seed, base64url. */
  readonly sealedSeed: string;
}

/** The stored record, which only the holder of the seed (and, at the count, the election key) can read. */
export interface StoredRecord {
  readonly encapsulated: string;
  readonly ciphertext: string;
}

export interface ExceptionRequest {
  readonly id: string;
  readonly election: ElectionKey;
  readonly login: string;
  readonly githubId: string;
  readonly name: string;
  readonly email: string;
  readonly reason: string;
  readonly status: 'open' | 'approved' | 'declined' | 'more-information';
  /** Rises by one with each change; a decision names the version it saw. */
  readonly version: number;
  readonly requestedAt: Instant;
  readonly history: readonly ExceptionDecision[];
}

export interface ExceptionDecision {
  readonly at: Instant;
  readonly by: string;
  readonly status: ExceptionRequest['status'];
  readonly note: string;
}

/**
 * How many took part. While the election is open this is no running count: it is renewed at the end of an
 * interval of time (a 48th of the voting period, between a minute and an hour), and only when at least
 * three more people have taken part, so that it never tells that or when a single person voted.
 */
export interface Turnout {
  /** null: open, and nothing may be told yet. */
  readonly cast: number | null;
  readonly eligible: number;
  /** Growth in steps of at least three: ballots counted by `at`, the end of an interval. */
  readonly buckets: readonly { readonly at: Instant; readonly cast: number }[];
  /** The instant up to which `cast` counts; null with it. */
  readonly asOf: Instant | null;
  /** While open: when a new number may be told at the earliest. */
  readonly nextAt: Instant | null;
}

/** The ballot box as its officers see it. */
export interface BoxStatus {
  /** null: not opened yet. */
  readonly state: BoxState | null;
  /** The folder is gone from the meta repository; ballots are kept, none are taken. */
  readonly withdrawn: boolean;
  /** While open the number that `Turnout` tells; null while it tells none, and before the opening. */
  readonly cast: number | null;
  readonly eligible: number;
  readonly manifestHash: string | null;
  /** What the current definition says differently from the pinned manifest, a sentence each; not applied. */
  readonly drift: readonly string[];
  /** When it was closed; null before. */
  readonly closedAt: Instant | null;
}

/** An officer's or the sync's action, or the server's own. */
export interface AuditEvent {
  readonly seq: number;
  readonly at: Instant;
  /** A login, or `server`. */
  readonly actor: string;
  /** Permanent, kebab-case: `opened`, `deadline-moved`, `closed` ... */
  readonly action: string;
  /** A sentence or less; may be empty. */
  readonly detail: string;
  /** SHA-256 over this event and the hash of the one before it (of any election), hex. */
  readonly hash: string;
}

/** What officers decided about a tie at the last seat, outside the count. */
export interface TieDecision {
  readonly winners: readonly CandidateId[];
  readonly how: string;
  readonly by: string;
  readonly at: Instant;
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

/** Everything an officer may see of a finished count. */
export interface StoredOutcome {
  readonly state: BoxState;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly outcome: Outcome;
  readonly cast: number;
  readonly eligible: number;
  readonly closedAt: Instant;
  /** Merkle root over the counted ballots, hex. */
  readonly root: string;
  /** Ed25519 over results.json, base64url. */
  readonly signature: string;
  readonly publicKey: string;
  readonly tieDecision: TieDecision | null;
  readonly publishedAt: Instant | null;
}
