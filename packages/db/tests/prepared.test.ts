import { freshDatabase } from '@elekto/testing/databases';
import { expect, it } from 'vitest';
import { inOneGo, insertUnlessThere, migrate, prepared, sql, startDatabase, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';

it('makes the text of a statement once, and binds the values of each call wherever they stand', async () => {
  const db = await startDatabase({ url: 'sqlite::memory:' });
  await migrate(db);
  let built = 0;
  const find = prepared((em, { login, account }: { readonly login: string; readonly account: string }) => {
    built += 1;
    return tables(em)
      .selectFrom('user_account')
      .select(['login', 'account'])
      .where((eb) => eb.or([eb('login', '=', login), eb('account', '=', account)]))
      .where('mac', '=', 'always the same')
      .compile();
  });
  await db.transaction(async (em) => {
    for (const login of ['ada', 'bob', "o'hara"]) {
      const row = {
        id: login.padEnd(32, '0'),
        account: `account of ${login}`,
        login,
        mac: 'always the same',
      };
      expect(await insertUnlessThere(em, 'user_account', row)).toBe(true);
      expect(await insertUnlessThere(em, 'user_account', { ...row, login: 'another' })).toBe(false);
    }
  });
  const found = async (values: { login: string; account: string }) =>
    (await db.read((em) => find(em, values))).rows.map(({ login }) => login);
  expect(await found({ login: 'ada', account: '' })).toEqual(['ada']);
  expect(await found({ account: 'account of bob', login: '' })).toEqual(['bob']);
  expect(await found({ login: "o'hara", account: 'nobody' })).toEqual(["o'hara"]);
  expect(await found({ login: 'login', account: 'account' })).toEqual([]);
  expect(built).toBe(1);
  await db.close();
});

it('is planned by PostgreSQL once for each connection, also where it first came after one that was refused', async () => {
  const fresh = await freshDatabase('postgresql', '');
  const db = await startDatabase({ url: fresh.url, poolSize: 1 });
  const doubled = prepared((em, { number }: { readonly number: number }) =>
    sql<{ twice: number }>`select 2 * ${number}::int as twice`.compile(tables(em)),
  );
  const refused = prepared((em) => sql<object>`select * from nothing_of_that_name`.compile(tables(em)));
  const twice = async (em: EntityManager, number: number) => (await doubled(em, { number })).rows[0]?.twice;
  const planned = (em: EntityManager) =>
    sql<{ calls: number }>`
      select (generic_plans + custom_plans)::int as calls from pg_prepared_statements
      where statement like 'select 2 *%'`
      .execute(tables(em))
      .then(({ rows }) => rows.map(({ calls }) => calls));
  await expect(
    db.transaction((em) => inOneGo(em, [() => refused(em, {}), () => twice(em, 1)] as const)),
  ).rejects.toThrow();
  expect(await db.read((em) => twice(em, 2))).toBe(4);
  expect(
    await db.transaction((em) => inOneGo(em, [() => twice(em, 3), () => twice(em, 4)] as const)),
  ).toEqual([6, 8]);
  expect(await db.read(planned)).toEqual([3]);
  await db.close();
  await fresh.drop();
});
