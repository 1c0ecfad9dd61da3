import { freshPostgres } from '@elekto/testing/postgres';
import { expect, it } from 'vitest';
import { DatabaseFault, migrate, sql, startDatabase, tables } from '@elekto/db';

it('gets its connections back however often the database ends them within a transaction', async () => {
  const postgres = await freshPostgres();
  const db = await startDatabase({ url: postgres.url, poolSize: 2 });
  const other = await startDatabase({ url: postgres.url, poolSize: 1 });
  await migrate(db);
  const endAll = (): Promise<unknown> =>
    other.read((em) =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(tables(em)),
    );
  for (let round = 0; round < 5; round += 1) {
    const broken = db.transaction(async (em) => {
      await sql`select 1`.execute(tables(em));
      await endAll();
      await sql`select 1`.execute(tables(em));
    });
    await expect(broken).rejects.toThrow(DatabaseFault);
  }
  expect(await db.transaction(() => Promise.resolve('works'))).toBe('works');
  await db.close();
  await other.close();
  await postgres.drop();
});

it('rolls back without a failure what is not to be kept, and says why when it fails', async () => {
  const db = await startDatabase({ url: 'sqlite::memory:' });
  await migrate(db);
  const insert = (id: string, login: string, keep: boolean): Promise<string> =>
    db.transaction(
      async (em) => {
        await tables(em).insertInto('user_account').values({ id, account: id, login, mac: '' }).execute();
        return login;
      },
      () => keep,
    );
  expect(await insert('1', 'not kept', false)).toBe('not kept');
  expect(await insert('1', 'kept', true)).toBe('kept');
  await expect(insert('1', 'twice', true)).rejects.toMatchObject({ kind: 'unique' });
  const rows = await db.read((em) => tables(em).selectFrom('user_account').select('login').execute());
  expect(rows).toEqual([{ login: 'kept' }]);
  await db.close();
});
