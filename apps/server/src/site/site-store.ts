/**
 * The built sites on disk, one directory for each content, named by what it was built from. A new one is
 * built beside the old and put in place by a rename, so that a reader never sees half of one. It may hold only what
 * is not as in the one before, and an index of where the rest lies.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { SiteSnapshot } from '@elekto/site/data';

import { TakesTooLong, within } from '../within.ts';

import { ElectionTexts, writePieces } from './election-texts.ts';
import { foldersOf, indexStamp, loadSite, type SiteFiles } from './site-files.ts';

export interface SiteBuildFiles {
  readonly dataFile: string;
  readonly outDir: string;
  /** Kept from build to build, so that only what changed is rendered again. */
  readonly cacheDir: string;
  /** The site before, beside `outDir`: what is as it was may stay there. Null for a site that stands by itself. */
  readonly before: string | null;
  /** Gives the build up. */
  readonly signal: AbortSignal;
  /** Told how many files are made, of how many. */
  readonly told: (made: number, of: number) => void;
}

export interface SiteBuilder {
  /** Renders the site of the JSON file `dataFile` into `outDir`, which does not exist yet. Rejects when it cannot. */
  build(files: SiteBuildFiles): Promise<void>;
  /** Changes whenever the site's own sources do. */
  sources(): string;
  /** The name of the file in `outDir` that says where the rest of a site lies; left out where each stands by itself. */
  readonly indexFile?: string;
  /** Begins what the first build of all has to do before it can, while others are busy with other things. */
  prepare?(cacheDir: string): void;
  /** No more will be built; resolves when nothing is written any more. */
  stop?(): Promise<void>;
}

export interface SiteState {
  readonly site: SiteFiles | null;
  readonly previous: SiteFiles | null;
  readonly commit: string | null;
  readonly builtAt: number | null;
  readonly problem: string | null;
  readonly building: boolean;
}

const KEPT = 3;
/** Ms. The first build of all, on a small machine, takes two minutes; what takes longer than this hangs. */
const LONGEST_BUILD = 600_000;
const NAME = /^site-[0-9a-f]{24}$/;
/** A draft, the data of a build, a whole build to compare with: of this server or another on the same disk. */
const LEFT = /^site-[0-9a-f]{24}\./;

export interface StoreOptions {
  /** Ms. */
  readonly longestBuild?: number | undefined;
  readonly told?: SiteBuildFiles['told'];
}

