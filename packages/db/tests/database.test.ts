import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { ALL_DATABASES, freshDatabase } from '@elekto/testing/databases';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createSession,
  deleteSessions,
  deleteSessionsOf,
  DatabaseFault,
  findPeople,
  findSession,
  freeLogin,
  LoginHeld,
  migrate,
  renewSession,
  signIn,
  sql,
  startDatabase,
  tables,
} from '@elekto/db';
import type { Database, Dialect } from '@elekto/db';
import type { EntityProperty } from '@mikro-orm/core';
import { ENTITIES } from '../src/entities/index.ts';
import { migrationsOf } from '../src/migrations/index.ts';

/** A type of an entity or of a database, as what it holds. */
function kindOf(type: string): string {
  if (/^(string|text|varchar|longtext)/i.test(type)) return 'text';
  if (/^(integer|int|bigint|number)/i.test(type)) return 'whole number';
  if (/^(blob|bytea|longblob|buffer)/i.test(type)) return 'bytes';
  return type;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly optional: number;
}
function columnsOf(dialect: Dialect, table: string) {
  if (dialect === 'sqlite')
    return sql<Column>`select name, type, 1 - "notnull" as optional from pragma_table_info(${table})`;
  const schema = dialect === 'mariadb' ? sql`database()` : sql`'public'`;
  return sql<Column>`select column_name as name, data_type as type, case is_nullable when 'YES' then 1 else 0 end as optional
    from information_schema.columns where table_name = ${table} and table_schema = ${schema}`;
}

const DAY = 86_400_000;
const PEPPER = new Uint8Array(32).fill(7);

