/** Voters whose account the roll names by its number: who gets their login before they have voted has nothing of it. */
import { signIn, tables } from '@elekto/db';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  at,
  castFor,
  DIALECTS,
  finish,
  kindOf,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a voter whose number the roll says, on %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election, people, officer } = await openElection(world, ['ada', 'grace']));
  });
  afterEach(() => world.end());

  const numbered = (account: string): Election => ({
    ...election,
    voters: [
      { login: 'ada', account, line: 2 },
      { login: 'grace', line: 3 },
    ],
  });
  const ada = (): Person => people[0] as Person;
  const tries = async (files: Election, person: Person) =>
    kindOf(
      await world.box.cast(files, person, (await seal(world, files, people[1] as Person, { mary: 1 })).cast),
    );

  it('loses the vote to nobody who was given their login before they voted', async () => {
    const files = numbered(ada().account);
    must(await world.box.ensureOpened(files, at('c1')));
    const renamed = await signIn(world.db, { account: ada().account, login: 'lovelace' });
    const heir = await newPerson(world, 'ada');
    expect(kindOf(await world.box.paper(files, heir))).toBe('identity-mismatch');
    expect(await tries(files, heir)).toBe('identity-mismatch');
    expect(must(await world.box.personFacts(files, heir)).roll).toBe('taken');
    expect(must(await world.box.personFacts(files, renamed)).roll).toBe('on');
    await castFor(world, files, renamed, { ada: 1 });
    expect(await tries(files, heir)).toBe('identity-mismatch');
    // Who is nobody on the roll may say so, and another account of the same login is nobody.
    const plea = { name: 'Ada', email: 'ada@example.org', reason: 'I am another one' };
    expect(kindOf(await world.box.requestException(files, heir, plea))).toBe('accepted');
    expect(kindOf(await world.box.requestException(files, renamed, plea))).toBe('already-eligible');
    const trail = must(await world.box.audit(files, officer)).map(
      ({ action, detail }) => `${action} ${detail}`,
    );
    expect(trail).toEqual(
      expect.arrayContaining([`voters-added ada#${ada().account}`, 'voters-removed ada']),
    );
    await finish(world, files);
    expect(must(await world.box.outcome(files, officer))).toMatchObject({ cast: 1, eligible: 2 });
  });

  it('is kept from the vote by nobody who was first, once voting is started anew', async () => {
    const thief = await newPerson(world, 'ada');
    await castFor(world, election, thief, { mary: 1 });
    const files = numbered(ada().account);
    must(await world.box.ensureOpened(files, at('c1')));
    expect(must(await world.box.personFacts(files, thief)).roll).toBe('taken');
    expect(kindOf(await world.box.paper(files, ada()))).toBe('identity-mismatch');
    expect(must(await world.box.askRestart(files, officer, at('c2')))).toBe('restarted');
    await castFor(world, files, ada(), { ada: 1 });
    expect(await tries(files, thief)).toBe('identity-mismatch');
  });

  it('is nobody else by a number that somebody writes into the row, or takes out of it', async () => {
    const files = numbered(ada().account);
    must(await world.box.ensureOpened(files, at('c1')));
    const heir = await newPerson(world, 'ada');
    const write = (roll: string) =>
      world.db.transaction((em) => tables(em).updateTable('election').set({ roll }).execute());
    for (const roll of [
      JSON.stringify(['ada', 'grace']),
      JSON.stringify({ names: ['ada', 'grace'], accounts: { ada: heir.account } }),
      JSON.stringify({ names: ['ada', 'grace'] }),
    ]) {
      await write(roll);
      // The roll as it was read before decides as long as this server remembers it.
      expect(['identity-mismatch', 'ballot-box-damaged']).toContain(
        kindOf(await world.box.paper(files, heir)),
      );
    }
    expect(must(await world.box.participation(files, heir)).voted).toBe(false);
  });
});
