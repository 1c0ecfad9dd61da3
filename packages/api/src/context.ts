/** What every procedure works with. The server injects it for each request; tests build it by hand. */
import type { BallotBox, Person, Standing } from '@elekto/ballot-box';
import type { ElectionKey, Instant, LoginRule, RepositoryHost } from '@elekto/election';
import type { MetaSnapshot } from '@elekto/metarepo';

import type { ServerStatus, Trouble } from './status/status.ts';

/** What is counted against a limit, each per account and per address. The server holds the figures. */
export const LIMITS = ['read', 'cast', 'passphrase', 'exception', 'officer', 'board'] as const;
export type LimitName = (typeof LIMITS)[number];

export interface RateLimiter {
  /** Counts one use by each of `who`. Null when allowed, else the whole seconds to wait. */
  take(limit: LimitName, who: readonly string[]): Promise<number | null>;
}

export interface ApiLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ApiContext {
  /** Who is signed in; null for the public. */
  readonly person: Person | null;
  /** The client's address, for limits only; never stored. */
  readonly address: string;
  /** Stands in the log beside an unexpected error and in the answer to it. */
  readonly requestId: string;
  readonly box: BallotBox;
  /** The snapshot being served; null before the first successful sync. */
  readonly snapshot: () => MetaSnapshot | null;
  /** The database's time at which the fetch of that snapshot began. */
  readonly fetchedFrom: () => Instant;
  /** The rows of the ballot box as they were a moment ago, one answer for everybody. */
  readonly standings: () => Promise<ReadonlyMap<ElectionKey, Standing>>;
  /** What keeps an election from being opened, closed or counted; null when nothing does. */
  readonly trouble: (key: ElectionKey) => Trouble | null;
  /** Whose accounts people sign in with. */
  readonly signIn: {
    readonly name: string;
    /** Where the profiles are, each at a slash and the login; null where there are none. */
    readonly profiles: string | null;
    /** How logins there are compared; absent: case is ignored. */
    readonly logins?: LoginRule['logins'];
  };
  /** Where people edit the definitions. */
  readonly meta: {
    /** The repository's page on its host; null where no host is known. */
    readonly url: string | null;
    /** What kind of host that is; null with `url`. */
    readonly host: RepositoryHost | null;
    /** The branch that is followed; null for the repository's own default. */
    readonly branch: string | null;
  };
  /** The one clock that decides phases. */
  readonly now: () => Promise<Instant>;
  readonly limits: RateLimiter;
  readonly status: () => Promise<ServerStatus>;
  /** Ends the session of this request and clears its cookie. */
  readonly signOut: () => Promise<void>;
  readonly log: ApiLog;
  /** Fires when the server stops: streams end then. */
  readonly stopping: AbortSignal;
}
