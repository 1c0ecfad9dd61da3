/** Voting that is started anew: two officers, more than a day, everybody told, and nothing of the old box left. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '@elekto/db';
import { createBallotBox } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { verifyResults } from '@elekto/protocol/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLOSES,
  DIALECTS,
  TEST_KDF,
  at,
  castFor,
  finish,
  kindOf,
  look,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';
import { changeElection, electionRow } from '../src/box/election-row.ts';
import type { Wish } from '../src/box/election-row.ts';
import { ok, refuse } from '../src/result.ts';
import { transact } from '../src/transact.ts';
import { copyRows, putBack } from './rows.ts';
import { openAsBefore } from './opened-before.ts';

const DAY = 24 * 3_600_000;

describe.each(DIALECTS)('voting that is started anew on %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let one: Person;
  let two: Person;
  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election, people, officer: one } = await openElection(world, 6, { officers: ['officer', 'Second'] }));
    two = await newPerson(world, 'second');
  });
  afterEach(() => world.end());

  const changed = (): Election => ({
    ...election,
    seats: 1,
    candidates: [
      ...election.candidates,
      { id: 'zoe', name: 'Zoe', fields: [], bio: '', file: 'candidate-zoe.md' },
    ],
  });
  const keyFiles = () =>
    readdirSync(join(world.dir, 'secrets/elections')).filter((name) => !name.endsWith('.head'));
  const rowId = async () =>
    (await world.db.read((em) => tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow()))
      .id;

  it('authenticates no binding that somebody else wrote', async () => {
    const mallory = await newPerson(world, 'mallory');
    await castFor(world, election, people[0] as Person, { ada: 1 });
    const forged = { login: 'voter-3', user: mallory.userId, mac: 'x'.repeat(43) };
    const id = await rowId();
    await world.db.read((em) =>
      tables(em)
        .insertInto('roll_binding')
        .values({ election: id, ...forged })
        .execute(),
    );
    expect(kindOf(await world.box.paper(election, people[3] as Person))).toBe('ballot-box-damaged');
    const source = at('c1');
    must(await world.box.askRestart(election, one, source));
    must(await world.box.confirmRestart(election, two, source));
    expect(kindOf(await world.box.paper(election, mallory))).toBe('not-eligible');
    await castFor(world, election, people[3] as Person, { ada: 1 });
    await finish(world, election);
    expect(must(await world.box.outcome(election, one)).cast).toBe(1);
  });

  it('that is refused leaves the election known: it is missed when its rows are removed', async () => {
    await castFor(world, election, people[0] as Person, { ada: 1 });
    const honest = await copyRows(world.db);
    const source = at('c1');
    must(await world.box.askRestart(election, one, source));
    const asked = await copyRows(world.db);
    await putBack(world.db, honest, ['audit_event']);
    expect(kindOf(await world.box.confirmRestart(election, two, source))).toBe('ballot-box-damaged');
    await putBack(world.db, { ...asked, election: [], ballot_box: [], participation: [], roll_binding: [] });
    expect(kindOf(await world.box.ensureOpened(election, at('c2')))).toBe('ballot-box-damaged');
    expect([...(await world.box.standings()).values()]).toEqual([{ damaged: true }]);
  });

  it('is not undone by the rows of before', async () => {
    await castFor(world, election, people[0] as Person, { ada: 1 });
    const before = await copyRows(world.db);
    const source = at('c1');
    must(await world.box.askRestart(election, one, source));
    must(await world.box.confirmRestart(election, two, source));
    const of = ['election', 'roll_binding', 'participation', 'voided_participation', 'ballot_box'] as const;
    await putBack(world.db, before, of);
    const answer = await world.box.paper(election, people[1] as Person);
    expect(answer.ok ? '' : answer.error.why).toMatch(/row is older than the secrets directory knows/);
  });

  it('has a new ballot by the present files, new keys, and tells everybody who had voted', async () => {
    const [voted, again, other] = people as [Person, Person, Person];
    await castFor(world, election, voted, { ada: 1 }, 'words');
    const receipt = await castFor(world, election, again, { ada: 1 }, 'words');
    const stale = await seal(world, election, other, { ada: 1 });
    const seen = await look(world, election, voted, 'words');
    const old = { id: await rowId(), paper: must(await world.box.paper(election, voted)), files: keyFiles() };
    const source = at('c1');
    must(await world.box.ensureOpened(changed(), source));

    expect(kindOf(await world.box.confirmRestart(changed(), two, source))).toBe('restart-not-asked');
    expect(must(await world.box.askRestart(changed(), one, source))).toBe('asked');
    expect(must(await world.box.askRestart(changed(), two, source))).toBe('asked');
    expect(must(await world.box.status(changed())).restartAsked).toMatchObject({ by: 'officer' });
    expect(kindOf(await world.box.confirmRestart(changed(), one, source))).toBe('other-officer-needed');
    expect(kindOf(await world.box.askRestart(changed(), voted, source))).toBe('not-officer');
    expect(must(await world.box.participation(changed(), voted)).voted).toBe(true);
    expect(must(await world.box.confirmRestart(changed(), two, source))).toBe('restarted');

    // Nothing of the old box is left, neither rows nor keys.
    const id = await rowId();
    expect(id).not.toBe(old.id);
    expect(keyFiles().toSorted()).toEqual([`${id}.box`, `${id}.link`]);
    for (const table of [
      'ballot_box',
      'participation',
      'checkpoint',
      'unlock_failure',
      'roll_binding',
    ] as const) {
      const rows = await world.db.read((em) =>
        tables(em).selectFrom(table).select('election').where('election', '=', old.id).execute(),
      );
      expect(rows, table).toEqual([]);
    }
    await expect(seen.read()).rejects.toThrow('not-voted');

    const told = must(await world.box.participation(changed(), voted));
    expect(told).toEqual({ voted: false, unlock: null, voided: true });
    expect(must(await world.box.participation(changed(), other))).toEqual({ voted: false, unlock: null });
    // Nor is anybody told of a vote that they never gave, by who writes rows.
    await world.db.transaction((em) =>
      tables(em)
        .insertInto('voided_participation')
        .values({ election: id, run: '0'.repeat(32), user: other.userId, mac: 'x'.repeat(43) })
        .execute(),
    );
    expect(must(await world.box.participation(changed(), other)).voided).toBeUndefined();
    const paper = must(await world.box.paper(changed(), voted));
    expect(paper.manifest.candidates).toContain('zoe');
    expect(must(await world.box.status(changed()))).toMatchObject({
      drift: [],
      restartAsked: null,
      state: 'open',
    });
    expect(kindOf(await world.box.cast(changed(), other, stale.cast))).toBe('manifest-changed');

    // Who had voted keeps their entry of the roll, also under a new name.
    const heir = await newPerson(world, 'voter-0');
    expect(kindOf(await world.box.paper(changed(), heir))).toBe('identity-mismatch');
    await castFor(world, changed(), voted, { zoe: 1 }, 'words');
    expect(must(await world.box.participation(changed(), voted)).voided).toBeUndefined();
    await castFor(world, changed(), other, { zoe: 1 });
    await finish(world, changed());
    expect(must(await world.box.outcome(changed(), one)).cast).toBe(2);
    expect(must(await world.box.participation(changed(), again)).voided).toBe(true);
    const { checks } = await verifyResults({
      ballotsCsv: must(await world.box.ballotsCsv(changed(), one)),
      resultsJson: must(await world.box.resultsJson(changed(), one)),
      publicKey: world.keys.publicKey,
      receipt: JSON.stringify(receipt),
    });
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'receipt', code: 'receipt-voided' }]);
    expect(old.paper.manifestHash).toBe(receipt?.manifestHash);
    const actions = must(await world.box.audit(changed(), one)).map(
      ({ action, actor }) => `${action} ${actor}`,
    );
    expect(actions).toEqual([
      'opened server',
      'restart-asked officer',
      'voting-restarted second',
      'closed server',
      'counted server',
    ]);
  });

  it('can be started anew again, and everybody of every run is told', async () => {
    for (const [index, person] of people.slice(0, 2).entries()) {
      await castFor(world, election, person, { ada: 1 });
      const source = at(`c${index}`);
      must(await world.box.askRestart(election, one, source));
      must(await world.box.confirmRestart(election, two, source));
    }
    for (const person of people.slice(0, 2))
      expect(must(await world.box.participation(election, person)).voided).toBe(true);
    expect(must(await world.box.participation(election, people[2] as Person)).voided).toBeUndefined();
  });

  it('is not started anew by the wish of who holds no office any more', async () => {
    const source = at('c1');
    must(await world.box.askRestart(election, one, source));
    const without = { ...election, officers: ['second', 'third'] };
    expect(must(await world.box.status(without)).restartAsked).toBeNull();
    expect(kindOf(await world.box.confirmRestart(without, two, source))).toBe('restart-not-asked');
    expect(must(await world.box.askRestart(without, two, source))).toBe('asked');
    expect(must(await world.box.status(without)).restartAsked).toMatchObject({ by: 'second' });
    expect(kindOf(await world.box.confirmRestart(without, two, source))).toBe('other-officer-needed');
    const third = await newPerson(world, 'third');
    expect(must(await world.box.confirmRestart(without, third, source))).toBe('restarted');
  });

  it('is started anew by a wish of before, which names the account otherwise, and by nobody alone', async () => {
    const source = at('c1');
    must(await world.box.takeOffice(election, one));
    const asked = { by: one.login, githubId: one.account, at: world.clock.now };
    must(
      await transact(world, async (em) => {
        const opened = await electionRow(world, em, election.key, 'update');
        if (opened === null) return refuse('not-open-yet');
        return ok(await changeElection(world, em, opened, { asked: asked as unknown as Wish }));
      }),
    );
    expect(must(await world.box.status(election)).restartAsked).toMatchObject({ by: 'officer' });
    expect(kindOf(await world.box.confirmRestart(election, one, source))).toBe('other-officer-needed');
    expect(must(await world.box.confirmRestart(election, two, source))).toBe('restarted');
  });

  it('needs a day, and can be refused', async () => {
    const source = at('c1');
    world.clock.now = CLOSES - DAY + 1;
    expect(kindOf(await world.box.askRestart(election, one, source))).toBe('restart-too-late');
    world.clock.now = CLOSES - DAY;
    expect(must(await world.box.askRestart(election, one, source))).toBe('asked');
    world.clock.now += 1;
    expect(kindOf(await world.box.confirmRestart(election, two, source))).toBe('restart-too-late');
    must(await world.box.cancelRestart(election, two));
    expect(kindOf(await world.box.cancelRestart(election, one))).toBe('restart-not-asked');
    expect(must(await world.box.status(election)).restartAsked).toBeNull();
    world.clock.now = CLOSES + 1;
    expect(kindOf(await world.box.askRestart(election, one, source))).toBe('already-closed');
  });

  it('is not started anew by files that a newer reading has replaced, nor by files without candidates', async () => {
    const old = at('c1');
    must(await world.box.ensureOpened(changed(), at('c2')));
    expect(kindOf(await world.box.askRestart(election, one, old))).toBe('conflict');
    const nobody = { ...election, candidates: [] };
    expect(kindOf(await world.box.askRestart(nobody, one, at('c3')))).toBe('waiting');
  });

  it('is done at once where there is one officer, and answers alike whether anybody has voted', async () => {
    const alone = await openElection(world, 2, { key: 'alone' });
    expect(must(await world.box.askRestart(alone.election, alone.officer, at('c1')))).toBe('restarted');
    await castFor(world, alone.election, alone.people[0] as Person, { ada: 1 });
    expect(must(await world.box.askRestart(alone.election, alone.officer, at('c2')))).toBe('restarted');
  });

  it('is confirmed once when two confirm at the same moment, and casts meanwhile are in one box or the other', async () => {
    for (const person of people.slice(0, 2)) await castFor(world, election, person, { ada: 1 });
    const casts = [];
    for (const person of people.slice(2))
      casts.push({ person, ...(await seal(world, election, person, { ada: 1 })) });
    const source = at('c1');
    must(await world.box.askRestart(election, one, source));
    const other = createBallotBox({
      db: world.db,
      keys: world.keys,
      kdf: TEST_KDF,
      now: () => Promise.resolve(world.clock.now),
    });
    const answers = await Promise.all([
      world.box.confirmRestart(election, two, source),
      other.confirmRestart(election, two, source),
      ...casts.map(({ person, cast }) => world.box.cast(election, person, cast)),
    ]);
    const restarted = answers.slice(0, 2).map(kindOf).toSorted();
    expect(restarted).toEqual(['accepted', 'restart-not-asked']);
    expect(
      kindOf(
        await world.box.cast(
          election,
          people[0] as Person,
          (await seal(world, election, people[0] as Person, { mary: 1 })).cast,
        ),
      ),
    ).toBe('accepted');
    for (const [index, { person }] of casts.entries()) {
      const { voted, voided } = must(await world.box.participation(election, person));
      expect(voted, 'a ballot of the old box').toBe(false);
      expect(voided ?? false).toBe(answers[index + 2]?.ok);
    }
    await finish(world, election);
    expect(must(await world.box.outcome(election, one)).cast).toBe(1);
  });

  it('works for a box of before, too', async () => {
    const before = await openAsBefore(world, 2, { key: 'before' });
    await castFor(world, before.election, before.people[0] as Person, { ada: 1 });
    must(await world.box.askRestart(before.election, before.officer, at('c1')));
    const { manifest } = must(await world.box.paper(before.election, before.people[0] as Person));
    expect(manifest.version).toBe(2);
    await castFor(world, before.election, before.people[0] as Person, { mary: 1 });
    await finish(world, before.election);
    expect(must(await world.box.outcome(before.election, before.officer)).cast).toBe(1);
  });
});
