import { chmodSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { CompiledQuery, SqliteDialect } from 'kysely';
import type { DatabaseConnection, Driver, SqliteDatabase } from 'kysely';

const LONGEST_WAIT_MS = 30_000;

/** Of another account's file nothing is changed: whether it can be used, using it tells. */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** More statements than that are never kept. */
const MOST_PREPARED = 256;

/**
 * Prepares each statement once: to read its text and to make what turns its rows into objects takes longer than to run
 * it. What is not about rows may change what rows look like, so all are prepared anew after it.
 */
function keepPrepared(database: BetterSqlite.Database): SqliteDatabase {
  const prepared = new Map<string, BetterSqlite.Statement>();
  return {
    prepare(text) {
      const known = prepared.get(text);
      if (known !== undefined) return known;
      const made = database.prepare(text);
      if (!/^\s*(?:select|insert|update|delete|begin|commit|rollback|savepoint|release)\b/i.test(text)) {
        prepared.clear();
        return made;
      }
      const [oldest] = prepared.keys();
      if (prepared.size >= MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
      prepared.set(text, made);
      return made;
    },
    close: () => void database.close(),
  };
}

/**
 * SQLite with every transaction taking the write lock at once (`begin immediate`): a transaction that
 * reads first and writes later cannot be upgraded safely. Waiting for another process is done without
 * blocking the event loop.
 *
 * Pragmas: WAL; `synchronous = full`, so that what was acknowledged survives a power cut;
 * `secure_delete`, so that freed pages hold nothing; `temp_store = memory`, so that no page that a savepoint keeps
 * is written anywhere else.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: BetterSqlite.Database;

  constructor(path: string) {
    const database = new BetterSqlite(path, { timeout: 5000 });
    // Its log and index take the file's mode over.
    if (path !== ':memory:') keepPrivate(path);
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    database.pragma('secure_delete = on');
    database.pragma('temp_store = memory');
    super({ database: keepPrepared(database) });
    this.#database = database;
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    const database = this.#database;
    driver.beginTransaction = async (connection: DatabaseConnection): Promise<void> => {
      const givenUp = performance.now() + LONGEST_WAIT_MS;
      for (let wait = 1; ; wait = Math.min(wait * 2, 20)) {
        database.pragma('busy_timeout = 3');
        try {
          await connection.executeQuery(CompiledQuery.raw('begin immediate'));
          return;
        } catch (error) {
          const busy = error instanceof Error && /^SQLITE_BUSY/.test((error as { code?: string }).code ?? '');
          if (!busy || performance.now() > givenUp) throw error;
        } finally {
          database.pragma('busy_timeout = 5000');
        }
        await sleep(wait + Math.random() * wait);
      }
    };
    const rollBack = driver.rollbackTransaction.bind(driver);
    // On a full disk SQLite has rolled back by itself; a second time fails and would hide the reason.
    driver.rollbackTransaction = async (connection: DatabaseConnection): Promise<void> => {
      if (database.inTransaction) await rollBack(connection);
    };
    return driver;
  }
}
