/** What servers keep for each other: the newest that one of them wrote, or nothing. */
import { sql, tables } from '@elekto/db';
import { CLOCK_NOTE, notesIn, openKeys } from '@elekto/ballot-box';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DIALECTS, startWorld } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a note on %s', (dialect) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(dialect);
  });
  afterEach(() => world.end());

  const rows = () =>
    world.db.read((em) => tables(em).selectFrom('note').selectAll().orderBy('name').execute());
  const run = (statement: string) => world.db.transaction((em) => sql.raw(statement).execute(tables(em)));

  it('is what was written last, and none when somebody else wrote it or moved it', async () => {
    const notes = notesIn(world);
    await notes.write('a/1', 'first');
    await notes.write('a/1', 'second');
    await notes.write('a/2', 'other');
    await notes.write('b/1', 'elsewhere');
    expect([...(await notes.read('a/'))]).toEqual([
      ['a/1', 'second'],
      ['a/2', 'other'],
    ]);
    await run("update note set body = 'forged' where name = 'a/1'");
    await run("update note set name = 'a/3' where name = 'a/2'");
    expect([...(await notes.read('a/'))]).toEqual([]);
    await run("update note set version = 1000000 where name = 'a/1'");
    await notes.write('a/1', 'third');
    expect([...(await notes.read('a/'))]).toEqual([['a/1', 'third']]);
  });

  it('on the clock is taken on an operator’s word only, who stands in the record for it', async () => {
    world.clock.now += 5000;
    expect(await world.box.acceptClock('root')).toEqual({ ok: true, value: world.clock.now });
    expect((await notesIn(world).read(CLOCK_NOTE)).get(CLOCK_NOTE)).toBe(String(world.clock.now));
    const events = await world.db.read((em) => tables(em).selectFrom('audit_event').selectAll().execute());
    expect(events.map(({ action, actor, at }) => [action, actor, Number(at)])).toEqual([
      ['clock-accepted', 'root', world.clock.now],
    ]);
    expect(await world.box.recordProblem()).toBeNull();
  });

  it('of before, or one that was removed, is not taken when it is put back, on any server', async () => {
    const notes = notesIn(world);
    const other = notesIn({ ...world, keys: openKeys(join(world.dir, 'secrets')) });
    const putBack = (copy: Awaited<ReturnType<typeof rows>>) =>
      world.db.transaction(async (em) => {
        await tables(em).deleteFrom('note').execute();
        await tables(em).insertInto('note').values(copy).execute();
      });
    await notes.write('a', 'first');
    const first = await rows();
    await other.write('a', 'second');
    const second = await rows();
    await putBack(first);
    expect([(await notes.read('a')).size, (await other.read('a')).size]).toEqual([0, 0]);
    await putBack(second);
    expect((await notes.read('a')).get('a')).toBe('second');
    await notes.remove(['a']);
    await putBack(second);
    expect((await other.read('a')).size).toBe(0);
    await other.write('a', 'third');
    expect((await notes.read('a')).get('a')).toBe('third');
  });

  it('whose row is gone is still known by its words, on any server, until it is removed', async () => {
    const notes = notesIn(world);
    const other = notesIn({ ...world, keys: openKeys(join(world.dir, 'secrets')) });
    const known = () => ['first', 'second'].map((body) => other.lastIs('a', body));
    expect(known()).toEqual([null, null]);
    await notes.write('a', 'first');
    await run('delete from note');
    expect(known()).toEqual([true, false]);
    await notes.write('a', 'second');
    expect(known()).toEqual([false, true]);
    await notes.remove(['a']);
    expect(known()).toEqual([null, null]);
  });

  it('that several servers write at once is one of theirs', async () => {
    const one = notesIn(world);
    const other = notesIn({ ...world, keys: openKeys(join(world.dir, 'secrets')) });
    await Promise.all(['1', '2', '3', '4'].map((body, at) => (at % 2 === 0 ? one : other).write('a', body)));
    expect((await rows())[0]?.version).toBe(4);
    expect((await one.read('a')).get('a')).toMatch(/^[1-4]$/);
  });
});
