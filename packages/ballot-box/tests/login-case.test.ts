/** Ada and ada, where the provider of accounts gives the two names to two people. */
import { signIn, tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import {
  ALL_DIALECTS,
  at,
  castFor,
  countedRows,
  kindOf,
  look,
  makeElection,
  must,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

describe.each(ALL_DIALECTS)('logins that tell case apart, on %s', (dialect) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(dialect);
  });
  afterEach(() => world.end());

  const enter = (account: string, login: string): Promise<Person> =>
    signIn(world.db, { account, login }, { tellsCaseApart: 'yes' });
  const exact = (voters: readonly string[], changes: Partial<Election> = {}): Election =>
    makeElection(voters, { logins: 'exact', officers: ['Olga', 'olga'], seats: 1, ...changes });
  const counted = async (election: Election): Promise<string[]> => {
    const officer = await enter('9', 'Olga');
    return countedRows(world, election, { officer, voter: officer });
  };
  const rolls = () => world.db.read((em) => tables(em).selectFrom('election').select('roll').execute());

  it('give two people of one name but for capitals a vote each, whoever comes first', async () => {
    const election = exact(['Ada', 'ada', 'bob']);
    must(await world.box.ensureOpened(election, at('c1')));
    const [ada, Ada] = [await enter('2', 'ada'), await enter('1', 'Ada')];
    await castFor(world, election, ada, { mary: 1 }, 'of ada');
    await castFor(world, election, Ada, { grace: 1 }, 'of Ada');
    expect(await (await look(world, election, ada, 'of ada')).read()).toEqual({ mary: 1 });
    expect(await (await look(world, election, Ada, 'of Ada')).read()).toEqual({ grace: 1 });
    // The one who was there before is still signed in under their name.
    expect(must(await world.box.personFacts(election, ada))).toMatchObject({ roll: 'on', voted: true });
    const bob = await enter('3', 'Bob');
    expect(kindOf(await world.box.paper(election, bob))).toBe('not-eligible');
    expect(must(await world.box.personFacts(election, bob))).toMatchObject({ roll: 'off', voted: false });
    expect(await counted(election)).toHaveLength(2);
  });

  it('are no way to the entry of another one, whether it has voted or not', async () => {
    const election = exact(['Ada']);
    must(await world.box.ensureOpened(election, at('c1')));
    const ada = await enter('2', 'ada');
    expect(kindOf(await world.box.paper(election, ada))).toBe('not-eligible');
    await castFor(world, election, await enter('1', 'Ada'), { mary: 1 });
    expect(kindOf(await world.box.paper(election, ada))).toBe('not-eligible');
  });

  it('give each officer an office of their own, and an operator frees the one that is named', async () => {
    const election = exact(['ada']);
    must(await world.box.ensureOpened(election, at('c1')));
    const [olga, Olga] = [await enter('2', 'olga'), await enter('1', 'Olga')];
    for (const officer of [olga, Olga])
      expect(kindOf(await world.box.listExceptions(election, officer))).toBe('accepted');
    expect(kindOf(await world.box.listExceptions(election, await enter('3', 'OLGA')))).toBe('not-officer');
    must(await world.box.releaseOffice({ key: election.key, login: 'olga' }, 'operator'));
    const held = (await world.box.listOffices()).map(({ login, account }) => [login, account]);
    expect(held).toEqual([['Olga', '1']]);
  });

  it('leave an election that opened by the other rule as it was, with who has voted in it', async () => {
    const { logins: _, ...before } = exact(['Ada', 'bob']);
    must(await world.box.ensureOpened(before, at('c1')));
    const [{ roll } = { roll: '' }] = await rolls();
    expect(roll).toBe('["ada","bob"]');
    const Ada = await enter('1', 'Ada');
    await castFor(world, before, Ada, { mary: 1 }, 'of Ada');
    const after = exact(['Ada', 'bob', 'Cy']);
    must(await world.box.ensureOpened(after, at('c2')));
    expect(must(await world.box.personFacts(after, Ada))).toMatchObject({ roll: 'on', voted: true });
    expect(kindOf(await world.box.paper(after, await enter('2', 'ada')))).toBe('identity-mismatch');
    await castFor(world, after, await enter('3', 'Cy'), { mary: 1 });
    expect(await counted(after)).toHaveLength(2);
  });
});
