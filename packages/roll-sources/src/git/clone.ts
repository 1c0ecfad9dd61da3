import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RollSourceError } from '../problem.ts';
import { git, gitText } from './git.ts';

/** A commit of a clone that is no merge, as `git shortlog` counts it: the author's address through `.mailmap`. */
export interface ClonedCommit {
  readonly sha: string;
  /** The moment of the committer, which is the one forges ask for. */
  readonly at: number;
  readonly address: string;
}

/** A repository on this machine, at its server's default branch or, of one without a server, at HEAD. */
export class Clone {
  readonly folder: string;
  #head: Promise<string> | null = null;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The clone of `owner/name` below a folder (`owner/name`, or `name` with a remote of this name); null without. */
  static async find(clones: string, repository: string): Promise<Clone | null> {
    const name = repository.slice(repository.lastIndexOf('/') + 1);
    for (const inner of [repository, `${repository}.git`, name, `${name}.git`]) {
      const folder = join(clones, inner);
      if (!existsSync(join(folder, '.git')) && !existsSync(join(folder, 'HEAD'))) continue;
      const clone = new Clone(folder);
      if (inner.includes('/') || (await clone.#isOf(repository))) return clone.#whole();
    }
    return null;
  }

  async *commits(): AsyncGenerator<ClonedCommit> {
    let rest = '';
    const format = '--format=%H%x09%ct%x09%aE';
    for await (const piece of git(this.folder, [
      'log',
      '--use-mailmap',
      '--no-merges',
      format,
      await this.#tip(),
      '--',
    ])) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [sha = '', seconds = '', address = ''] = line.split('\t');
        yield { sha, at: Number(seconds) * 1000, address };
      }
    }
  }

  async paths(): Promise<readonly string[]> {
    const text = await gitText(this.folder, ['ls-tree', '-r', '-z', '--name-only', await this.#tip()]);
    return text.split('\0').filter((path) => path !== '');
  }

  async file(path: string): Promise<string> {
    return gitText(this.folder, ['cat-file', 'blob', `${await this.#tip()}:${path}`]);
  }

  #tip(): Promise<string> {
    this.#head ??= gitText(this.folder, ['rev-parse', '--verify', '-q', 'refs/remotes/origin/HEAD'])
      .catch(() => gitText(this.folder, ['rev-parse', '--verify', 'HEAD']))
      .then((text) => text.trim());
    return this.#head;
  }

  async #isOf(repository: string): Promise<boolean> {
    const remotes = await gitText(this.folder, ['remote', '-v']);
    if (remotes.trim() === '') return true;
    const wanted = repository.toLowerCase();
    return remotes.split('\n').some((line) =>
      (line.split(/\s+/)[1] ?? '')
        .toLowerCase()
        .replace(/(?:\.git)?\/?$/, '')
        .endsWith(wanted),
    );
  }

  async #whole(): Promise<this> {
    if ((await gitText(this.folder, ['rev-parse', '--is-shallow-repository'])).trim() === 'true')
      throw new RollSourceError(
        `${this.folder} holds only a part of its history: run "git fetch --unshallow" in it.`,
      );
    return this;
  }
}
