import {
  countUses,
  forgetUses,
  insertUnlessThere,
  lockRows,
  LONGEST_PAUSE,
  migrate,
  sql,
  startDatabase,
  tables,
  withLongPauses,
  type EntityManager,
  takeOnce,
  UnfitDatabase,
} from '@elekto/db';
import type { Database } from '@elekto/db';
import { freshMariaDb, mariaDbs } from '@elekto/testing/mariadb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flushProblem } from '../src/durability.ts';
import { readAddress } from '../src/mariadb/address.ts';
import { problemOf } from '../src/mariadb/settings.ts';

const here = mariaDbs();
// What was not run is said: a server of either kind cannot be had everywhere.
for (const [kind, how] of [
  ['mariadb', 'apt-get install mariadb-server-core mariadb-client, or set TEST_MARIADB_URL'],
  ['mysql', 'set TEST_MYSQL_URL: Debian has no MySQL'],
] as const)
  if (!here.includes(kind)) console.warn(`\n  NOT RUN on ${kind}: ${how}\n`);

describe.each(here)('%s', (kind) => {
  let db: Database;
  let url: string;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ url, drop } = await freshMariaDb(kind));
    db = await startDatabase({ url, pepper: new Uint8Array(32).fill(3), poolSize: 3 });
    await migrate(db);
  });
  afterEach(async () => {
    await db.close();
    await drop();
  });
  const ask = async <Row>(statement: string): Promise<Row> =>
    (await db.read((em) => sql<Row>`${sql.raw(statement)}`.execute(tables(em)))).rows[0] as Row;

  it('tells keys apart by case, by accents and by spaces at the end', async () => {
    const names = ['Ada', 'ada', 'ada ', 'adá'];
    await db.transaction(async (em) => {
      for (const name of names)
        expect(
          await insertUnlessThere(em, 'note', { name, body: '\u{1f5f3} 選挙', mac: '', version: 0 }),
          name,
        ).toBe(true);
      expect(await insertUnlessThere(em, 'note', { name: 'ada', body: '', mac: '', version: 0 })).toBe(false);
    });
    const rows = await db.read((em) => tables(em).selectFrom('note').selectAll().execute());
    expect(rows.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(new Set(rows.map(({ body }) => body))).toEqual(new Set(['\u{1f5f3} 選挙']));
  });

  it('sets every connection: strict, committed rows only, UTC, and limits', async () => {
    const set = await ask<Record<string, string | number>>(
      `select @@sql_mode as mode, @@time_zone as zone, @@innodb_lock_wait_timeout as waits,
        /*M! @@max_statement_time * 1000 */ /*!80000 @@max_execution_time */ as statement,
        /*M! @@idle_transaction_timeout */ /*!80000 60 */ as pause,
        /*M! @@tx_isolation */ /*!80000 @@transaction_isolation */ as isolation`,
    );
    expect(set).toMatchObject({ zone: '+00:00', waits: 10, isolation: 'READ-COMMITTED' });
    expect(Number(set['statement'])).toBe(15_000);
    expect(Number(set['pause'])).toBe(60);
    const pause = async (em: EntityManager): Promise<number> =>
      Number(
        (
          await sql<{ pause: string }>`
            select /*M! @@idle_transaction_timeout */ /*!80000 900 */ as pause`.execute(tables(em))
        ).rows[0]?.pause,
      );
    const during = await db.transaction(async (em) => [
      await withLongPauses(em, () => pause(em)),
      await pause(em),
    ]);
    expect(during, 'as long as a count may compute, and no longer than that').toEqual([
      LONGEST_PAUSE / 1000,
      Number(set['pause']),
    ]);
    expect(set['mode']).toContain('STRICT_ALL_TABLES');
    await expect(
      db.transaction((em) =>
        insertUnlessThere(em, 'note', { name: 'n'.repeat(501), body: '', mac: '', version: 0 }),
      ),
      'nothing is cut to fit',
    ).rejects.toMatchObject({ kind: 'constraint', code: 'ER_DATA_TOO_LONG' });
    await expect(
      db.transaction((em) => insertUnlessThere(em, 'installation', { id: 2, fingerprint: '' })),
    ).rejects.toMatchObject({ kind: 'constraint' });
  });

  it('tells the same time in every zone', async () => {
    const one = await startDatabase({ url, poolSize: 1 });
    await one.read((em) => sql`set time_zone = '+12:45'`.execute(tables(em)));
    expect(
      Math.abs((await one.read((em) => one.now(em))) - (await db.read((em) => db.now(em)))),
    ).toBeLessThan(5000);
    await one.close();
  });

  it('writes no value into the text of a statement', async () => {
    const { text } = await db.transaction(async (em) => {
      await insertUnlessThere(em, 'note', {
        name: 'SECRET-1',
        body: 'SECRET-2',
        mac: 'SECRET-3',
        version: 0,
      });
      const { rows } = await sql<{ text: string }>`
        select group_concat(info) as text from information_schema.processlist where user = substring_index(user(), '@', 1)
          and ${'SECRET-4'} <> ''`.execute(tables(em));
      return rows[0] as { text: string };
    });
    expect(text).toContain('processlist');
    expect(text).not.toContain('SECRET');
  });

  it('lets casts share a row that a close waits for, and shows it what they left', async () => {
    await db.transaction((em) =>
      insertUnlessThere(em, 'note', { name: 'row', body: '0', mac: '', version: 0 }),
    );
    const order: string[] = [];
    const row = (em: Parameters<typeof tables>[0]) =>
      tables(em).selectFrom('note').select('body').where('name', '=', 'row');
    let bothIn = (): void => undefined;
    const both = new Promise<void>((resolve) => (bothIn = resolve));
    const share = (name: string) =>
      db.transaction(async (em) => {
        await lockRows(em, row(em), 'share').execute();
        if (order.push(name) === 2) bothIn();
        await both;
        await new Promise((resolve) => setTimeout(resolve, 150));
        order.push(`${name} ends`);
      });
    const first = share('first');
    const second = share('second');
    await both;
    await db.transaction(async (em) => {
      await lockRows(em, row(em), 'update').execute();
      order.push('alone');
    });
    await Promise.all([first, second]);
    expect(order.at(-1)).toBe('alone');
    expect(order.slice(0, 2).toSorted()).toEqual(['first', 'second']);
  });

  it('goes on after a key that was there, in the same transaction', async () => {
    await db.transaction(async (em) => {
      expect(await insertUnlessThere(em, 'note', { name: 'a', body: '1', mac: '', version: 0 })).toBe(true);
      expect(await insertUnlessThere(em, 'note', { name: 'a', body: '2', mac: '', version: 0 })).toBe(false);
      expect(await insertUnlessThere(em, 'note', { name: 'b', body: '3', mac: '', version: 0 })).toBe(true);
    });
    const rows = await db.read((em) =>
      tables(em).selectFrom('note').select('body').orderBy('name').execute(),
    );
    expect(rows.map(({ body }) => body)).toEqual(['1', '3']);
  });

  it('counts what servers count together, exactly, and gives a thing once', async () => {
    const other = await startDatabase({ url, pepper: new Uint8Array(32).fill(3) });
    const counted = { name: 'cast', uses: 2, windowSeconds: 86_400 };
    const totals = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await countUses(i % 2 ? db : other, counted)).total),
    );
    expect(totals.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 2 * (i + 1)));
    const taken = await Promise.all([db, other, db].map((each) => takeOnce(each, 'code', 60)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await db.read((em) => sql`update recent_use set ends_at = 0`.execute(tables(em)));
    await forgetUses(other);
    expect(await ask<{ n: number }>('select count(*) as n from recent_use')).toEqual({ n: 0 });
    expect(
      await ask(
        'select engine from information_schema.tables where table_name = "recent_use" and table_schema = database()'.replaceAll(
          '"',
          "'",
        ),
      ),
    ).toMatchObject({ engine: 'MEMORY' });
    await other.close();
  });
});

