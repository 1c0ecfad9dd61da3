/** Elections that were open when a version came in that pins at the first ballot: they go on with the pin they have. */
import { tables } from '@elekto/db';
import type { Person } from '@elekto/ballot-box';
import { verifyResults } from '@elekto/protocol/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLOSES,
  DIALECTS,
  at,
  castFor,
  finish,
  kindOf,
  look,
  makeElection,
  must,
  newPerson,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';
import { openAsBefore, rowsOfBefore, upgrade } from './opened-before.ts';

describe.each(DIALECTS)('an election of before on %s', (dialect) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(dialect);
  });
  afterEach(() => world.end());

  it('takes, shows, replaces and counts ballots, and follows no candidate', { timeout: 60_000 }, async () => {
    const { election, people, officer } = await openAsBefore(world, 600);
    const [voter, other, third] = people as [Person, Person, Person];
    const changed = { ...election, seats: 1, candidates: election.candidates.slice(1) };
    must(await world.box.ensureOpened(changed, at('c1')));
    const { manifest } = must(await world.box.paper(changed, voter));
    expect(manifest).toMatchObject({ version: 1, shards: 2, seats: 2 });
    expect(manifest.candidates).toContain('ada');
    expect(must(await world.box.status(changed)).drift.map(({ code }) => code)).toEqual([
      'candidates-removed',
      'seats-changed',
    ]);

    await castFor(world, changed, voter, { ada: 1 }, 'words');
    await castFor(world, changed, other, { ada: 1 }, 'words');
    const seen = await look(world, changed, voter, 'words');
    expect(await seen.read()).toEqual({ ada: 1 });
    const { cast } = await seal(world, changed, voter, { mary: 1 }, 'words');
    const change = { authKey: seen.claim.authKey, old: seen.claim, cast };
    const receipt = must(await world.box.replace(changed, voter, change)).receipt;
    const theirs = await look(world, changed, other, 'words');
    must(await world.box.withdraw(changed, other, theirs.claim));
    const longer = { ...changed, closesAt: CLOSES + 3_600_000 };
    must(await world.box.ensureOpened(longer, at('c2')));
    world.clock.now = CLOSES + 1;
    await castFor(world, longer, third, { grace: 1 });

    await finish(world, longer);
    expect(must(await world.box.outcome(longer, officer)).cast).toBe(2);
    const { ok } = await verifyResults({
      ballotsCsv: must(await world.box.ballotsCsv(longer, officer)),
      resultsJson: must(await world.box.resultsJson(longer, officer)),
      publicKey: world.keys.publicKey,
      receipt: JSON.stringify(receipt),
    });
    expect(ok).toBe(true);
  });

  it('takes no ballot by a roll that nothing authenticates: the first reading of the repository comes first', async () => {
    const election = makeElection(2);
    const id = await rowsOfBefore(world, election);
    const voter = await newPerson(world, 'voter-0');
    const { cast } = await seal(world, election, voter, { ada: 1 });
    await world.db.transaction((em) =>
      tables(em)
        .updateTable('election')
        .set({ roll: JSON.stringify(['mallory', 'voter-0']), pinned: 0, shards: 9 })
        .where('id', '=', id)
        .execute(),
    );
    expect(kindOf(await world.box.cast(election, voter, cast))).toBe('not-open-yet');
    await upgrade(world);
    // Also from a copy that was recalled at the start.
    must(await world.box.ensureOpened(election, { commit: 'c-before', fetchedFrom: 0 }));
    must(await world.box.cast(election, voter, cast));
    const mallory = await newPerson(world, 'mallory');
    expect(kindOf(await world.box.paper(election, mallory))).toBe('not-eligible');
  });

  it('is closed and counted also when nobody has read the repository since', async () => {
    const election = makeElection(2);
    await rowsOfBefore(world, election);
    await upgrade(world);
    const officer = await newPerson(world, 'officer');
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer))).toMatchObject({ cast: 0, eligible: 2 });
  });
});
