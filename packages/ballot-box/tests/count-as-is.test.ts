/** The way out when a box does not add up: everything that is authentic counts, on an operator's word, and the record says so. */
import { tables } from '@elekto/db';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { verifyResults } from '@elekto/protocol/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DIALECTS, castFor, kindOf, must, openElection, startWorld } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a box that does not add up on %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election, people, officer } = await openElection(world, 9, {
      voters: Array.from({ length: 1001 }, (_, i) => ({ login: `voter-${i}`, line: i + 2 })),
    }));
    for (const person of people) await castFor(world, election, person, { ada: 1 });
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
  });
  afterEach(() => world.end());

  const verified = async (): Promise<boolean> =>
    (
      await verifyResults({
        ballotsCsv: must(await world.box.ballotsCsv(election, officer)),
        resultsJson: must(await world.box.resultsJson(election, officer)),
        publicKey: world.keys.publicKey,
      })
    ).ok;

  it('is only looked at until an operator says so, and then counts every ballot', async () => {
    await world.db.transaction((em) =>
      tables(em)
        .deleteFrom('participation')
        .where('user', '=', people[0]?.userId ?? '')
        .execute(),
    );
    expect(kindOf(await world.box.finalise(election))).toBe('ballot-box-damaged');
    const look = must(await world.box.countAsIs(election, null));
    expect(look).toMatchObject({ ballots: 9, lostShards: 0, setAside: 0 });
    expect(look.problem).toMatch(/8 people took part and the box holds 9 ballots/);
    expect(await world.box.state(election.key)).toBe('closed');
    must(await world.box.countAsIs(election, 'operator jo'));
    expect(must(await world.box.outcome(election, officer)).cast).toBe(9);
    expect(await verified()).toBe(true);
    expect(must(await world.box.audit(election, officer)).at(-1)).toMatchObject({
      actor: 'operator jo',
      action: 'counted-as-is',
      detail: expect.stringMatching(/^ballots: 9; lost: 0; aside: 0; .*8 people took part/) as string,
    });
  });

  it('whose shard is broken keeps what the others hold', async () => {
    const [broken] = await world.db.read((em) =>
      tables(em).selectFrom('ballot_box').selectAll().orderBy('shard').execute(),
    );
    const sealed = Buffer.from(broken?.sealed ?? []);
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    await world.db.transaction((em) =>
      tables(em)
        .updateTable('ballot_box')
        .set({ sealed })
        .where('shard', '=', broken?.shard ?? 0)
        .execute(),
    );
    const { ballots, lostShards } = must(await world.box.countAsIs(election, null));
    expect(lostShards).toBe(1);
    expect(ballots).toBeGreaterThan(0);
    expect(ballots).toBeLessThan(10);
    must(await world.box.countAsIs(election, 'operator jo'));
    expect(must(await world.box.outcome(election, officer)).cast).toBe(ballots);
    expect(await verified()).toBe(true);
  });

  it('that adds up after all is counted as always', async () => {
    expect(must(await world.box.countAsIs(election, null)).problem).toBeNull();
    expect(must(await world.box.outcome(election, officer)).cast).toBe(9);
  });

  it('whose keys are gone, or whose row the server did not write, is not counted by a word', async () => {
    const write = (changes: object) =>
      world.db.transaction((em) => tables(em).updateTable('election').set(changes).execute());
    await write({ opens_at: 1 });
    expect(kindOf(await world.box.countAsIs(election, 'operator jo'))).toBe('ballot-box-damaged');
    await write({ opens_at: election.opensAt });
    const { id } = await world.db.read((em) =>
      tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
    );
    world.keys.destroyElection(id);
    expect(kindOf(await world.box.countAsIs(election, 'operator jo'))).toBe('ballot-box-damaged');
  });
});
