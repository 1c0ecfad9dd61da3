import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { RollSourceError } from '../problem.ts';

/**
 * Files beside roll.yaml: paths from its folder or, with a slash at the start, from the top of the repository around it.
 * What lies outside of that repository is not read, whatever links say.
 */
export class LocalFiles {
  readonly #folder: string;
  readonly #top: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
    let top = this.#folder;
    while (!existsSync(join(top, '.git')) && top !== dirname(top)) top = dirname(top);
    this.#top = existsSync(join(top, '.git')) ? top : this.#folder;
  }

  async file(path: string): Promise<string> {
    const full = path.startsWith('/') ? join(this.#top, path) : resolve(this.#folder, path);
    const real = await realpath(full).catch(() => null);
    if (real === null) throw new RollSourceError(`${path} is named in roll.yaml and is not there.`);
    const top = await realpath(this.#top);
    if (!`${real}${sep}`.startsWith(`${top}${sep}`))
      throw new RollSourceError(`${path} lies outside of the repository, and was not read.`);
    return readFile(real, 'utf8');
  }

  /** Paths of all files below the folder of roll.yaml. */
  async paths(): Promise<readonly string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !/(?:^|\/)(?:\.git|node_modules)\//.test(path))
      .sort();
  }
}
