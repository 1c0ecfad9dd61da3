/** What is wrong between variables, and between them and the machine. Looks, and makes nothing. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

export const isRemote = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source);

/** The elections directory as a path without empty and `.` parts; '' is the root. */
export const electionsFolder = (text: string): string =>
  text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

export function checkMeta(source: string | undefined, electionsDir: string, problems: string[]): void {
  if (source === undefined) return;
  if (isRemote(source)) {
    if (!/^https?:\/\//i.test(source))
      problems.push(`ELEKTO_META: ${source} is not http(s); clone it and name the path.`);
    return;
  }
  if (/^[^/\\]+@[^/\\]+:/.test(source)) {
    problems.push(`ELEKTO_META: ${source} is an SSH address; use the https one.`);
    return;
  }
  const path = resolve(source);
  if (!isDirectory(path)) {
    problems.push(
      `ELEKTO_META: ${existsSync(path) ? `${source} is not a directory` : `there is no directory ${source}`}.`,
    );
    return;
  }
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
  } catch {
    problems.push(`ELEKTO_META: the directory ${source} cannot be read.`);
    return;
  }
  // A repository is read from its objects, so its elections need not be in a work tree.
  const isRepository =
    existsSync(join(path, '.git')) || (existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects')));
  const folder = electionsFolder(electionsDir);
  if (folder.split('/').includes('..')) problems.push('ELEKTO_ELECTIONS_DIR must not contain "..".');
  else if (!isRepository && !isDirectory(join(path, folder))) {
    problems.push(`ELEKTO_ELECTIONS_DIR: there is no directory ${folder} in ${source}.`);
  }
}

const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** That the directory, or else its nearest ancestor, can be written. */
export function checkWritable(name: string, dir: string, problems: string[]): void {
  let place = dir;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    if (!isDirectory(place)) throw new Error('not a directory');
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    problems.push(`${name}: ${dir} cannot be written.`);
  }
}

/** That what everybody may read is not beside what nobody may. */
export function checkPagesDir(
  given: Readonly<Partial<Record<string, string>>>,
  places: Readonly<Record<string, string>>,
  problems: string[],
): void {
  if (given['ELEKTO_PAGES_DIR'] === undefined) return;
  const dir = resolve(given['ELEKTO_PAGES_DIR']);
  const backups = ['ELEKTO_BACKUP_DIR', 'ELEKTO_BACKUP_KEYS_DIR'].flatMap((name) =>
    given[name] === undefined ? [] : [[name, resolve(given[name])] as const],
  );
  for (const [name, other] of [...Object.entries(places), ...backups])
    if (isWithin(dir, other) || isWithin(other, dir))
      problems.push(
        `ELEKTO_PAGES_DIR lies in the place of ${name}, or around it: everybody may read the pages, so name one apart from it.`,
      );
  checkWritable('ELEKTO_PAGES_DIR', dir, problems);
}

/** Whether `path` is `dir` or lies in it, both absolute. */
export const isWithin = (path: string, dir: string): boolean => `${path}${sep}`.startsWith(`${dir}${sep}`);
