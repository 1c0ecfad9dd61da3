/** What of an election is fixed, and when: until the first ballot the files decide, and only ever newer ones. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, startDatabase, tables } from '@elekto/db';
import { createBallotBox } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import type { Candidate, Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLOSES,
  DIALECTS,
  OPENS,
  TEST_KDF,
  at,
  castFor,
  countDue,
  finish,
  kindOf,
  look,
  makeElection,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

const HOUR = 3_600_000;
const person = (id: string, changes: Partial<Candidate> = {}): Candidate => ({
  id,
  name: `${id} by name`,
  fields: [],
  bio: '',
  file: `candidate-${id}.md`,
  ...changes,
});

describe.each(DIALECTS)('an election on %s', (dialect) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(dialect);
  });
  afterEach(() => world.end());

  const onPaper = async (election: Election, voter: Person): Promise<readonly string[]> =>
    must(await world.box.paper(election, voter)).manifest.candidates;
  const codes = async (election: Election): Promise<string[]> =>
    must(await world.box.status(election)).drift.map(({ code }) => code);
  const keysOfElections = (): string[] => {
    const dir = join(world.dir, 'secrets/elections');
    return existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.box')) : [];
  };

  it('has everybody on the ballot who is merged before the first ballot, however late', async () => {
    const { election, people } = await openElection(world, 3, { candidates: [person('ada')] });
    const [early, late] = people as [Person, Person];
    const old = await seal(world, election, early, { ada: 1 });
    const merged = { ...election, seats: 1, candidates: [person('ada'), person('zoe')] };
    world.clock.now += 69 * 60_000;
    must(await world.box.ensureOpened(merged, at('c1')));
    expect(await onPaper(merged, early)).toEqual(['ada', 'zoe']);
    expect(kindOf(await world.box.cast(merged, early, old.cast))).toBe('manifest-changed');
    expect(await codes(merged)).toEqual([]);
    await castFor(world, merged, early, { zoe: 1 }, 'words');

    const later = { ...merged, seats: 2, candidates: [person('ada', { name: 'Ada L.' }), person('dot')] };
    must(await world.box.ensureOpened(later, at('c2')));
    expect(await onPaper(later, late)).toEqual(['ada', 'zoe']);
    expect(await codes(later)).toEqual([
      'candidates-added',
      'candidates-removed',
      'names-changed',
      'seats-changed',
    ]);
    await castFor(world, later, late, { ada: 1 });
    expect(await (await look(world, later, early, 'words')).read()).toEqual({ zoe: 1 });
  });

  it('takes papers that were handed out before a push that changed nothing on the ballot', async () => {
    const { election, people } = await openElection(world, 600);
    const { cast } = await seal(world, election, people[0] as Person, { ada: 1 });
    const before = must(await world.box.paper(election, people[1] as Person));
    for (let push = 1; push <= 5; push += 1) {
      const voters = [...election.voters, { login: `new-${push}`, line: 700 + push }];
      must(await world.box.ensureOpened({ ...election, description: `${push}`, voters }, at(`push ${push}`)));
    }
    expect(must(await world.box.paper(election, people[1] as Person)).manifestHash).toBe(before.manifestHash);
    expect(before.manifest.sourceCommit).toBe('c0');
    must(await world.box.cast(election, people[0] as Person, cast));
  });

  it('stays pinned when its only ballot is withdrawn', async () => {
    const { election, people } = await openElection(world, 2, { candidates: [person('ada')] });
    await castFor(world, election, people[0] as Person, { ada: 1 }, 'words');
    const { claim } = await look(world, election, people[0] as Person, 'words');
    must(await world.box.withdraw(election, people[0] as Person, claim));
    const merged = { ...election, candidates: [person('ada'), person('zoe')] };
    must(await world.box.ensureOpened(merged, at('c1')));
    expect(await onPaper(merged, people[1] as Person)).toEqual(['ada']);
    expect(await codes(merged)).toEqual(['candidates-added']);
  });

  it('goes forwards only: what was fetched earlier undoes nothing, whoever has it', async () => {
    const { election, people } = await openElection(world, 3);
    const [first, second] = [at('c1'), at('c2')];
    const longer = { ...election, closesAt: CLOSES + 48 * HOUR, candidates: [person('ada'), person('zoe')] };
    must(await world.box.ensureOpened(longer, second));
    // A server that lags, and a copy that was recalled at a start.
    for (const old of [first, { commit: 'c0', fetchedFrom: 0 }]) {
      must(await world.box.ensureOpened(election, old));
      must(await world.box.noteFolders([], old));
    }
    expect(await onPaper(longer, people[0] as Person)).toEqual(['ada', 'zoe']);
    world.clock.now = CLOSES + HOUR;
    expect(kindOf(await world.box.close(election))).toBe('not-ended-yet');
    await castFor(world, longer, people[0] as Person, { zoe: 1 });
    // A revert is fetched later and counts.
    must(await world.box.ensureOpened({ ...longer, closesAt: CLOSES + 2 * HOUR }, at('c0')));
    expect(must(await world.box.status(longer)).closesAt).toBe(CLOSES + 2 * HOUR);
  });

  it('does not take over an end that has passed when it is first read, and says so once', async () => {
    const { election, people, officer } = await openElection(world, 3);
    await castFor(world, election, people[0] as Person, { ada: 1 });
    const mistyped = { ...election, closesAt: CLOSES - 365 * 24 * HOUR };
    for (const commit of ['c1', 'c2', 'c3']) must(await world.box.ensureOpened(mistyped, at(commit)));
    expect(kindOf(await world.box.close(mistyped))).toBe('not-ended-yet');
    expect(await codes(mistyped)).toEqual(['end-in-the-past']);
    await castFor(world, mistyped, people[1] as Person, { ada: 1 });
    const mended = { ...election, closesAt: CLOSES + HOUR };
    must(await world.box.ensureOpened(mended, at('c4')));
    expect(await codes(mended)).toEqual([]);
    const actions = must(await world.box.audit(election, officer)).map(({ action }) => action);
    expect(actions).toEqual(['opened', 'deadline-in-the-past', 'deadline-moved']);
  });

  it('whose start is moved later takes no ballots until then, and keeps those it has', async () => {
    const { election, people, officer } = await openElection(world, 3);
    const [voted, other] = people as [Person, Person];
    await castFor(world, election, voted, { ada: 1 }, 'words');
    const { cast } = await seal(world, election, other, { mary: 1 });
    const moved = { ...election, opensAt: world.clock.now + HOUR };
    must(await world.box.ensureOpened(moved, at('c1')));
    expect(kindOf(await world.box.cast(moved, other, cast))).toBe('not-open-yet');
    expect(kindOf(await world.box.paper(moved, other))).toBe('not-open-yet');
    expect(must(await world.box.status(moved)).opensAt).toBe(moved.opensAt);
    // Both ends are inclusive.
    world.clock.now = moved.opensAt;
    must(await world.box.cast(moved, other, cast));
    expect(await (await look(world, moved, voted, 'words')).read()).toEqual({ ada: 1 });
    world.clock.now = CLOSES;
    await castFor(world, moved, people[2] as Person, { ada: 1 });
    await finish(world, moved);
    expect(must(await world.box.outcome(moved, officer)).cast).toBe(3);
  });

  it('is changed by nothing once it is closed: neither its roll nor its dates', async () => {
    const { election, people, officer } = await openElection(world, 4);
    for (const voter of people.slice(0, 2)) await castFor(world, election, voter, { ada: 1 });
    world.clock.now = CLOSES + 1;
    must(await world.box.close(election));
    const tidied = { ...election, closesAt: CLOSES + 48 * HOUR, voters: election.voters.slice(0, 1) };
    must(await world.box.ensureOpened(tidied, at('c1')));
    must(await world.box.ensureOpened(tidied, at('c2')));
    must(await world.box.finalise(election));
    expect(must(await world.box.outcome(election, officer))).toMatchObject({ cast: 2, eligible: 4 });
    expect(await codes(tidied)).toEqual(['end-after-close']);
    const actions = must(await world.box.audit(election, officer)).map(({ action }) => action);
    expect(actions).toEqual(['opened', 'closed', 'deadline-ignored', 'counted']);
  });

  it('is counted when the roll was tidied while voting went on', async () => {
    const { election, people, officer } = await openElection(world, 4);
    for (const voter of people.slice(0, 3)) await castFor(world, election, voter, { ada: 1 });
    must(await world.box.ensureOpened({ ...election, voters: election.voters.slice(3) }, at('c1')));
    const gone = await seal(world, election, people[3] as Person, { ada: 1 });
    expect(kindOf(await world.box.cast(election, people[3] as Person, gone.cast))).toBe('accepted');
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer))).toMatchObject({ cast: 4, eligible: 4 });
  });

  it('waits without keys while nobody stands or there is no roll, and goes back to that before a ballot', async () => {
    const voter = await newPerson(world, 'voter-0');
    const election = makeElection(2, { candidates: [] });
    expect(kindOf(await world.box.ensureOpened(election, at('c0')))).toBe('waiting');
    expect(kindOf(await world.box.paper(election, voter))).toBe('waiting');
    expect(must(await world.box.status(election))).toMatchObject({ state: null, waiting: 'no-candidates' });
    const withdrawn = { on: null, reason: '' };
    const nobody = { ...election, candidates: [person('ada', { withdrawn })] };
    expect(kindOf(await world.box.ensureOpened(nobody, at('c1')))).toBe('waiting');
    const somebody = { ...election, candidates: [person('ada', { withdrawn }), person('zoe')] };
    const noRoll: Election = { ...somebody, noRoll: 'unreadable' };
    expect(kindOf(await world.box.ensureOpened(noRoll, at('c2')))).toBe('waiting');
    expect(must(await world.box.status(noRoll)).waiting).toBe('voters-unreadable');
    expect(keysOfElections()).toEqual([]);

    must(await world.box.ensureOpened(somebody, at('c3')));
    expect(await onPaper(somebody, voter)).toEqual(['zoe']);
    expect(keysOfElections()).toHaveLength(1);
    expect(kindOf(await world.box.ensureOpened(election, at('c4')))).toBe('waiting');
    expect(await world.box.state(election.key)).toBeNull();
    expect(keysOfElections()).toEqual([]);

    must(await world.box.ensureOpened(somebody, at('c5')));
    await castFor(world, somebody, voter, { zoe: 1 });
    must(await world.box.ensureOpened(election, at('c6')));
    expect(await codes(election)).toEqual(['candidates-removed']);
  });

  it('whose folder goes before the first ballot is gone with its keys; the requests follow a new name', async () => {
    const { election, people, officer } = await openElection(world, 1);
    const plea = { name: 'Grace', email: 'grace@example.org', reason: 'I was forgotten.' };
    const grace = await newPerson(world, 'grace');
    must(await world.box.requestException(election, grace, plea));
    must(await world.box.noteFolders([], at('gone')));
    expect(await world.box.state(election.key)).toBeNull();
    expect(keysOfElections()).toEqual([]);
    const renamed = { ...election, key: 'council---2026' };
    must(await world.box.ensureOpened(renamed, at('renamed')));
    await castFor(world, renamed, people[0] as Person, { ada: 1 });
    must(await world.box.reattach(election.key, renamed, 'operator'));
    expect(must(await world.box.listExceptions(renamed, officer))).toMatchObject([
      { name: 'Grace', election: 'council---2026' },
    ]);
    expect(await world.box.state(renamed.key)).toBe('open');
  });

  it('whose folder goes after the first ballot is closed and counted at its end', async () => {
    const { election, people, officer } = await openElection(world, 2);
    await castFor(world, election, people[0] as Person, { ada: 1 });
    must(await world.box.noteFolders([], at('gone')));
    expect(must(await world.box.status(election)).withdrawn).toBe(true);
    world.clock.now = CLOSES + 1;
    expect(await countDue(world)).toEqual([]);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(1);
  });

  it('is damaged when its row says otherwise than the server wrote, or hides that somebody has voted', async () => {
    const { election, people } = await openElection(world, 3);
    const row = () =>
      world.db.read((em) => tables(em).selectFrom('election').selectAll().executeTakeFirstOrThrow());
    const write = (changes: object) =>
      world.db.transaction((em) => tables(em).updateTable('election').set(changes).execute());
    const voter = people[0] as Person;
    const { cast } = await seal(world, election, voter, { ada: 1 });
    const before = await row();
    for (const change of [
      { pinned: 1 },
      { shards: 7 },
      { fetched_from: 0 },
      { opens_at: OPENS - HOUR },
      { origin: 'imported' },
      { struck: JSON.stringify([{ id: 'ada', commit: 'c' }]) },
    ]) {
      await write(change);
      const answer = kindOf(await world.box.cast(election, voter, cast));
      expect(answer, Object.keys(change)[0]).toBe('ballot-box-damaged');
      await write(before);
    }
    // A roll is known by its hash: another text beside it gives nobody a vote.
    const mallory = await newPerson(world, 'mallory');
    await write({ roll: JSON.stringify(['mallory']) });
    expect(['not-eligible', 'ballot-box-damaged']).toContain(
      kindOf(await world.box.paper(election, mallory)),
    );
    await write(before);
    await castFor(world, election, voter, { ada: 1 });
    await write(before);
    expect(kindOf(await world.box.ensureOpened({ ...election, seats: 1 }, at('c1')))).toBe(
      'ballot-box-damaged',
    );
  });

  it('that an import brought says so', async () => {
    const election = makeElection(2);
    world.clock.now = CLOSES + 1;
    const voters = [await newPerson(world, 'voter-0')];
    const ballots = [new Map([['ada', 1]])];
    must(await world.box.importFinished(election, 'c0', { ballots, voters, source: 'elsewhere' }));
    expect(must(await world.box.status(election)).imported).toBe(true);
    const held = await openElection(world, 1, { key: 'held', closesAt: CLOSES + HOUR });
    expect(must(await world.box.status(held.election)).imported).toBe(false);
  });

  it('takes first ballots that come at once', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const { election, people, officer } = await openElection(world, 8, { key: `at-once-${round}` });
      world.clock.now = OPENS + 1000;
      const other = createBallotBox({
        db: world.db,
        keys: world.keys,
        kdf: TEST_KDF,
        now: () => Promise.resolve(world.clock.now),
      });
      const casts = [];
      for (const voter of people) casts.push({ voter, ...(await seal(world, election, voter, { ada: 1 })) });
      const answers = await Promise.all(
        casts.map(({ voter, cast }, index) => (index % 2 ? other : world.box).cast(election, voter, cast)),
      );
      expect(answers.map(kindOf)).toEqual(Array(8).fill('accepted'));
      await finish(world, election);
      expect(must(await world.box.outcome(election, officer)).cast).toBe(8);
      world.clock.now = OPENS + 1000;
    }
  });

  it(
    'gets a first ballot and a new candidate at once: one comes first, and the other is told',
    { timeout: 120_000 },
    async () => {
      for (let round = 0; round < 12; round += 1) {
        const { election, people, officer } = await openElection(world, 3, {
          key: `against-${round}`,
          candidates: [person('ada')],
        });
        const merged = {
          ...election,
          // A longer record, so that a ballot of the old length among new ones would show.
          candidates: Array.from({ length: 20 }, (_, i) => person(`c${i}`)),
        };
        const casts = [];
        for (const voter of people.slice(0, 2))
          casts.push({ voter, ...(await seal(world, election, voter, { ada: 1 })) });
        const [synced, ...answers] = await Promise.all([
          world.box.ensureOpened(merged, at(`new-${round}`)),
          ...casts.map(({ voter, cast }) => world.box.cast(election, voter, cast)),
        ]);
        expect(kindOf(synced)).toBe('accepted');
        const cast = answers.filter(({ ok }) => ok).length;
        const told = answers.filter(({ ok }) => !ok).map(kindOf);
        expect(told).toEqual(Array(2 - cast).fill('manifest-changed'));
        expect(await onPaper(merged, people[2] as Person)).toHaveLength(cast > 0 ? 1 : 20);
        expect(await codes(merged)).toEqual(cast > 0 ? ['candidates-added', 'candidates-removed'] : []);
        await finish(world, merged);
        expect(must(await world.box.outcome(merged, officer)).cast).toBe(cast);
        world.clock.now = OPENS + 1000;
      }
    },
  );
});

describe('on PostgreSQL, where they wait for the same row,', () => {
  it.each(['a ballot', 'a candidate'])('%s that came first stays, and the other is told', async (first) => {
    const world = await startWorld('postgresql');
    const { election, people, officer } = await openElection(world, 2, { candidates: [person('ada')] });
    const merged = { ...election, candidates: [person('ada'), person('zoe')] };
    const voter = people[0] as Person;
    const { cast } = await seal(world, election, voter, { ada: 1 });
    const other = await startDatabase({ url: world.url });
    const jobs: readonly (() => Promise<Result<unknown>>)[] = [
      () => world.box.cast(election, voter, cast),
      () => world.box.ensureOpened(merged, at('c1')),
    ];
    const order = first === 'a ballot' ? [0, 1] : [1, 0];
    const answers: Promise<Result<unknown>>[] = [];
    await other.transaction(async (em) => {
      await sql`select id from election for update`.execute(tables(em));
      for (const job of order) {
        answers[job] = (jobs[job] as (typeof jobs)[number])();
        // Both are checked before they take the row; whoever waits longer gets it first.
        await sleep(400);
      }
    });
    const kinds = (await Promise.all(answers)).map(kindOf);
    expect(kinds).toEqual([first === 'a ballot' ? 'accepted' : 'manifest-changed', 'accepted']);
    const paper = must(await world.box.paper(merged, people[1] as Person));
    expect(paper.manifest.candidates).toEqual(first === 'a ballot' ? ['ada'] : ['ada', 'zoe']);
    await finish(world, merged);
    expect(must(await world.box.outcome(merged, officer)).cast).toBe(first === 'a ballot' ? 1 : 0);
    await other.close();
    await world.end();
  });
});
