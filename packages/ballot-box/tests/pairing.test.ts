/** Keys and database belong together: neither is begun anew beside the other, and neither is taken for another's. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { migrate, startDatabase, tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBallotBox, openKeysFor } from '@elekto/ballot-box';
import type { KeyStore, Person } from '@elekto/ballot-box';
import { hashOf } from '@elekto/wire';
import { rowsOfBefore } from './opened-before.ts';
import { copyRows, putBack } from './rows.ts';
import {
  DIALECTS,
  TEST_KDF,
  at,
  castFor,
  finish,
  makeElection,
  must,
  newPerson,
  openElection,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('the keys of a database of %s', (dialect) => {
  let world: World;
  let secrets: string;
  beforeEach(async () => {
    world = await startWorld(dialect);
    secrets = join(world.dir, 'secrets');
  });
  afterEach(() => world.end());

  const opening = (dir = secrets, accepted: string | null = null): Promise<KeyStore> =>
    openKeysFor(world.db, dir, accepted);
  const fingerprints = () =>
    world.db.read((em) => tables(em).selectFrom('installation').selectAll().execute());

  it('are made for a new database, by several servers at once the same', async () => {
    const dir = join(world.dir, 'new');
    const all = await Promise.all([1, 2, 3].map(() => opening(dir)));
    expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1);
    expect(await fingerprints()).toEqual([{ id: 1, fingerprint: all[0]?.fingerprint }]);
    expect((await opening(dir)).publicKey).toBe(all[0]?.publicKey);
  });

  it('are not made for one that has been in use: its volume is missing', async () => {
    await opening();
    await openElection(world, 2);
    const empty = join(world.dir, 'not-mounted');
    await expect(opening(empty)).rejects.toThrow(
      /has been in use \(1 elections, 1 of them not counted\) and .*not-mounted holds no keys/,
    );
    expect(existsSync(empty)).toBe(false);
  });

  it('that came back without what they knew vouch for nothing that they have not written', async () => {
    await opening();
    const someone = await newPerson(world, 'someone');
    rmSync(join(secrets, 'witness'), { recursive: true });
    const row = { id_hash: 'x'.repeat(43), user_id: someone.userId, expires_at: 9e12, mac: '' };
    await world.db.transaction((em) => tables(em).insertInto('session').values(row).execute());
    await opening();
    await opening();
    expect((await copyRows(world.db)).session.map(({ mac }) => mac)).toEqual(['']);
  });

  it('are not those of another installation', async () => {
    await opening();
    const other = await startWorld(dialect);
    await openKeysFor(other.db, join(other.dir, 'secrets'));
    await expect(opening(join(other.dir, 'secrets'))).rejects.toThrow(/are not those of this database/);
    await other.end();
  });

  it('are not those of another installation, also where a version before knew no fingerprint', async () => {
    await rowsOfBefore(world, makeElection(2));
    const other = await startWorld(dialect);
    await expect(opening(join(other.dir, 'secrets'))).rejects.toThrow(/are not those of this database/);
    expect(await fingerprints()).toEqual([]);
    await opening();
    await other.end();
  });

  it('do not begin with an empty database when theirs is lost, unless an operator says so', async () => {
    await opening();
    const { election } = await openElection(world, 2);
    const other = await startWorld(dialect);
    const here = (accepted: string | null = null) => openKeysFor(other.db, secrets, accepted);
    await expect(here()).rejects.toThrow(/know a database that has been in use, and this one is empty/);
    const keys = await here('operator ops');
    const now = () => Promise.resolve(world.clock.now);
    const box = createBallotBox({ db: other.db, keys, kdf: TEST_KDF, now });
    expect(await box.staleness(election.key)).toMatch(/lacks an election that the secrets directory knows/);
    must(await box.acceptRestore(election, 'operator ops'));
    must(await box.ensureOpened(election, at('anew')));
    expect(await box.recordProblem()).toBeNull();
    await other.end();
  });

  it('take what a version before has written over once, and the record says when', async () => {
    const election = makeElection(3);
    const id = await rowsOfBefore(world, election);
    await plainEvent(world.db);
    const keys = await opening();
    await opening();
    const box = createBallotBox({
      db: world.db,
      keys,
      kdf: TEST_KDF,
      now: () => Promise.resolve(world.clock.now),
    });
    must(await box.ensureOpened(election, at('c1')));
    await castFor({ box }, election, await newPerson(world, 'voter-0'), { ada: 1 }, 'words');
    expect(await box.recordProblem()).toBeNull();
    const events = await world.db.read((em) =>
      tables(em).selectFrom('audit_event').selectAll().orderBy('seq').execute(),
    );
    expect(events.map(({ action }) => action).slice(0, 2)).toEqual(['opened', 'records-taken-over']);

    // What has no MAC now was not written by the server, and to begin again is not offered.
    const before = await copyRows(world.db);
    await world.db.transaction(async (em) => {
      await tables(em).updateTable('participation').set({ mac: '' }).execute();
      await tables(em).deleteFrom('installation').execute();
    });
    await expect(opening()).rejects.toThrow(/and this one is older than that/);
    await putBack(world.db, before);
    await opening();
    await finish({ ...world, box }, election);
    expect(keys.holds(id)).toBe(false);
  });

  it('take a ballot box over with the ballots that are in it', async () => {
    const keys = await opening();
    const { election, people, officer } = await openElection(world, 4);
    for (const person of people.slice(0, 3)) await castFor(world, election, person, { ada: 1 });
    // As a version before left it: neither MACs nor shares, and nothing known outside.
    await world.db.transaction(async (em) => {
      await tables(em).updateTable('participation').set({ mac: '' }).execute();
      await tables(em).updateTable('ballot_box').set({ participants: null }).execute();
      await tables(em).deleteFrom('installation').execute();
      await tables(em).deleteFrom('audit_event').execute();
    });
    // In a copy: what the server of before still knows, it writes into its own directory a second later.
    const without = join(world.dir, 'without-witness');
    cpSync(secrets, without, { recursive: true, filter: (file) => basename(file) !== 'witness' });
    const next = await opening(without);
    expect(next.fingerprint).toBe(keys.fingerprint);
    const box = createBallotBox({
      db: world.db,
      keys: next,
      kdf: TEST_KDF,
      now: () => Promise.resolve(world.clock.now),
    });
    await castFor({ box }, election, people[3] as Person, { mary: 1 });
    await finish({ ...world, box }, election);
    expect(must(await box.outcome(election, officer)).cast).toBe(4);
  });
});

it('a start with a database in memory makes keys of its own', async () => {
  const world = await startWorld('sqlite');
  const db = await startDatabase({ url: 'sqlite::memory:', pepper: new Uint8Array(32) });
  await migrate(db);
  const keys = await openKeysFor(db, join(world.dir, 'own'));
  expect(keys.publicKey).not.toBe(world.keys.publicKey);
  await db.close();
  await world.end();
});

/** An event as it was chained without a key. */
async function plainEvent(db: Database): Promise<void> {
  const previous = '0'.repeat(64);
  const fields = ['steering---2026', '1', 'server', 'opened', 'at commit c'] as const;
  const hash = hashOf('elekto/audit/1', previous, '1', ...fields);
  const [election_key, , actor, action, detail] = fields;
  await db.transaction((em) =>
    tables(em)
      .insertInto('audit_event')
      .values({ seq: 1, election_key, at: 1, actor, action, detail, prev_hash: previous, hash })
      .execute(),
  );
}
