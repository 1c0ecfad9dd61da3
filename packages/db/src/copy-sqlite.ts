/** By itself, so that a process that only copies loads no more than it needs. */
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { DatabaseFault, toFault } from './fault.ts';

export { DatabaseFault };

/**
 * Copies the database at `from` into the file `to`, which is new or empty, while others read and write it: one transaction's
 * view, compacted, so that nothing of deleted rows goes along. On disk when it returns.
 *
 * @throws DatabaseFault; nothing is left at `to` then.
 */
export function copySqlite(from: string, to: string): void {
  try {
    const database = new BetterSqlite(from, { fileMustExist: true, timeout: 30_000 });
    try {
      database.prepare('vacuum into ?').run(to);
    } finally {
      database.close();
    }
    for (const path of [to, dirname(to)]) {
      const handle = openSync(path, 'r');
      try {
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    }
  } catch (error) {
    rmSync(to, { force: true });
    throw toFault(error);
  }
}

/** What `pragma integrity_check` says of the file: `ok`, or the first problem. @throws DatabaseFault */
export function integrityOf(file: string): string {
  try {
    const database = new BetterSqlite(file, { readonly: true, fileMustExist: true });
    try {
      return String(database.pragma('integrity_check(1)', { simple: true }));
    } finally {
      database.close();
    }
  } catch (error) {
    throw toFault(error);
  }
}
