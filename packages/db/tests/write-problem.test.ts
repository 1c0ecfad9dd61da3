import { freshPostgres, type FreshPostgres } from '@elekto/testing';
import { DatabaseFault, migrate, sql, startDatabase, tables, writeProblem, type Database } from '@elekto/db';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchWrites } from '../src/write-watch.ts';

let db: Database;
let drop: () => unknown = () => undefined;
afterEach(async () => {
  await db.close();
  await drop();
});

async function onSqlite(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-writes-'));
  drop = () => rmSync(dir, { recursive: true });
  db = await startDatabase({ url: `sqlite:${join(dir, 'elekto.db')}`, pepper: Buffer.alloc(32, 1) });
  await migrate(db);
}

async function onPostgres(): Promise<void> {
  const postgres: FreshPostgres = await freshPostgres();
  drop = () => postgres.drop();
  const pepper = Buffer.alloc(32, 1);
  db = await startDatabase({ url: postgres.url, pepper });
  await migrate(db);
  await db.close();
  // One connection, so that what is set on it holds.
  db = await startDatabase({ url: postgres.url, pepper, poolSize: 1 });
}

const run = (statement: string): Promise<unknown> => db.read((em) => sql.raw(statement).execute(tables(em)));

describe('a database that is asked whether it takes writes', () => {
  it('says SQLITE_FULL without waiting for a ballot to fail, and nothing once there is room', async () => {
    await onSqlite();
    // Full as soon as a page more is wanted.
    await run('pragma max_page_count = 1');
    expect(await writeProblem(db)).toBe('SQLITE_FULL');
    expect(await writeProblem(db)).toBe('SQLITE_FULL');
    await run('pragma max_page_count = 100000');
    expect(await writeProblem(db)).toBeNull();
  });

  it('is asked at once when something else could not be written', async () => {
    await onSqlite();
    expect(await writeProblem(db)).toBeNull();
    await run('pragma max_page_count = 1');
    expect(await writeProblem(db)).toBeNull();
    const large = db.transaction((em) =>
      tables(em)
        .insertInto('note')
        .values({ name: 'large', body: 'x'.repeat(200_000), version: 1, mac: '' })
        .execute(),
    );
    await expect(large).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await run('pragma query_only = on');
    expect(await writeProblem(db)).toBe('SQLITE_READONLY');
    await run('pragma query_only = off');
    await run('pragma max_page_count = 100000');
    expect(await writeProblem(db)).toBeNull();
  });

  it('is tried with as much as a ballot writes until that succeeds, and with little while nothing fails', async () => {
    await onSqlite();
    const writes = watchWrites();
    const tried: boolean[] = [];
    const ask = (error?: Error): Promise<string | null> =>
      writes.problem((isCalm) => {
        tried.push(isCalm);
        return error === undefined ? Promise.resolve() : Promise.reject(error);
      });
    const full = new DatabaseFault('other', '53100');
    expect(await ask()).toBeNull();
    writes.failed(full);
    expect(await ask(full)).toBe('53100');
    expect(await ask()).toBeNull();
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    expect(await ask()).toBeNull();
    vi.restoreAllMocks();
    expect(tried).toEqual([false, false, false, true]);
  });

  it('says 25006 when it is a replica that only reads', async () => {
    await onPostgres();
    await run('set default_transaction_read_only = on');
    expect(await writeProblem(db)).toBe('25006');
    await run('set default_transaction_read_only = off');
    expect(await writeProblem(db)).toBeNull();
  });
});
