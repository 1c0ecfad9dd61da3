import BetterSqlite from 'better-sqlite3';
import { DatabaseFault, toFault } from './fault.ts';
import { migrationsOf } from './migrations/index.ts';

/** What a SQLite file holds, as far as a backup needs to know it. */
export interface SqliteContents {
  /** What `pragma integrity_check` says: `ok`, or the first problem. */
  readonly integrity: string;
  /** Migrations that were run on it; empty for a database that is not Elekto's. */
  readonly migrations: readonly string[];
  /** Of those, the ones this version does not know: the file is from a newer Elekto. */
  readonly newer: readonly string[];
  readonly elections: readonly { readonly id: string; readonly key: string; readonly state: string }[];
  readonly participations: number;
}

/**
 * Reads what a SQLite file holds, without changing it.
 *
 * @throws DatabaseFault when it cannot be read as SQLite.
 */
export function inspectSqlite(file: string): SqliteContents {
  try {
    const database = new BetterSqlite(file, { readonly: true, fileMustExist: true });
    try {
      const integrity = String(database.pragma('integrity_check(1)', { simple: true }));
      const has = (table: string): boolean =>
        database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !==
        undefined;
      if (!has('mikro_orm_migrations')) {
        return { integrity, migrations: [], newer: [], elections: [], participations: 0 };
      }
      const migrations = database
        .prepare('select name from mikro_orm_migrations order by id')
        .pluck()
        .all() as string[];
      const known = new Set(migrationsOf('sqlite').map(({ name }) => name));
      return {
        integrity,
        migrations,
        newer: migrations.filter((name) => !known.has(name)),
        elections: database
          .prepare('select id, key, state from election order by key')
          .all() as SqliteContents['elections'],
        participations: database.prepare('select count(*) from participation').pluck().get() as number,
      };
    } finally {
      database.close();
    }
  } catch (error) {
    const fault = toFault(error);
    throw fault instanceof DatabaseFault ? fault : new DatabaseFault('other', 'inspect');
  }
}
