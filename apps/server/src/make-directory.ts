/** Directories step by step: Node's own recursive way never ends below /proc, where nothing can be made. */
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { StartError } from './start-error.ts';

/**
 * Makes `dir` and its parents, for this account only. The directories that were made, outermost first.
 * @throws {StartError} naming `setting`.
 */
export function makeDirectory(dir: string, setting: string): readonly string[] {
  const missing: string[] = [];
  for (let place = dir; !existsSync(place) && dirname(place) !== place; place = dirname(place))
    missing.unshift(place);
  try {
    for (const place of missing) mkdirSync(place, { mode: 0o700 });
  } catch (error) {
    throw new StartError(`${setting}: ${dir} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  return missing;
}

/** Takes back what `makeDirectory` made, but for what holds something by now. */
export function removeDirectories(made: readonly string[]): void {
  for (const dir of made.toReversed()) {
    try {
      rmdirSync(dir);
    } catch {
      // Not empty, or gone already.
    }
  }
}
