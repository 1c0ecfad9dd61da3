import { freshPostgres, type FreshPostgres } from '@elekto/testing';
import {
  migrate,
  readNotes,
  sql,
  startDatabase,
  tables,
  writeNote,
  writeProblem,
  type Database,
} from '@elekto/db';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

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
    await expect(writeNote(db, 'large', 'x'.repeat(200_000))).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await run('pragma query_only = on');
    expect(await writeProblem(db)).toBe('SQLITE_READONLY');
    await run('pragma query_only = off');
    await run('pragma max_page_count = 100000');
    expect(await writeProblem(db)).toBeNull();
  });

  it('says 25006 when it is a replica that only reads', async () => {
    await onPostgres();
    await run('set default_transaction_read_only = on');
    expect(await writeProblem(db)).toBe('25006');
    await run('set default_transaction_read_only = off');
    expect(await writeProblem(db)).toBeNull();
  });
});

describe.each([
  ['SQLite', onSqlite],
  ['PostgreSQL', onPostgres],
])('a note on %s', (_name, open) => {
  it('is what was written last, and none when somebody else wrote it or moved it', async () => {
    await open();
    await writeNote(db, 'a/1', 'first');
    await writeNote(db, 'a/1', 'second');
    await writeNote(db, 'a/2', 'other');
    await writeNote(db, 'b/1', 'elsewhere');
    expect([...(await readNotes(db, 'a/'))]).toEqual([
      ['a/1', 'second'],
      ['a/2', 'other'],
    ]);
    await run("update note set body = 'forged' where name = 'a/1'");
    await run("update note set name = 'a/3' where name = 'a/2'");
    expect([...(await readNotes(db, 'a/'))]).toEqual([]);
  });
});
