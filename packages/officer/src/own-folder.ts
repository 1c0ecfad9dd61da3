import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Access } from './repository.ts';

const NAME = 'look-';
/** The folder of this name, and the copies that lay beside it before each look had its own. */
const LEFT = /^(look-.*|[0-9a-f]{24}\.git(\.past|\.new|\.old)?)$/;
/** No look lasts so long, ms: what is older was left by a process that was ended. */
const LONGEST = 24 * 60 * 60_000;

/**
 * Does `work` with a folder of its own for the copy of the repository, in the one that `access` names, and removes it afterwards. Windows
 * and commands look at the same time, and each of them begins its copy anew: in one folder they would take it from each other.
 */
export async function inOwnFolder<S extends { readonly access: Access }, T>(
  sources: S,
  work: (sources: S) => Promise<T>,
): Promise<T> {
  const { cacheDir: folder } = sources.access;
  await mkdir(folder, { recursive: true });
  await removeLeft(folder);
  const cacheDir = await mkdtemp(join(folder, NAME));
  try {
    return await work({ ...sources, access: { ...sources.access, cacheDir } });
  } finally {
    await remove(cacheDir);
  }
}

async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!LEFT.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > LONGEST) await remove(join(folder, name));
  }
}

/** Tries again where a scanner of viruses or a search still holds a file. What stays then is no reason to lose what was found: the next day's look removes it. */
const remove = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