describe('a server that must not hold ballots', () => {
  const good = {
    version: '10.11.6-MariaDB',
    mode: 'STRICT_TRANS_TABLES',
    isolation: 'READ-COMMITTED',
    packet: 16_777_216,
    binlog: 'MIXED',
  };

  it.each([
    [{ version: '10.5.29-MariaDB-log' }, /it is MariaDB 10\.5\.29: MariaDB 10\.6\.0 or newer/],
    [{ version: '5.5.5-10.3.39-MariaDB' }, /it is MariaDB 10\.3\.39: MariaDB 10\.6\.0 or newer/],
    [{ version: '5.7.44' }, /MySQL 8\.0\.17 or newer/],
    [{ version: '8.0.16-0ubuntu1' }, /it is MySQL 8\.0\.16: MySQL 8\.0\.17 or newer/],
    [
      { mode: 'NO_ENGINE_SUBSTITUTION' },
      /set global sql_mode = concat\(@@sql_mode, ',STRICT_TRANS_TABLES'\)/,
    ],
    [{ isolation: 'READ-UNCOMMITTED' }, /set global transaction isolation level read committed/],
    [{ binlog: 'STATEMENT' }, /set global binlog_format = mixed/],
    [{ packet: 1_048_576 }, /max_allowed_packet is 1 MiB.*set global max_allowed_packet = 67108864/],
  ])('%j is refused with the sentence that mends it', (changed, sentence) => {
    expect(problemOf(good)).toBeNull();
    expect(problemOf({ ...good, ...changed })).toMatch(sentence);
  });

  it.each([
    '10.6.0-MariaDB',
    '5.5.5-10.11.6-MariaDB',
    '11.8.2-MariaDB-ubu',
    '8.0.17',
    '8.0.36-0ubuntu0.22.04.1',
    '8.4.3',
    '10.0.1',
  ])('%s is not too old', (version) => expect(problemOf({ ...good, version })).toBeNull());

  it('may forget a ballot in a power cut, and says by which setting', () => {
    const safe = { log: 1, pages: 1, named: 0, binlog: 0 };
    expect(flushProblem(safe)).toBeNull();
    expect(flushProblem({ ...safe, named: 1, binlog: 1 })).toBeNull();
    expect(flushProblem({ ...safe, log: 2 })).toBe('innodb_flush_log_at_trx_commit is 2 and not 1');
    expect(flushProblem({ ...safe, pages: 'OFF' })).toBe('innodb_doublewrite is off');
    expect(flushProblem({ ...safe, named: 1 })).toBe('sync_binlog is 0 and not 1');
  });
});

