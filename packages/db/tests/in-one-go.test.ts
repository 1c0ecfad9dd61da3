import { ALL_DATABASES, freshDatabase } from '@elekto/testing/databases';
import { inOneGo, insertUnlessThere, migrate, prepared, sql, startDatabase, tables } from '@elekto/db';
import type { Database, EntityManager } from '@elekto/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe.each(ALL_DATABASES)('several steps in one go on %s', (kind) => {
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
  const count = prepared((em) =>
    sql<{ all: number | string }>`select count(*) as ${sql.ref('all')} from user_account`.compile(tables(em)),
  );
  const refused = prepared((em) => sql<object>`select * from nothing_of_that_name`.compile(tables(em)));
  const counted = async (em: EntityManager) => Number((await count(em, {})).rows[0]?.all);

  it('are done in their order, one after the other', async () => {
    const log: string[] = [];
    const step = async (name: string, work: () => Promise<unknown>) => {
      log.push(`${name} asked`);
      const answer = await work();
      log.push(`${name} answered`);
      return answer;
    };
    const answers = await db.transaction((em) =>
      inOneGo(em, [
        () => step('one', () => put(em, 'ada')),
        () => step('two', () => counted(em)),
        () => step('three', () => put(em, 'ada')),
        () => step('four', () => counted(em)),
      ] as const),
    );
    expect(answers).toEqual([true, 1, false, 1]);
    const asked = ['one asked', 'two asked', 'three asked', 'four asked'];
    // PostgreSQL has all of them before it answers the first.
    if (kind === 'postgresql') expect(log.slice(0, 4)).toEqual(asked);
    else expect(log.filter((line) => line.endsWith('asked'))).toEqual(asked);
    expect(await db.read((em) => inOneGo(em, [() => counted(em), () => counted(em)] as const))).toEqual([
      1, 1,
    ]);
  });

  it('of which one fails: the reason is that of the first, and nothing of them is kept', async () => {
    const broken = db.transaction((em) =>
      inOneGo(em, [() => put(em, 'ada'), () => refused(em, {}), () => put(em, 'bob')] as const),
    );
    const alone = db.read((em) => refused(em, {}));
    const [first, second] = await Promise.allSettled([broken, alone]);
    expect(first.status === 'rejected' && second.status === 'rejected').toBe(true);
    // That the transaction is at its end already is no reason.
    expect(String((first as PromiseRejectedResult).reason)).toBe(
      String((second as PromiseRejectedResult).reason),
    );
    expect(await db.read(counted)).toBe(0);
    expect(
      await db.transaction((em) => inOneGo(em, [() => put(em, 'bob'), () => counted(em)] as const)),
    ).toEqual([true, 1]);
  });
});
