import { setTimeout as sleep } from 'node:timers/promises';
import type { Migrator } from '@mikro-orm/migrations';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { toFault } from './fault.ts';
import { migrationsOf } from './migrations/index.ts';
import { tables } from './tables.ts';

const ATTEMPTS = 6;
/** Of all that lock something in this database, migrations alone use this number. */
const LOCK = sql.lit(727163001);
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

/** Rejects with NewerSchema when migrations were run that this version does not know. Changes nothing. */
export async function checkSchema(db: Database): Promise<void> {
  const known = new Set(migrationsOf(db.dialect).map(({ name }) => name));
  const unknown = (await doneMigrations(db)).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new NewerSchema(unknown);
}

/** The migrations that this version has and the database has not seen. Changes nothing. */
export async function pendingMigrations(db: Database): Promise<readonly string[]> {
  const done = new Set(await doneMigrations(db));
  return migrationsOf(db.dialect)
    .map(({ name }) => name)
    .filter((name) => !done.has(name));
}

async function doneMigrations(db: Database): Promise<string[]> {
  return db.read(async (em) => {
    const table =
      db.dialect === 'sqlite'
        ? sql<{ there: unknown }>`select name as there from sqlite_master where name = 'mikro_orm_migrations'`
        : sql<{ there: unknown }>`select to_regclass('mikro_orm_migrations')::text as there`;
    const { rows } = await table.execute(tables(em));
    if ((rows[0]?.there ?? null) === null) return [];
    const done = await sql<{ name: string }>`select name from mikro_orm_migrations order by id`.execute(
      tables(em),
    );
    return done.rows.map(({ name }) => name);
  });
}

/**
 * Brings the schema to the newest version. Safe when several processes start at once: whoever comes
 * second waits (PostgreSQL: an advisory lock) or tries again and finds the work done (SQLite).
 * Rejects with NewerSchema, or DatabaseFault.
 */
export async function migrate(db: Database): Promise<void> {
  const { migrator } = db.orm as unknown as { migrator: Migrator };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await checkSchema(db);
      if (db.dialect === 'sqlite') await migrator.up();
      else await db.within(0, () => underLock(db, () => migrator.up()));
      return;
    } catch (error) {
      if (error instanceof NewerSchema || attempt >= ATTEMPTS) throw toFault(error);
      await sleep(50 * attempt + Math.random() * 50);
    }
  }
}

/** One process at a time, by a lock that PostgreSQL gives back when its holder goes away. */
async function underLock(db: Database, work: () => Promise<unknown>): Promise<void> {
  await tables(db.fork())
    .connection()
    .execute(async (connection) => {
      const giveUpAt = performance.now() + LOCK_PATIENCE;
      for (;;) {
        const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${LOCK}) as mine`.execute(
          connection,
        );
        if (rows[0]?.mine === true) break;
        if (performance.now() > giveUpAt) throw new Error('another process does not end its migration');
        await sleep(100);
      }
      try {
        await work();
      } finally {
        await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
      }
    });
}
