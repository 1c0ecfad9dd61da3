import { countUses, forgetUses, migrate, sql, startDatabase, tables, takeOnce } from '@elekto/db';
import type { Database } from '@elekto/db';
import { freshPostgres } from '@elekto/testing/postgres';
import type { FreshPostgres } from '@elekto/testing/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';

let postgres: FreshPostgres;
let one: Database;
let other: Database;
beforeAll(async () => {
  postgres = await freshPostgres();
  const pepper = new Uint8Array(32).fill(3);
  [one, other] = (await Promise.all([1, 2].map(() => startDatabase({ url: postgres.url, pepper })))) as [
    Database,
    Database,
  ];
  await migrate(one);
});
afterAll(async () => {
  await one?.close();
  await other?.close();
  await postgres?.drop();
});

interface Row {
  readonly id: Buffer;
  readonly uses: number;
  readonly ends_at: string;
}
const rowsOf = async (): Promise<Row[]> =>
  (await one.read((em) => sql<Row>`select * from recent_use`.execute(tables(em)))).rows;
/** As if it were that much later. */
const later = (ms: number): Promise<unknown> =>
  one.read((em) => sql`update recent_use set ends_at = ends_at - ${ms}::bigint`.execute(tables(em)));

it('counts what several servers count, and loses none of those at once', async () => {
  const add = (db: Database, uses: number) =>
    countUses(db, { name: 'cast person:vera', uses, windowSeconds: 86_400 });
  await Promise.all(Array.from({ length: 40 }, (_, i) => add(i % 2 === 0 ? one : other, 2)));
  const { total, secondsLeft } = await add(other, 1);
  expect(total).toBe(81);
  expect(secondsLeft).toBeGreaterThanOrEqual(1);
  expect(secondsLeft).toBeLessThanOrEqual(86_400);
  expect((await countUses(one, { name: 'cast person:victor', uses: 1, windowSeconds: 86_400 })).total).toBe(
    1,
  );
});

it('stores neither a name nor a time, but the end that a window has for everybody', async () => {
  await countUses(one, { name: 'read address:192.0.2.7', uses: 1, windowSeconds: 3600 });
  await takeOnce(one, 'a code', 60);
  const rows = await rowsOf();
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const { id, ends_at } of rows) {
    expect(id).toHaveLength(32);
    expect(Number(ends_at) % 60_000).toBe(0);
  }
  expect(JSON.stringify(rows)).not.toMatch(/192\.0|read|code/);
});

it('lets a thing be taken once, whoever is asked and however many ask at once', async () => {
  const firsts = await Promise.all(
    Array.from({ length: 12 }, (_, i) => takeOnce(i % 2 === 0 ? one : other, 'nonce', 60)),
  );
  expect(firsts.filter(Boolean)).toHaveLength(1);
  expect(await takeOnce(other, 'another nonce', 60)).toBe(true);
});

it('forgets what is over, and nothing else', async () => {
  const before = (await rowsOf()).length;
  await forgetUses(one);
  expect(await rowsOf()).toHaveLength(before);
  await later(2 * 86_400_000);
  await takeOnce(one, 'of now', 60);
  await forgetUses(other);
  expect(await rowsOf()).toHaveLength(1);
});

it('is in no write-ahead log: the table is not logged', async () => {
  const { rows } = await one.read((em) =>
    sql<{ kind: string }>`select relpersistence as kind from pg_class where relname = 'recent_use'`.execute(
      tables(em),
    ),
  );
  expect(rows).toEqual([{ kind: 'u' }]);
});
