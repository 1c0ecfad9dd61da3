import { join } from 'node:path';
import {
  custodyDiagnostics,
  readCustodyFolders,
  readElection,
  readRootFiles,
  ruleIn,
  withBoards,
  withUniqueKeys,
  type Diagnostic,
  type ElectionKey,
  type ReadElection,
  type SourceFile,
} from '@elekto/election';
import { carryOver } from './carry-over.ts';
import { collect, type Collection } from './collect.ts';
import { LastGoodStore } from './last-good-store.ts';
import { MetaRepoError } from './meta-repo-error.ts';
import type {
  LastGood,
  LastGoodByKey,
  MetaOptions,
  MetaRepo,
  MetaSnapshot,
  SnapshotElection,
} from './model.ts';
import { Listings } from './listings.ts';
import { contentId, openSource, type Opened, type Source } from './source.ts';
import { DamagedCopyError } from './tree-reader.ts';
import { watchPaths } from './watch.ts';

/**
 * Opens a meta repository: an http(s) git URL, a local repository (bare, normal or a linked work tree:
 * its objects are read, never its work tree) or a plain directory. Nothing is read before `sync`.
 * Rejects with MetaRepoError when the source is none of these.
 */
export async function openMetaRepo(options: MetaOptions): Promise<MetaRepo> {
  const followed = new FollowedRepo(options, await openSource(options));
  return {
    sync: () => followed.sync(),
    recall: () => followed.recall(),
    adopt: (kept) => followed.adopt(kept),
    lastGood: () => followed.lastGood,
    current: () => followed.current,
    watch: (onChange) => followed.watch(onChange),
    close: () => followed.close(),
  };
}

interface LastRead {
  readonly elections: readonly ReadElection[];
  readonly before: LastGoodByKey;
  readonly rest: Omit<MetaSnapshot, 'elections'>;
}

class FollowedRepo {
  readonly #options: MetaOptions;
  readonly #source: Source;
  readonly #store: LastGoodStore;
  readonly #stops = new Set<() => void>();
  #current: MetaSnapshot | null = null;
  #good: Map<ElectionKey, LastGood> | null = null;
  /** What was read last, and the versions that were good before it. */
  #lastRead: LastRead | null = null;
  /** What was read of folders whose fingerprint is known, so that unchanged ones are not read again. */
  #byFingerprint = new Map<string, ReadElection>();
  readonly #listings = new Listings();
  #running: Promise<MetaSnapshot> | null = null;
  #following: Promise<MetaSnapshot> | null = null;
  #closed = false;

  constructor(options: MetaOptions, source: Source) {
    this.#options = options;
    this.#source = source;
    this.#store = new LastGoodStore(join(options.cacheDir, 'last-good'));
  }

  get current(): MetaSnapshot | null {
    return this.#current;
  }

  /** One run at a time; everyone who asks during a run shares the one that follows it. */
  sync(): Promise<MetaSnapshot> {
    if (this.#closed) return Promise.reject(new MetaRepoError('unreadable', 'The repository is closed.'));
    if (!this.#running) return this.#start();
    this.#following ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#following = null;
        return this.#start();
      });
    return this.#following;
  }

