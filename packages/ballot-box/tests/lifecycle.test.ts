import { afterEach, describe, expect, it } from 'vitest';
import { signIn, tables } from '@elekto/db';
import { createBallotBox } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import { checkInclusion } from '@elekto/protocol/result';
import { LINKS_LAST } from '@elekto/protocol/stand';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { sealBallot } from '@elekto/protocol/voter';
import {
  at,
  CLOSES,
  OPENS,
  DIALECTS,
  TEST_KDF,
  castFor,
  finish,
  kindOf,
  look,
  makeElection,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
  meetDatabase,
  takingOver,
} from './support.ts';
import { takeOverRest } from '../src/pairing/take-over.ts';
import type { World } from './support.ts';

const HOUR = 3_600_000;

/** Everybody in their place, so that no seat is open. */
const RANKED = { ada: 1, barbara: 2, grace: 3, katherine: 4, mary: 5 };

describe.each(DIALECTS)('an election on %s', (dialect) => {
  let world: World;
  afterEach(() => world.end());

  it('follows a moved deadline while it is open, says so in the trail, and not once it is over', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 3);
    const longer = { ...election, closesAt: CLOSES + HOUR };
    must(await world.box.ensureOpened(longer, at('c1')));
    world.clock.now = CLOSES + 1;
    await castFor(world, longer, people[0] as Person, { ada: 1 });
    world.clock.now = CLOSES + HOUR + 1;
    const longest = { ...election, closesAt: CLOSES + 9 * HOUR };
    // Only the close ends an election, whatever the files say now.
    expect(kindOf(await world.box.ensureOpened(longest, at('c2')))).toBe('already-closed');
    expect(must(await world.box.status(longest)).state).toBe('open');
    must(await world.box.close(longest));
    expect(must(await world.box.ensureOpened(longest, at('c3')))).toBe('closed');
    const late = await seal(world, longest, people[1] as Person, { ada: 1 });
    expect(kindOf(await world.box.cast(longest, people[1] as Person, late.cast))).toBe('already-closed');
    const actions = must(await world.box.audit(election, officer)).map(({ action, detail }) =>
      `${action} ${detail}`.trim(),
    );
    expect(actions).toEqual([
      'opened at commit c0',
      'deadline-moved from 2026-09-27T23:59:59.000Z to 2026-09-28T00:59:59.000Z',
      'closed',
      'deadline-ignored the election is closed; the file now says 2026-09-28T08:59:59.000Z',
    ]);
  });

  it('is ended by nothing while the clock is doubted, and loses nothing meanwhile', async () => {
    world = await startWorld(dialect);
    const { clock, db, keys } = world;
    let doubt: string | null = 'it jumped';
    const asked: number[] = [];
    const box = createBallotBox({
      db,
      keys,
      kdf: TEST_KDF,
      now: () => Promise.resolve(clock.now),
      doubt: (time) => {
        asked.push(time);
        return Promise.resolve(doubt);
      },
    });
    const { election, people, officer } = await openElection(world, 3, { deleteAfter: true });
    const [first, second] = people as [Person, Person];
    await castFor(world, election, first, RANKED, 'words');
    expect(kindOf(await box.close(election))).toBe('not-ended-yet');
    clock.now = CLOSES + 9 * HOUR;
    expect(await box.close(election)).toMatchObject({ error: { kind: 'clock-doubted', why: 'it jumped' } });
    expect(kindOf(await box.ensureOpened({ ...election, seats: 1 }, at('c1')))).toBe('already-closed');
    expect(kindOf(await box.finalise(election))).toBe('not-ended-yet');
    clock.now = CLOSES;
    await castFor(world, election, second, RANKED);
    clock.now = CLOSES + 1;
    doubt = null;
    must(await box.close(election));
    must(await box.finalise(election));
    must(await box.markPublished(election, officer));
    doubt = 'it jumped again';
    clock.now += LINKS_LAST;
    expect(kindOf(await box.endLinks(election.key))).toBe('clock-doubted');
    await look(world, election, first, 'words');
    doubt = null;
    must(await box.endLinks(election.key));
    expect(kindOf(await box.unlock(election, first, 'A'.repeat(43)))).toBe('link-destroyed');
    expect(must(await box.outcome(election, officer)).cast).toBe(2);
    // Nobody is asked for the time before something is due, nor about what is done.
    must(await box.close(election));
    must(await box.endLinks(election.key));
    expect(asked).toEqual([CLOSES + 9 * HOUR, CLOSES + 1, clock.now, clock.now]);
  });

  it('keeps what was pinned, shows what drifts, and notes who was added to the roll', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 3);
    const [ada] = election.candidates;
    await castFor(world, election, people[1] as Person, { ada: 1 });
    const changed = makeElection(4, { seats: 5, candidates: ada ? [ada] : [], receipts: 'immediate' });
    must(await world.box.ensureOpened(changed, at('c1')));
    const paper = must(await world.box.paper(changed, people[0] as Person));
    expect(paper.manifest).toMatchObject({
      seats: 2,
      receipts: 'after_close',
      candidates: ['ada', 'barbara', 'grace', 'katherine', 'mary'],
    });
    const { drift } = must(await world.box.status(changed));
    expect(drift).toEqual([
      { code: 'candidates-removed', ids: ['barbara', 'grace', 'katherine', 'mary'] },
      { code: 'seats-changed', pinned: 2, file: 5 },
      { code: 'receipts-changed' },
    ]);
    const added = await newPerson(world, 'voter-3');
    await castFor(world, changed, added, { mary: 1 });
    expect(must(await world.box.audit(changed, officer)).at(-1)).toMatchObject({
      action: 'voters-added',
      detail: 'voter-3',
      actor: 'server',
    });
  });

  it('knows a voter by the account, not by the name', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, ['Grace', 'mary']);
    const grace = people[0] as Person;
    await castFor(world, election, grace, { ada: 1 });
    const renamed = await signIn(world.db, { account: grace.account, login: 'mary' });
    expect(renamed.userId).toBe(grace.userId);
    const again = await sealBallot({
      paper: must(await world.box.paper(election, renamed)),
      ranking: { ada: 1 },
      passphrase: null,
      kdfs: [TEST_KDF],
    });
    expect(kindOf(await world.box.cast(election, renamed, again.cast))).toBe('already-voted');
    const heir = await newPerson(world, 'GRACE');
    expect(kindOf(await world.box.paper(election, heir))).toBe('identity-mismatch');
    const stranger = await newPerson(world, 'gracie');
    expect(kindOf(await world.box.paper(election, stranger))).toBe('not-eligible');
    const withoutGrace = { ...election, voters: election.voters.slice(1) };
    must(await world.box.ensureOpened(withoutGrace, at('c1')));
    expect(must(await world.box.paper(withoutGrace, grace)).voted).toBe(true);
    expect(kindOf(await world.box.cast(withoutGrace, grace, again.cast))).toBe('not-eligible');
  });

  it('allows ten wrong passphrases an hour, and writes down nothing else of a view', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 2);
    const voter = people[0] as Person;
    await castFor(world, election, voter, { ada: 1 }, 'right');
    const wrong = 'A'.repeat(43);
    const kinds = await Promise.all(
      Array.from({ length: 14 }, async () => kindOf(await world.box.unlock(election, voter, wrong))),
    );
    expect(kinds.filter((kind) => kind === 'wrong-passphrase')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'too-many-attempts')).toHaveLength(4);
    await expect(look(world, election, voter, 'right')).rejects.toThrow('too-many-attempts');
    const rows = await world.db.read((em) =>
      tables(em).selectFrom('unlock_failure').select(['window_no', 'failures']).execute(),
    );
    expect(rows).toEqual([{ window_no: Math.floor(world.clock.now / HOUR), failures: 10 }]);
    world.clock.now += HOUR;
    expect(await (await look(world, election, voter, 'right')).read()).toEqual({ ada: 1 });
  });

  it('cannot be told to withdraw or replace somebody else’s ballot', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 2);
    const [one, two] = people as [Person, Person];
    await castFor(world, election, one, { ada: 1 }, 'one');
    await castFor(world, election, two, { mary: 1 }, 'two');
    const seen = await look(world, election, one, 'one');
    expect(kindOf(await world.box.withdraw(election, two, seen.claim))).toBe('wrong-passphrase');
    const { cast } = await seal(world, election, two, { ada: 1 });
    expect(
      kindOf(await world.box.replace(election, two, { authKey: seen.claim.authKey, old: seen.claim, cast })),
    ).toBe('wrong-passphrase');
    expect(await seen.read()).toEqual({ ada: 1 });
  });

  it.each(['none', 'after_close', 'immediate'] as const)(
    'with receipts %s gives what it promises',
    async (receipts) => {
      world = await startWorld(dialect);
      const { election, people, officer } = await openElection(world, 3, { receipts });
      const sealed = await seal(world, election, people[0] as Person, { ada: 1 }, 'words');
      const { receipt } = must(await world.box.cast(election, people[0] as Person, sealed.cast));
      expect(receipt === null).toBe(receipts === 'none');
      expect(sealed.tracker === null).toBe(receipts !== 'immediate');
      await castFor(world, election, people[1] as Person, { mary: 1 });
      await finish(world, election);
      const file = JSON.parse(must(await world.box.resultsJson(election, officer))) as ResultsFile2;
      const attempt = look(world, election, people[0] as Person, 'words');
      if (receipts === 'none') {
        expect([file.trackers, file.records]).toEqual([[], []]);
        await expect(attempt).rejects.toThrow();
        const guess = world.box.unlock(election, people[0] as Person, 'A'.repeat(43));
        expect(kindOf(await guess)).toBe('link-destroyed');
        return;
      }
      const tracker = (await attempt).seed.tracker ?? '';
      expect(file.trackers).toContain(tracker);
      expect(file.records).toContain(receipt?.recordHash);
      const proof = must(await world.box.inclusionProof(election, tracker));
      expect(proof && checkInclusion(proof, file)).toBe(true);
      expect(proof && checkInclusion({ ...proof, ranks: [0, 0, 0, 0, 1] }, file)).toBe(false);
      expect(must(await world.box.inclusionProof(election, '0'.repeat(32)))).toBeNull();
    },
  );

  it('keeps the links for as long as was told when an officer marks the result, and destroys them then', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 2, { deleteAfter: true });
    await castFor(world, election, people[0] as Person, RANKED, 'words');
    await finish(world, election);
    await look(world, election, people[0] as Person, 'words');
    const voter = people[0] as Person;
    const promised = async () => must(await world.box.personFacts(election, voter)).links;
    expect(await promised()).toEqual({ kind: 'published', earliest: election.closesAt + LINKS_LAST });
    expect(must(await world.box.publishedAt(election))).toBeNull();
    must(await world.box.markPublished(election, officer));
    must(await world.box.markPublished(election, officer));
    expect(must(await world.box.publishedAt(election))).toBe(world.clock.now);
    const end = { kind: 'at', at: world.clock.now + LINKS_LAST };
    expect(await promised()).toEqual(end);
    const publishedAt = world.clock.now;
    world.clock.now = end.at - 1;
    must(await world.box.endLinks(election.key));
    await look(world, election, voter, 'words');
    expect(must(await world.box.personFacts(election, voter)).linkGone).toBe(false);
    world.clock.now = end.at;
    must(await world.box.endLinks(election.key));
    expect(kindOf(await world.box.unlock(election, voter, 'A'.repeat(43)))).toBe('link-destroyed');
    expect(must(await world.box.personFacts(election, voter))).toMatchObject({ voted: true, linkGone: true });
    const row = await world.db.read((em) =>
      tables(em).selectFrom('participation').selectAll().executeTakeFirstOrThrow(),
    );
    expect([...Buffer.from(row.sealed_seed)].every((byte) => byte === 0)).toBe(true);
    expect(must(await world.box.outcome(election, officer))).toMatchObject({
      state: 'published',
      publishedAt,
    });
    // Without the salt no browser stretches a passphrase in vain and says then that it is wrong.
    expect(must(await world.box.participation(election, voter))).toEqual({ voted: true, unlock: null });
  });

  it('tells no turnout that somebody else wrote', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 3);
    for (const person of people) await castFor(world, election, person, { ada: 1 });
    // Rows of who took part are anybody's who writes the database: it is ballots in the box that are told.
    const rows = await world.db.read((em) => tables(em).selectFrom('participation').selectAll().execute());
    await world.db.transaction((em) => tables(em).deleteFrom('participation').execute());
    must(await world.box.checkpoint(election));
    world.clock.now = OPENS + 3_600_000;
    expect(must(await world.box.turnout(election)).cast).toBe(3);
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    expect(must(await world.box.status(election)).cast).toBe(3);
    await world.db.transaction((em) => tables(em).insertInto('participation').values(rows).execute());
    must(await world.box.finalise(election));
    await world.db.transaction((em) => tables(em).deleteFrom('participation').execute());
    expect(must(await world.box.status(election)).cast).toBe(3);
    await world.db.transaction((em) =>
      tables(em).updateTable('checkpoint').set({ cast_count: 300 }).execute(),
    );
    expect(kindOf(await world.box.turnout(election))).toBe('ballot-box-damaged');
    expect(kindOf(await world.box.status(election))).toBe('ballot-box-damaged');
  });

  it('tells turnout in steps of three at the ends of whole hours, and nothing below three', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 12);
    const hour = 3_600_000;
    const turnout = async () => must(await world.box.turnout(election));
    const vote = async (from: number, to: number) => {
      for (const person of people.slice(from, to)) await castFor(world, election, person, { ada: 1 });
      must(await world.box.checkpoint(election));
    };
    const nothing = { cast: null, eligible: 12, buckets: [], asOf: null };
    await vote(0, 2);
    expect(await turnout()).toEqual({ ...nothing, nextAt: OPENS + hour });
    expect(must(await world.box.status(election)).cast).toBeNull();
    // Three and more, but the hour is still running: whoever asks all the time sees no ballot arrive.
    await vote(2, 7);
    world.clock.now = OPENS + hour - 1;
    expect(await turnout()).toEqual({ ...nothing, nextAt: OPENS + hour });
    world.clock.now = OPENS + hour;
    const first = { at: OPENS + hour, cast: 6 };
    expect(await turnout()).toEqual({
      cast: 6,
      eligible: 12,
      buckets: [first],
      asOf: first.at,
      nextAt: OPENS + 2 * hour,
    });
    // One more is no step, at the end of no hour.
    await vote(7, 8);
    world.clock.now = OPENS + 5 * hour;
    must(await world.box.checkpoint(election));
    expect(await turnout()).toMatchObject({ cast: 6, buckets: [first], nextAt: OPENS + 6 * hour });
    expect(must(await world.box.status(election)).cast).toBe(6);
    world.clock.now = CLOSES;
    await vote(8, 10);
    expect(await turnout()).toMatchObject({ cast: 6, buckets: [first] });
    await finish(world, election);
    expect(await turnout()).toEqual({
      cast: 10,
      eligible: 12,
      buckets: [first, { at: CLOSES, cast: 9 }],
      asOf: CLOSES,
      nextAt: null,
    });
  });

  it.each([
    ['two hours', 2 * 3_600_000, 150_000],
    ['ten minutes', 600_000, 60_000],
    ['a month', 30 * 86_400_000, 3_600_000],
  ])('tells the turnout of an election of %s in steps of time', async (_, period, interval) => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 3, { closesAt: OPENS + period });
    world.clock.now = OPENS + 1;
    for (const person of people) await castFor(world, election, person, { ada: 1 });
    must(await world.box.checkpoint(election));
    world.clock.now = OPENS + interval - 1;
    expect(must(await world.box.turnout(election)).cast).toBeNull();
    world.clock.now = OPENS + interval;
    expect(must(await world.box.turnout(election))).toMatchObject({ cast: 3, nextAt: OPENS + 2 * interval });
  });

  it('waits while its folder is gone, comes back with it, and can be given to a renamed one', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 3);
    await castFor(world, election, people[0] as Person, { ada: 1 });
    const { cast } = await seal(world, election, people[1] as Person, { ada: 1 });
    must(await world.box.noteFolders([], at('gone')));
    expect(kindOf(await world.box.cast(election, people[1] as Person, cast))).toBe('election-withdrawn');
    must(await world.box.noteFolders([election.key], at('back')));
    must(await world.box.cast(election, people[1] as Person, cast));
    const renamed = { ...election, key: 'council---2026' };
    expect(kindOf(await world.box.reattach('nothing', renamed, 'operator'))).toBe('unknown-election');
    expect(kindOf(await world.box.reattach(election.key, { ...renamed, candidates: [] }, 'operator'))).toBe(
      'manifest-changed',
    );
    // The server has opened a box for the new folder by itself; an empty one gives way, one with ballots does not.
    must(await world.box.ensureOpened(renamed, at('a later commit')));
    must(await world.box.reattach(election.key, renamed, 'operator'));
    expect(kindOf(await world.box.reattach(renamed.key, renamed, 'operator'))).toBe('conflict');
    must(await world.box.ensureOpened(election, at('a later commit')));
    must(await world.box.reattach(election.key, renamed, 'operator'));
    expect(await world.box.state(election.key)).toBeNull();
    await castFor(world, renamed, people[2] as Person, { ada: 1 });
    expect(await world.box.state(renamed.key)).toBe('open');
    await finish(world, renamed);
    expect(must(await world.box.outcome(renamed, officer)).cast).toBe(3);
  });

  it('is purged on an explicit word only, and not while it is open', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 2);
    await castFor(world, election, people[0] as Person, { ada: 1 });
    expect(kindOf(await world.box.purge(election.key, 'operator'))).toBe('not-ended-yet');
    await finish(world, election);
    must(await world.box.purge(election.key, 'operator'));
    expect(await world.box.state(election.key)).toBeNull();
    expect(must(await world.box.audit(election, officer)).at(-1)).toMatchObject({
      action: 'purged',
      actor: 'operator',
    });
  });

  it('is closed and counted whatever happens to the others', async () => {
    world = await startWorld(dialect);
    const one = await openElection(world, 2);
    const two = await openElection(world, 2, { key: 'second' });
    await castFor(world, one.election, one.people[0] as Person, { ada: 1 });
    await castFor(world, two.election, two.people[0] as Person, { ada: 1 });
    await world.db.transaction((em) =>
      tables(em)
        .deleteFrom('participation')
        .where('user', '=', one.people[0]?.userId ?? '')
        .execute(),
    );
    expect(await world.box.close(one.election)).toMatchObject({ error: { kind: 'not-ended-yet' } });
    world.clock.now = CLOSES + 1;
    for (const { election } of [one, two]) must(await world.box.close(election));
    expect(await world.box.finalise(one.election)).toMatchObject({ error: { kind: 'ballot-box-damaged' } });
    must(await world.box.finalise(two.election));
    expect([...(await world.box.standings())].map(([key, row]) => [key, !row.damaged && row.state])).toEqual([
      ['second', 'finalised'],
      [one.election.key, 'closed'],
    ]);
    must(await world.box.finalise(two.election));
  });

  it('finishes a count that was interrupted before the keys were destroyed', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 2);
    await castFor(world, election, people[0] as Person, { ada: 1 });
    world.clock.now = CLOSES + 1;
    const interrupted = createBallotBox({
      db: world.db,
      kdf: TEST_KDF,
      now: () => Promise.resolve(world.clock.now),
      keys: {
        ...world.keys,
        destroyElection: () => {
          throw new TypeError('the power went');
        },
      },
    });
    must(await interrupted.close(election));
    await expect(interrupted.finalise(election)).rejects.toThrow('the power went');
    const { id } = await world.db.read((em) =>
      tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
    );
    expect(world.keys.holds(id)).toBe(true);
    must(await world.box.finalise(election));
    expect(world.keys.holds(id)).toBe(false);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(1);
  });

  it('is counted once when two servers count it at the same time', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 4);
    for (const person of people) await castFor(world, election, person, { ada: 1 });
    world.clock.now = CLOSES + 1;
    must(await world.box.close(election));
    const both = await Promise.all([world.box.finalise(election), world.box.finalise(election)]);
    expect(both.map(kindOf)).toEqual(['accepted', 'accepted']);
    expect(
      must(await world.box.audit(election, officer)).filter(({ action }) => action === 'counted'),
    ).toHaveLength(1);
  });

  it('has a tie decided by officers before it is published, and not after', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 2, { seats: 1 });
    await castFor(world, election, people[0] as Person, {
      ada: 1,
      mary: 1,
      grace: 2,
      barbara: 3,
      katherine: 4,
    });
    await finish(world, election);
    const { outcome, signature } = must(await world.box.outcome(election, officer));
    expect(outcome.seats.openTies).toEqual([{ candidates: ['ada', 'mary'], seats: 1, value: null }]);
    const decide = (winners: string[], by = officer) =>
      world.box.recordTieDecision(election, by, { winners, how: 'a coin' });
    expect(kindOf(await decide(['grace']))).toBe('no-tie');
    expect(kindOf(await decide(['ada', 'mary']))).toBe('no-tie');
    expect(kindOf(await decide(['ada'], people[0] as Person))).toBe('not-officer');
    must(await decide(['mary']));
    const after = must(await world.box.outcome(election, officer));
    expect(after.outcome.seats.elected).toEqual(['mary']);
    expect(after.tieDecisions).toEqual([
      { winners: ['mary'], how: 'a coin', by: 'officer', at: world.clock.now },
    ]);
    expect(after.signature).not.toBe(signature);
    expect(kindOf(await decide(['ada']))).toBe('no-tie');
    must(await world.box.markPublished(election, officer));
    expect(kindOf(await decide(['ada']))).toBe('already-published');
  });

  it('has two ties that a seat limit makes decided one by one', async () => {
    world = await startWorld(dialect);
    const { outcome, decide } = await tiedUnderLimit(world, 2);
    expect((await outcome()).seats).toMatchObject({
      elected: [],
      openTies: [
        { candidates: ['ada', 'mary'], seats: 1, value: 'Acme' },
        { candidates: ['barbara', 'grace'], seats: 1, value: 'Bolt' },
      ],
    });
    expect(kindOf(await decide('ada', 'grace'))).toBe('no-tie');
    must(await decide('mary'));
    must(await decide('grace'));
    expect((await outcome()).seats).toMatchObject({ elected: ['mary', 'grace'], openTies: [] });
  });

  it('takes no decision that the seat limit rules out', async () => {
    world = await startWorld(dialect);
    const { outcome, decide } = await tiedUnderLimit(world, 1);
    expect((await outcome()).seats.openTies).toMatchObject([{ seats: 2, value: null }]);
    expect(kindOf(await decide('ada', 'mary'))).toBe('winners-impossible');
    expect((await outcome()).seats.elected).toEqual([]);
    must(await decide('ada', 'katherine'));
    expect((await outcome()).seats.elected).toEqual(['ada', 'katherine']);
  });

  it('takes exception requests once, shows them to its own officers, and lets one officer decide', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 2, { exceptionsDueAt: CLOSES - HOUR });
    const other = makeElection(1, { key: 'other', officers: ['somebody'] });
    const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
    const grace = await newPerson(world, 'grace');
    expect(kindOf(await world.box.requestException(election, people[0] as Person, plea))).toBe(
      'already-eligible',
    );
    const made = must(await world.box.requestException(election, grace, plea));
    expect(made).toMatchObject({ ...plea, login: 'grace', status: 'open', version: 1, history: [] });
    expect(kindOf(await world.box.requestException(election, grace, plea))).toBe(
      'exception-already-requested',
    );
    expect(must(await world.box.myException(election, grace))).toEqual(made);
    expect(must(await world.box.myException(other, grace))).toBeNull();
    expect(kindOf(await world.box.listExceptions(election, grace))).toBe('not-officer');
    const foreign = await newPerson(world, 'somebody');
    expect(must(await world.box.listExceptions(other, foreign))).toEqual([]);
    const decision = { id: made.id, version: 1, status: 'approved' as const, note: 'welcome' };
    expect(kindOf(await world.box.decideException(other, foreign, decision))).toBe('unknown-request');
    expect(kindOf(await world.box.decideException(election, foreign, decision))).toBe('not-officer');
    const both = await Promise.all([
      world.box.decideException(election, officer, decision),
      world.box.decideException(election, officer, { ...decision, status: 'declined' }),
    ]);
    expect(both.map(kindOf).toSorted()).toEqual(['accepted', 'conflict']);
    expect(must(await world.box.listExceptions(election, officer))).toMatchObject([
      { version: 2, history: [{ by: 'officer' }] },
    ]);
    world.clock.now = CLOSES - HOUR + 1;
    const late = await newPerson(world, 'late');
    expect(kindOf(await world.box.requestException(election, late, plea))).toBe('exception-closed');
    expect(must(await world.box.audit(election, officer)).map(({ action }) => action)).toEqual([
      'opened',
      'exception-decided',
    ]);
  });

  it('lets officers ask for more and the person answer, until voting is over', async () => {
    world = await startWorld(dialect);
    const { election, officer } = await openElection(world, 2, { exceptionsDueAt: CLOSES - HOUR });
    const grace = await newPerson(world, 'grace');
    const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
    const reply = (version: number, text = 'Here: the compiler.') =>
      world.box.replyException(election, grace, { version, text });
    expect(kindOf(await reply(1))).toBe('unknown-request');
    const { id } = must(await world.box.requestException(election, grace, plea));
    expect(kindOf(await reply(1)), 'nothing was asked').toBe('conflict');
    const ask = (version: number) => ({
      id,
      version,
      status: 'more-information' as const,
      note: 'Which one?',
    });
    must(await world.box.decideException(election, officer, ask(1)));
    world.clock.now = CLOSES - HOUR + 1;
    expect(kindOf(await reply(1)), 'not to the newest version').toBe('conflict');
    const [first, second] = await Promise.all([reply(2), reply(2, 'The same from another tab.')]);
    expect([kindOf(first), kindOf(second)].toSorted(), 'one answer to one question').toEqual([
      'accepted',
      'conflict',
    ]);
    const [answered] = must(await world.box.listExceptions(election, officer));
    expect(answered).toMatchObject({
      status: 'open',
      version: 3,
      history: [
        { from: 'officer', by: 'officer', status: 'more-information', note: 'Which one?' },
        { from: 'voter', by: 'grace', status: 'open' },
      ],
    });
    must(await world.box.decideException(election, officer, ask(3)));
    // A file whose end had passed when it was merged ends nothing: the row says until when it goes on.
    const mistyped = { ...election, closesAt: world.clock.now - HOUR };
    must(await world.box.replyException(mistyped, grace, { version: 4, text: 'Here it is again.' }));
    must(await world.box.decideException(mistyped, officer, ask(5)));
    world.clock.now = CLOSES + 1;
    expect(kindOf(await reply(6))).toBe('exception-closed');
    const late = { ...ask(6), status: 'approved' as const };
    expect(kindOf(await world.box.decideException(election, officer, late))).toBe('already-closed');
    const actions = must(await world.box.audit(election, officer)).map(({ action }) => action);
    expect(actions, 'what a voter does is no event').toEqual([
      'opened',
      'exception-decided',
      'exception-decided',
      'exception-decided',
    ]);
  });

  it('gives no box a new name over one with ballots, whatever the rows of who took part say', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 2);
    const [one, two] = people as [Person, Person];
    await castFor(world, election, one, { ada: 1 });
    const renamed = { ...election, key: 'renamed' };
    must(await world.box.ensureOpened(renamed, at('c1')));
    await castFor(world, renamed, two, { ada: 1 });
    await world.db.read((em) =>
      tables(em).deleteFrom('participation').where('user', '=', two.userId).execute(),
    );
    expect(kindOf(await world.box.reattach(election.key, renamed, 'operator'))).toBe('conflict');
  });

  it('reads requests whose history is from before people could answer', async () => {
    world = await startWorld(dialect);
    await meetDatabase(world);
    const { election, officer } = await openElection(world, 1, { exceptionsDueAt: CLOSES });
    const grace = await newPerson(world, 'grace');
    const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
    must(await world.box.requestException(election, grace, plea));
    await world.db.read((em) =>
      tables(em)
        .updateTable('exception_request')
        // Of a number that is not known outside the database, as a version from before left it.
        .set({
          history: '[{"at":1,"by":"officer","status":"more-information","note":"?"}]',
          mac: '',
          version: 2,
        })
        .execute(),
    );
    await takeOverRest(takingOver(world));
    const [request] = must(await world.box.listExceptions(election, officer));
    expect(request?.history).toEqual([
      { at: 1, from: 'officer', by: 'officer', status: 'more-information', note: '?' },
    ]);
  });
});

/** One ballot that has everybody level but katherine, whose rank is given; two seats, one for an employer. */
async function tiedUnderLimit(world: World, katherine: number) {
  const employers: Record<string, string> = { ada: 'Acme', mary: 'Acme', grace: 'Bolt', barbara: 'Bolt' };
  const { election, people, officer } = await openElection(world, 1, {
    seats: 2,
    representationLimit: { field: 'employer', max: 1 },
    candidates: makeElection(1).candidates.map((candidate) => ({
      ...candidate,
      fields: [{ name: 'employer', value: employers[candidate.id] ?? 'Core' }],
    })),
  });
  await castFor(world, election, people[0] as Person, { ada: 1, mary: 1, grace: 1, barbara: 1, katherine });
  await finish(world, election);
  return {
    outcome: async () => must(await world.box.outcome(election, officer)).outcome,
    decide: (...winners: string[]) =>
      world.box.recordTieDecision(election, officer, { winners, how: 'a coin' }),
  };
}
