import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { leavesOutKnown, migrate, startDatabase, tables, unlessKnown } from '@elekto/db';
import { ALL_DATABASES, freshDatabase } from '@elekto/testing/databases';
import { memoryPlace } from '@elekto/testing/memory-place';
import { describe, expect, it } from 'vitest';

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

describe.each(ALL_DATABASES)('bytes that are at hand, on %s', (dialect) => {
  it('are left out where the database sends them slowly, when they are the very bytes of that row', async () => {
    const dir = mkdtempSync(join(memoryPlace(), 'elekto-known-'));
    const fresh = await freshDatabase(dialect, dir);
    const db = await startDatabase({ url: fresh.url });
    await migrate(db);
    const rows = ['a', 'b', 'c'].map((name) => ({
      board: 'x',
      name,
      about: '',
      mac: '',
      file: Buffer.from(`file ${name}`),
    }));
    await db.transaction((em) => tables(em).insertInto('board_file').values(rows).execute());
    const sent = (known: readonly (readonly [string, Buffer])[]) =>
      db.read(async (em) => {
        const found = await tables(em)
          .selectFrom('board_file')
          .select(unlessKnown(em, 'file', 'name', known).as('file'))
          .orderBy('name')
          .execute();
        return found.map(({ file }) => (file === null ? null : Buffer.from(file).toString()));
      });
    const isLeftOut = await db.read((em) => Promise.resolve(leavesOutKnown(em)));
    expect(isLeftOut).toBe(dialect === 'postgresql');
    expect(await sent([['b', hashOf('file b')]])).toEqual(['file a', isLeftOut ? null : 'file b', 'file c']);
    // Of another row, of what lies there no more, and of nothing.
    const others = [
      ['b', hashOf('file c')],
      ['a', hashOf('file')],
      ['c', Buffer.alloc(0)],
    ] as const;
    expect(await sent(others)).toEqual(['file a', 'file b', 'file c']);
    await db.close();
    await fresh.drop();
    rmSync(dir, { recursive: true });
  });
});