  async recall(): Promise<MetaSnapshot | null> {
    if (this.#current) return this.#current;
    const opened = await this.#source.recall().catch(() => null);
    if (!opened) return null;
    try {
      const snapshot = await this.#read(opened);
      this.#current ??= snapshot;
      return this.#current;
    } catch {
      return null;
    } finally {
      await opened.close();
    }
  }

  #start(): Promise<MetaSnapshot> {
    const run = this.#run().finally(() => {
      if (this.#running === run) this.#running = null;
    });
    this.#running = run;
    return run;
  }

  /** A copy that turns out to be damaged is made anew in the same look. */
  async #run(): Promise<MetaSnapshot> {
    try {
      return await this.#look();
    } catch (error) {
      if (!(error instanceof DamagedCopyError)) throw error;
      return this.#look();
    }
  }

  async #look(): Promise<MetaSnapshot> {
    const opened = await this.#source.open(this.#current?.commit ?? null);
    if (!opened) return this.#current as MetaSnapshot;
    try {
      const snapshot = await this.#read(opened);
      this.#current = snapshot;
      return snapshot;
    } catch (error) {
      if (error instanceof MetaRepoError || error instanceof DamagedCopyError) throw error;
      throw new MetaRepoError('unreadable', `${this.#source.shown} cannot be read: ${reasonOf(error)}.`, {
        cause: error,
      });
    } finally {
      await opened.close();
    }
  }

  async #read(opened: Opened): Promise<MetaSnapshot> {
    const { electionsDir } = this.#options;
    const label = opened.commit
      ? `${this.#source.shown} at ${opened.commit.slice(0, 12)}`
      : this.#source.shown;
    const collection = await collect(this.#listings.remember(opened.tree), electionsDir, label);
    const { read, contents } = await this.#readFolders(collection, electionsDir);
    const rootFiles = await collection.rootFiles();
    const custodyFiles = await collection.custodyFiles();
    contents.push(...rootFiles.map(contentOf), ...custodyFiles.map(contentOf));
    const commit = opened.commit ?? contentId(contents);
    if (this.#current?.commit === commit) return this.#current;

    const custody = readCustodyFolders(electionsDir, custodyFiles);
    const { elections, diagnostics } = withUniqueKeys(read.map((one) => withBoards(one, custody)));
    const root = readRootFiles(electionsDir, rootFiles);
    this.#lastRead = {
      elections,
      before: this.#good ?? (await this.#store.load()),
      rest: {
        commit,
        resultsKeys: root.resultsKeys,
        site: root.site,
        custody,
        diagnostics: [
          ...collection.diagnostics,
          ...diagnostics,
          ...root.diagnostics,
          ...custodyDiagnostics(custody, elections),
        ],
      },
    };
    return this.#serve(this.#lastRead);
  }

  /** What is served of what was read: what cannot be used of it is carried over from before. */
  async #serve({ elections, before, rest }: LastRead): Promise<MetaSnapshot> {
    const served = new Map<ElectionKey, SnapshotElection>();
    const good = new Map<ElectionKey, LastGood>();
    for (const election of elections) {
      const carried = carryOver(election, before.get(election.key), rest.commit);
      served.set(election.key, carried.served);
      if (carried.good) good.set(election.key, carried.good);
    }
    this.#good = good;
    // Only a cache: a full disk must not keep a new snapshot from being served.
    await this.#store.save(good).catch(() => undefined);
    return { ...rest, elections: served };
  }

  get lastGood(): LastGoodByKey {
    return this.#good ?? new Map<ElectionKey, LastGood>();
  }

  async adopt(kept: LastGoodByKey): Promise<MetaSnapshot | null> {
    if (this.#lastRead === null || kept.size === 0) return this.#current;
    this.#lastRead = { ...this.#lastRead, before: new Map([...this.#lastRead.before, ...kept]) };
    this.#current = await this.#serve(this.#lastRead);
    return this.#current;
  }

  async #readFolders(
    collection: Collection,
    electionsDir: string,
  ): Promise<{ read: ReadElection[]; contents: string[] }> {
    const read: ReadElection[] = [];
    const contents: string[] = collection.diagnostics.map(
      (diagnostic: Diagnostic) => `${diagnostic.file}\n${diagnostic.code}`,
    );
    const fingerprints = new Map<string, ReadElection>();
    for (const { folder, fingerprint, files } of collection.folders) {
      const cacheKey = fingerprint === null ? null : `${folder}\n${fingerprint}`;
      let election = cacheKey === null ? undefined : this.#byFingerprint.get(cacheKey);
      if (!election) {
        const loaded = await files();
        if (cacheKey === null) contents.push(...loaded.map(contentOf));
        election = readElection(folder, electionsDir, loaded, ruleIn(this.#options));
      }
      if (cacheKey !== null) fingerprints.set(cacheKey, election);
      read.push(election);
    }
    this.#byFingerprint = fingerprints;
    return { read, contents };
  }

  watch(onChange: () => void): () => void {
    const stop = watchPaths(this.#source.watched, onChange);
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
      stop();
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#stops.clear();
    this.#source.close();
    await Promise.allSettled([this.#running, this.#following]);
  }
}

function contentOf(file: SourceFile): string {
  return `${file.path}\n${file.refused ? (file.problems ?? []).map((problem) => problem.message).join() : file.text}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message ?? 'unknown reason';
}
