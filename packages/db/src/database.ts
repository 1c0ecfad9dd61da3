import { createHmac, createSecretKey } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM as PostgresOrm } from '@mikro-orm/postgresql';
import type { EntityManager, MikroORM } from '@mikro-orm/sql';
import { MikroORM as SqliteOrm } from '@mikro-orm/sqlite';
import { ENTITIES } from './entities/index.ts';
import { nowIn } from './clock.ts';
import { dialectOf, speaks, type Dialect } from './dialect.ts';
import { DatabaseFault, toFault } from './fault.ts';
import { databaseKind } from './kind.ts';
import { openMariaDb } from './mariadb/open.ts';
import { migrationsOf } from './migrations/index.ts';
import { postgresAddress } from './postgres-address.ts';
import { prepared } from './prepared.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';
import { tables } from './tables.ts';
import { watchWrites, type WriteWatch } from './write-watch.ts';
import { createTimeLimits, type TimeLimits } from './time-limits.ts';
import { shareCommits, type RunTransaction } from './share-commits.ts';
import { takeTurns } from './turns.ts';
import { UnfitDatabase } from './unfit-database.ts';
import { answeredWithCommit } from './with-commit.ts';
import { sql } from 'kysely';

export interface DatabaseOptions {
  /** `sqlite:<path>`, `sqlite::memory:`, `postgresql://...`, `mariadb://...` or `mysql://...`. */
  readonly url: string;
  /**
   * A key that is not in the database (`KeyStore.sessionPepper`). People and sessions are authenticated with
   * it, so that who can write rows can sign in as nobody. Always given where people sign in. A function is
   * asked when the key is needed.
   */
  readonly pepper?: Uint8Array | (() => Uint8Array) | undefined;
  /** Told of lost connections and the like; never of statements or values. */
  readonly log?: ((line: string) => void) | undefined;
  /** Connections to a database server at most; default 10. SQLite has one. */
  readonly poolSize?: number | undefined;
}

/** An open database. */
export interface Database {
  readonly orm: MikroORM;
  readonly dialect: Dialect;
  /** Whether several servers may use it at once. */
  readonly shared: boolean;
  /** A fresh entity manager; one per request. */
  fork(): EntityManager;
  /** Milliseconds since 1970 by the database's own clock at this moment (not the transaction's start). */
  now(em: EntityManager): Promise<number>;
  /**
   * Runs `work` in a transaction (READ COMMITTED on a database server, exclusive among writers on SQLite, where those
   * that wait at one moment share a commit).
   * It is rolled back when `work` throws, or when `keep` says false of its value; the value is then still
   * returned. Deadlocks and busy databases are retried, so `work` must have no other effect.
   * Rejects with DatabaseFault.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>, keep?: (value: T) => boolean): Promise<T>;
  /** Runs `work` outside a transaction. Rejects with DatabaseFault. */
  read<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /**
   * Runs `work`, in which each statement gets `ms` until the server answers, instead of 20 s; 0 for as long as it
   * takes. One that got no answer is a fault of kind `lost`, and its connection is not used again.
   */
  within<T>(ms: number, work: () => Promise<T>): Promise<T>;
  /** HMAC-SHA-256 over the length-prefixed parts under the pepper, base64url. */
  authenticate(domain: string, ...parts: readonly string[]): string;
  /** What `writeProblem` goes by. */
  readonly writes: WriteWatch;
  /** Ends all connections, within seconds also those on which nobody answers. */
  close(): Promise<void>;
}

const ATTEMPTS = 6;
/** Rolls a transaction back that has not failed. */
const UNDO = new Error('undo');
/** Waiting for a connection longer than this, ms, is a failure: nobody is helped by waiting for ever. */
const CONNECTION_PATIENCE = 10_000;
/** Connections that do not end within this many ms are cut. */
const GOODBYE = 2000;
/** Waiting for a turn among others who use the database, ms: a minute covers thousands of casts at once. */
const QUEUE_PATIENCE = 60_000;

/** Within so many ms the same is not said again: a pool loses all of its connections at once. */
const QUIET = 60_000;

function silentLogger(log: ((line: string) => void) | undefined) {
  const told = new Map<string, number>();
  const tell = (kind: string): void => {
    const before = told.get(kind);
    if (before !== undefined && performance.now() - before < QUIET) return;
    told.set(kind, performance.now());
    log?.(`database: ${kind}`);
  };
  return {
    log: () => undefined,
    error: () => tell('an operation failed'),
    warn: () => tell('a connection was lost'),
    logQuery: () => undefined,
    setDebugMode: () => undefined,
    isEnabled: () => false,
  };
}

