import type { Surroundings } from '@elekto/election/dead-links';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What lies around a linted path, and how files are called from there. */
export interface Around extends Surroundings {
  readonly nameOf: (path: string) => string;
}

/** The repository around `path`, a folder; without one the folder itself, beyond which nothing is judged. */
export function aroundOf(path: string): Around {
  const given = resolve(path);
  let root = given;
  while (!existsSync(join(root, '.git')) && root !== dirname(root)) root = dirname(root);
  // A sparse checkout lacks files that are there.
  const isRepository = existsSync(join(root, '.git')) && !existsSync(join(root, '.git/info/sparse-checkout'));
  const top = isRepository ? root : given;
  return {
    isRepository,
    exists: (inner) => existsSync(join(top, inner)),
    nameOf: (file) => relative(top, resolve(file)).split(sep).join('/'),
  };
}
