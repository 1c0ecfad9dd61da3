import { inspect } from 'node:util';
import { sql, tables } from '@elekto/db';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { HpkeCast, SealedCast } from '@elekto/protocol/ballot';
import { encodeRanking } from '@elekto/protocol/ballot';
import type { VoterSeed } from '@elekto/protocol/voter';
import {
  ALL_DIALECTS,
  OWN_DIALECTS,
  castFor,
  look,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import { filesUnder } from './files-under.ts';
import { startOwnServer } from './own-server.ts';
import type { World } from './support.ts';

/** Every row of every table, by table and primary key or content. */
async function snapshot(world: World): Promise<Map<string, string[]>> {
  const names = [
    'user_account',
    'session',
    'election',
    'roll_binding',
    'result',
    'participation',
    'ballot_box',
    'unlock_failure',
    'checkpoint',
    'exception_request',
    'audit_event',
  ];
  const all = new Map<string, string[]>();
  for (const name of names) {
    const { rows } = await world.db.read((em) =>
      sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(tables(em)),
    );
    all.set(name, rows.map((row) => JSON.stringify(row)).toSorted());
  }
  return all;
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

describe.each(ALL_DIALECTS)('the difference between two snapshots on %s', (dialect) => {
  let world: World;
  afterEach(() => world.end());

  it('shows that somebody cast, a wholly new box of the same size, and nothing else', async () => {
    world = await startWorld(dialect);
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
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 3);
    const voter = people[0] as Person;
    await castFor(world, election, voter, { ada: 1 }, 'first');
    const seen = await look(world, election, voter, 'first');
    const { cast } = await seal(world, election, voter, { ada: 1 }, 'first');
    const before = await snapshot(world);
    must(await world.box.replace(election, voter, { authKey: seen.claim.authKey, old: seen.claim, cast }));
    const changes = difference(before, await snapshot(world));
    expect(changes.map(({ table, added, removed }) => [table, added.length, removed.length])).toEqual([
      ['participation', 1, 1],
      ['ballot_box', 1, 1],
    ]);
  });

  it('of a view shows nothing at all', async () => {
    world = await startWorld(dialect);
    const { election, people } = await openElection(world, 3);
    await castFor(world, election, people[0] as Person, { ada: 1 }, 'first');
    const before = await snapshot(world);
    const seen = await look(world, election, people[0] as Person, 'first');
    await seen.read();
    expect(difference(before, await snapshot(world))).toEqual([]);
  });
});

/** Forty candidates: the ranking is as good as a fingerprint. */
const MANY = Array.from({ length: 40 }, (_, index) => `candidate-${String(index).padStart(2, '0')}`);
const CANARY = Object.fromEntries(MANY.map((id, index) => [id, ((index * 17 + 5) % 40) + 1]));
const PASSPHRASE = 'canary coal mine bird song yellow';

/** Every form in which the ranking, the passphrase or the seed could lie around. */
function canaries(sealed: SealedCast, { seed, tracker, place: { handle } }: VoterSeed): (string | Buffer)[] {
  const cast = sealed as HpkeCast;
  const ranks = MANY.map((id) => CANARY[id] ?? 0);
  const encoded = Buffer.from(encodeRanking(MANY, CANARY)).subarray(0, 24);
  return [
    encoded,
    encoded.toString('hex'),
    encoded.toString('base64').slice(0, 30),
    ranks.join(',').slice(0, 30),
    JSON.stringify(ranks).slice(0, 30),
    JSON.stringify(CANARY).slice(0, 60),
    Buffer.from(ranks),
    Buffer.from(ranks.flatMap((rank) => [rank, 0])).subarray(0, 24),
    PASSPHRASE,
    cast.authKey,
    Buffer.from(cast.authKey, 'base64url'),
    Buffer.from(seed),
    Buffer.from(seed).toString('hex'),
    Buffer.from(seed).toString('base64url'),
    tracker ?? '',
    Buffer.from(tracker ?? '', 'hex'),
    handle,
    Buffer.from(handle, 'base64url'),
    Buffer.from(cast.ciphertext, 'base64url').subarray(0, 32),
    cast.ciphertext.slice(0, 40),
    cast.encapsulated,
  ];
}

const bytesUnder = (dir: string): Buffer => Buffer.concat(filesUnder(dir));

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
        const candidates = MANY.map((id) => ({ id, name: id, fields: [], bio: '', file: '' }));
        const { election, people } = await openElection(world, 6, { candidates });
        const [voter, other] = people as [Person, Person];
        const { cast } = await seal(world, election, voter, CANARY, PASSPHRASE);
        await hear(world.box.cast(election, voter, cast));
        const seen = await look(world, election, voter, PASSPHRASE);
        expect(await seen.read()).toEqual(CANARY);

        // The same again, by another voter, with a wrong key, and while the database fails in every way it can.
        await hear(world.box.cast(election, voter, cast));
        await hear(world.box.cast(election, other, cast));
        await hear(world.box.unlock(election, other, cast.authKey));
        await hear(world.box.fetchRecord(election, other, seen.claim));
        await hear(violate(world));
        await hear(
          world.db.transaction((em) =>
            sql`select * from nowhere where x = ${cast.authKey}`.execute(tables(em)),
          ),
        );
        if (cluster !== null) {
          await hear(deadlock(world));
          await cluster.crash();
          await hear(world.box.cast(election, other, cast));
          await hear(world.box.unlock(election, voter, cast.authKey));
          await cluster.start();
        }
        const again = await look(world, election, voter, PASSPHRASE);
        const change = await seal(world, election, voter, CANARY, PASSPHRASE);
        await hear(
          world.box.replace(election, voter, {
            authKey: again.claim.authKey,
            old: again.claim,
            cast: change.cast,
          }),
        );
        await cluster?.flush('participation', 'ballot_box', 'election', 'roll_binding');

        const dump = JSON.stringify([...(await snapshot(world))]);
        const told = Buffer.from(`${said.join('\n')}\n${dump}\n${cluster?.log() ?? ''}`);
        const everything = Buffer.concat([bytesUnder(cluster?.dataDir ?? world.dir), told]);
        // The answers to the voter who asked hold the sealed record and receipt; nothing else may.
        for (const canary of canaries(cast, seen.seed)) {
          expect(everything.includes(canary), inspect(canary)).toBe(false);
        }
        for (const form of [
          VIOLATED,
          Buffer.from(VIOLATED).toString('hex'),
          inspect(Buffer.from(VIOLATED)),
        ]) {
          expect(said.join('\n'), 'errors of the database').not.toContain(form);
        }
        expect(said.filter((text) => text.includes('DatabaseFault')).length).toBeGreaterThanOrEqual(2);
        // The search itself works: what lies in the open is found.
        await world.db.read((em) => sql`create table planted (text text)`.execute(tables(em)));
        await world.db.read((em) => sql`insert into planted values (${PASSPHRASE})`.execute(tables(em)));
        await cluster?.flush('planted');
        // A server writes in its own time.
        const found = () => bytesUnder(cluster?.dataDir ?? world.dir).includes(PASSPHRASE);
        await expect.poll(found, { timeout: 30_000 }).toBe(true);
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
