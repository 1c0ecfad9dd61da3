/** What a server hands to officers when voting is over: all it has, and nothing that it could open. */
import { readFile } from '@elekto/custody';
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import { holdCount } from './officers.ts';
import {
  at,
  castFor,
  custodyOf,
  kindOf,
  look,
  makeElection,
  must,
  newPerson,
  openElection,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

let world: World;
let election: Election;
let people: Person[];
let officer: Person;
let pinned: OfficersManifest;
const voter = (i: number): Person => people[i] as Person;

beforeEach(async () => {
  world = await startWorld('sqlite', { suite: 2 });
  election = makeElection(1200, await custodyOf(world));
  must(await world.box.ensureOpened(election, at('c0')));
  people = [];
  for (let i = 0; i < 3; i += 1) people.push(await newPerson(world, `voter-${i}`));
  officer = await newPerson(world, 'officer');
  pinned = must(await world.box.paper(election, voter(0))).manifest as OfficersManifest;
});
afterEach(() => world.end());

const close = async (): Promise<void> => {
  world.clock.now = election.closesAt + 1;
  must(await world.box.close(election));
};

describe('the box of an election in the custody of officers', () => {
  it('is given after the close, always the same, and counts to what was cast', async () => {
    const hashes: string[] = [];
    for (const [i, ranking] of [{ ada: 1, mary: 3 }, { mary: 2 }, { mary: 1, ada: 1 }].entries())
      hashes.push((await castFor(world, election, voter(i), ranking, 'words'))?.recordHash ?? '');
    const seen = await look(world, election, voter(1), 'words');
    must(await world.box.withdraw(election, voter(1), { ...seen.claim, ...(await seen.letGo()) }));
    expect(kindOf(await world.box.boxFile(election))).toBe('not-closed-yet');
    await close();
    const file = must(await world.box.boxFile(election)) as Uint8Array;
    expect(must(await world.box.boxFile(election))).toEqual(file);
    expect(readFile(file)).toMatchObject({ kind: 'box', seq: 0, officer: 0 });
    const { rows, invalid, records } = await holdCount(file, pinned, election.voters.length);
    expect(rows.map((ranks) => ranks.join()).toSorted()).toEqual(['1,0,0,0,1', '1,0,0,0,2']);
    expect(invalid).toBe(0);
    expect([...records].toSorted()).toEqual([hashes[0], hashes[2]].toSorted());
    expect(kindOf(await world.box.outcome(election, officer))).toBe('not-closed-yet');
  });

  it('is empty when nobody voted', async () => {
    await close();
    const file = must(await world.box.boxFile(election)) as Uint8Array;
    expect(await holdCount(file, pinned, election.voters.length)).toMatchObject({ rows: [], invalid: 0 });
  });

  it('is not given when its rows were changed, or when somebody voted who has no ballot in it', async () => {
    await castFor(world, election, voter(0), { ada: 1 });
    await close();
    const rows = await world.db.read((em) => tables(em).selectFrom('ballot_box').selectAll().execute());
    expect(rows.length).toBe(3);
    const set = (shard: number, change: object) =>
      world.db.transaction((em) =>
        tables(em).updateTable('ballot_box').set(change).where('shard', '=', shard).execute(),
      );
    const other = rows.find(({ shard }) => shard === 1);
    await set(0, { sealed: other?.sealed });
    expect(kindOf(await world.box.boxFile(election))).toBe('ballot-box-damaged');
    await set(0, { sealed: rows.find(({ shard }) => shard === 0)?.sealed });
    expect(kindOf(await world.box.boxFile(election))).toBe('accepted');
    await world.db.transaction((em) => tables(em).deleteFrom('participation').execute());
    expect(kindOf(await world.box.boxFile(election))).toBe('ballot-box-damaged');
  });

  it('is none where the server keeps the key', async () => {
    await world.end();
    world = await startWorld('sqlite');
    ({ election } = await openElection(world, 2));
    await close();
    expect(must(await world.box.boxFile(election))).toBeNull();
  });
});
