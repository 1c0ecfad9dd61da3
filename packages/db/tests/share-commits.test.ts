import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseFault, sql, startDatabase, tables, type Database, type EntityManager } from '@elekto/db';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let dir: string;
let path: string;
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-commits-'));
  path = join(dir, 'elekto.db');
  db = await startDatabase({ url: `sqlite:${path}` });
  await db.read((em) => sql`create table seen (n integer primary key, others integer)`.execute(tables(em)));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** How long a group takes decides who is in it: here a busy machine takes no longer. */
const stopClock = (): void => void vi.spyOn(performance, 'now').mockReturnValue(0);

/** Commits in the write-ahead log, by its file format: a frame that ends one tells the size of the database. */
function commits(): number {
  const log = readFileSync(`${path}-wal`);
  const size = 24 + log.readUInt32BE(8);
  let count = 0;
  for (let at = 32; at + size <= log.length; at += size) if (log.readUInt32BE(at + 4) > 0) count += 1;
  return count;
}

/** Writes a number beside how many stood there before. */
const add = (n: number) => async (em: EntityManager) => {
  const others = await seen(em);
  await sql`insert into seen values (${n}, ${others})`.execute(tables(em));
  return n;
};
async function seen(em: EntityManager): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from seen`.execute(tables(em));
  return rows[0]?.n ?? -1;
}
const all = async (): Promise<number[][]> => {
  const { rows } = await db.read((em) =>
    sql<{ n: number; others: number }>`select n, others from seen order by others`.execute(tables(em)),
  );
  return rows.map(({ n, others }) => [n, others]);
};
const many = Array.from({ length: 20 }, (_, i) => i);

describe('transactions that wait for each other on SQLite', () => {
  it('share few commits, and see each other as if one came after the other', async () => {
    stopClock();
    const before = commits();
    expect(await Promise.all(many.map((n) => db.transaction(add(n))))).toEqual(many);
    expect(await all()).toEqual(many.map((n) => [n, n]));
    expect(commits() - before).toBeLessThan(many.length / 2);
  });

  it('leave the others as they are when one fails or is not kept', async () => {
    const done = await Promise.allSettled(
      many.map((n) =>
        db.transaction(
          async (em) => {
            await add(n)(em);
            if (n % 3 === 1) throw new Error(`no ${n}`);
            return n;
          },
          (value) => value % 3 !== 2,
        ),
      ),
    );
    expect(done.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual(
      many.map((n) => (n % 3 === 1 ? 'failed' : n)),
    );
    expect((await all()).map(([n]) => n)).toEqual(many.filter((n) => n % 3 === 0));
  });

  it('that break a rule of a table are refused alone', async () => {
    const done = await Promise.allSettled([7, 7, 8].map((n) => db.transaction(add(n))));
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((done[1] as PromiseRejectedResult).reason).toMatchObject({ kind: 'unique' });
    expect(await all()).toEqual([
      [7, 0],
      [8, 1],
    ]);
  });

  it('are answered only when it is certain: of what the disk has no room for all are refused, with that reason', async () => {
    await db.transaction(add(0));
    await db.read((em) => sql`pragma max_page_count = 1`.execute(tables(em)));
    const fill = async (em: EntityManager): Promise<void> => {
      await sql`create table big as select randomblob(500000) as b`.execute(tables(em));
    };
    const answered: string[] = [];
    const done = await Promise.allSettled([
      db.transaction(add(1)).finally(() => answered.push('one')),
      db.transaction(fill).finally(() => answered.push('fill')),
      db.transaction(add(2)).finally(() => answered.push('two')),
    ]);
    const kinds = done.map((each) =>
      each.status === 'fulfilled' ? 'done' : (each.reason as DatabaseFault).code,
    );
    const rows = (await all()).map(([n]) => n);
    // Whoever was told that it is done is there, and nobody else.
    expect(kinds[1]).toBe('SQLITE_FULL');
    expect(rows).toEqual([0, ...[1, 2].filter((n) => kinds[n === 1 ? 0 : 2] === 'done')]);
    expect(new Set(kinds)).toEqual(
      new Set(kinds.includes('done') ? ['done', 'SQLITE_FULL'] : ['SQLITE_FULL']),
    );
  });

  it('are all refused when the commit they share fails, also whose own part was to be undone', async () => {
    stopClock();
    await db.read((em) =>
      sql`create table owed (n integer references seen (n) deferrable initially deferred)`.execute(
        tables(em),
      ),
    );
    await db.read((em) => sql`pragma foreign_keys = on`.execute(tables(em)));
    const done = await Promise.allSettled([
      db.transaction(add(1)),
      db.transaction((em) => sql`insert into owed values (99)`.execute(tables(em))),
      db.transaction(() => Promise.reject(new Error('of its own'))),
    ]);
    expect(done.map((each) => each.status === 'rejected' && each.reason instanceof DatabaseFault)).toEqual([
      true,
      true,
      true,
    ]);
    expect(await all()).toEqual([]);
    expect(await db.transaction(add(2))).toBe(2);
  });

  it('do not keep those who read from their turn', async () => {
    let turns = 0;
    let ended = false;
    const reading = (async () => {
      while (!ended) {
        await db.read(seen);
        turns += 1;
      }
    })();
    await Promise.all(Array.from({ length: 200 }, (_, n) => db.transaction(add(n))));
    ended = true;
    await reading;
    expect(turns).toBeGreaterThan(2);
  });
});
