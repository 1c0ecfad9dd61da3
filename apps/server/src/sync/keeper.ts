/**
 * Keeps the server in step with two things that move by themselves: the meta repository and the clock. One
 * loop reads, opens, closes, counts and publishes, so that these never run over each other.
 */
import type { BallotBox, DefinitionSource } from '@elekto/ballot-box';
import { nextChangeAt, phaseAt, type Election, type ElectionKey, type Instant } from '@elekto/election';
import { MetaRepoError, type MetaRepo, type MetaSnapshot } from '@elekto/metarepo';

import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { siteData } from '../site/site-snapshot.ts';
import type { SiteStore } from '../site/site-store.ts';
import { StartError } from '../start-error.ts';
import { untraced, type Trace } from '../watch/trace.ts';

import { singleFlight } from './single-flight.ts';

export interface KeeperParts {
  readonly config: Config;
  readonly repo: MetaRepo;
  readonly box: BallotBox;
  readonly store: SiteStore;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
  /** Tells other servers of a commit they may not have seen. */
  readonly announce: (commit: string) => void;
  /** Why the snapshot that the repository holds is from an earlier run; absent when it was just read. */
  readonly problem?: string | null;
  /** The database's time before it was read. */
  readonly readFrom: Instant;
  /** Spans of the upkeep; absent where nobody is told. */
  readonly trace?: Trace;
}

interface Fetched {
  readonly snapshot: MetaSnapshot;
  readonly fetchedFrom: Instant;
}

export interface SyncState {
  /** When the repository was last read, ms. */
  readonly at: Instant | null;
  readonly problem: string | null;
}

/** However long nothing is due, the clock is looked at this often: it may have been set. */
const LONGEST_SLEEP = 15_000;
const CHECKPOINTS = 60_000;

export class Keeper {
  readonly #parts: KeeperParts;
  #snapshot: MetaSnapshot | null = null;
  /** The database's time at which the fetch of the snapshot began: changes together with it. */
  #fetchedFrom: Instant = 0;
  #sync: SyncState = { at: null, problem: null };
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #unwatch: (() => void) | undefined;
  #checkpointAt = 0;
  /** Elections about which the box was asked at the commit `#askedAt`. */
  readonly #asked = new Set<ElectionKey>();
  #askedAt: string | null = null;
  #stopped = false;
  /** What the last round threw. */
  #failure: unknown = null;
  #readRepository = true;

