import type { CandidateId, ElectionKey, Instant } from '@elekto/election';
import type { Manifest } from '../manifest/manifest.ts';

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
  /** Who was struck out since the first ballot: need not be ranked, and is counted without. */
  readonly struck?: readonly CandidateId[] | undefined;
}

/** What every cast says, of whatever suite. */
export interface EveryCast {
  readonly manifestHash: string;
  readonly kdf: number;
  readonly salt: string;
  readonly authKey: string;
  readonly sealedSeed: string;
}

/** A ballot that is sealed to the server's key. */
export interface HpkeCast extends EveryCast {
  readonly suite: number;
  /** Only for a manifest of version 1: where its browser puts the record. */
  readonly handle?: string | undefined;
  readonly shard?: number | undefined;
  readonly encapsulated: string;
  readonly ciphertext: string;
  /** Proof that the sender knows what is inside and is this voter; checked, not stored. */
  readonly binding: string;
}

/** A ballot that is sealed to the officers' key. */
export interface OfficersCast extends EveryCast {
  readonly suite: 2;
  /** As the box holds it and, after the end, everybody sees it. */
  readonly record: string;
  /** Shows that the record was made for this voter; checked, not stored. */
  readonly tagKey: string;
}

/** What the browser sends to cast; all strings base64url of fixed lengths. Made by `@elekto/protocol/voter`. */
export type SealedCast = HpkeCast | OfficersCast;

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
  /** They had voted, and voting was started anew since: that ballot is void. Absent: no. */
  readonly voided?: boolean | undefined;
  /** KDF parameters number and salt for deriving keys from the passphrase; null when not voted, or when the link is destroyed. */
  readonly unlock: { readonly kdf: number; readonly salt: string } | null;
}

/** Handed out after the passphrase's auth key was checked. */
export interface OpenedSeed {
  /** Passphrase layer of the sealed seed, base64url. */
  readonly sealedSeed: string;
}

/** Where a voter's record lies, as their seed says. `shard` only for a manifest of version 1. */
export interface RecordPlace {
  readonly handle: string;
  readonly shard?: number | undefined;
}

/** The stored record, which only the holder of the seed (and, at the count, of the election key) can read. */
export type StoredRecord =
  | { readonly encapsulated: string; readonly ciphertext: string }
  | { readonly record: string };

/** What a voter signed when their ballot left the box, for whoever shows its receipt. All base64url. */
export interface ShownRelease {
  /** The record that left. */
  readonly record: string;
  /** Hash of the record in its place, hex; null: withdrawn. */
  readonly newHash: string | null;
  readonly release: string;
}
