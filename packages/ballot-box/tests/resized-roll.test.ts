import { afterEach, describe, expect, it } from 'vitest';
import { tables } from '@elekto/db';
import type { Person } from '@elekto/ballot-box';
import {
  at,
  castFor,
  DIALECTS,
  finish,
  look,
  makeElection,
  must,
  newPerson,
  openElection,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

const SMALL = 3;
const LARGE = 1_200;
const RANKED = { ada: 1, barbara: 2, grace: 3, katherine: 4, mary: 5 };

/** As the table has it: rows of the box, and bytes of each. */
async function boxOf(world: World): Promise<{ rows: number; sizes: number[] }> {
  const rows = await world.db.read((em) => tables(em).selectFrom('ballot_box').select('sealed').execute());
  return { rows: rows.length, sizes: [...new Set(rows.map(({ sealed }) => sealed.length))] };
}

describe.each(DIALECTS)('the box of a roll that changes its size, on %s,', (dialect) => {
  let world: World;
  afterEach(() => world.end());

  it('is laid out for the roll until the first ballot, in rows of one size', async () => {
    world = await startWorld(dialect);
    await openElection(world, SMALL);
    expect((await boxOf(world)).rows).toBe(1);
    must(await world.box.ensureOpened(makeElection(LARGE), at('c1')));
    expect(await boxOf(world)).toMatchObject({ rows: 3, sizes: [expect.any(Number)] });
    must(await world.box.ensureOpened(makeElection(SMALL), at('c2')));
    expect((await boxOf(world)).rows).toBe(1);
  });

  it.each([
    ['grows four hundredfold', SMALL, LARGE, 1],
    ['shrinks to a few', LARGE, SMALL, 3],
  ])(
    'keeps its rows from the first ballot on when it %s: old and new voters cast, open their ballots and are counted',
    async (_, before, after, rows) => {
      world = await startWorld(dialect);
      must(await world.box.ensureOpened(makeElection(before), at('c0')));
      const people: Person[] = [];
      for (let i = 0; i < SMALL; i += 1) people.push(await newPerson(world, `voter-${i}`));
      const [early, later, last] = people as [Person, Person, Person];
      await castFor(world, makeElection(before), early, RANKED, 'early words');
      const changed = makeElection(after);
      must(await world.box.ensureOpened(changed, at('c1')));
      expect((await boxOf(world)).rows).toBe(rows);
      await castFor(world, changed, later, RANKED, 'later words');
      const added = await newPerson(world, `voter-${after - 1}`);
      await castFor(world, changed, after === SMALL ? last : added, { mary: 1 });
      expect(await (await look(world, changed, early, 'early words')).read()).toEqual(RANKED);
      await finish(world, changed);
      const officer = await newPerson(world, 'officer');
      expect(must(await world.box.outcome(changed, officer))).toMatchObject({ cast: 3 });
    },
  );
});
