import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

import { CliError } from '../cli-error.ts';
import { isKeysArchive } from './keys-archive.ts';

export type BackupKind = 'database' | 'keys' | 'other';

const SQLITE = 'SQLite format 3\0';

/** What a file is, by its first bytes. @throws CliError when it cannot be read. */
export function kindOf(file: string): BackupKind {
  const start = Buffer.alloc(32);
  try {
    const handle = openSync(file, 'r');
    try {
      readSync(handle, start);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (isKeysArchive(start)) return 'keys';
  return start.toString('latin1', 0, SQLITE.length) === SQLITE ? 'database' : 'other';
}

/** The file to write: the one named, or one named by the time in the directory named. @throws CliError when it exists. */
export function targetFile(target: string, kind: Exclude<BackupKind, 'other'>, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const isFolder = target.endsWith(sep) || (existsSync(target) && statSync(target).isDirectory());
  const file = isFolder ? join(target, `elekto-${stamp}.${kind === 'keys' ? 'keys' : 'db'}`) : target;
  if (existsSync(file)) throw new CliError(`${file} exists and is not overwritten`);
  return resolve(file);
}

/**
 * Whoever has the database and its keys can read ballots, so their backups never share a directory.
 * @throws CliError naming the file that is in the way.
 */
export function keepApart(target: string, kind: Exclude<BackupKind, 'other'>): void {
  const folder = dirname(target);
  const unwanted = kind === 'keys' ? 'database' : 'keys';
  const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const found = names.find((entry) => entry.isFile() && kindOf(join(folder, entry.name)) === unwanted);
  if (found === undefined) return;
  throw new CliError(
    kind === 'keys'
      ? `${folder} holds a database (${found.name}): keep the keys in another place, best with another person`
      : `${folder} holds a backup of the keys (${found.name}): keep the database in another place`,
  );
}
