import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { lintTree, type ReadTree } from '@elekto/election';
import { MetaRepoError, readDirectory } from '@elekto/metarepo';
import { buildSite } from '@elekto/site/build';
import { snapshotOf } from '@elekto/site/preview';
import { CliError } from '../cli-error.ts';
import { loginRule } from '../login-rule.ts';
import { commitOf, stateAt } from '../review/state-at.ts';

export interface PreviewOptions {
  readonly repository: string;
  /** A branch or commit; null for the files as they are. */
  readonly branch: string | null;
  readonly electionsDir: string;
  /** The moment that the pages show; now when left out. */
  readonly at?: number;
}

interface Source extends Pick<ReadTree, 'elections' | 'site'> {
  /** Equal for equal files. */
  readonly state: string;
  readonly of: string;
}

/** The pages of a folder or a branch, made anew when it has changed. */
export class PreviewPages {
  readonly #options: PreviewOptions;
  #made: { readonly state: string; readonly base: string } | null = null;
  #making: Promise<string> | null = null;
  #looked = 0;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** The folder of the pages. @throws CliError when nothing can be read and nothing was before. */
  async current(): Promise<string> {
    if (this.#made !== null && Date.now() - this.#looked < 500) return join(this.#made.base, 'site');
    this.#making ??= this.#make().finally(() => {
      this.#looked = Date.now();
      this.#making = null;
    });
    return this.#making;
  }

  async remove(): Promise<void> {
    if (this.#made) await rm(this.#made.base, { recursive: true, force: true });
  }

  async #make(): Promise<string> {
    const now = this.#options.at ?? Date.now();
    const { state, of, ...tree } = await this.#read(now);
    const before = this.#made;
    if (before?.state === state) return join(before.base, 'site');
    const base = await mkdtemp(join(tmpdir(), 'elekto-preview-'));
    const snapshot = snapshotOf(tree, { commit: state, now, previewOf: of });
    await writeFile(join(base, 'data.json'), JSON.stringify(snapshot));
    await buildSite({ dataFile: join(base, 'data.json'), outDir: join(base, 'site') });
    this.#made = { state, base };
    if (before) await rm(before.base, { recursive: true, force: true });
    return join(base, 'site');
  }

  async #read(now: number): Promise<Source> {
    const { repository, branch, electionsDir } = this.#options;
    if (branch !== null) {
      const commit = await commitOf(repository, branch);
      const { elections, site } = await stateAt(repository, commit, electionsDir, now);
      return {
        state: commit,
        elections: [...elections.values()],
        site,
        of: /^[0-9a-f]{40}$/.test(branch) ? branch.slice(0, 12) : branch,
      };
    }
    try {
      const { files } = await readDirectory(repository, electionsDir);
      const state = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 40);
      const { elections, site } = lintTree(electionsDir, files, { ...loginRule(process.env), now });
      return { state, elections, site, of: basename(repository) };
    } catch (error) {
      if (error instanceof MetaRepoError) throw new CliError(error.message);
      throw error;
    }
  }
}
