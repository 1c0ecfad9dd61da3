/**
 * The built sites on disk, one directory for each content, named by what it was built from. A new one is
 * built beside the old and put in place by a rename, so that a reader never sees half of one.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { SiteSnapshot } from '@elekto/site/data';

import { TakesTooLong, within } from '../within.ts';

import { loadSite, type SiteFiles } from './site-files.ts';

export interface SiteBuildFiles {
  readonly dataFile: string;
  readonly outDir: string;
  /** Kept from build to build, so that only what changed is rendered again. */
  readonly cacheDir: string;
  /** Gives the build up. */
  readonly signal: AbortSignal;
}

export interface SiteBuilder {
  /** Renders the site of the JSON file `dataFile` into `outDir`, which does not exist yet. Rejects when it cannot. */
  build(files: SiteBuildFiles): Promise<void>;
  /** Changes whenever the site's own sources do. */
  sources(): string;
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

export class SiteStore {
  readonly #dir: string;
  readonly #builder: SiteBuilder;
  readonly #giveUp = new AbortController();
  readonly #longestBuild: number;
  #said = '';
  #state: SiteState = {
    site: null,
    previous: null,
    commit: null,
    builtAt: null,
    problem: null,
    building: false,
  };

  constructor(dir: string, builder: SiteBuilder, longestBuild = LONGEST_BUILD) {
    this.#dir = dir;
    this.#builder = builder;
    this.#longestBuild = longestBuild;
  }

  get state(): SiteState {
    return this.#state;
  }

  /** Everything the failed build said, of which `state.problem` is a line; for the log only. */
  get said(): string {
    return this.#said;
  }

  /** Serves the newest site of an earlier run, whatever it was built from, until a fresh one is there. */
  async openNewest(): Promise<void> {
    const newest = (await this.#kept())[0];
    if (newest === undefined || this.#state.site) return;
    this.#state = { ...this.#state, site: await loadSite(join(this.#dir, newest)) };
  }

  /** The name of the site of `data`: equal for data that make equal pages. */
  nameOf(data: SiteSnapshot): string {
    const { generatedAt: _, ...content } = data;
    const hash = createHash('sha256').update(this.#builder.sources()).update('\n');
    return `site-${hash.update(JSON.stringify(content)).digest('hex').slice(0, 24)}`;
  }

  /**
   * Makes the site of `data` the one served: from disk when it was built before, else by building it.
   * On failure the site served stays, and the problem is kept for /status. True when it is in place.
   */
  async show(data: SiteSnapshot, now: number): Promise<boolean> {
    const name = this.nameOf(data);
    const target = join(this.#dir, name);
    if (this.#state.site?.dir === target) {
      this.#state = { ...this.#state, commit: data.commit, problem: null };
      return true;
    }
    this.#state = { ...this.#state, building: true };
    try {
      if (!existsSync(target)) await this.#build(data, target);
      const site = await loadSite(target);
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
    await this.#prune(name);
    return true;
  }

  async #build(data: SiteSnapshot, target: string): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    const dataFile = `${target}.${process.pid}.json`;
    const draft = `${target}.${process.pid}.new`;
    await writeFile(dataFile, JSON.stringify(data));
    try {
      await rm(draft, { recursive: true, force: true });
      const cacheDir = join(this.#dir, 'cache');
      await this.#inTime((signal) => this.#builder.build({ dataFile, outDir: draft, cacheDir, signal }));
      await rename(draft, target).catch((error: unknown) => {
        // Another process on the same disk has built the same.
        if (!existsSync(target)) throw error;
      });
    } finally {
      await rm(dataFile, { force: true });
      await rm(draft, { recursive: true, force: true });
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

  /** Gives up a build under way, for a stop. */
  stop(): void {
    this.#giveUp.abort();
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
    const old = (await this.#kept()).filter((name) => name !== current).slice(KEPT - 1);
    for (const name of old) await rm(join(this.#dir, name), { recursive: true, force: true });
  }
}

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
