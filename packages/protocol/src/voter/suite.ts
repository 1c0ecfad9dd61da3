import type {
  BallotPaper,
  EveryCast,
  HpkeCast,
  OfficersCast,
  RecordPlace,
  SealedCast,
  StoredRecord,
} from '../ballot/paper.ts';
import type { Ranking } from '../ballot/ranking.ts';

export type Seed = Uint8Array<ArrayBuffer>;

/** A ballot sealed in one suite: its seed, and what the cast says beside what every cast says. */
export interface SealedPart {
  readonly seed: Seed;
  readonly cast: Omit<HpkeCast, keyof EveryCast> | Omit<OfficersCast, keyof EveryCast>;
  /** Hex; null where ballots have none. */
  readonly tracker: string | null;
}

/** What differs between suites for whoever has the seed of a ballot, which is its voter. */
export interface VoterSuite {
  /** Seals with a fresh seed; only test vectors of suite 1 give one. */
  seal(paper: BallotPaper, ranking: Ranking, seed?: Seed): Promise<SealedPart>;
  /** Where the ballot of a seed lies, and its tracker, if it has one. */
  find(
    paper: BallotPaper,
    seed: Seed,
  ): Promise<{ readonly place: RecordPlace; readonly tracker: string | null }>;
  /** What the record says; null when this seed did not make it. */
  read(paper: BallotPaper, seed: Seed, record: StoredRecord): Promise<Ranking | null>;
  /** The voter's word that a record leaves the box, for another (`next`) or for none; null where the suite has no such thing. */
  release(paper: BallotPaper, seed: Seed, record: StoredRecord, next: SealedCast | null): string | null;
}
