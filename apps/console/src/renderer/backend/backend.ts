import type { CandidateId, ElectionKey } from '@elekto/election';
import type { BoardAtHand } from '@elekto/protocol/result';
import type {
  AuditEvent,
  Definition,
  ElectionResult,
  ExceptionRequest,
  Me,
  Overview,
  PublicResult,
  Rehearsal,
  RequestStatus,
  Roll,
  SignInProvider,
  Turnout,
} from './model.ts';

/** "Ask again for this": what changed, and in which election (null = any). */
export interface Change {
  readonly kind: 'elections' | 'exceptions' | 'turnout' | 'outcome';
  readonly key: ElectionKey | null;
}

/** `polling`: the server gives no live stream, so the console asks on a schedule. */
export type LiveStatus = 'connecting' | 'live' | 'polling' | 'offline';

export interface LiveListener {
  onChange(change: Change): void;
  onStatus(status: LiveStatus): void;
}

export interface DecideInput {
  readonly key: ElectionKey;
  readonly id: string;
  /** The version that the officer saw; another one answers `conflict`. */
  readonly version: number;
  /** `open`: takes back what was decided. */
  readonly status: RequestStatus;
  readonly note: string;
}

export type RestartStep = 'ask' | 'confirm' | 'cancel';

/** The officer's side of the server. Every method rejects with `Refused` or `Unreachable`. */
export interface Backend {
  me(): Promise<Me>;
  provider(): Promise<SignInProvider>;
  signOut(): Promise<void>;
  /** The version of the server's Elekto. */
  version(): Promise<string>;
  overview(): Promise<Overview>;
  definition(key: ElectionKey): Promise<Definition>;
  turnout(key: ElectionKey): Promise<Turnout>;
  exceptions(key: ElectionKey): Promise<readonly ExceptionRequest[]>;
  /** Answers the request as it is now: where two officers are needed, with what was proposed. */
  decide(input: DecideInput): Promise<ExceptionRequest>;
  roll(key: ElectionKey): Promise<Roll>;
  close(key: ElectionKey): Promise<void>;
  result(key: ElectionKey): Promise<ElectionResult>;
  /** What the public is told of the result; also of elections that were not held here. */
  publicResult(key: ElectionKey): Promise<PublicResult>;
  ballotsCsv(key: ElectionKey): Promise<string>;
  resultsJson(key: ElectionKey): Promise<string>;
  resultsDraft(key: ElectionKey): Promise<string>;
  /** The files of a count by officers. */
  board(key: ElectionKey): Omit<BoardAtHand, 'address'>;
  recordTieDecision(
    key: ElectionKey,
    winners: readonly CandidateId[],
    how: string,
  ): Promise<'proposed' | 'decided'>;
  published(key: ElectionKey): Promise<void>;
  /** Starting voting anew: one officer asks, another confirms; any may take it back. */
  restart(key: ElectionKey, step: RestartStep): Promise<void>;
  /** Whether somebody who withdrew after the first ballot is counted without. */
  strike(key: ElectionKey, id: CandidateId, strike: boolean): Promise<void>;
  audit(key: ElectionKey): Promise<readonly AuditEvent[]>;
  /** A mock election with made-up ballots, held in the server's memory. The same seed makes up the same ballots. */
  rehearse(key: ElectionKey, ballots: number, seed: number): Promise<Rehearsal>;
  /** Starts listening for changes; returns the function that stops it. */
  live(listener: LiveListener): () => void;
}

/** The server understood and said no; `kind` is permanent, the text for people is in refusal-text.ts. */
export class Refused extends Error {
  readonly kind: string;
  readonly detail: number | undefined;
  constructor(kind: string, message: string, detail?: number) {
    super(message);
    this.name = 'Refused';
    this.kind = kind;
    this.detail = detail;
  }
}

/** No answer from the server: no network, a stopped server, an answer that is none. */
export class Unreachable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreachable';
  }
}
