import type { EveryCast, Place, StoredRecord } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { z } from 'zod';
import type { OpenedElection } from '../box/election-row.ts';
import type { ElectionKeys } from '../keys/key-store.ts';

/** A ballot as the box takes it. */
export interface PlacedRecord {
  readonly place: Place;
  readonly record: Uint8Array;
}

/** A cast of the right form; `read` decodes and checks everything of it that no lock is needed for. */
export interface ParsedCast extends EveryCast {
  read(opened: OpenedElection, keys: ElectionKeys, voter: Uint8Array): Promise<Result<PlacedRecord>>;
}

/** What differs between suites for the ballot box. Whatever is the same of all records is not asked here. */
export interface BoxSuite {
  /** Whether voters sign for it when their ballot leaves the box. */
  readonly signsReleases: boolean;
  /** null: not a cast of this suite. */
  parse(given: unknown): ParsedCast | null;
  /** A stored record as its voter's browser takes it. */
  forVoter(record: Uint8Array): StoredRecord;
  /**
   * Whether a record may leave the box for another (its hash, hex) or for none by what its voter sent. The value is the
   * voter's signature, to be kept; null where the suite has none.
   */
  releases(
    opened: OpenedElection,
    old: Uint8Array,
    newHash: string | null,
    given: string | undefined,
  ): Result<Uint8Array | null>;
}

export const text = z.string().max(20_000);
export const everyCast = { manifestHash: text, kdf: z.int(), salt: text, authKey: text, sealedSeed: text };
