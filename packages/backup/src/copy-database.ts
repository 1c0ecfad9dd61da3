/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal and in the log, in English as all of them */
/** A plain copy of the database, of one moment, while the server runs. */
import { closeSync, openSync, rmSync } from 'node:fs';

import { copySqlite, DatabaseFault, integrityOf } from '@elekto/db/copy-sqlite';
import { DATABASE_URLS, databaseKind as kindOf, type Dialect } from '@elekto/db/kind';

import { BackupError, codeOf } from './backup-error.ts';
import { dumpMariaDb } from './mariadb-tools.ts';
import { dumpPostgres } from './postgres-tools.ts';

/** @throws BackupError for an address of nothing that is known. */
export function databaseKind(url: string): Dialect {
  const kind = kindOf(url);
  if (kind === null) throw new BackupError(`the database is none of ${DATABASE_URLS}`);
  return kind;
}

/** The ending of the file's name. */
export const ENDINGS: Readonly<Record<Dialect, string>> = {
  sqlite: 'db',
  postgresql: 'dump',
  mariadb: 'sql',
};

/**
 * Copies the database of `url` into the new file `to`, readable by its owner alone: SQLite whole and without deleted rows,
 * PostgreSQL by pg_dump, MariaDB and MySQL by their own. Checked before it resolves.
 * @throws BackupError; nothing is left at `to` then.
 */
export async function copyDatabase(url: string, to: string): Promise<void> {
  rmSync(to, { force: true });
  try {
    // Made first, so that at no moment others may read it.
    closeSync(openSync(to, 'wx', 0o600));
    const kind = databaseKind(url);
    if (kind === 'postgresql') await dumpPostgres(url, to);
    else if (kind === 'mariadb') await dumpMariaDb(url, to);
    else {
      copySqlite(url.slice('sqlite:'.length), to);
      const integrity = integrityOf(to);
      if (integrity !== 'ok') throw new BackupError(`the copy is damaged and was removed: ${integrity}`);
    }
  } catch (error) {
    rmSync(to, { force: true });
    if (error instanceof BackupError) throw error;
    if (error instanceof DatabaseFault)
      throw new BackupError(`the database could not be copied (${error.code})`);
    throw new BackupError(`the copy cannot be written (${codeOf(error)})`);
  }
}
