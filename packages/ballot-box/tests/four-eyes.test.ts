/** `approvals: 2`: no officer decides a request or a tie alone, and nobody else is told of what only one of them said. */
import type { ExceptionRequest, OfficersRequest, Person } from '@elekto/ballot-box';
import { signIn, tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyRows, putBack } from './rows.ts';
import {
  CLOSES,
  DIALECTS,
  castFor,
  finish,
  kindOf,
  must,
  newPerson,
  openElection,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('two officers for a decision in %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let one: Person;
  let two: Person;
  let grace: Person;
  beforeEach(async () => {
    world = await startWorld(dialect);
    const opened = await openElection(world, 2, {
      seats: 1,
      approvals: 2,
      officers: ['officer', 'second'],
      exceptionsDueAt: CLOSES,
    });
    ({ election, people, officer: one } = opened);
    two = await newPerson(world, 'second');
    grace = await newPerson(world, 'grace');
  });
  afterEach(() => world.end());

  const actions = async (): Promise<string[]> =>
    must(await world.box.audit(election, one)).map(({ action, detail }) => `${action} ${detail}`);

  describe('on a request', () => {
    const newest = async (files: Election = election): Promise<OfficersRequest> =>
      must(await world.box.listExceptions(files, two))[0] as OfficersRequest;
    const decide = async (
      officer: Person,
      status: ExceptionRequest['status'],
      note = '',
      files: Election = election,
    ) => {
      const { id, version } = await newest();
      return world.box.decideException(files, officer, { id, version, status, note });
    };
    beforeEach(async () => {
      const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
      must(await world.box.requestException(election, grace, plea));
    });

    it('is taken as another officer takes the same, and not before', async () => {
      must(await decide(one, 'approved', 'Welcome.'));
      expect(await newest()).toMatchObject({ status: 'open' });
      expect((await newest()).proposal).toMatchObject({ by: 'officer', decision: 'approved' });
      expect(kindOf(await decide(one, 'approved'))).toBe('other-officer-needed');
      must(await decide(two, 'approved'));
      expect(await newest()).toMatchObject({ status: 'approved' });
      expect((await newest()).history.at(-1)).toMatchObject({
        by: 'second',
        note: 'Welcome.',
        proposedBy: 'officer',
      });
      expect((await actions()).slice(-2)).toEqual([
        'exception-proposed grace: approved',
        'exception-decided grace: approved',
      ]);
    });

    it('is not taken by the word of who holds no office any more, whatever the login', async () => {
      const without = { ...election, officers: ['second', 'third'] };
      must(await decide(one, 'approved'));
      expect((await newest(without)).proposal).toBeNull();
      must(await decide(two, 'approved', '', without));
      expect(await newest(without)).toMatchObject({ status: 'open', proposal: { by: 'second' } });
      // Named anew, and not asked again.
      const third = await newPerson(world, 'third');
      must(await decide(third, 'approved', '', without));
      expect(await newest()).toMatchObject({
        status: 'approved',
        history: [{}, {}, { proposedBy: 'second' }],
      });
    });

    it('is not taken by the word of an account whose office another account has now', async () => {
      must(await decide(one, 'approved'));
      must(await world.box.releaseOffice({ key: election.key, login: 'officer' }, 'operator'));
      const heir = await newPerson(world, 'officer');
      must(await world.box.takeOffice(election, heir));
      must(await decide(two, 'approved'));
      expect(await newest()).toMatchObject({ status: 'open', proposal: { by: 'second' } });
      must(await decide(heir, 'approved'));
      expect(await newest()).toMatchObject({ status: 'approved' });
    });

    it('is taken by the word of an officer who has another login meanwhile', async () => {
      must(await decide(one, 'approved'));
      await signIn(world.db, { account: one.account, login: 'renamed' });
      must(await decide(two, 'approved'));
      expect(await newest()).toMatchObject({ status: 'approved' });
    });

    it('tells the person nothing of what only one officer said', async () => {
      must(await decide(one, 'declined', 'No.'));
      const told = must(await world.box.myException(election, grace));
      expect(told).toMatchObject({ status: 'open', history: [] });
      expect(JSON.stringify(told)).not.toContain('declined');
    });

    it('is not taken by two who say different things, until one of them agrees', async () => {
      must(await decide(one, 'approved'));
      must(await decide(two, 'declined'));
      expect(await newest()).toMatchObject({ status: 'open' });
      expect(kindOf(await decide(two, 'declined'))).toBe('other-officer-needed');
      must(await decide(one, 'declined'));
      expect(await newest()).toMatchObject({ status: 'declined' });
    });

    it('lapses with the answer of the person, and asking needs nobody else', async () => {
      must(await decide(one, 'more-information', 'Which docs?'));
      expect(await newest()).toMatchObject({ status: 'more-information' });
      must(await decide(one, 'declined'));
      const { version } = must(await world.box.myException(election, grace)) as ExceptionRequest;
      must(await world.box.replyException(election, grace, { version, text: 'These.' }));
      expect((await newest()).proposal).toBeNull();
      must(await decide(two, 'declined'));
      expect(await newest()).toMatchObject({ status: 'open' });
    });

    it('is not taken by who writes that another proposed it, or puts an older proposal back', async () => {
      must(await decide(two, 'declined'));
      const before = await copyRows(world.db);
      must(await decide(one, 'approved'));
      const { id, version } = await newest();
      const seen = { id, version, status: 'approved' as const, note: '' };
      await world.db.transaction(async (em) => {
        const row = await tables(em).selectFrom('exception_request').selectAll().executeTakeFirstOrThrow();
        const history = row.history.replaceAll(one.account, two.account);
        expect(history).not.toBe(row.history);
        await tables(em).updateTable('exception_request').set({ history }).execute();
      });
      expect(kindOf(await world.box.decideException(election, one, seen))).toBe('ballot-box-damaged');
      await putBack(world.db, before, ['exception_request']);
      const old = { id, version: version - 1, status: 'declined' as const, note: '' };
      expect(kindOf(await world.box.decideException(election, one, old))).toBe('ballot-box-damaged');
    });

    it('that two have taken is taken back by two, not by one who asks for more or opens it again', async () => {
      must(await decide(one, 'approved'));
      must(await decide(two, 'approved'));
      for (const status of ['more-information', 'open'] as const)
        expect(kindOf(await decide(one, status, 'Which docs?'))).toBe('other-officer-needed');
      must(await decide(one, 'declined'));
      expect(await newest()).toMatchObject({ status: 'approved', proposal: { decision: 'declined' } });
      expect(kindOf(await decide(two, 'more-information', 'Which docs?'))).toBe('other-officer-needed');
      must(await decide(two, 'declined'));
      expect(await newest()).toMatchObject({ status: 'declined', proposal: null });
    });

    it('is taken by the only officer whom the file names', async () => {
      must(await decide(one, 'approved', '', { ...election, officers: ['officer', 'Officer'] }));
      expect(await newest()).toMatchObject({ status: 'approved' });
    });
  });

  it('on a tie is not taken by the word of who holds no office any more', async () => {
    const [voter] = people as [Person];
    await castFor(world, election, voter, { ada: 1, mary: 1, grace: 2, barbara: 3, katherine: 4 });
    await finish(world, election);
    const without = { ...election, officers: ['second', 'third'] };
    const decide = (files: Election, by: Person) =>
      world.box.recordTieDecision(files, by, { winners: ['ada'], how: 'a coin' });
    expect(must(await decide(election, one))).toBe('proposed');
    expect(must(await world.box.status(without)).tieProposed).toBeNull();
    expect(must(await decide(without, two))).toBe('proposed');
    expect(must(await decide(without, await newPerson(world, 'third')))).toBe('decided');
  });

  it('on a tie is signed as another officer says the very same', async () => {
    await castFor(world, election, people[0] as Person, {
      ada: 1,
      mary: 1,
      grace: 2,
      barbara: 3,
      katherine: 4,
    });
    await finish(world, election);
    const decide = (by: Person, winner: string, how = 'a coin') =>
      world.box.recordTieDecision(election, by, { winners: [winner], how });
    const signature = async () => must(await world.box.outcome(election, one)).signature;
    const before = await signature();
    expect(must(await decide(one, 'ada'))).toBe('proposed');
    expect(must(await world.box.status(election)).tieProposed).toMatchObject({
      by: 'officer',
      winners: ['ada'],
      how: 'a coin',
    });
    expect(kindOf(await decide(one, 'ada'))).toBe('other-officer-needed');
    expect(must(await decide(two, 'mary'))).toBe('proposed');
    expect(must(await decide(one, 'mary', 'another coin'))).toBe('proposed');
    expect(await signature()).toBe(before);
    expect(kindOf(await world.box.markPublished(election, two))).toBe('tie-open');
    expect(must(await decide(two, 'mary', 'another coin'))).toBe('decided');
    expect(await signature()).not.toBe(before);
    expect(must(await world.box.status(election)).tieProposed).toBeNull();
    expect((await actions()).at(-1)).toBe('tie-decided mary: another coin');
  });
});
