/**
 * The language of the ballot box: what callers hand in and get back. Expected refusals are values
 * (`Refusal`), never exceptions; anything thrown is a bug or a lost database.
 */
import type { CandidateId, ElectionKey, Instant, WaitingReason } from '@elekto/election';
import type { Drift, Manifest } from '@elekto/protocol/manifest';
import type { TieDecision } from '@elekto/protocol/result';
import type { Outcome } from '@elekto/tally';

/** A signed-in person. `account`, the provider's lasting name of it, is the identity; the login is only a name and may change. */
export interface Person {
  /** Our opaque random id. */
  readonly userId: string;
  readonly account: string;
  readonly login: string;
  /** When the provider confirmed the login, for who comes with an older sign-in; absent: now. */
  readonly signedInAt?: Instant;
}

export type BoxState = 'open' | 'closed' | 'finalised' | 'published';

export interface ExceptionRequest {
  readonly id: string;
  readonly election: ElectionKey;
  readonly login: string;
  readonly account: string;
  readonly name: string;
  readonly email: string;
  readonly reason: string;
  readonly status: 'open' | 'approved' | 'declined' | 'more-information';
  /** Rises by one with each change; a decision names the version it saw. */
  readonly version: number;
  readonly requestedAt: Instant;
  /** The conversation: decisions of officers and answers of the person, oldest first. */
  readonly history: readonly ExceptionStep[];
}

export interface ExceptionStep {
  readonly at: Instant;
  /** Whose turn it was; `voter` is the person who asked. */
  readonly from: 'officer' | 'voter';
  readonly by: string;
  /** The state that the request is in since; `open` after an answer. */
  readonly status: ExceptionRequest['status'];
  readonly note: string;
  /** With `approvals: 2`, of what an officer proposes: the state that the request is in once another takes it, too. */
  readonly proposes?: Proposable;
  /** The account of who proposes. */
  readonly account?: string;
  /** Who had proposed what is decided here. */
  readonly proposedBy?: string;
}

/** What takes two officers where `approvals: 2` says so. */
export type Proposable = 'approved' | 'declined';

/**
 * How many took part. While the election is open this is no running count: it is renewed at the end of an
 * interval of time (a 48th of the voting period, between a minute and an hour), and only when at least
 * three more people have taken part, so that it never tells that or when a single person voted.
 */
export interface Turnout {
  /** null: open, and nothing may be told yet. */
  readonly cast: number | null;
  /** While open whoever is on the roll; from the close on whoever ever was, as the result says. */
  readonly eligible: number;
  /** Growth in steps of at least three: ballots counted by `at`, the end of an interval. */
  readonly buckets: readonly { readonly at: Instant; readonly cast: number }[];
  /** The instant up to which `cast` counts; null with it. */
  readonly asOf: Instant | null;
  /** While open: when a new number may be told at the earliest. */
  readonly nextAt: Instant | null;
}

/** That somebody on the ballot no longer stands by the files. */
export interface BallotWithdrawal {
  readonly id: CandidateId;
  /** As on the ballot. */
  readonly name: string;
  /** The reason that the file gives; empty when it gives none, or is gone. */
  readonly reason: string;
  /** An officer has confirmed it: the ballots are counted without. */
  readonly struck: boolean;
}

export interface TieProposal {
  readonly by: string;
  /** The account of who proposes. */
  readonly account: string;
  readonly at: Instant;
  readonly winners: readonly CandidateId[];
  readonly how: string;
}

/** The ballot box as its officers see it. */
export interface BoxStatus {
  /** null: not opened yet. */
  readonly state: BoxState | null;
  /** Its start has passed and it does not open: what is missing; null when nothing is. */
  readonly waiting: WaitingReason | null;
  /** Taken over from another system by an import: nobody voted here. */
  readonly imported: boolean;
  /** Start and end that casting goes by: the row's since the opening, the files' before. */
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** The folder is gone from the meta repository; ballots are kept, none are taken. */
  readonly withdrawn: boolean;
  /** While open the number that `Turnout` tells; null while it tells none, and before the opening. */
  readonly cast: number | null;
  readonly eligible: number;
  readonly manifestHash: string | null;
  /** Candidates of the ballot who withdrew after it was pinned, in the ballot's order. */
  readonly withdrawals: readonly BallotWithdrawal[];
  /** An officer's wish to start voting anew, until another confirms it. */
  readonly restartAsked: { readonly by: string; readonly at: Instant } | null;
  /** With `approvals: 2`: how one officer says that a tie was decided, until another says so, too. */
  readonly tieProposed: TieProposal | null;
  /** What the current definition says differently from what holds for the ballots; not applied. */
  readonly drift: readonly Drift[];
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
  /** Over this event and the hash of the one before it (of any election), under a key outside the database. */
  readonly hash: string;
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
  /** In the order they were taken. */
  readonly tieDecisions: readonly TieDecision[];
  readonly publishedAt: Instant | null;
}
