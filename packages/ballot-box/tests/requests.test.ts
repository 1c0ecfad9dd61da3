/** Who can write rows gets nobody onto the roll with a request for an exception: neither its words nor its decision are theirs. */
import { tables } from '@elekto/db';
import type { Tables } from '@elekto/db';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeOverRest } from '../src/pairing/take-over.ts';
import { copyRows, putBack } from './rows.ts';
import {
  at,
  CLOSES,
  DIALECTS,
  kindOf,
  meetDatabase,
  must,
  newPerson,
  openElection,
  startWorld,
  takingOver,
} from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a request for an exception in %s', (dialect) => {
  let world: World;
  let election: Election;
  let officer: Person;
  let grace: Person;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election, officer } = await openElection(world, 1, { exceptionsDueAt: CLOSES }));
    grace = await newPerson(world, 'grace');
    const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
    must(await world.box.requestException(election, grace, plea));
  });
  afterEach(() => world.end());

  const set = (change: Partial<Record<keyof Tables['exception_request'], string | number>>) =>
    world.db.read((em) =>
      tables(em)
        .updateTable('exception_request')
        .set(change as never)
        .execute(),
    );
  const answers = async (): Promise<string[]> => [
    kindOf(await world.box.listExceptions(election, officer)),
    kindOf(await world.box.myException(election, grace)),
    kindOf(await world.box.personFacts(election, grace)),
  ];

  it('is refused with every column that somebody else wrote, and no other is lost', async () => {
    const honest = await copyRows(world.db);
    const mallory = await newPerson(world, 'mallory');
    for (const change of [
      { login: 'mallory' },
      { user: mallory.userId },
      { name: 'Mallory' },
      { email: 'mallory@example.org' },
      { reason: 'I am Grace.' },
      { status: 'approved' },
      { version: 2 },
      { requested_at: 1 },
      { history: '[{"at":1,"from":"officer","by":"officer","status":"approved","note":""}]' },
      { history: 'no JSON' },
      { mac: '' },
    ]) {
      await set(change);
      expect(await answers(), JSON.stringify(change)).toContain('ballot-box-damaged');
      await putBack(world.db, honest, ['exception_request']);
    }
    expect(await answers()).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('that was altered tells nobody a decision, and keeps nobody from voting', async () => {
    const open = must(await world.box.personFacts(election, grace));
    expect(open).toMatchObject({ roll: 'off', request: 'open' });
    await set({ status: 'declined' });
    expect(kindOf(await world.box.personFacts(election, grace))).toBe('ballot-box-damaged');
    const added = { ...election, voters: [...election.voters, { login: 'grace', line: 3 }] };
    must(await world.box.ensureOpened(added, at('c1')));
    expect(must(await world.box.personFacts(added, grace))).toMatchObject({ roll: 'on', request: null });
  });

  it('is not decided on where its account is another than it was', async () => {
    const [request] = must(await world.box.listExceptions(election, officer));
    await world.db.read((em) =>
      tables(em)
        .updateTable('user_account')
        .set({ account: '31337' })
        .where('id', '=', grace.userId)
        .execute(),
    );
    const decision = { id: request?.id ?? '', version: 1, status: 'approved', note: '' } as const;
    expect(kindOf(await world.box.decideException(election, officer, decision))).toBe('ballot-box-damaged');
  });

  it("that was altered is removed on an operator's word, and can be made anew", async () => {
    await set({ login: 'mallory' });
    must(await world.box.acceptRestore(election, 'operator ops'));
    expect(must(await world.box.listExceptions(election, officer))).toEqual([]);
    expect(must(await world.box.audit(election, officer)).at(-1)?.detail).toMatch(
      /^1 requests? for an exception/,
    );
    const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
    must(await world.box.requestException(election, grace, plea));
  });

  const decide = async (status: 'approved' | 'declined') => {
    const [request] = must(await world.box.listExceptions(election, officer));
    const { id, version } = request ?? { id: '', version: 0 };
    return world.box.decideException(election, officer, { id, version, status, note: '' });
  };

  it('whose last answer was taken back is not told the one before, on any server', async () => {
    must(await decide('approved'));
    const approved = await copyRows(world.db);
    must(await decide('declined'));
    const declined = await copyRows(world.db);
    await putBack(world.db, approved, ['exception_request']);
    const other = createBallotBox({ db: world.db, keys: openKeys(join(world.dir, 'secrets')) });
    expect(await answers()).toEqual(Array(3).fill('ballot-box-damaged'));
    expect(kindOf(await other.listExceptions(election, officer))).toBe('ballot-box-damaged');
    expect(await world.box.staleness(election.key)).toMatch(/^a request for an exception is older/);
    await putBack(world.db, declined, ['exception_request']);
    expect(await answers()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(must(await other.listExceptions(election, officer))[0]?.status).toBe('declined');
  });

  it('does not go away unnoticed', async () => {
    const honest = await copyRows(world.db);
    await putBack(world.db, { ...honest, exception_request: [] }, ['exception_request']);
    expect(kindOf(await world.box.listExceptions(election, officer))).toBe('ballot-box-damaged');
    await putBack(world.db, honest, ['exception_request']);
    must(await world.box.listExceptions(election, officer));
  });

  it("that is older or lost goes on as it is on an operator's word, and what was before that does not come back", async () => {
    const open = await copyRows(world.db);
    must(await decide('approved'));
    const approved = await copyRows(world.db);
    await putBack(world.db, open, ['exception_request']);
    must(await world.box.acceptRestore(election, 'operator ops'));
    expect(must(await world.box.listExceptions(election, officer))).toMatchObject([
      { status: 'open', version: 3 },
    ]);
    await putBack(world.db, approved, ['exception_request']);
    expect(kindOf(await world.box.listExceptions(election, officer))).toBe('ballot-box-damaged');
    await putBack(world.db, { ...open, exception_request: [] }, ['exception_request']);
    must(await world.box.acceptRestore(election, 'operator ops'));
    expect(must(await world.box.listExceptions(election, officer))).toEqual([]);
    expect(must(await world.box.audit(election, officer)).map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([
        '1 requests for an exception are older than the last ones',
        '1 requests for an exception are lost',
      ]),
    );
    await putBack(world.db, approved, ['exception_request']);
    expect(kindOf(await world.box.listExceptions(election, officer))).toBe('ballot-box-damaged');
  });

  it('of an election that was purged is forgotten, and the key is free for others', async () => {
    const [copy] = [await copyRows(world.db)];
    world.clock.now = election.closesAt + 1;
    must(await world.box.purge(election.key, 'operator ops'));
    expect(must(await world.box.listExceptions(election, officer))).toEqual([]);
    await world.db.transaction((em) =>
      tables(em)
        .insertInto('exception_request')
        .values(copy.exception_request as never)
        .execute(),
    );
    expect(kindOf(await world.box.listExceptions(election, officer))).toBe('ballot-box-damaged');
  });

  it('of a version before is taken over once, and none without a MAC after that', async () => {
    await meetDatabase(world);
    await set({ mac: '' });
    await takeOverRest(takingOver(world));
    expect(await answers()).toEqual(['accepted', 'accepted', 'accepted']);
    await set({ mac: '' });
    await takeOverRest(takingOver(world));
    expect(new Set(await answers())).toEqual(new Set(['ballot-box-damaged']));
  });

  it('goes along with a folder that was renamed', async () => {
    const renamed = { ...election, key: 'renamed' };
    must(await world.box.reattach(election.key, renamed, 'operator ops'));
    expect(must(await world.box.listExceptions(renamed, officer)).map(({ login }) => login)).toEqual([
      'grace',
    ]);
  });
});
