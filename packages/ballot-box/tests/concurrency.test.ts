import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseFault, migrate, sql, startDatabase, tables } from '@elekto/db';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { SealedCast } from '@elekto/protocol/ballot';
import { createBallotBox } from '@elekto/ballot-box';
import {
  at,
  ALL_DIALECTS,
  TEST_KDF,
  castFor,
  finish,
  generator,
  kindOf,
  makeElection,
  must,
  newPerson,
  openElection,
  randomRanking,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';
import { startWorkers } from './workers/pool.ts';

const VOTERS = 300;

describe.each(ALL_DIALECTS)('casts at once on %s', (dialect) => {
  let world: World;
  afterEach(() => world.end());

  it('a hundred by one voter over four processes: one is accepted, ninety-nine are told so', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 42);
    const [voter, first, ...others] = people as [Person, Person, ...Person[]];
    await castFor(world, election, first, { ada: 1 });
    const workers = await startWorkers(4, world, election);
    const castAll = async (some: readonly Person[]): Promise<string[]> => {
      const casts: { person: Person; cast: SealedCast }[] = [];
      for (const person of some) {
        const { cast } = await seal(world, election, person, { ada: 1 });
        casts.push({ person, cast });
      }
      const parts = workers.map((worker, index) => worker.run(casts.filter((_, i) => i % 4 === index)));
      return (await Promise.all(parts)).flat();
    };
    // Groups of four servers beside each other in one box.
    expect(await castAll(others)).toEqual(Array<string>(others.length).fill('accepted'));
    const answers = await castAll(Array<Person>(100).fill(voter));
    await Promise.all(workers.map((worker) => worker.end()));
    expect(answers.toSorted()).toEqual(['accepted', ...Array<string>(99).fill('already-voted')]);
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(2 + others.length);
  });

  it('by three hundred voters: all are stored, in an order unlike that of casting', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, VOTERS, { receipts: 'immediate' });
    const random = generator(7);
    const sealed = [];
    for (const person of people)
      sealed.push({ person, ...(await seal(world, election, person, randomRanking(random))) });
    const answers = await Promise.all(
      sealed.map(({ person, cast }) => world.box.cast(election, person, cast)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(VOTERS);
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(VOTERS);
    const { trackers } = JSON.parse(must(await world.box.resultsJson(election, officer))) as {
      trackers: string[];
    };
    const cast = sealed.map(({ tracker }) => trackers.indexOf(tracker ?? ''));
    expect(cast).not.toContain(-1);
    const mean = (VOTERS - 1) / 2;
    const correlation =
      cast.reduce((sum, place, index) => sum + (place - mean) * (index - mean), 0) /
      ((VOTERS * (VOTERS ** 2 - 1)) / 12);
    // Five standard deviations of the rank correlation of independent pairs; in the order of casting it is 1.
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(VOTERS - 1));
  });

  it('are few transactions, and each alone for a while after one that was undone', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 64);
    const [first, a, b, c, ...others] = people as [Person, Person, Person, Person, ...Person[]];
    await castFor(world, election, first, { ada: 1 });
    const transactions = vi.spyOn(world.db, 'transaction');
    const sealAll = async (some: readonly Person[]) => {
      const casts = [];
      for (const person of some)
        casts.push({ person, ...(await seal(world, election, person, { mary: 1 })) });
      return casts;
    };
    const castAll = async (casts: Awaited<ReturnType<typeof sealAll>>): Promise<number> => {
      transactions.mockClear();
      await Promise.all(casts.map(({ person, cast }) => world.box.cast(election, person, cast)));
      return transactions.mock.calls.length;
    };
    const together = await sealAll(others.slice(0, 30));
    // Who casts two at once is refused one of them.
    const undone = await sealAll([...others.slice(30, 45), a, a, b, b, c, c]);
    const after = await sealAll(others.slice(45));
    const reads = vi.spyOn(world.db, 'read');
    expect(await castAll(together)).toBeLessThan(5);
    expect(reads.mock.calls.length, 'what is read first, as well').toBeLessThan(5);
    // A while does not pass on a busy machine either.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    expect(await castAll(undone)).toBeGreaterThan(15);
    // A read that is lost is read again by each of those who waited for it.
    const lost = new DatabaseFault('lost', 'ETIMEDOUT');
    reads.mockRejectedValueOnce(lost);
    expect(await castAll(after)).toBe(15);
    clock.mockRestore();
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(people.length);
  });

  it('of which some are refused: the others are stored, each once, and a shard counts each of them', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 30);
    const [first, last, ...others] = people as [Person, Person, ...Person[]];
    await castFor(world, election, first, { ada: 1 });
    // Among them one who casts two at once, and one who sends the same twice.
    const casts: { person: Person; cast: SealedCast }[] = [];
    for (const person of others)
      casts.push({ person, ...(await seal(world, election, person, { mary: 1 })) });
    const twice = others[7] as Person;
    casts.splice(3, 0, { person: twice, cast: (await seal(world, election, twice, { ada: 1 })).cast });
    const again = casts[20] as (typeof casts)[number];
    casts.push(again);
    // And one whose row somebody has altered: that is theirs alone, though all rows are read together.
    casts.splice(5, 0, { person: first, cast: (await seal(world, election, first, { ada: 1 })).cast });
    const alter = (value: Uint8Array | null) =>
      world.db.transaction(async (em) => {
        const rows = tables(em)
          .selectFrom('roll_binding')
          .select('withdrawals')
          .where('user', '=', first.userId);
        const before = await rows.executeTakeFirstOrThrow();
        const row = tables(em).updateTable('roll_binding').set({ withdrawals: value });
        await row.where('user', '=', first.userId).execute();
        return before.withdrawals;
      });
    const genuine = await alter(Buffer.from('altered'));
    const answers = await Promise.all(
      casts.map(({ person, cast }) => world.box.cast(election, person, cast)),
    );
    await alter(genuine);
    const kinds = answers.map(kindOf);
    expect(kinds.filter((kind) => kind !== 'accepted').toSorted()).toEqual([
      'already-voted',
      'ballot-box-damaged',
    ]);
    expect(kinds[5]).toBe('ballot-box-damaged');
    expect(answers[21]).toEqual(answers.at(-1));
    const versions = await world.db.read((em) =>
      tables(em).selectFrom('ballot_box').select('version').execute(),
    );
    expect(versions.reduce((sum, { version }) => sum + version - 1, 0)).toBe(1 + others.length);
    await castFor(world, election, last, { ada: 1 });
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(2 + others.length);
  });

  it.skipIf(dialect === 'sqlite')(
    'a shard that is locked elsewhere holds up those of others for a second, and the rows that they wait with no longer',
    async () => {
      world = await startWorld(dialect);
      const election = makeElection(1200);
      must(await world.box.ensureOpened(election, at('c0')));
      const people = await Promise.all(Array.from({ length: 10 }, (_, i) => newPerson(world, `voter-${i}`)));
      await castFor(world, election, people[0] as Person, { ada: 1 });
      const casts: { person: Person; cast: SealedCast }[] = [];
      for (const person of people.slice(1))
        casts.push({ person, ...(await seal(world, election, person, { ada: 1 })) });
      const other = await startDatabase({ url: world.url });
      const { id } = await world.db.read((em) =>
        tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
      );
      /** Locks a shard until `done`; resolves to how long that took, ms. */
      const lock = (shard: number, done: Promise<unknown>): Promise<number> =>
        new Promise((locked, failed) => {
          const began = performance.now();
          void other
            .transaction(async (em) => {
              // By its key: MariaDB would lock all that it looks at.
              await sql`select 1 from ballot_box where election = ${id} and shard = ${shard} for update`.execute(
                tables(em),
              );
              locked(performance.now() - began);
              await done;
            })
            .catch(failed);
        });
      const versions = async (): Promise<number[]> =>
        (
          await world.db.read((em) =>
            tables(em).selectFrom('ballot_box').select('version').orderBy('shard').execute(),
          )
        ).map(({ version }) => version);
      const before = await versions();
      const last = before.length - 1;
      expect(last, 'shards before it').toBeGreaterThan(0);
      const release = Promise.withResolvers<void>();
      await lock(last, release.promise);
      let answered = 0;
      const answers = casts.map(async ({ person, cast }) => {
        const kind = kindOf(await world.box.cast(election, person, cast));
        answered += 1;
        return kind;
      });
      await sleep(200);
      expect(await lock(0, Promise.resolve()), 'ms that another server waits for a shard').toBeLessThan(4000);
      await sleep(4000);
      const meanwhile = answered;
      release.resolve();
      expect(await Promise.all(answers)).toEqual(casts.map(() => 'accepted'));
      const after = await versions();
      expect(meanwhile).toBe(casts.length - ((after[last] ?? 0) - (before[last] ?? 0)));
      await other.close();
    },
    60_000,
  );

  it('queued on the lock across the deadline: none is accepted after it', async () => {
    world = await startWorld(dialect, { realClock: true, poolSize: 25 });
    const now = await world.db.read((em) => world.db.now(em));
    const election = makeElection(20, { opensAt: now - 1000, closesAt: now + 60_000 });
    must(await world.box.ensureOpened(election, at('c0')));
    const people: Person[] = [];
    for (const { login } of election.voters) people.push(await newPerson(world, login));
    const casts: { person: Person; cast: SealedCast }[] = [];
    for (const person of people) casts.push({ person, ...(await seal(world, election, person, { ada: 1 })) });
    await castFor(world, election, people[0] as Person, { mary: 1 });
    const soon = { ...election, closesAt: (await world.db.read((em) => world.db.now(em))) + 1500 };
    must(await world.box.ensureOpened(soon, at('c1')));

    const other = await startDatabase({ url: world.url });
    await migrate(other);
    let answers: Promise<string[]> = Promise.resolve([]);
    await other.transaction(async (em) => {
      const lock = dialect === 'sqlite' ? sql`` : sql` for update`;
      await sql`select id from election${lock}`.execute(tables(em));
      answers = Promise.all(
        casts.slice(1).map(async ({ person, cast }) => kindOf(await world.box.cast(soon, person, cast))),
      );
      while ((await other.now(em)) <= soon.closesAt) await sleep(20);
    });
    expect(new Set(await answers)).toEqual(new Set(['already-closed']));
    await other.close();
    must(await world.box.close(soon));
    must(await world.box.finalise(soon));
    const officer = await newPerson(world, 'officer');
    expect(must(await world.box.outcome(soon, officer)).cast).toBe(1);
    const box = createBallotBox({ db: world.db, keys: world.keys, kdf: TEST_KDF });
    const later = { ...soon, closesAt: soon.closesAt + 3_600_000 };
    must(await box.ensureOpened(later, at('c2')));
    const { person, cast } = casts[1] as (typeof casts)[number];
    expect(kindOf(await box.cast(later, person, cast))).toBe('already-closed');
  });

  it('while servers open the same election: one box comes of it', async () => {
    world = await startWorld(dialect);
    const election = makeElection(3);
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => world.box.ensureOpened(election, at('c0'))),
    );
    expect(opened.map(kindOf)).toEqual(Array(8).fill('accepted'));
    const rows = await world.db.read((em) => tables(em).selectFrom('election').select('id').execute());
    expect(rows).toHaveLength(1);
  });
});
