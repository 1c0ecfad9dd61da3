/**
 * Follows the meta repository: looks when told to, when files change on disk, and now and then. A host that is slow
 * or silent keeps nothing else waiting; what was read last is served meanwhile.
 */
import type { Instant } from '@elekto/election';
import { MetaRepoError, type MetaRepo, type MetaSnapshot } from '@elekto/metarepo';

import type { Logger } from '../log.ts';

import { singleFlight } from './single-flight.ts';

/** A state of the repository, and the database's time at which the look that found it began. */
export interface Definitions {
  readonly snapshot: MetaSnapshot;
  /** 0 for a copy of an earlier run: everything that anybody has read is newer. */
  readonly fetchedFrom: Instant;
}

export interface SyncState {
  /** When the repository was last read, ms. */
  readonly at: Instant | null;
  readonly problem: string | null;
}

export interface FollowerParts {
  readonly repo: MetaRepo;
  /** The database's clock. */
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
  /** Ms between looks; 0 = only when told to. */
  readonly pollMs: number;
  /** Ms after which a look that is still under way is told of; default a minute. */
  readonly longestLook?: number | undefined;
  /** What whoever started the server has read, or the copy that stands in for it, with what kept it from reading. */
  readonly first: {
    readonly definitions: Definitions;
    readonly at: Instant;
    readonly problem: string | null;
  };
  /** Called with each new state, and with the same one when it was read again. */
  readonly onRead: (definitions: Definitions) => void;
  /** Tells other servers of a commit that they may not have seen. */
  readonly announce: (commit: string) => void;
}

/** A look that failed is taken again so soon where nobody polls. */
const RETRY = 15_000;
/** Ms: a fetch that is slow but well is over by then. */
const LONGEST_LOOK = 60_000;

export class Follower {
  readonly #parts: FollowerParts;
  #definitions: Definitions;
  #state: SyncState;
  #timer: NodeJS.Timeout | undefined;
  #unwatch: (() => void) | undefined;
  #stopped = false;
  #failed = false;
  /** The problems of this outage that the log has: a host that fails in turns in two ways is told of twice. */
  readonly #told = new Set<string>();

  /** Looks at the repository now. Never rejects for its sake: `state` tells. */
  readonly look: () => Promise<void>;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    const { definitions, at, problem } = parts.first;
    this.#definitions = definitions;
    this.#state = { at: problem === null ? at : null, problem };
    this.#failed = problem !== null;
    if (problem !== null) this.#told.add(problem);
    this.look = singleFlight(() => this.#look());
  }

  get definitions(): Definitions {
    return this.#definitions;
  }

  get state(): SyncState {
    return this.#state;
  }

  start(): void {
    const { repo } = this.#parts;
    this.#unwatch = repo.watch(() => void this.look());
    this.#later();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#unwatch?.();
  }

  async #look(): Promise<void> {
    if (this.#stopped) return;
    const { repo, now, log, announce, onRead } = this.#parts;
    const before = this.#definitions.snapshot.commit;
    let late: NodeJS.Timeout | undefined;
    try {
      const fetchedFrom = await now();
      late = setTimeout(() => this.#isLate(), this.#parts.longestLook ?? LONGEST_LOOK).unref();
      const snapshot = await repo.sync();
      clearTimeout(late);
      // Before anything is told: without it this look has failed.
      const at = await now();
      if (snapshot.commit !== before) {
        const elections = snapshot.elections.size;
        log.info({ commit: snapshot.commit, elections }, 'the meta repository was read');
        announce(snapshot.commit);
      }
      this.#definitions = { snapshot, fetchedFrom };
      if (this.#failed) log.info('the meta repository can be read again');
      this.#told.clear();
      this.#state = { at, problem: null };
      this.#failed = false;
      onRead(this.#definitions);
    } catch (error) {
      this.#tell(error);
      this.#failed = true;
    } finally {
      clearTimeout(late);
      this.#later();
    }
  }

  /** The look goes on: its host sends a byte now and then, or the disk of our copy does not answer. */
  #isLate(): void {
    const ms = this.#parts.longestLook ?? LONGEST_LOOK;
    this.#tell(
      new MetaRepoError(
        'unreadable',
        `The repository is not read within ${Math.round(ms / 1000)} s: its host is slow, or the disk of our copy hangs.`,
      ),
    );
    this.#failed = true;
  }

  #tell(error: unknown): void {
    if (this.#stopped) return;
    const { log } = this.#parts;
    if (!(error instanceof MetaRepoError)) {
      if (!this.#failed) log.error({ err: error }, 'a look at the meta repository failed; it is tried again');
      return;
    }
    if (!this.#told.has(error.message))
      log.warn({ problem: error.message }, 'the meta repository cannot be read');
    this.#told.add(error.message);
    this.#state = { ...this.#state, problem: error.message };
  }

  #later(): void {
    clearTimeout(this.#timer);
    const { pollMs } = this.#parts;
    const pause = pollMs > 0 ? pollMs : this.#failed ? RETRY : null;
    if (this.#stopped || pause === null) return;
    this.#timer = setTimeout(() => void this.look(), pause);
    this.#timer.unref();
  }
}