  /** Looks at the repository, then does what is due. */
  readonly sync: () => Promise<void>;
  /** Does what is due by the clock. */
  readonly tick: () => Promise<void>;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    const { trace = untraced } = parts;
    this.tick = singleFlight(() => trace('upkeep', () => this.#round(), { onlyWithParts: true }));
    this.sync = () => {
      this.#readRepository = true;
      return this.tick();
    };
  }

  /** The snapshot being served. */
  get snapshot(): MetaSnapshot | null {
    return this.#snapshot;
  }

  /** The database's time at which the fetch of the snapshot being served began. */
  get fetchedFrom(): Instant {
    return this.#fetchedFrom;
  }

  get syncState(): SyncState {
    return this.#sync;
  }

  /** The first round, then timers, watching and polling. Rejects when the repository cannot be read at all. */
  async start(): Promise<void> {
    await this.tick();
    if (this.#failure !== null) throw this.#failure;
    if (this.#snapshot === null)
      throw new StartError(this.#sync.problem ?? 'The meta repository cannot be read.');
    const { repo, config, log } = this.#parts;
    const later = (): void =>
      void this.sync().catch((error: unknown) => log.error({ err: error }, 'sync failed'));
    this.#unwatch = repo.watch(later);
    if (config.meta.pollMs > 0) this.#poll = setInterval(later, config.meta.pollMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    this.#unwatch?.();
    await this.tick().catch(() => undefined);
  }

  async #round(): Promise<void> {
    if (this.#stopped) return;
    try {
      const read = this.#readRepository ? await this.#read() : null;
      const served = this.#snapshot && { snapshot: this.#snapshot, fetchedFrom: this.#fetchedFrom };
      const newest = read ?? served;
      if (newest) await this.#attend(newest);
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
      this.#parts.log.error({ err: error }, 'a round of upkeep failed; it is tried again');
    } finally {
      await this.#sleep();
    }
  }

  async #read(): Promise<Fetched | null> {
    const { repo, now, log, config, readFrom, problem = null } = this.#parts;
    const polls = config.meta.pollMs > 0;
    this.#readRepository = false;
    try {
      // Whoever started the server has read it a moment ago, or could not.
      const recalled = this.#snapshot === null ? repo.current() : null;
      if (recalled && problem !== null) {
        this.#sync = { at: null, problem };
        this.#readRepository = !polls;
        return { snapshot: recalled, fetchedFrom: 0 };
      }
      const fetchedFrom = recalled ? readFrom : await now();
      const snapshot = recalled ?? (await repo.sync());
      if (snapshot.commit !== this.#snapshot?.commit) {
        log.info(
          { commit: snapshot.commit, elections: snapshot.elections.size },
          'the meta repository was read',
        );
      }
      if (this.#snapshot !== null && snapshot.commit !== this.#snapshot.commit)
        this.#parts.announce(snapshot.commit);
      this.#sync = { at: await now(), problem: null };
      return { snapshot, fetchedFrom };
    } catch (error) {
      if (!(error instanceof MetaRepoError)) throw error;
      // While starting, whoever starts the server is told; the log need not say it too.
      if (this.#snapshot !== null && error.message !== this.#sync.problem)
        log.warn({ problem: error.message }, 'the meta repository cannot be read');
      this.#sync = { ...this.#sync, problem: error.message };
      // Without polling nobody else would try again.
      this.#readRepository = !polls;
      return null;
    }
  }

  /** Opens and closes boxes, then shows the site and only then serves the snapshot: both change together. */
  async #attend({ snapshot, fetchedFrom }: Fetched): Promise<void> {
    const { config, box, store, now, log } = this.#parts;
    const at = await now();
    const elections = [...snapshot.elections.values()].flatMap(({ election }) => election ?? []);
    const source = { commit: snapshot.commit, fetchedFrom };
    if (snapshot !== this.#snapshot) await box.noteFolders([...snapshot.elections.keys()], source);
    await this.#open(elections, source, at);
    await this.#close(at);
    const data = await siteData(snapshot, { config, box, now: at });
    const before = store.state.site?.dir;
    const started = performance.now();
    const shown = await store.show(data, at);
    if (!shown) log.error({ problem: store.state.problem, said: store.said }, 'the pages stay as they were');
    else if (store.state.site?.dir !== before) {
      log.info(
        { commit: snapshot.commit, ms: Math.round(performance.now() - started) },
        'the pages are up to date',
      );
    }
    this.#snapshot = snapshot;
    this.#fetchedFrom = fetchedFrom;
  }

  /**
   * Opens what has begun. Of every box there is the ballot box is asked once a commit: it takes over what may
   * still change, and writes changes of dates and roll into the audit trail.
   */
  async #open(elections: readonly Election[], source: DefinitionSource, at: Instant): Promise<void> {
    const { box, log } = this.#parts;
    if (this.#askedAt !== source.commit) this.#asked.clear();
    this.#askedAt = source.commit;
    for (const election of elections) {
      if (this.#asked.has(election.key)) continue;
      const opened = await box.ensureOpened(election, source).catch((error: unknown) => {
        // One election's trouble must not keep the others from opening; it is tried again in the next round.
        log.error({ err: error, key: election.key }, 'an election could not be opened');
        return null;
      });
      if (opened === null) continue;
      if (!opened.ok) log.debug({ key: election.key, kind: opened.error.kind }, 'not opened');
      if (opened.ok || phaseAt(election, at) === 'ended') this.#asked.add(election.key);
    }
  }

  /** Closes and counts what has ended; seals a checkpoint of what is open, once a minute. */
  async #close(at: Instant): Promise<void> {
    const { box, log } = this.#parts;
    const pending = await box.unfinished();
    const due = pending.filter(({ state, closesAt }) => state === 'closed' || at > closesAt);
    if (due.length === 0 && at - this.#checkpointAt < CHECKPOINTS) return;
    this.#checkpointAt = at;
    // Sealing checkpoints is no span: how long it takes tells whether somebody has voted since the last one.
    const { trace = untraced } = this.#parts;
    const work = (): ReturnType<BallotBox['closeDue']> => box.closeDue(pending);
    const result = due.length === 0 ? await work() : await trace('count elections', work);
    if (result.ok) for (const trouble of result.value) log.error(trouble, 'an election could not be counted');
    for (const { key } of due) {
      const state = await box.state(key);
      if (state === 'finalised' || state === 'published')
        log.info({ key }, 'the election is closed and counted');
    }
  }

  async #sleep(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    let pause = LONGEST_SLEEP;
    try {
      const at = await this.#parts.now();
      const elections = [...(this.#snapshot?.elections.values() ?? [])].flatMap(
        ({ election }) => election ?? [],
      );
      const next = nextChangeAt(elections, at);
      if (next !== null) pause = Math.min(pause, Math.max(next - at + 5, 50));
    } catch {
      pause = 2000;
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.tick(), pause);
    this.#timer.unref();
  }
}
