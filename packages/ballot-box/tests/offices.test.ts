import { signIn, tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { afterEach, describe, expect, it } from 'vitest';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import { join } from 'node:path';
import {
  DIALECTS,
  TEST_KDF,
  at,
  castFor,
  finish,
  kindOf,
  makeElection,
  must,
  newPerson,
  openElection,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';
import { copyRows, putBack } from './rows.ts';

const DAY = 24 * 60 * 60 * 1000;
const source = at('c1');

/** Everything that only officers may do, each refused or not by itself. */
const DEEDS: Record<string, (world: World, election: Election, person: Person) => Promise<string>> = {
  'lists requests': async (w, e, p) => kindOf(await w.box.listExceptions(e, p)),
  'decides a request': async (w, e, p) =>
    kindOf(await w.box.decideException(e, p, { id: 'x', version: 1, status: 'approved', note: '' })),
  'strikes a candidate': async (w, e, p) =>
    kindOf(await w.box.decideStrike(e, p, { id: 'ada', strike: true }, source)),
  'asks for voting anew': async (w, e, p) => kindOf(await w.box.askRestart(e, p, source)),
  'confirms voting anew': async (w, e, p) => kindOf(await w.box.confirmRestart(e, p, source)),
  'takes the wish for it back': async (w, e, p) => kindOf(await w.box.cancelRestart(e, p)),
  'sees the outcome': async (w, e, p) => kindOf(await w.box.outcome(e, p)),
  'exports the ballots': async (w, e, p) => kindOf(await w.box.ballotsCsv(e, p)),
  'exports the signed result': async (w, e, p) => kindOf(await w.box.resultsJson(e, p)),
  'decides a tie': async (w, e, p) =>
    kindOf(await w.box.recordTieDecision(e, p, { winners: ['ada'], how: 'lot' })),
  'marks as published': async (w, e, p) => kindOf(await w.box.markPublished(e, p)),
  'reads the record': async (w, e, p) => kindOf(await w.box.audit(e, p)),
};

describe.each(DIALECTS)('an office on %s', (dialect) => {
  let world: World;
  afterEach(() => world.end());

  const mayList = async (election: Election, person: Person): Promise<string> =>
    kindOf(await world.box.listExceptions(election, person));
  const rows = () => world.db.read((em) => tables(em).selectFrom('office').selectAll().execute());
  /** Another server of the same database and keys. */
  const another = (): World => ({
    ...world,
    box: createBallotBox({
      db: world.db,
      keys: openKeys(join(world.dir, 'secrets')),
      kdf: TEST_KDF,
      now: () => Promise.resolve(world.clock.now),
    }),
  });

  it('is not had by who takes over the login of an officer: no deed is theirs, before and after the count', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 3);
    const plea = { name: 'N', email: 'secret@example.org', reason: 'r' };
    must(await world.box.requestException(election, await newPerson(world, 'pleader'), plea));
    expect(must(await world.box.listExceptions(election, officer))).toHaveLength(1);
    const thief = await newPerson(world, 'officer');
    const attempts = async () => {
      for (const [name, deed] of Object.entries(DEEDS)) {
        expect(await deed(world, election, thief), name).toBe('not-officer');
        expect(await deed(world, election, officer), `${name}, the officer`).not.toBe('not-officer');
      }
      expect(await world.box.officesOf([election], thief)).toEqual(new Set());
      expect(await world.box.officesOf([election], officer)).toEqual(new Set([election.key]));
    };
    await castFor(world, election, people[0] as Person, { ada: 1 });
    await attempts();
    await finish(world, election);
    await attempts();
  });

  it('stays with an account that is renamed, as long as the files name the login it was taken under', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    expect(await mayList(election, officer)).toBe('accepted');
    const renamed = await signIn(world.db, { account: officer.account, login: 'other-name' });
    expect(await mayList(election, renamed)).toBe('accepted');
    expect(await mayList({ ...election, officers: ['somebody'] }, renamed)).toBe('not-officer');
  });

  it('is taken by the first of two who use it, also at the same moment on two servers', async () => {
    world = await startWorld(dialect);
    const { election } = await openElection(world, 1);
    const second = another();
    const [a, b] = [
      { userId: 'a', account: '71', login: 'officer' },
      { userId: 'b', account: '72', login: 'Officer' },
    ];
    const kinds = await Promise.all([
      ...[a, a, b].map((person) => world.box.takeOffice(election, person).then(kindOf)),
      ...[a, b].map((person) => second.box.takeOffice(election, person).then(kindOf)),
    ]);
    expect(new Set(kinds)).toEqual(new Set(['accepted', 'not-officer']));
    expect(await rows()).toHaveLength(1);
    const holds = async (who: Person) =>
      Promise.all([world, second].map(({ box }) => box.takeOffice(election, who).then(kindOf)));
    const [ofA, ofB] = [await holds(a), await holds(b)];
    expect([ofA.join(), ofB.join()].toSorted()).toEqual(['accepted,accepted', 'not-officer,not-officer']);
  });

  it('is not taken by a sign-in of more than a day ago, and kept with one', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    const stale = { ...officer, signedInAt: world.clock.now - DAY - 1 };
    expect(await mayList(election, stale)).toBe('not-officer');
    expect(await world.box.officesOf([election], stale)).toEqual(new Set());
    expect(await rows()).toEqual([]);
    expect(await mayList(election, { ...officer, signedInAt: world.clock.now - DAY })).toBe('accepted');
    expect(await mayList(election, stale)).toBe('accepted');
  });

  it('of an entry with an account is that account’s from the first moment, whatever its login', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    const pinned = { ...election, officers: ['officer'], officerAccounts: { officer: '4711' } };
    expect(await mayList(pinned, officer)).toBe('not-officer');
    const own = await signIn(world.db, { account: '4711', login: 'renamed' });
    expect(await mayList(pinned, own)).toBe('accepted');
    expect(await rows()).toEqual([]);
    // The files decide against what was taken before.
    expect(await mayList(election, officer)).toBe('accepted');
    expect(await mayList(pinned, officer)).toBe('not-officer');
  });

  it('goes to another account when an operator has given it free, on every server and for good', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    expect(await mayList(election, officer)).toBe('accepted');
    const old = await copyRows(world.db);
    const successor = await newPerson(world, 'officer');
    expect(await mayList(election, successor)).toBe('not-officer');
    const office = { key: election.key, login: '@Officer' };
    must(await world.box.releaseOffice(office, 'operator olga'));
    expect(kindOf(await world.box.releaseOffice(office, 'operator olga'))).toBe('unknown-request');
    expect(await mayList(election, successor)).toBe('accepted');
    expect(await mayList(election, officer)).toBe('not-officer');
    const record = must(await world.box.audit(election, successor));
    expect(record.at(-1)).toMatchObject({
      actor: 'operator olga',
      action: 'office-released',
      detail: 'officer',
    });
    await putBack(world.db, old, ['office']);
    expect(await mayList(election, officer)).toBe('not-officer');
    expect(await mayList(election, successor)).toBe('accepted');
    expect(kindOf(await another().box.listExceptions(election, officer))).toBe('not-officer');
  });

  it('is given to nobody by who writes rows: a row that is made, changed, removed or put back', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    const empty = await copyRows(world.db);
    expect(await mayList(election, officer)).toBe('accepted');
    const thief = await newPerson(world, 'officer');
    await world.db.transaction((em) =>
      tables(em).updateTable('office').set({ account: thief.account }).execute(),
    );
    expect([await mayList(election, thief), await mayList(election, officer)]).toEqual([
      'not-officer',
      'accepted',
    ]);
    await putBack(world.db, empty, ['office']);
    expect([await mayList(election, thief), await mayList(election, officer)]).toEqual([
      'not-officer',
      'accepted',
    ]);
    const stranger = await newPerson(world, 'stranger');
    const { mac } = (await rows())[0] ?? { mac: 'x' };
    await world.db.transaction(async (em) => {
      await tables(em).deleteFrom('office').execute();
      await tables(em)
        .insertInto('office')
        .values(
          ['officer', 'stranger'].map((login) => ({
            election_key: election.key,
            login,
            account: stranger.account,
            version: 9,
            mac,
          })),
        )
        .execute();
    });
    expect(await mayList(election, stranger)).toBe('not-officer');
    expect(await mayList(election, officer)).toBe('accepted');
    expect(await mayList(election, await newPerson(world, 'officer'))).toBe('not-officer');
  });

  it('of another election says nothing, and that of a renamed folder goes along', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    expect(await mayList(election, officer)).toBe('accepted');
    const next = makeElection(1, { key: 'steering---2027' });
    must(
      await world.box.requestException(election, await newPerson(world, 'pleader'), {
        name: 'N',
        email: 'e@x.org',
        reason: 'r',
      }),
    );
    must(await world.box.reattach(election.key, next, 'operator'));
    const thief = await newPerson(world, 'officer');
    expect(await mayList(next, thief)).toBe('not-officer');
    expect(await mayList(next, officer)).toBe('accepted');
    expect(await mayList(makeElection(1, { key: 'other' }), thief)).toBe('accepted');
  });

  it('is gone with an election that is removed', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 1);
    expect(await mayList(election, officer)).toBe('accepted');
    await finish(world, election);
    must(await world.box.purge(election.key, 'operator'));
    expect(await rows()).toEqual([]);
    expect(await mayList(election, await newPerson(world, 'officer'))).toBe('accepted');
  });
});
