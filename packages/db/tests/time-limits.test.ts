/** A database server that says nothing any more, behind a line that stays open. */
import { openTcpLine, type TcpLine } from '@elekto/testing';
import { ALL_DATABASES, freshDatabase } from '@elekto/testing/databases';
import {
  DatabaseFault,
  LONGEST_PAUSE,
  migrate,
  sql,
  startDatabase,
  tables,
  withLongPauses,
  withShortLocks,
  type Database,
  type EntityManager,
} from '@elekto/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrationsOf } from '../src/migrations/index.ts';

let line: TcpLine;
let db: Database;
let closed: boolean;
let direct: string;
let drop: () => Promise<void>;

async function begin(kind: (typeof ALL_DATABASES)[number]): Promise<void> {
  ({ url: direct, drop } = await freshDatabase(kind, ''));
  const url = new URL(direct);
  line = await openTcpLine(Number(url.port));
  url.port = String(line.port);
  db = await startDatabase({ url: url.href, poolSize: 4 });
  closed = false;
}
afterEach(async () => {
  if (!closed) await db.close();
  line.close();
  await drop();
});

const answer = async (): Promise<number> => {
  const { rows } = await db.read((em) => sql<{ one: number }>`select 1 as one`.execute(tables(em)));
  return rows[0]?.one ?? 0;
};

/** A statement that takes long, and what shows that it runs. */
const OF_MARIADB = {
  statement: 'select sleep(10)',
  seen: "select 1 from information_schema.processlist where db = database() and info like 'select sleep%'",
};
const SLEEP = {
  postgresql: {
    statement: 'select pg_sleep(600)',
    seen: "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
  },
  mariadb: OF_MARIADB,
  mysql: OF_MARIADB,
};
const SERVERS = ALL_DATABASES.filter((name) => name !== 'sqlite');

describe.each(SERVERS)('%s that says nothing any more', (kind) => {
  beforeEach(() => begin(kind));

  it('is given up after its time, and with it every connection that lies idle', async () => {
    await Promise.all([answer(), answer(), answer(), answer()]);
    const before = line.accepted();
    expect(before).toBeGreaterThan(1);
    line.freeze();
    await expect(db.within(200, answer)).rejects.toMatchObject({ name: 'DatabaseFault', kind: 'lost' });
    // None of the frozen ones is met again, one after the other.
    expect(await db.within(5000, () => Promise.all([answer(), answer(), answer(), answer()]))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(line.accepted()).toBeGreaterThan(before);
  });

  it('within a transaction ends it, and the connection does not come back', async () => {
    const broken = db.within(200, () =>
      db.transaction(async (em) => {
        await sql`select 1`.execute(tables(em));
        line.freeze();
        await sql`select 1`.execute(tables(em));
      }),
    );
    await expect(broken).rejects.toThrow(DatabaseFault);
    expect(await answer()).toBe(1);
  });

  it('does not keep a stop waiting, not even for a query that has no limit', async () => {
    const other = await startDatabase({ url: direct, poolSize: 1 });
    const sleeping = async (): Promise<number> => {
      const { rows } = await other.read((em) => sql`${sql.raw(SLEEP[kind].seen)}`.execute(tables(em)));
      return rows.length;
    };
    const waiting = db.within(0, () =>
      db.read((em) => sql`${sql.raw(SLEEP[kind].statement)}`.execute(tables(em))),
    );
    const refused = expect(waiting).rejects.toThrow(DatabaseFault);
    await expect.poll(sleeping, { timeout: 20_000 }).toBe(1);
    await other.close();
    line.freeze(true);
    const began = performance.now();
    await db.close();
    closed = true;
    await refused;
    expect(performance.now() - began).toBeLessThan(8000);
  });
});

describe('PostgreSQL', () => {
  beforeEach(() => begin('postgresql'));

  it('has limits of its own for statements, locks and forgotten transactions, on each connection', async () => {
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const ask = async (em: EntityManager): Promise<Record<string, number>> => {
      const { rows } = await sql<{ name: string; setting: string }>`
        select name, setting from pg_settings where name in (${sql.join(names)}) order by name`.execute(
        tables(em),
      );
      return Object.fromEntries(rows.map(({ name, setting }) => [name, Number(setting)]));
    };
    const usual = {
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 60_000,
    };
    expect(await db.read(ask)).toEqual(usual);
    expect(await db.transaction((em) => withLongPauses(em, () => ask(em)))).toEqual({
      ...usual,
      idle_in_transaction_session_timeout: LONGEST_PAUSE,
    });
    expect(await db.transaction((em) => withShortLocks(em, 1, () => ask(em)))).toEqual({
      ...usual,
      lock_timeout: 1000,
    });
    expect(await db.transaction(ask), 'that transaction alone').toEqual(usual);
  });

  it('that refuses a lock in time is asked again, and one that cancels is as good as lost', async () => {
    await migrate(db);
    let attempts = 0;
    const refused = (code: string): Promise<unknown> =>
      db.transaction(async (em) => {
        attempts += 1;
        await sql
          .raw(`do $$ begin raise exception 'no' using errcode = '${code}'; end $$`)
          .execute(tables(em));
      });
    await expect(refused('55P03')).rejects.toMatchObject({ kind: 'busy' });
    expect(attempts).toBe(6);
    await expect(refused('57014')).rejects.toMatchObject({ kind: 'lost' });
  });

  it('takes as long as it needs to migrate', async () => {
    for (const { name, class: Migration } of migrationsOf('postgresql')) {
      const migration = new (Migration as new () => { up(): Promise<void>; getQueries(): unknown[] })();
      await migration.up();
      const queries = migration.getQueries();
      expect(queries.slice(0, 2), name).toEqual([
        'set local statement_timeout = 0',
        'set local lock_timeout = 0',
      ]);
      expect(queries.length, name).toBeGreaterThan(2);
    }
  });
});
