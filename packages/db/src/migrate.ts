import { setTimeout as sleep } from 'node:timers/promises';
import type { Migrator } from '@mikro-orm/migrations';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { toFault } from './fault.ts';
import { checkSettings } from './mariadb/settings.ts';
import { migrationsOf } from './migrations/index.ts';
import { tables } from './tables.ts';
import { UnfitDatabase } from './unfit-database.ts';

const ATTEMPTS = 6;
/** Of all that lock something in this database, migrations alone use this number or name. */
const NUMBER = sql.lit(727163001);
/** Names of locks are the server's, and not the database's. */
const NAME = sql`sha1(concat('elekto migrations of ', database()))`;
const LOCKS = {
  postgresql: {
    take: sql<{ mine: unknown }>`select pg_try_advisory_lock(${NUMBER}) as mine`,
    give: sql`select pg_advisory_unlock(${NUMBER})`,
  },
  mariadb: {
    take: sql<{ mine: unknown }>`select get_lock(${NAME}, 0) as mine`,
    give: sql`select release_lock(${NAME})`,
  },
} as const;
/** While another process migrates, ms. */
const LOCK_PATIENCE = 10 * 60_000;

/** The database was made by a newer version than this one, which must not touch it. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  /** Says that the message holds nothing of the database's contents. */
  readonly safe = true;

  constructor(unknown: readonly string[]) {
    super(
      `the database was made by a newer version of Elekto (it has ${unknown.join(', ')}): install that version, or restore a backup from before the upgrade`,
    );
  }
}

/**
 * Rejects with NewerSchema when migrations were run that this version does not know, and with UnfitDatabase when the
 * server is not set to hold ballots, or the database is one of the older Elekto. Changes nothing.
 */
export async function checkSchema(db: Database): Promise<void> {
  if (db.dialect === 'mariadb') await checkSettings(db);
  const known = new Set(migrationsOf(db.dialect).map(({ name }) => name));
  const done = await doneMigrations(db);
  const unknown = done.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new NewerSchema(unknown);
  if (done.length === 0 && (await isThere(db, 'voter')))
    throw new UnfitDatabase(
      'it is one of the older Elekto: name a new, empty one, and take the old one over with elekto import-elekto (docs/moving-from-elekto.md)',
    );
}

/** The migrations that this version has and the database has not seen. Changes nothing. */
export async function pendingMigrations(db: Database): Promise<readonly string[]> {
  const done = new Set(await doneMigrations(db));
  return migrationsOf(db.dialect)
    .map(({ name }) => name)
    .filter((name) => !done.has(name));
}

/**
 * `mikro_orm_migrations` is there where migrations have been run; `voter` is a table of the older Elekto alone, whose `election`
 * would be in the way of ours.
 */
type Telling = 'mikro_orm_migrations' | 'voter';

/** A row whose `there` is not null where the table is there. */
const IS_THERE: Readonly<Record<Dialect, (table: Telling) => RawBuilder<{ there: unknown }>>> = {
  sqlite: (table) => sql`select name as there from sqlite_master where name = ${table}`,
  postgresql: (table) => sql`select to_regclass(${table})::text as there`,
  mariadb: (table) => sql`select table_name as there from information_schema.tables
    where table_schema = database() and table_name = ${table}`,
};

async function isThere(db: Database, table: Telling): Promise<boolean> {
  const { rows } = await db.read((em) => IS_THERE[db.dialect](table).execute(tables(em)));
  return (rows[0]?.there ?? null) !== null;
}

async function doneMigrations(db: Database): Promise<string[]> {
  if (!(await isThere(db, 'mikro_orm_migrations'))) return [];
  return db.read(async (em) => {
    const done = await sql<{ name: string }>`select name from mikro_orm_migrations order by id`.execute(
      tables(em),
    );
    return done.rows.map(({ name }) => name);
  });
}

/**
 * Brings the schema to the newest version. Safe when several processes start at once: whoever comes
 * second waits (a lock by name on a database server) or tries again and finds the work done (SQLite).
 * Rejects with NewerSchema, UnfitDatabase or DatabaseFault.
 */
export async function migrate(db: Database): Promise<void> {
  const { dialect } = db;
  const { migrator } = db.orm as unknown as { migrator: Migrator };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await checkSchema(db);
      if (dialect === 'sqlite') await migrator.up();
      else await db.within(0, () => underLock(db, LOCKS[dialect], () => migrator.up()));
      return;
    } catch (error) {
      if (error instanceof NewerSchema || error instanceof UnfitDatabase || attempt >= ATTEMPTS)
        throw toFault(error);
      await sleep(50 * attempt + Math.random() * 50);
    }
  }
}

/** One process at a time, by a lock that the database gives back when its holder goes away. */
async function underLock(
  db: Database,
  lock: (typeof LOCKS)[keyof typeof LOCKS],
  work: () => Promise<unknown>,
): Promise<void> {
  await tables(db.fork())
    .connection()
    .execute(async (connection) => {
      const giveUpAt = performance.now() + LOCK_PATIENCE;
      for (;;) {
        const { rows } = await lock.take.execute(connection);
        if (rows[0]?.mine === true || rows[0]?.mine === 1) break;
        if (performance.now() > giveUpAt) throw new Error('another process does not end its migration');
        await sleep(100);
      }
      try {
        await work();
      } finally {
        await lock.give.execute(connection);
      }
    });
}