describe('an address', () => {
  it('is read with its port, its password and its encryption', () => {
    expect(readAddress('mariadb://el%40kto:p%2Fw@db.example:3307/elekto')).toEqual({
      host: 'db.example',
      port: 3307,
      user: 'el@kto',
      password: 'p/w',
      database: 'elekto',
    });
    expect(readAddress('mysql://u:p@h/n?ssl-mode=VERIFY_IDENTITY').ssl).toEqual({
      rejectUnauthorized: true,
      verifyIdentity: true,
    });
    expect(readAddress('mysql://u:p@h/n?ssl-mode=required').ssl).toEqual({
      rejectUnauthorized: false,
      verifyIdentity: false,
    });
    expect(readAddress('mariadb://u:p@localhost/n?socket=/run/mysqld/mysqld.sock')).toMatchObject({
      socketPath: '/run/mysqld/mysqld.sock',
    });
  });

  it.each([
    ['mariadb://u:PASSWORD@h', /names no database/],
    [
      'mariadb://u:PASSWORD@h/n?sslmode=require',
      /unknown option sslmode: known are ssl-mode, ssl-ca, socket/,
    ],
    ['mariadb://u:PASSWORD@h/n?ssl-mode=maybe', /unknown ssl-mode/],
    ['mariadb://u:PASSWORD@h/n?ssl-ca=/nowhere/ca.pem', /cannot be read/],
    ['mariadb://u:PASSWORD@h:port/n', /is no URL/],
  ])('%s is refused, and not repeated', async (url, sentence) => {
    const fault = await startDatabase({ url }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(UnfitDatabase);
    expect((fault as Error).message).toMatch(sentence);
    expect((fault as Error).message).not.toContain('PASSWORD');
  });
});