export class SiteStore {
  readonly #dir: string;
  readonly #builder: SiteBuilder;
  readonly #giveUp = new AbortController();
  readonly #longestBuild: number;
  readonly #told: SiteBuildFiles['told'];
  /** What the site served was built from; null until it was asked for. */
  #shown: SiteSnapshot | null = null;
  /** What was named last: megabytes of JSON for a large site, and asked for twice in a row. */
  #named: { readonly data: SiteSnapshot; readonly sources: string; readonly name: string } | null = null;
  readonly #texts = new ElectionTexts();
  /** Of the sites that were kept last, what they are made of. Another server may have made one of them anew: it has another stamp then. */
  #needs: ReadonlyMap<string, Pick<SiteFiles, 'folders' | 'stamp'>> = new Map();
  #said = '';
  #state: SiteState = {
    site: null,
    previous: null,
    commit: null,
    builtAt: null,
    problem: null,
    building: false,
  };

  constructor(dir: string, builder: SiteBuilder, options: StoreOptions = {}) {
    this.#dir = dir;
    this.#builder = builder;
    this.#longestBuild = options.longestBuild ?? LONGEST_BUILD;
    this.#told = options.told ?? (() => undefined);
  }

  get state(): SiteState {
    return this.#state;
  }

  /** Everything the failed build said, of which `state.problem` is a line; for the log only. */
  get said(): string {
    return this.#said;
  }

  /** Has the builder begin where nothing has been built before: then all waits for it. */
  prepare(): void {
    if (!existsSync(this.#dir)) this.#builder.prepare?.(join(this.#dir, 'cache'));
  }

  /** Serves the newest site of an earlier run, whatever it was built from, until a fresh one is there. */
  async openNewest(): Promise<void> {
    // What cannot be removed is in nobody's way.
    await this.#sweep().catch(() => undefined);
    for (const name of await this.#kept()) {
      if (this.#state.site) return;
      // What cannot be read is built anew when it is due.
      const site = await this.#load(join(this.#dir, name)).catch(() => null);
      this.#state = { ...this.#state, site };
    }
  }

  /** The name of the site of `data`: equal for data that make equal pages. */
  nameOf(data: SiteSnapshot): string {
    const sources = this.#builder.sources();
    if (this.#named?.data === data && this.#named.sources === sources) return this.#named.name;
    const { generatedAt: _, elections, ...content } = data;
    const hash = createHash('sha256').update(sources).update('\n').update(JSON.stringify(content));
    for (const election of elections) hash.update(this.#texts.of(election).digest);
    const name = `site-${hash.digest('hex').slice(0, 24)}`;
    this.#named = { data, sources, name };
    return name;
  }

  /**
   * Makes the site of `data` the one served: from disk when it was built before, else by building it.
   * On failure the site served stays, and the problem is kept for /status. True when it is in place.
   */
  async show(data: SiteSnapshot, now: number): Promise<boolean> {
    const name = this.nameOf(data);
    const target = join(this.#dir, name);
    const served = this.#state.site;
    if (served?.dir === target) {
      this.#state = { ...this.#state, commit: data.commit, problem: null };
      this.#shown ??= asBuilt(served, data);
      return true;
    }
    this.#state = { ...this.#state, building: true };
    let site: SiteFiles;
    try {
      site = await this.#siteAt(target, data);
      await utimes(target, new Date(), new Date());
      this.#state = {
        site,
        previous: this.#state.site,
        commit: data.commit,
        builtAt: now,
        problem: null,
        building: false,
      };
    } catch (error) {
      this.#said = error instanceof Error ? error.message : String(error);
      const problem = `the pages could not be built: ${firstLine(error)}`;
      this.#state = { ...this.#state, problem, building: false };
      return false;
    }
    this.#shown = asBuilt(site, data);
    await this.#prune(name);
    return true;
  }

  /** The site of `data`, from disk or built; what lies there and cannot be read is built anew, by itself. */
  async #siteAt(target: string, data: SiteSnapshot): Promise<SiteFiles> {
    const known = this.#state.site;
    const follows = this.#builder.indexFile !== undefined && known !== null && existsSync(known.dir);
    const before = follows ? known.dir : null;
    if (!existsSync(target)) await this.#build(data, target, before);
    try {
      return await this.#load(target, known);
    } catch {
      await rm(target, { recursive: true, force: true });
      await this.#build(data, target, null);
      return this.#load(target);
    }
  }

  /**
   * Builds all of the site served once more, from nothing, and compares. Where they differ the new one is served.
   * The addresses whose files differ; null where there is nothing to compare.
   */
  async check(): Promise<string[] | null> {
    const [data, served] = [this.#shown, this.#state.site];
    if (!data || !served || served.folders.length === 0) return null;
    const whole = `${served.dir}.whole`;
    await rm(whole, { recursive: true, force: true });
    try {
      await this.#build(data, whole, null);
      const { files } = await this.#load(whole);
      const all = new Set([...files.keys(), ...served.files.keys()]);
      const wrong = [...all].filter((url) => files.get(url)?.hash !== served.files.get(url)?.hash).sort();
      if (wrong.length === 0) return [];
      await rename(served.dir, `${whole}.wrong`);
      await rename(whole, served.dir);
      await rm(`${whole}.wrong`, { recursive: true, force: true });
      this.#state = { ...this.#state, site: await this.#load(served.dir) };
      return wrong;
    } finally {
      await rm(whole, { recursive: true, force: true });
    }
  }

  #load(dir: string, known: SiteFiles | null = null): Promise<SiteFiles> {
    return loadSite(dir, { known, indexFile: this.#builder.indexFile });
  }

  async #build(data: SiteSnapshot, target: string, before: string | null): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    const dataFile = `${target}.${process.pid}.json`;
    const draft = `${target}.${process.pid}.new`;
    await writePieces(dataFile, this.#texts.fileOf(data));
    try {
      await rm(draft, { recursive: true, force: true });
      const cacheDir = join(this.#dir, 'cache');
      const told = this.#told;
      await this.#inTime((signal) =>
        this.#builder.build({ dataFile, outDir: draft, cacheDir, before, signal, told }),
      );
      await rename(draft, target).catch((error: unknown) => {
        // Another process on the same disk has built the same.
        if (!existsSync(target)) throw error;
      });
    } finally {
      await rm(dataFile, { force: true });
      // With what a process that was killed has left beside it.
      for (const name of await readdir(this.#dir))
        if (name.startsWith(basename(draft)))
          await rm(join(this.#dir, name), { recursive: true, force: true });
    }
  }

  /** Removes what builds have left that were cut off with their server: what is older than a build may take. */
  async #sweep(): Promise<void> {
    const names = existsSync(this.#dir) ? await readdir(this.#dir) : [];
    for (const name of names.filter((each) => LEFT.test(each))) {
      const path = join(this.#dir, name);
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > 2 * LONGEST_BUILD) await rm(path, { recursive: true, force: true });
    }
  }

  /** Gives a build up that takes too long, also one that does not listen. */
  async #inTime(build: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const late = new AbortController();
    try {
      await within(this.#longestBuild, build(AbortSignal.any([this.#giveUp.signal, late.signal])));
    } catch (error) {
      if (!(error instanceof TakesTooLong)) throw error;
      late.abort();
      throw new Error(`Error: the build was given up, ${error.message}`);
    }
  }

  /** Gives up a build under way, for a stop; resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.#giveUp.abort();
    await this.#builder.stop?.();
  }

  /** Names of the kept sites, newest first. */
  async #kept(): Promise<string[]> {
    const names = existsSync(this.#dir) ? (await readdir(this.#dir)).filter((name) => NAME.test(name)) : [];
    const aged = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(this.#dir, name))).mtimeMs })),
    );
    return aged.sort((a, b) => b.at - a.at).map(({ name }) => name);
  }

  async #prune(current: string): Promise<void> {
    const others = (await this.#kept()).filter((name) => name !== current);
    const kept = [current, ...others.slice(0, KEPT - 1)];
    // What they are made of stays with them. An index that does not say it is of no use to anybody.
    const { indexFile } = this.#builder;
    const loaded = [this.#state.site, this.#state.previous].filter((site) => site !== null);
    const parts = new Map<string, Pick<SiteFiles, 'folders' | 'stamp'>>();
    for (const name of kept) {
      const dir = join(this.#dir, name);
      const stamp = await indexStamp(dir, indexFile);
      const remembered = [loaded.find((site) => site.dir === dir), this.#needs.get(name)];
      const known = remembered.find((each) => each !== undefined && each.stamp === stamp)?.folders;
      parts.set(name, {
        folders: known ?? (await foldersOf(dir, indexFile).catch((): string[] => [])),
        stamp,
      });
    }
    this.#needs = parts;
    // What this server serves lies where it was when it was loaded, whatever stands on disk now.
    const needed = new Set([...parts.values(), ...loaded].flatMap((each) => each.folders));
    for (const name of others.slice(KEPT - 1).filter((name) => !needed.has(name)))
      await rm(join(this.#dir, name), { recursive: true, force: true });
  }
}

/** Data that make equal pages, of the moment at which those of `site` were made: some of them tell it. */
const asBuilt = (site: SiteFiles, data: SiteSnapshot): SiteSnapshot => ({
  ...data,
  generatedAt: site.generatedAt ?? data.generatedAt,
});

/** The line that says what happened: the one that names an error, below headings and quoted source. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const told = lines.find((line) => /error\b.*:/i.test(line)) ?? lines.find((line) => !line.endsWith(':'));
  return (told ?? lines[0] ?? 'unknown').slice(0, 300);
}
