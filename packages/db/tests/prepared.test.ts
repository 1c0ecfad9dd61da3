import { expect, it } from 'vitest';
import { insertUnlessThere, migrate, prepared, startDatabase, tables } from '@elekto/db';

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
