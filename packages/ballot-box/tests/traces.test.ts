import { inspect } from 'node:util';
import { sql, tables } from '@elekto/db';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import type { OfficersCast, SealedCast } from '@elekto/protocol/ballot';
import type { VoterSeed } from '@elekto/protocol/voter';
import {
  ALL_DIALECTS,
  OWN_DIALECTS,
  castFor,
  inBothSuites,
  kindOf,
  look,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import { boxed, CANARY, foundIn, kept, MANY, PASSPHRASE, written } from './canaries.ts';
import { filesUnder } from './files-under.ts';
import { startOwnServer } from './own-server.ts';
import { copyRows, TABLES } from './rows.ts';
import type { SuiteNumber, World } from './support.ts';

/** Every row of every table, by table and content. */
async function snapshot(world: World): Promise<Map<string, string[]>> {
  const rows = await copyRows(world.db);
  return new Map(TABLES.map((name) => [name, rows[name].map((row) => JSON.stringify(row)).toSorted()]));
}

/** What one snapshot has and the other has not. */
function difference(before: Map<string, string[]>, after: Map<string, string[]>) {
  return [...after].flatMap(([table, rows]) => {
    const old = new Set(before.get(table));
    const now = new Set(rows);
    const added = rows.filter((row) => !old.has(row));
    const removed = (before.get(table) ?? []).filter((row) => !now.has(row));
    return added.length + removed.length === 0 ? [] : [{ table, added, removed }];
  });
}

const SNAPSHOTS = inBothSuites(ALL_DIALECTS);
describe.each(SNAPSHOTS)('the difference between two snapshots on $dialect, suite $suite', (of) => {
  const { dialect, suite } = of;
  let world: World;
  afterEach(() => world.end());

  it('shows that somebody cast, a wholly new box of the same size, and nothing else', async () => {
    world = await startWorld(dialect, { suite });
    const { election, people } = await openElection(world, 12);
    const sizes = new Set<number>();
    for (const [index, person] of people.entries()) {
      const before = await snapshot(world);
      await castFor(
        world,
        election,
        person,
        index % 2 === 0 ? { ada: 1 } : { mary: 1, grace: 2 },
        index % 3 === 0 ? null : 'pass phrase',
      );
      const all = difference(before, await snapshot(world));
      // The first ballot of all pins the election: that there is one shows in any case.
      const pins = all.filter(({ table }) => table === 'election');
      expect(pins.map(({ added, removed }) => [added.length, removed.length])).toEqual(
        index === 0 ? [[1, 1]] : [],
      );
      const changes = all.filter(({ table }) => table !== 'election');
      expect(changes.map(({ table, added, removed }) => [table, added.length, removed.length])).toEqual([
        ['roll_binding', 1, 0],
        ['participation', 1, 0],
        ['ballot_box', 1, 1],
      ]);
      const participation = JSON.parse(changes[1]?.added[0] ?? '') as Record<string, unknown>;
      expect(Object.keys(participation).toSorted()).toEqual([
        'auth_tag',
        'election',
        'kdf',
        'mac',
        'salt',
        'sealed_seed',
        'user',
      ]);
      const { salt, auth_tag, sealed_seed, kdf } = participation as Record<string, { data: number[] }>;
      expect([kdf, salt?.data.length, auth_tag?.data.length, sealed_seed?.data.length]).toEqual([
        200, 16, 32, 76,
      ]);
      const [old, now] = [changes[2]?.removed[0], changes[2]?.added[0]].map(
        (row) => (JSON.parse(row ?? '') as { sealed: { data: number[] } }).sealed.data,
      );
      sizes.add(now?.length ?? 0);
      const equal = (now ?? []).filter((byte, at) => byte === old?.[at]).length / (now?.length ?? 1);
      expect(equal).toBeLessThan(0.02);
    }
    expect(sizes.size).toBe(1);
  });

  it('of a replacement shows the person and the box, whatever the new ballot says', async () => {
    world = await startWorld(dialect, { suite });
    const { election, people } = await openElection(world, 3);
    const voter = people[0] as Person;
    await castFor(world, election, voter, { ada: 1 }, 'first');
    const seen = await look(world, election, voter, 'first');
    const { cast } = await seal(world, election, voter, { ada: 1 }, 'first');
    const change = { authKey: seen.claim.authKey, old: seen.claim, cast, ...(await seen.letGo(cast)) };
    const before = await snapshot(world);
    must(await world.box.replace(election, voter, change));
    const changes = difference(before, await snapshot(world));
    expect(changes.map(({ table, added, removed }) => [table, added.length, removed.length])).toEqual([
      ['participation', 1, 1],
      ['ballot_box', 1, 1],
      // What its voter signed, under a name that only the old receipt has.
      ...(suite === 2 ? [['released_record', 1, 0]] : []),
    ]);
  });

  it('of a view shows nothing at all', async () => {
    world = await startWorld(dialect, { suite });
    const { election, people } = await openElection(world, 3);
    await castFor(world, election, people[0] as Person, { ada: 1 }, 'first');
    const before = await snapshot(world);
    const seen = await look(world, election, people[0] as Person, 'first');
    await seen.read();
    expect(difference(before, await snapshot(world))).toEqual([]);
  });
});

const bytesUnder = (dir: string): Buffer => Buffer.concat(filesUnder(dir));

type Sent = { readonly person: Person; readonly cast: SealedCast };

/** Casts that come at once, and so are one transaction, which is held up until all have asked what each asks last before it. */
async function castInGroup(world: World, election: Election, casts: readonly Sent[]) {
  const transaction = world.db.transaction.bind(world.db);
  const { promise: allAreThere, resolve } = Promise.withResolvers<void>();
  const transactions = vi.spyOn(world.db, 'transaction').mockImplementationOnce(async (work, keep) => {
    await allAreThere;
    return transaction(work, keep);
  });
  // What each is asked last before it waits for the others.
  const asked = vi.spyOn(world.keys, 'voterBinding');
  try {
    const answers = casts.map(({ person, cast }) => world.box.cast(election, person, cast));
    await expect.poll(() => asked.mock.calls.length, { timeout: 30_000 }).toBe(casts.length);
    resolve();
    return { answers: await Promise.all(answers), transactions: transactions.mock.calls.length };
  } finally {
    resolve();
    transactions.mockRestore();
    asked.mockRestore();
  }
}

/** An election with canaries in it: of them one that was cast by itself, and those of a group. */
async function castCanaries(of: World, suite: SuiteNumber, said: string[]) {
  const world = { ...of, suite };
  const candidates = MANY.map((id) => ({ id, name: id, fields: [], bio: '', file: '' }));
  const logins = Array.from({ length: 7 }, (_, at) => `voter-${suite}-${at}`);
  const { election, people } = await openElection(world, logins, { key: `canary---${suite}`, candidates });
  const [first, second, voter, fourth, late, twice, other] = people as [Person, ...Person[]] & Person[];
  const sealFor = async (person: Person | undefined): Promise<Sent> => ({
    person: person as Person,
    cast: (await seal(world, election, person as Person, CANARY, PASSPHRASE)).cast,
  });
  const sent = [await sealFor(first)];
  const alone = await world.box.cast(election, first, (sent[0] as Sent).cast);
  const together = [await sealFor(second), await sealFor(voter), await sealFor(fourth)];
  const stored = await castInGroup(world, election, together);
  expect(stored.transactions, 'those that come at once are one').toBe(1);
  // Who casts two at once undoes the group of both.
  const undone = [await sealFor(late), await sealFor(twice), await sealFor(twice)];
  const refused = await castInGroup(world, election, undone);
  expect(refused.transactions).toBe(4);
  const answers = [alone, ...stored.answers, ...refused.answers];
  said.push(inspect(answers, { depth: 20, showHidden: true }));
  const hashes = answers.flatMap((answer) => (answer.ok ? [answer.value.receipt?.recordHash ?? ''] : []));
  expect(hashes).toHaveLength(6);
  sent.push(...together, ...undone.slice(0, 2));
  const seeds = new Map<Sent, VoterSeed>();
  for (const one of sent) seeds.set(one, (await look(world, election, one.person, PASSPHRASE)).seed);
  /** What voters alone have beside the server, and it in no clear form. */
  const theirs = hashes.flatMap((hash) => written(Buffer.from(hash, 'hex')));
  const lost = undone[2] as Sent;
  return { election, voter: voter as Person, other: other as Person, sent, seeds, lost, theirs };
}

describe.each(OWN_DIALECTS)('a canary ballot on %s', (dialect) => {
  it(
    'is in no file, log, error, answer or dump, also after violations, a deadlock and a restart',
    { timeout: 240_000 },
    async () => {
      const cluster = await startOwnServer(dialect, { logStatements: true });
      const world = await startWorld(dialect, cluster === null ? {} : { url: cluster.url });
      const said: string[] = [];
      const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
        vi
          .spyOn(console, name)
          .mockImplementation((...args: unknown[]) => void said.push(inspect(args, { depth: 20 }))),
      );
      const stderr = vi
        .spyOn(process.stderr, 'write')
        .mockImplementation((chunk) => said.push(String(chunk)) > 0);
      const hear = async (work: Promise<unknown>): Promise<void> => {
        said.push(inspect(await work.catch((error: unknown) => error), { depth: 20, showHidden: true }));
      };
      try {
        const held: Awaited<ReturnType<typeof castCanaries>>[] = [];
        for (const suite of [1, 2] as const) held.push(await castCanaries(world, suite, said));

        // The same again, by another voter, with a wrong key, and while the database fails in every way it can.
        for (const { election, voter, other, sent } of held) {
          const { cast } = sent.find(({ person }) => person === voter) as Sent;
          const seen = await look(world, election, voter, PASSPHRASE);
          expect(await seen.read()).toEqual(CANARY);
          await hear(world.box.cast(election, voter, cast));
          await hear(world.box.cast(election, other, cast));
          await hear(world.box.unlock(election, other, cast.authKey));
          await hear(world.box.fetchRecord(election, other, seen.claim));
          await hear(
            world.db.transaction((em) =>
              sql`select * from nowhere where x = ${cast.authKey}`.execute(tables(em)),
            ),
          );
        }
        await hear(violate(world));
        if (cluster !== null) {
          await hear(deadlock(world));
          await cluster.crash();
          for (const { election, voter, other, sent } of held) {
            await hear(world.box.cast(election, other, (sent[0] as Sent).cast));
            await hear(world.box.unlock(election, voter, (sent[0] as Sent).cast.authKey));
          }
          await cluster.start();
        }
        for (const { election, voter, seeds, theirs } of held) {
          const seen = await look(world, election, voter, PASSPHRASE);
          const { cast } = await seal(world, election, voter, CANARY, PASSPHRASE);
          const released = await seen.letGo(cast);
          await hear(
            world.box.replace(election, voter, {
              authKey: seen.claim.authKey,
              old: seen.claim,
              cast,
              ...released,
            }),
          );
          const next = { person: voter, cast };
          seeds.set(next, (await look(world, election, voter, PASSPHRASE)).seed);
          if (released.release !== undefined)
            theirs.push(...written(Buffer.from(released.release, 'base64url')));
        }

        /** Files, logs and a dump of the database. */
        const everything = async (...tables: string[]): Promise<Buffer> => {
          await cluster?.flush('participation', 'ballot_box', 'election', 'roll_binding', ...tables);
          const dump = JSON.stringify([...(await snapshot(world))]);
          const told = Buffer.from(`${dump}\n${cluster?.log() ?? ''}`);
          return Buffer.concat([bytesUnder(cluster?.dataDir ?? world.dir), told]);
        };
        // The answers to the voter who asked hold the sealed record and receipt; nothing else may.
        const canaries = held.flatMap(({ seeds, lost }) => {
          const [seedOfAny] = seeds.values();
          return [...seeds, [lost, seedOfAny] as [Sent, VoterSeed]].flatMap(([{ cast }, seed]) => [
            ...kept(cast, seed),
            ...boxed(cast, seed),
          ]);
        });
        expect(foundIn(Buffer.from(said.join('\n')), canaries)).toEqual([]);
        const theirs = held.flatMap((one) => one.theirs);
        expect(foundIn(await everything('released_record'), [...canaries, ...theirs])).toEqual([]);
        for (const form of [
          VIOLATED,
          Buffer.from(VIOLATED).toString('hex'),
          inspect(Buffer.from(VIOLATED)),
        ]) {
          expect(said.join('\n'), 'errors of the database').not.toContain(form);
        }
        expect(said.filter((text) => text.includes('DatabaseFault')).length).toBeGreaterThanOrEqual(2);
        // After the end everybody is given the box of officers' custody; what is not in it stays unseen.
        const [, { election, seeds }] = held as [unknown, (typeof held)[number]];
        world.clock.now = election.closesAt + 1;
        must(await world.box.close(election));
        expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
        const after = await everything('board_file');
        expect(
          foundIn(
            after,
            [...seeds].flatMap(([{ cast }, seed]) => kept(cast, seed)),
          ),
        ).toEqual([]);
        // The search itself works: what lies in the open is found.
        expect(
          foundIn(
            after,
            [...seeds].flatMap(([{ cast }, seed]) => boxed(cast, seed)),
          ),
        ).not.toEqual([]);
        const tagKeys = [...seeds.keys()].map(({ cast }) => (cast as OfficersCast).tagKey);
        const planted = [PASSPHRASE, ...tagKeys];
        await world.db.read((em) => sql`create table planted (text text)`.execute(tables(em)));
        await world.db.read((em) => sql`insert into planted values (${planted.join()})`.execute(tables(em)));
        await cluster?.flush('planted');
        // A server writes in its own time.
        const found = () => new Set(foundIn(bytesUnder(cluster?.dataDir ?? world.dir), planted));
        await expect.poll(found, { timeout: 30_000 }).toEqual(new Set(planted));
      } finally {
        for (const spy of [...spies, stderr]) spy.mockRestore();
        await world.end();
        await cluster?.remove();
      }
    },
  );
});

/** What a violation must not repeat; 16 bytes. */
const VIOLATED = 'violated-canary!';

/** A duplicate key with a value to look for in what is said about it. */
function violate(world: World): Promise<unknown> {
  return world.db.transaction(async (em) => {
    const row = await tables(em).selectFrom('participation').selectAll().executeTakeFirstOrThrow();
    await tables(em)
      .insertInto('participation')
      .values({ ...row, salt: Buffer.from(VIOLATED) })
      .execute();
  });
}

/** Two transactions that wait for each other's rows. */
async function deadlock(world: World): Promise<unknown> {
  const first = await newPerson(world, 'first');
  const second = await newPerson(world, 'second');
  const touch = (a: Person, b: Person): Promise<unknown> =>
    world.db.transaction(async (em) => {
      for (const { userId } of [a, b]) {
        await tables(em)
          .updateTable('user_account')
          .set({ login: PASSPHRASE.replace('canary', 'x') })
          .where('id', '=', userId)
          .execute();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
  return Promise.all([touch(first, second), touch(second, first)]);
}