/** Opens the database named by `url`; run `migrate` before using it. Rejects with DatabaseFault or UnfitDatabase, never naming the URL. */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const common = {
    entities: [...ENTITIES],
    extensions: [Migrator],
    migrations: { snapshot: false, silent: true },
    debug: false,
    loggerFactory: () => silentLogger(options.log),
    metadataCache: { enabled: false },
  };
  const { pepper: given = new Uint8Array() } = options;
  const pepper = typeof given === 'function' ? given : (): Uint8Array => given;
  try {
    if (options.url.startsWith('sqlite:')) {
      const path = options.url.slice('sqlite:'.length);
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const orm = await SqliteOrm.init({
        ...common,
        dbName: path,
        driverOptions: new ImmediateSqliteDialect(path),
        migrations: { ...common.migrations, migrationsList: migrationsOf('sqlite') },
      });
      return wrap(orm, 'sqlite', pepper, (work) => work(), null);
    }
    const connections = options.poolSize ?? 10;
    if (databaseKind(options.url) === 'mariadb') {
      const { orm, limits } = await openMariaDb(
        options.url,
        { ...common, migrations: { ...common.migrations, migrationsList: migrationsOf('mariadb') } },
        { connections, patience: CONNECTION_PATIENCE },
      );
      return wrap(orm, 'mariadb', pepper, takeTurns(connections, QUEUE_PATIENCE), limits);
    }
    const limits = createTimeLimits();
    const orm = await PostgresOrm.init({
      ...common,
      clientUrl: options.url,
      driverOptions: {
        ...postgresAddress(options.url),
        connectionTimeoutMillis: CONNECTION_PATIENCE,
        ...limits.pool,
      },
      pool: { min: 0, max: connections },
      migrations: { ...common.migrations, migrationsList: migrationsOf('postgresql') },
    });
    return wrap(orm, 'postgresql', pepper, takeTurns(connections, QUEUE_PATIENCE), limits);
  } catch (error) {
    const fault = toFault(error);
    if (fault instanceof DatabaseFault || fault instanceof UnfitDatabase) throw fault;
    throw new DatabaseFault('other', 'start');
  }
}

function wrap(
  orm: MikroORM,
  dialect: Dialect,
  pepper: () => Uint8Array,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  limits: TimeLimits | null,
): Database {
  const fork = (): EntityManager => orm.em.fork();
  speaks(orm.driver, dialect);
  const writes = watchWrites();

  /**
   * The connection goes back to its pool whatever fails: with `em.begin`, one that breaks at `begin`, at
   * `commit` or at `rollback` would stay away from the pool for good, and ten of them would be all.
   */
  async function once<T>(work: (em: EntityManager) => Promise<T>, keep: (value: T) => boolean): Promise<T> {
    const em = fork();
    let undone: { readonly value: T } | null = null;
    let cause: { readonly error: unknown } | null = null;
    try {
      const kept = await tables(em)
        .transaction()
        .execute(async (transaction) => {
          em.setTransactionContext(transaction);
          const value = await work(em).catch((error: unknown) => {
            cause = { error };
            throw error;
          });
          if (keep(value)) return value;
          undone = { value };
          throw UNDO;
        });
      await answeredWithCommit(em);
      return kept;
    } catch (error) {
      if (undone !== null) return (undone as { value: T }).value;
      // Where it failed, what came after it could not but fail.
      await answeredWithCommit(em);
      if (cause !== null) throw (cause as { error: unknown }).error;
      throw error;
    } finally {
      em.resetTransactionContext();
    }
  }

  const run: RunTransaction =
    dialect === 'sqlite'
      ? shareCommits((work) => tables(fork()).transaction().execute(work), fork)
      : (work, keep) => inTurn(() => once(work, keep));

  return {
    orm,
    dialect,
    shared: dialect !== 'sqlite',
    fork,
    now: databaseTime,
    async transaction(work, keep = () => true) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await run(work, keep);
        } catch (error) {
          const fault = toFault(error);
          writes.failed(fault);
          if (!(fault instanceof DatabaseFault) || fault.kind !== 'busy' || attempt >= ATTEMPTS) throw fault;
          await sleep(Math.random() * 20 * attempt);
        }
      }
    },
    async read(work) {
      try {
        return await inTurn(() => work(fork()));
      } catch (error) {
        throw toFault(error);
      }
    },
    authenticate: (domain, ...parts) => authenticateWith(pepper(), domain, ...parts),
    writes,
    within: (ms, work) => limits?.within(ms, work) ?? work(),
    async close() {
      const cut = setTimeout(() => limits?.hangUp(), GOODBYE);
      await orm.close(true).finally(() => clearTimeout(cut));
    },
  };
}

/** As `Database.authenticate`, under a pepper that the database has not been given yet. */
export function authenticateWith(pepper: Uint8Array, domain: string, ...parts: readonly string[]): string {
  // A key that is wrapped first costs a third of one that is given as bytes.
  const hmac = createHmac('sha256', createSecretKey(pepper));
  for (const part of [domain, ...parts]) hmac.update(`${Buffer.byteLength(part)}:${part}`);
  return hmac.digest('base64url');
}

const selectNow = prepared((em) =>
  sql<{ now: number | string }>`select ${nowIn(dialectOf(em))} as now`.compile(tables(em)),
);

async function databaseTime(em: EntityManager): Promise<number> {
  const { rows } = await selectNow(em, {});
  return Number(rows[0]?.now);
}
