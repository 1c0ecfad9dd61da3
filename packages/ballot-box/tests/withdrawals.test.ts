/** A ballot that its voter took back stays away, whatever is sent again and whoever writes the rows. */
import { afterEach, describe, expect, it } from 'vitest';
import { createBallotBox } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import { copyRows } from './rows.ts';
import { doAct } from './random-insider/hostile.ts';
import {
  countedRows,
  kindOf,
  look,
  must,
  openElection,
  seal,
  startWorld,
  SUITES,
  TEST_KDF,
} from './support.ts';
import type { World } from './support.ts';

let world: World;
afterEach(() => world.end());

async function begin(dialect: World['dialect'], suite: World['suite']) {
  world = await startWorld(dialect, { suite });
  const { election, people, officer } = await openElection(world, 3);
  const voter = people[0] as Person;
  const cast = async (ranking: Record<string, number>) =>
    (await seal(world, election, voter, ranking, 'words')).cast;
  const withdraw = async (): Promise<void> => {
    const seen = await look(world, election, voter, 'words');
    must(await world.box.withdraw(election, voter, { ...seen.claim, ...(await seen.letGo()) }));
  };
  const send = async (sealed: Awaited<ReturnType<typeof cast>>) =>
    kindOf(await world.box.cast(election, voter, sealed));
  return { election, voter, officer, cast, withdraw, send };
}

describe.each(SUITES)('a ballot that was taken back, on $dialect, suite $suite', ({ dialect, suite }) => {
  it('is not put back by what is sent again late: neither the last cast nor one that it had replaced', async () => {
    const { election, voter, officer, cast, withdraw, send } = await begin(dialect, suite);
    const first = await cast({ ada: 1 });
    expect([await send(first), await send(first)]).toEqual(['accepted', 'accepted']);
    const seen = await look(world, election, voter, 'words');
    const second = await cast({ mary: 1 });
    const change = { authKey: seen.claim.authKey, old: seen.claim, cast: second };
    must(await world.box.replace(election, voter, { ...change, ...(await seen.letGo(second)) }));
    await withdraw();
    const before = await copyRows(world.db);
    expect([await send(first), await send(second)]).toEqual(['ballot-withdrawn', 'ballot-withdrawn']);
    expect(kindOf(await world.box.replace(election, voter, change))).toBe('ballot-withdrawn');
    expect(must(await world.box.participation(election, voter)).voted).toBe(false);
    expect(await copyRows(world.db)).toEqual(before);

    const third = await cast({ grace: 1 });
    expect([await send(third), await send(third)]).toEqual(['accepted', 'accepted']);
    expect([await send(first), await send(second)]).toEqual(['ballot-withdrawn', 'ballot-withdrawn']);
    expect(await (await look(world, election, voter, 'words')).read()).toEqual({ grace: 1 });
    await withdraw();
    expect([await send(first), await send(third)]).toEqual(['ballot-withdrawn', 'ballot-withdrawn']);
    expect(await send(await cast({ barbara: 1 }))).toBe('accepted');
    expect(await countedRows(world, election, { officer, voter })).toEqual(['0,1,0,0,0']);
  });

  it('is not put back by a cast that was under way as it was withdrawn', async () => {
    const { election, voter, cast, withdraw, send } = await begin(dialect, suite);
    const sealed = await cast({ ada: 1 });
    await send(sealed);
    const gate = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    const keys: World['keys'] = {
      ...world.keys,
      // Between what is checked without a lock and what is done under it.
      election: async (id) => {
        asked.resolve(undefined);
        await gate.promise;
        return world.keys.election(id);
      },
    };
    const { db, clock } = world;
    const now = () => Promise.resolve(clock.now);
    const slow = createBallotBox({ db, keys, kdf: TEST_KDF, now });
    const late = slow.cast(election, voter, sealed);
    await asked.promise;
    await withdraw();
    gate.resolve(undefined);
    expect(kindOf(await late)).toBe('ballot-withdrawn');
    expect(must(await world.box.participation(election, voter)).voted).toBe(false);
  });

  it('that somebody puts back with the row of before stops the count', async () => {
    const { election, cast, withdraw, send } = await begin(dialect, suite);
    const sealed = await cast({ ada: 1 });
    await send(sealed);
    const old = await copyRows(world.db);
    await withdraw();
    const told = await doAct(world.db, { act: 'put-back', back: 0, tables: ['roll_binding'] }, () => old);
    expect(told).toBe('as it was: roll_binding');
    await send(sealed);
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    const counted = suite === 1 ? await world.box.finalise(election) : await world.box.boxFile(election);
    expect(counted).toMatchObject({ ok: false, error: { kind: 'ballot-box-damaged' } });
  });

  it('leaves a row that tells nobody that there was one', async () => {
    const { cast, withdraw, send } = await begin(dialect, suite);
    await send(await cast({ ada: 1 }));
    const [before] = (await copyRows(world.db)).roll_binding;
    await withdraw();
    const [after] = (await copyRows(world.db)).roll_binding;
    const sizes = (row: typeof before) =>
      Object.entries(row ?? {}).map(([name, value]) => [
        name,
        value instanceof Uint8Array ? value.length : value,
      ]);
    expect(sizes(after)).toEqual(sizes(before));
    expect(after?.['withdrawals']).not.toEqual(before?.['withdrawals']);
  });
});
