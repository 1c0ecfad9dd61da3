import { ALL_DATABASES, freshDatabase } from '@elekto/testing/databases';
import {
  inOneGo,
  insertUnlessThere,
  migrate,
  prepared,
  sql,
  startDatabase,
  tables,
  withCommit,
} from '@elekto/db';
import type { Database, EntityManager } from '@elekto/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe.each(ALL_DATABASES)('the last step of a transaction on %s', (kind) => {
  let db: Database;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const fresh = await freshDatabase(kind, '');
    drop = fresh.drop;
    db = await startDatabase({ url: kind === 'sqlite' ? 'sqlite::memory:' : fresh.url, poolSize: 2 });
    await migrate(db);
  });
  afterEach(async () => {
    await db.close();
    await drop();
  });

  const put = (em: EntityManager, name: string) =>
    insertUnlessThere(em, 'user_account', {
      id: name.padEnd(32, '0'),
      account: `account of ${name}`,
      login: name,
      mac: '',
    });
  const refused = prepared((em) => sql<object>`select * from nothing_of_that_name`.compile(tables(em)));
  const stored = () =>
    db.read(async (em) => {
      const rows = await tables(em).selectFrom('user_account').select('login').orderBy('login').execute();
      return rows.map(({ login }) => login);
    });

  it('is stored with what came before it, once the transaction has ended', async () => {
    let answered = false;
    const done = await db.transaction(async (em) => {
      await put(em, 'ada');
      await withCommit(em, () => put(em, 'bob').finally(() => (answered = true)));
      // The databases that take one statement after the other have answered by now.
      expect(answered).toBe(kind !== 'postgresql');
      return 'done';
    });
    expect([done, answered]).toEqual(['done', true]);
    expect(await stored()).toEqual(['ada', 'bob']);
  });

  it('that fails leaves nothing, and its reason is that of the transaction', async () => {
    const [failed, alone] = await Promise.allSettled([
      db.transaction(async (em) => {
        await put(em, 'ada');
        await withCommit(em, () => refused(em, {}));
      }),
      db.read((em) => refused(em, {})),
    ]);
    expect(failed.status).toBe('rejected');
    expect(String((failed as PromiseRejectedResult).reason)).toBe(
      String((alone as PromiseRejectedResult).reason),
    );
    expect(await stored()).toEqual([]);
    await db.transaction((em) => withCommit(em, () => put(em, 'cy')));
    expect(await stored()).toEqual(['cy']);
  });

  it('is not the last after all: what comes after it is done after it, and fails with it', async () => {
    await db.transaction(async (em) => {
      await withCommit(em, () => put(em, 'ada'));
      await withCommit(em, () => put(em, 'bob'));
      expect(await inOneGo(em, [() => put(em, 'ada'), () => put(em, 'cy')] as const)).toEqual([false, true]);
    });
    expect(await stored()).toEqual(['ada', 'bob', 'cy']);
    const reason = await reasonOf(() => db.read((em) => refused(em, {})));
    const failed = db.transaction(async (em) => {
      await withCommit(em, () => refused(em, {}));
      await put(em, 'dan');
    });
    await expect(failed).rejects.toThrow(reason);
    expect(await stored()).toEqual(['ada', 'bob', 'cy']);
  });

  it('is undone with a transaction that is not kept, or that fails after it', async () => {
    const unkept = db.transaction(
      async (em) => {
        await withCommit(em, () => put(em, 'ada'));
        return 'no';
      },
      () => false,
    );
    expect(await unkept).toBe('no');
    const thrown = db.transaction(async (em) => {
      await withCommit(em, () => put(em, 'ada'));
      throw new RangeError('of its own');
    });
    await expect(thrown).rejects.toThrow('of its own');
    expect(await stored()).toEqual([]);
  });

  it('that fails before it asks anything is not committed without', async () => {
    const failed = db.transaction(async (em) => {
      await put(em, 'ada');
      await withCommit(em, () => Promise.reject(new RangeError('no memory')));
    });
    await expect(failed).rejects.toThrow('no memory');
    expect(await stored()).toEqual([]);
  });

  it('may ask nothing, and stands for itself outside a transaction', async () => {
    await db.transaction((em) => withCommit(em, () => Promise.resolve()));
    await db.read((em) => withCommit(em, () => put(em, 'ada')));
    expect(await stored()).toEqual(['ada']);
  });
});

const reasonOf = (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => 'nothing failed',
    (error: unknown) => (error as Error).message,
  );
