/** Who took part is as authentic as the ballots: a row that is moved, copied, put back or made up wins nothing. */
import { AccountAltered, signIn, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DIALECTS, castFor, finish, kindOf, look, must, openElection, seal, startWorld } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a voter who can write every row of %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;
  let mallory: Person;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election, people, officer } = await openElection(world, 6));
    mallory = people[0] as Person;
    for (const person of people.slice(1, 3)) await castFor(world, election, person, { ada: 1 }, 'words');
    await castFor(world, election, mallory, { mary: 1 }, 'words');
  });
  afterEach(() => world.end());

  const write = (work: (em: EntityManager) => Promise<unknown>) => world.db.transaction(work);
  const rowOf = (userId: string) =>
    world.db.read((em) =>
      tables(em).selectFrom('participation').selectAll().where('user', '=', userId).executeTakeFirstOrThrow(),
    );
  const move = (from: string, to: string) =>
    write((em) =>
      tables(em).updateTable('participation').set({ user: to }).where('user', '=', from).execute(),
    );
  const again = async (): Promise<string> => {
    const { cast } = await seal(world, election, mallory, { mary: 1 });
    return kindOf(await world.box.cast(election, mallory, cast));
  };
  async function stops(reason: RegExp): Promise<void> {
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    const counted = await world.box.finalise(election);
    expect(counted.ok ? 'counted' : (counted.error.why ?? '')).toMatch(reason);
    expect(await world.box.state(election.key)).toBe('closed');
  }

  it('stuffs no ballots by giving the own row to ghosts', async () => {
    await write((em) =>
      tables(em)
        .insertInto('user_account')
        .values({ id: 'ghost', account: 'g1', login: 'ghost', mac: 'x' })
        .execute(),
    );
    await move(mallory.userId, 'ghost');
    await again();
    await stops(/somebody took part whose account is not bound to a name on the roll/);
  });

  it('stuffs no ballots by giving the own row to somebody who has not voted, nor keeps them from voting unnoticed', async () => {
    const victim = people[3] as Person;
    await move(mallory.userId, victim.userId);
    const { cast } = await seal(world, election, people[4] as Person, { ada: 1 });
    must(await world.box.cast(election, people[4] as Person, cast));
    const answer = await world.box.paper(election, victim);
    expect(answer.ok ? '' : (answer.error.why ?? '')).toMatch(/a record of who took part was altered/);
    await again();
    await stops(/not bound to a name on the roll|altered or belongs to somebody else/);
  });

  it('stuffs no ballots with the binding moved along', async () => {
    const victim = people[3] as Person;
    await move(mallory.userId, victim.userId);
    await write((em) =>
      tables(em)
        .updateTable('roll_binding')
        .set({ user: victim.userId })
        .where('user', '=', mallory.userId)
        .execute(),
    );
    const { cast } = await seal(world, election, people[4] as Person, { ada: 1 });
    must(await world.box.cast(election, people[4] as Person, cast));
    await expect(again()).rejects.toThrow('ballot-box-damaged: a name on the roll is bound to an account by');
    await stops(/not bound to a name on the roll/);
  });

  it('stuffs no ballots with the genuine row of somebody who has withdrawn', async () => {
    const friend = people[1] as Person;
    const kept = await rowOf(friend.userId);
    const { claim } = await look(world, election, friend, 'words');
    must(await world.box.withdraw(election, friend, claim));
    await write((em) => tables(em).deleteFrom('participation').where('user', '=', mallory.userId).execute());
    expect(await again()).toBe('accepted');
    await write((em) => tables(em).insertInto('participation').values(kept).execute());
    await stops(/the records of who took part are not those of the ballots in the box/);
  });

  it('stuffs no ballots by forgetting that there was one', async () => {
    await write((em) => tables(em).deleteFrom('participation').where('user', '=', mallory.userId).execute());
    expect(await again()).toBe('accepted');
    await stops(/3 people took part and the box holds 4 ballots/);
  });

  it('stuffs no ballots as somebody new', async () => {
    await write(async (em) => {
      await tables(em).deleteFrom('roll_binding').where('user', '=', mallory.userId).execute();
      await tables(em)
        .updateTable('user_account')
        .set({ account: 'old' })
        .where('id', '=', mallory.userId)
        .execute();
    });
    const { account, login } = mallory;
    await expect(signIn(world.db, { account, login })).rejects.toThrow(AccountAltered);
    await write((em) =>
      tables(em)
        .updateTable('participation')
        .set({ user: people[3]?.userId ?? '' })
        .where('user', '=', mallory.userId)
        .execute(),
    );
    await write((em) => tables(em).deleteFrom('user_account').where('id', '=', mallory.userId).execute());
    expect((await signIn(world.db, { account, login })).userId).toBe(mallory.userId);
  });

  it('that changed rows nobody wrote is put right by the operator, and no honest ballot is lost', async () => {
    const victim = people[3] as Person;
    const copied = { ...(await rowOf(mallory.userId)), user: victim.userId };
    await write((em) => tables(em).insertInto('participation').values(copied).execute());
    expect(kindOf(await world.box.paper(election, victim))).toBe('ballot-box-damaged');
    must(await world.box.acceptRestore(election, 'operator ops'));
    await castFor(world, election, victim, { ada: 1 });
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(4);
  });

  it('that made the rows contradict the box is not put right by a word', async () => {
    await write((em) => tables(em).deleteFrom('participation').where('user', '=', mallory.userId).execute());
    const accepted = await world.box.acceptRestore(election, 'operator ops');
    expect(accepted.ok ? '' : (accepted.error.why ?? '')).toMatch(/not those of the ballots in the box/);
    await stops(/2 people took part and the box holds 3 ballots/);
  });

  it('puts no rows of an earlier choice back to undo a new passphrase', async () => {
    const friend = people[1] as Person;
    const old = await rowOf(friend.userId);
    const { claim } = await look(world, election, friend, 'words');
    const { cast } = await seal(world, election, friend, { grace: 1 }, 'new words');
    must(await world.box.replace(election, friend, { authKey: claim.authKey, old: claim, cast }));
    await write((em) =>
      tables(em).updateTable('participation').set(old).where('user', '=', friend.userId).execute(),
    );
    const seen = await look(world, election, friend, 'words');
    await expect(seen.read()).rejects.toThrow('ballot-box-damaged');
    expect(kindOf(await world.box.withdraw(election, friend, seen.claim))).toBe('ballot-box-damaged');
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(3);
  });
});
