/**
 * A database that is set back, in part or as a whole, by an attacker or by an operator's restore, is told from
 * one that is not: by what the secrets directory knows.
 */
import { tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import type { Election } from '@elekto/election';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { BallotBox, Person } from '@elekto/ballot-box';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyRows, overwrite, putBack } from './rows.ts';
import {
  DIALECTS,
  TEST_KDF,
  castFor,
  finish,
  kindOf,
  look,
  must,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

const DAY = 86_400_000;

/** Another server on the same database and secrets directory; or this one after it died and started again. */
const another = (world: World, db: Database = world.db): BallotBox =>
  createBallotBox({
    db,
    keys: openKeys(join(world.dir, 'secrets')),
    kdf: TEST_KDF,
    now: () => Promise.resolve(world.clock.now),
  });

describe.each(DIALECTS)('a database of %s that is set back', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;
  let version = 0;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election, people, officer } = await openElection(world, 12));
    for (const person of people.slice(0, 6)) await castFor(world, election, person, { ada: 1 }, 'words');
  });
  afterEach(() => world.end());

  const follow = (changed: Election, box: BallotBox = world.box) =>
    box.ensureOpened(changed, { commit: `later-${(version += 1)}`, fetchedFrom: world.clock.now });
  const person = (index: number): Person => people[index] as Person;

  async function countRefuses(reason: RegExp, box: BallotBox = world.box): Promise<void> {
    world.clock.now = Math.max(world.clock.now, election.closesAt + 1);
    await box.close(election);
    const counted = await box.finalise(election);
    expect(kindOf(counted)).toBe('ballot-box-damaged');
    expect(counted.ok ? '' : (counted.error.why ?? '')).toMatch(reason);
    expect(await box.state(election.key)).not.toBe('finalised');
  }
  const reasonOf = async (answer: Promise<{ ok: boolean; error?: unknown }>): Promise<string> => {
    const result = await answer;
    return result.ok ? 'accepted' : ((result.error as { why?: string }).why ?? '');
  };

  it('one vote taken back is noticed by the next voter, the next minute and the count', async () => {
    const before = await copyRows(world.db);
    await castFor(world, election, person(6), { mary: 1 });
    await putBack(world.db, before, ['ballot_box']);
    await world.db.transaction((em) =>
      tables(em).deleteFrom('participation').where('user', '=', person(6).userId).execute(),
    );
    const late = await seal(world, election, person(7), { ada: 1 });
    expect(kindOf(await world.box.cast(election, person(7), late.cast))).toBe('ballot-box-damaged');
    expect(await reasonOf(world.box.checkpoint(election))).toMatch(
      /shard 0 is older than the secrets directory knows/,
    );
    await countRefuses(/shard 0 is older/);
  });

  it('is noticed by another server, and by one that was killed and started anew', async () => {
    const before = await copyRows(world.db);
    await castFor(world, election, person(6), { mary: 1 });
    await putBack(world.db, before, ['participation', 'ballot_box']);
    expect(await reasonOf(another(world).checkpoint(election))).toMatch(/shard 0 is older/);
    await countRefuses(/shard 0 is older/, another(world));
  });

  it('a server that dies between the commit and its note raises no false alarm, and is caught up', async () => {
    const { witness } = world.keys;
    const note = witness.note.bind(witness);
    // What is left when the process ends right after the commit: the database knows, the directory does not.
    Object.assign(witness, {
      note: () => {
        throw new Error('killed');
      },
    });
    await expect(castFor(world, election, person(6), { mary: 1 })).rejects.toThrow('killed');
    await expect(
      world.box.ensureOpened(
        { ...election, closesAt: election.closesAt + DAY },
        { commit: 'x', fetchedFrom: 2e12 },
      ),
    ).rejects.toThrow('killed');
    Object.assign(witness, { note });
    const next = another(world);
    const since = await copyRows(world.db);
    must(await next.checkpoint(election));
    await castFor({ box: next }, election, person(7), { mary: 1 });
    await putBack(world.db, since, ['participation', 'ballot_box']);
    expect(await reasonOf(next.checkpoint(election))).toMatch(/shard 0 is older/);
    expect(await reasonOf(another(world).checkpoint(election))).toMatch(/shard 0 is older/);
  });

  it('two servers with two pasts do not agree on one', async () => {
    const before = await copyRows(world.db);
    const other = another(world);
    await castFor(world, election, person(6), { mary: 1 });
    const first = await copyRows(world.db);
    // The other server looked less than a second ago, and does not know of that cast.
    await putBack(world.db, before, ['participation', 'ballot_box']);
    const late = await seal(world, election, person(7), { ada: 1 });
    await other.cast(election, person(7), late.cast);
    await countRefuses(/shard 0 is (older than|not the one that) the secrets directory knows/);
    await putBack(world.db, first, ['participation', 'ballot_box']);
    const counted = await world.box.finalise(election);
    if (counted.ok) expect(must(await world.box.outcome(election, officer)).cast).toBe(7);
  });

  it('an extended deadline stays extended', async () => {
    const old = await copyRows(world.db);
    const longer = { ...election, closesAt: election.closesAt + 7 * DAY };
    must(await follow(longer));
    await overwrite(world.db, 'election', old.election);
    world.clock.now = election.closesAt + 1000;
    expect(await reasonOf(follow(longer))).toMatch(
      /the election's row is older than the secrets directory knows/,
    );
    expect(await reasonOf(world.box.close(longer))).toMatch(/row is older/);
    expect(await world.box.state(election.key)).toBe('open');
    expect(await reasonOf(another(world).close(longer))).toMatch(/row is older/);
  });

  it('no vote is taken after a shortened end', async () => {
    const old = await copyRows(world.db);
    must(await follow({ ...election, closesAt: election.opensAt + DAY }));
    await overwrite(world.db, 'election', old.election);
    world.clock.now = election.opensAt + 3 * DAY;
    const { cast } = await seal(world, election, person(0), { ada: 1 }).catch(() => ({ cast: null }));
    expect(cast).toBeNull();
    expect(await reasonOf(world.box.paper(election, person(7)))).toMatch(/row is older/);
  });

  it('a closed election takes no votes again', async () => {
    const old = await copyRows(world.db);
    const paper = await seal(world, election, person(7), { ada: 1 });
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    world.clock.now = election.closesAt - 1;
    await overwrite(world.db, 'election', old.election);
    expect(await reasonOf(world.box.cast(election, person(7), paper.cast))).toMatch(/row is older/);
    expect(await reasonOf(another(world).cast(election, person(7), paper.cast))).toMatch(/row is older/);
  });

  it('an election that is gone is not opened anew over its ballots', async () => {
    await world.db.transaction(async (em) => {
      const names = ['ballot_box', 'participation', 'roll_binding', 'checkpoint', 'election'] as const;
      for (const table of names) await tables(em).deleteFrom(table).execute();
    });
    for (const box of [world.box, another(world)]) {
      expect(await reasonOf(follow(election, box))).toMatch(
        /lacks an election that the secrets directory knows/,
      );
      expect(await box.state(election.key)).toBeNull();
    }
    must(await world.box.acceptRestore(election, 'operator ops'));
    must(await follow(election));
    await castFor(world, election, person(0), { ada: 1 });
  });

  it('a backup with the keys kept is not counted, nor voted on, before an operator accepts it', async () => {
    const backup = await copyRows(world.db);
    for (const each of people.slice(6, 8)) await castFor(world, election, each, { mary: 1 });
    const lost = await copyRows(world.db);
    await putBack(world.db, backup);
    const server = another(world);
    expect(await reasonOf(server.checkpoint(election))).toMatch(
      /shard 0 is older .*restored from a backup\?/,
    );
    const early = await seal({ box: server }, election, person(8), { ada: 1 });
    expect(kindOf(await server.cast(election, person(8), early.cast))).toBe('ballot-box-damaged');
    await countRefuses(/shard 0 is older/, server);

    world.clock.now = election.opensAt + 2000;
    await putBack(world.db, backup);
    must(await another(world).acceptRestore(election, 'operator ops'));
    must(await server.checkpoint(election));
    const revote = await seal({ box: server }, election, person(6), { ada: 1 });
    must(await server.cast(election, person(6), revote.cast));
    // What was lost cannot be put in the place of what was cast since.
    const now = await copyRows(world.db);
    await putBack(world.db, lost, ['participation', 'ballot_box']);
    expect(await reasonOf(server.checkpoint(election))).toMatch(/shard 0 is older/);
    await putBack(world.db, now, ['participation', 'ballot_box']);
    await finish({ ...world, box: server }, election);
    expect(must(await server.outcome(election, officer)).cast).toBe(7);
    expect(must(await server.audit(election, officer)).map(({ action }) => action)).toContain(
      'restore-accepted',
    );
    expect(await server.recordProblem()).toBeNull();
  });

  it('a counted election is not counted again from a backup, and can be removed', async () => {
    const backup = await copyRows(world.db);
    await finish(world, election);
    await putBack(world.db, backup);
    expect(await reasonOf(world.box.close(election))).toMatch(/row is older/);
    expect(await reasonOf(world.box.acceptRestore(election, 'operator ops'))).toMatch(
      /where a count has destroyed them/,
    );
    expect(kindOf(await world.box.purge(election.key, 'operator ops')), 'the record is cut').toBe(
      'ballot-box-damaged',
    );
    must(await world.box.acceptRecord('operator ops'));
    must(await world.box.purge(election.key, 'operator ops'));
    expect(await world.box.state(election.key)).toBeNull();
    expect(kindOf(await world.box.purge(election.key, 'operator ops'))).toBe('unknown-election');
  });

  it('every restore that changes nothing is a matter of course', async () => {
    await putBack(world.db, await copyRows(world.db));
    const seen = await look(world, election, person(0), 'words');
    expect(await seen.read()).toEqual({ ada: 1 });
    await castFor(another(world) && { box: another(world) }, election, person(6), { ada: 1 });
    must(await world.box.checkpoint(election));
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(7);
  });
});
