/** The record of what officers and the server did: who can write rows takes nothing out of it and puts nothing in. */
import { tables } from '@elekto/db';
import { hashOf } from '@elekto/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Election } from '@elekto/election';
import { DIALECTS, at, kindOf, must, openElection, startWorld } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('the record on %s', (dialect) => {
  let world: World;
  let election: Election;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election } = await openElection(world, 3));
    for (const commit of ['c1', 'c2', 'c3']) {
      election = { ...election, closesAt: election.closesAt + 60_000 };
      must(await world.box.ensureOpened(election, at(commit)));
    }
  });
  afterEach(() => world.end());

  const events = () =>
    world.db.read((em) => tables(em).selectFrom('audit_event').selectAll().orderBy('seq').execute());
  const problem = async (): Promise<string | undefined> => (await world.box.recordProblem())?.kind;
  type Row = Awaited<ReturnType<typeof events>>[number];
  const write = (rows: readonly Row[]) =>
    world.db.transaction(async (em) => {
      await tables(em).deleteFrom('audit_event').execute();
      await tables(em)
        .insertInto('audit_event')
        .values([...rows])
        .execute();
    });

  it('is intact as it was written', async () => {
    expect(await events()).toHaveLength(4);
    expect(await problem()).toBeUndefined();
  });

  it('tells every changed field, a lost event and a changed order', async () => {
    const rows = await events();
    const second = rows[1] as Row;
    const changes: Partial<Row>[] = [
      { election_key: 'other' },
      { at: 1 },
      { actor: 'officer' },
      { action: 'opened' },
      { detail: '' },
      { prev_hash: '0'.repeat(64) },
      { hash: rows[0]?.hash ?? '' },
    ];
    for (const change of changes) {
      await write(rows.with(1, { ...second, ...change }));
      expect(await problem(), JSON.stringify(change)).toBe('record-altered');
    }
    await write(rows.toSpliced(1, 1));
    expect(await problem()).toBe('record-altered');
    await write([rows[0], { ...rows[2], seq: 2 }, { ...rows[1], seq: 3 }, rows[3]] as Row[]);
    expect(await problem()).toBe('record-altered');
    await write(rows);
    expect(await problem()).toBeUndefined();
  });

  it('is not continued by who has no key, be it from the beginning', async () => {
    const rows = await events();
    let previous = '0'.repeat(64);
    const forged = rows.toSpliced(1, 1).map((row, index) => {
      const seq = index + 1;
      const { election_key, at, actor, action, detail } = row;
      const hash = hashOf(
        'elekto/audit/1',
        previous,
        String(seq),
        election_key,
        String(at),
        actor,
        action,
        detail,
      );
      const next = { ...row, seq, prev_hash: previous, hash };
      previous = hash;
      return next;
    });
    await write(forged);
    expect(await problem()).toBe('record-altered');
    await write([...forged, { ...(forged.at(-1) as Row), seq: 4 }]);
    expect(await problem()).toBe('record-altered');
  });

  it('tells that its last events are missing, and writes nothing over them', async () => {
    const rows = await events();
    await write(rows.slice(0, 2));
    expect(await problem()).toBe('record-cut');
    world.clock.now = election.closesAt + 1;
    const closed = await world.box.close(election);
    expect(kindOf(closed)).toBe('ballot-box-damaged');
    expect(closed.ok ? '' : closed.error.why).toMatch(/lacks its last events \(restored from a backup\?\)/);
    expect(await world.box.state(election.key)).toBe('open');
    await world.db.transaction((em) => tables(em).deleteFrom('audit_event').execute());
    expect(await problem()).toBe('record-cut');
  });

  it('that was altered is a stop at the count', async () => {
    const rows = await events();
    await write(rows.with(1, { ...(rows[1] as Row), detail: 'nothing of note' }));
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    const counted = await world.box.finalise(election);
    expect(counted.ok ? '' : (counted.error.why ?? '')).toMatch(/event 2 of the record .* was altered/);
    const closed = (await events()).slice(4);
    await write([...rows, ...closed]);
    must(await world.box.finalise(election));
  });

  it('goes on after a restore that an operator has accepted, and says so for ever', async () => {
    await write((await events()).slice(0, 2));
    must(await world.box.acceptRestore(election, 'operator ops'));
    expect(await problem()).toBeUndefined();
    expect((await events()).map(({ seq, action }) => [seq, action])).toEqual([
      [1, 'opened'],
      [2, 'deadline-moved'],
      [5, 'restore-accepted'],
    ]);
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    expect(await problem()).toBeUndefined();
    await write((await events()).filter(({ action }) => action !== 'restore-accepted'));
    expect(await problem()).toBe('record-altered');
  });
});