describe.each(ALL_DATABASES)('a database on %s', (name) => {
  const dialect = name === 'mysql' ? 'mariadb' : name;
  let db: Database;
  let url: string;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'elekto-db-'));
    const fresh = await freshDatabase(name, join(dir, 'sub'));
    url = fresh.url;
    drop = async () => {
      await fresh.drop();
      rmSync(dir, { recursive: true, force: true });
    };
    db = await startDatabase({ url, pepper: PEPPER });
  });
  afterEach(async () => {
    await db.close();
    await drop();
  });

  it('is migrated once, however many servers start at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => startDatabase({ url })));
    await Promise.all([db, ...others].map(migrate));
    await migrate(db);
    const { rows } = await db.read((em) =>
      sql<{ name: string }>`select name from mikro_orm_migrations order by id`.execute(tables(em)),
    );
    expect(rows.map(({ name }) => name)).toEqual(migrationsOf(dialect).map(({ name }) => name));
    for (const other of others) await other.close();
  });

  it('is a file of its owner alone', async () => {
    await migrate(db);
    if (dialect !== 'sqlite') return;
    const file = url.slice('sqlite:'.length);
    for (const each of [file, `${file}-wal`]) expect(statSync(each).mode & 0o777, each).toBe(0o600);
  });

  it('has every column of the entities, of the same kind, and no other', async () => {
    await migrate(db);
    for (const entity of ENTITIES) {
      const { tableName, props } = db.orm.getMetadata(entity as never) as {
        tableName: string;
        props: EntityProperty[];
      };
      const expected = props.map((property) => {
        const [column] = property.fieldNames ?? [
          property.name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        ];
        return `${column} ${kindOf(property.runtimeType)}${property.nullable ? ', null' : ''}`;
      });
      const { rows } = await db.read((em) => columnsOf(dialect, tableName).execute(tables(em)));
      const found = rows.map(
        ({ name: column, type, optional }) =>
          `${column} ${kindOf(type)}${Number(optional) === 1 ? ', null' : ''}`,
      );
      expect(found.toSorted(), tableName).toEqual(expected.toSorted());
    }
  });

  it('tells the time of the moment, not of the transaction', async () => {
    await db.transaction(async (em) => {
      const first = await db.now(em);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await db.now(em)).toBeGreaterThanOrEqual(first + 20);
      expect(Math.abs(first - Date.now())).toBeLessThan(60_000);
    });
  });

  it('rolls back what throws and what is not to be kept', async () => {
    await migrate(db);
    const add = (id: string) => (em: Parameters<typeof tables>[0]) =>
      tables(em).insertInto('user_account').values({ id, account: id, login: id, mac: '' }).execute();
    await expect(
      db.transaction(async (em) => {
        await add('a')(em);
        throw new TypeError('mine');
      }),
    ).rejects.toThrow('mine');
    expect(
      await db.transaction(
        async (em) => (await add('b')(em), 'refused'),
        () => false,
      ),
    ).toBe('refused');
    await db.transaction(add('c'));
    const rows = await db.read((em) => tables(em).selectFrom('user_account').select('id').execute());
    expect(rows).toEqual([{ id: 'c' }]);
  });

  it('says of a failure its kind and code, and no value', async () => {
    await migrate(db);
    const insert = () =>
      db.transaction((em) =>
        tables(em)
          .insertInto('user_account')
          .values({ id: 'SECRET-1', account: 'SECRET-2', login: 'SECRET-3', mac: 'SECRET-4' })
          .execute(),
      );
    await insert();
    const faults = await Promise.all([
      insert().catch((error: unknown) => error),
      db
        .read((em) => sql`select ${'SECRET-5'} from nowhere`.execute(tables(em)))
        .catch((error: unknown) => error),
      db
        .transaction((em) =>
          tables(em)
            .insertInto('session')
            .values({ id_hash: 'SECRET-6', user_id: 'SECRET-7', expires_at: 1, mac: 'SECRET-8' })
            .execute(),
        )
        .catch((error: unknown) => error),
    ]);
    expect(faults.map((fault) => (fault as DatabaseFault).kind)).toEqual(['unique', 'other', 'constraint']);
    for (const fault of faults) {
      expect(fault).toBeInstanceOf(DatabaseFault);
      expect(inspect(fault, { depth: 20, showHidden: true })).not.toMatch(/SECRET|insert|select/i);
    }
  });

  it('knows a person by the account, through renames', async () => {
    await migrate(db);
    const both = await Promise.all([1, 2].map(() => signIn(db, { account: '42', login: 'ada' })));
    expect(both[0]).toEqual(both[1]);
    const renamed = await signIn(db, { account: '42', login: 'countess' });
    expect(renamed).toEqual({ ...both[0], login: 'countess' });
    const heir = await signIn(db, { account: '43', login: 'ada' });
    expect(heir.userId).not.toBe(renamed.userId);
    expect(renamed.userId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('puts nobody in the place of who has the same login but for capitals, where the provider may tell them apart', async () => {
    await migrate(db);
    const unknown = { tellsCaseApart: 'unknown' as const };
    const sign = (account: string, login: string) => signIn(db, { account, login }, unknown);
    const first = await sign('42', 'Ada');
    const { token } = await createSession(db, first);
    await expect(sign('43', 'ada')).rejects.toThrow(LoginHeld);
    expect(await findSession(db, token)).toMatchObject(first);
    expect(await findPeople(db, { account: '43' })).toEqual([]);
    // One's own login may change its case, and one that was given away again is its new owner's.
    expect(await sign('42', 'ADA')).toEqual({ ...first, login: 'ADA' });
    await expect(sign('44', 'ADA')).resolves.toMatchObject({ login: 'ADA' });
    await freeLogin(db, { account: '44' });
    await expect(sign('43', 'ada')).resolves.toMatchObject({ login: 'ada' });
  });

  it('knows two people whose logins differ in case only, where files of elections tell them apart', async () => {
    await migrate(db);
    const sign = (account: string, login: string) =>
      signIn(db, { account, login }, { tellsCaseApart: 'yes' });
    const { token } = await createSession(db, await sign('42', 'Ada'));
    await sign('43', 'ada');
    expect(await findSession(db, token)).toMatchObject({ account: '42', login: 'Ada' });
    // The very same login is one account's at a time, as everywhere.
    await sign('44', 'Ada');
    expect(await findSession(db, token)).toBeNull();
    expect(await findPeople(db, { login: 'ada' })).toHaveLength(2);
  });

  it('keeps sessions by hash, to the day, until they end, are renewed or deleted', async () => {
    await migrate(db);
    const ada = await signIn(db, { account: '42', login: 'ada' });
    const now = 100 * DAY + 5000;
    const { token, expiresAt } = await createSession(db, ada, { now });
    expect(expiresAt % DAY).toBe(0);
    const rows = await db.read((em) => tables(em).selectFrom('session').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await findSession(db, token, { now })).toEqual({ ...ada, expiresAt });
    expect(await findSession(db, token, { now: expiresAt })).toBeNull();
    expect(await findSession(db, `${token}x`, { now })).toBeNull();
    const renewed = await Promise.all([1, 2].map(() => renewSession(db, token, { now: now + DAY })));
    expect(renewed[0]?.token).not.toBe(token);
    expect(renewed[1]).toEqual(renewed[0]);
    const next = renewed[0]?.token ?? '';
    expect(await findSession(db, next, { now })).toMatchObject(ada);
    expect(await findSession(db, token, { now }), 'for requests under way').toMatchObject(ada);
    await deleteSessions(db, [token]);
    expect(await findSession(db, token, { now })).toBeNull();
    expect(await renewSession(db, token, { now })).toBeNull();
    expect(await findSession(db, next, { now })).toMatchObject(ada);
    const last = (await renewSession(db, next, { now: now + DAY }))?.token ?? '';
    await deleteSessions(db, [next], { following: true });
    expect(await findSession(db, last, { now })).toBeNull();
    expect(await findSession(db, next, { now })).toBeNull();
    const second = await createSession(db, ada, { now });
    await deleteSessionsOf(db, ada.userId);
    expect(await findSession(db, second.token, { now })).toBeNull();
    const third = await createSession(db, ada, { now });
    const other = await startDatabase({ url, pepper: new Uint8Array(32) });
    expect(await findSession(other, third.token, { now }), 'another pepper').toBeNull();
    await other.close();
  });

  it('lets several processes write at once without losing or refusing anything', async () => {
    await migrate(db);
    const script = `
      import { startDatabase, signIn } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
      const db = await startDatabase({ url: process.argv[1] });
      await Promise.all(Array.from({ length: 40 }, (_, i) => signIn(db, { account: process.argv[2] + '-' + i, login: 'x' })));
      await db.close();`;
    const run = (name: string) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, url, name]);
    await Promise.all(['a', 'b', 'c'].map(run));
    const rows = await db.read((em) => tables(em).selectFrom('user_account').select('id').execute());
    expect(rows).toHaveLength(120);
  });
});

describe('opening a database', () => {
  it('that is not there says so without its address', async () => {
    const db = await startDatabase({ url: 'postgresql://someone:PASSWORD@127.0.0.1:1/nothing' });
    const fault = await db.read((em) => db.now(em)).catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind: 'lost' });
    expect(inspect(fault, { depth: 20, showHidden: true })).not.toContain('PASSWORD');
    await db.close();
  });
});
