import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { BackupError, codeOf } from './backup-error.ts';
import { KEYS_MAGIC } from './keys-archive.ts';
import { SEALED_MAGIC } from './sealed.ts';

/** `sealed` is one of the others, encrypted. */
export type FileKind = 'sqlite' | 'postgresql' | 'mariadb' | 'keys' | 'sealed' | 'other';

const BEGINNINGS: readonly (readonly [FileKind, string])[] = [
  ['sqlite', 'SQLite format 3\0'],
  // An archive of pg_dump --format=custom.
  ['postgresql', 'PGDMP'],
  // What mariadb-dump and mysqldump write first, of newer and of older versions.
  ['mariadb', '/*M!999999'],
  ['mariadb', '/*!999999'],
  ['mariadb', '-- MariaDB dump '],
  ['mariadb', '-- MySQL dump '],
  ['keys', KEYS_MAGIC],
  ['sealed', SEALED_MAGIC],
];

/** What bytes are, by how they begin; at least 32 of them, or all. */
export function kindOfBytes(start: Uint8Array): FileKind {
  const text = Buffer.from(start.subarray(0, 64)).toString('latin1');
  return BEGINNINGS.find(([, beginning]) => text.startsWith(beginning))?.[0] ?? 'other';
}

/** @throws BackupError when it cannot be read. */
export function kindOfFile(file: string): FileKind {
  const start = Buffer.alloc(64);
  try {
    const handle = openSync(file, 'r');
    try {
      readSync(handle, start);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new BackupError(`${file}: cannot be read (${codeOf(error)})`);
  }
  return kindOfBytes(start);
}

/** Of an encrypted file only the name tells; one that does not say that it is a database may be the keys. */
function holds(file: string): 'database' | 'keys' | null {
  const kind = kindOfFile(file);
  if (kind === 'sqlite' || kind === 'postgresql' || kind === 'mariadb') return 'database';
  if (kind === 'sealed') return /\.(db|dump|sql)\.age$/.test(file) ? 'database' : 'keys';
  return null;
}

/**
 * Whoever has the database and its keys can read ballots, so their backups never share a directory.
 * @throws BackupError naming the file that is in the way.
 */
export function keepApart(target: string, what: 'database' | 'keys'): void {
  const folder = dirname(target);
  const unwanted = what === 'keys' ? 'database' : 'keys';
  const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const found = names.find((entry) => entry.isFile() && holds(join(folder, entry.name)) === unwanted);
  if (found === undefined) return;
  throw new BackupError(
    what === 'keys'
      ? `${folder} holds a database (${found.name}): keep the keys in another place, best with another person`
      : `${folder} holds a backup of the keys (${found.name}): keep the database in another place`,
  );
}
