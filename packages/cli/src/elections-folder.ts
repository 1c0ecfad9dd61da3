import { readdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { ROOT_FILES } from '@elekto/election';

/** The one rule: it is called `elections`, or it holds a file that lies only there (results-keys.yaml, site.yaml). */
export function isElectionsFolder(path: string): boolean {
  return (
    basename(resolve(path)) === 'elections' || namesIn(path).some((name) => Object.hasOwn(ROOT_FILES, name))
  );
}

/** The nearest elections folder from `from` upwards, itself included, within the repository; null when there is none. */
export function nearestElections(from: string): string | null {
  for (let at = resolve(from); at !== dirname(at); at = dirname(at)) {
    if (isElectionsFolder(at)) return at;
    if (namesIn(at).includes('.git')) break;
  }
  return null;
}

/** The elections folder that the folder of an election lies in, from which keys are counted; else the one above it. */
export function electionsAbove(folder: string): string {
  const above = dirname(resolve(folder));
  return nearestElections(above) ?? above;
}

/** What lies in a folder; nothing in one that cannot be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
