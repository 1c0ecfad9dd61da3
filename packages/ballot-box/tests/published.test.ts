/** When a result was published decides when links are destroyed: nobody moves it, and a version before is taken over. */
import { tables } from '@elekto/db';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeElection, electionRow } from '../src/box/election-row.ts';
import { takeOverRest } from '../src/pairing/take-over.ts';
import { ok } from '../src/result.ts';
import { transact } from '../src/transact.ts';
import { castFor, DIALECTS, finish, kindOf, must, openElection, startWorld } from './support.ts';
import type { World } from './support.ts';

const RANKED = { ada: 1, barbara: 2, grace: 3, katherine: 4, mary: 5 };
const FORTNIGHT = 14 * 24 * 60 * 60 * 1000;

describe.each(DIALECTS)('the time of a publication on %s', (dialect) => {
  let world: World;
  let election: Election;
  let officer: Person;
  let publishedAt: number;
  beforeEach(async () => {
    world = await startWorld(dialect);
    const held = await openElection(world, 3, { deleteAfter: true });
    ({ election, officer } = held);
    await castFor(world, election, held.people[0] as Person, RANKED, 'words');
    await finish(world, election);
    must(await world.box.markPublished(election, officer));
    publishedAt = world.clock.now;
  });
  afterEach(() => world.end());

  const set = (published_at: number | null) =>
    world.db.read((em) => tables(em).updateTable('election').set({ published_at }).execute());
  const actions = async () => must(await world.box.audit(election, officer)).map(({ action }) => action);

  it('is moved by nobody who writes rows, in neither direction', async () => {
    for (const [moved, now] of [
      [publishedAt - FORTNIGHT, publishedAt],
      [publishedAt + FORTNIGHT, publishedAt + FORTNIGHT],
      [null, publishedAt + FORTNIGHT],
    ] as const) {
      await set(moved);
      world.clock.now = now;
      expect(kindOf(await world.box.endLinks(election.key))).toBe('ballot-box-damaged');
      expect(kindOf(await world.box.linksTold(election))).toBe('ballot-box-damaged');
      expect(kindOf(await world.box.publishedAt(election))).toBe('ballot-box-damaged');
    }
    expect(await actions()).not.toContain('links-destroyed');
    await set(publishedAt);
    must(await world.box.endLinks(election.key));
    expect(await actions()).toContain('links-destroyed');
  });

  /** As rows of before were: the time was not in the election's row. */
  const before = () =>
    transact(world, async (em) => {
      const opened = await electionRow(world, em, election.key, 'update');
      if (opened === null) throw new Error('expected the row');
      return ok(await changeElection(world, em, opened, { publishedAt: null }));
    });
  const start = () => takeOverRest({ ...world, now: () => Promise.resolve(world.clock.now) });

  it('of a version before is taken from the record, once', async () => {
    must(await before());
    world.clock.now += 1_000_000;
    await start();
    expect(must(await world.box.publishedAt(election))).toBe(publishedAt);
    const { version } = await world.db.read((em) =>
      tables(em).selectFrom('election').select('version').executeTakeFirstOrThrow(),
    );
    await start();
    const after = await world.db.read((em) =>
      tables(em).selectFrom('election').select('version').executeTakeFirstOrThrow(),
    );
    expect(after.version).toBe(version);
  });

  it('of a version before whose record was altered is the present one: links last longer, never shorter', async () => {
    must(await before());
    await world.db.read((em) =>
      tables(em)
        .updateTable('audit_event')
        .set({ at: election.closesAt })
        .where('action', '=', 'published')
        .execute(),
    );
    world.clock.now += 1_000_000;
    await start();
    expect(must(await world.box.publishedAt(election))).toBe(world.clock.now);
  });
});
