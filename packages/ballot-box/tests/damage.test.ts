import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHash, hkdfSync } from 'node:crypto';
import { createSession, findSession, renewSession, signIn, sql, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { handleOf, recordLength } from '@elekto/protocol/ballot';
import type { HpkeCast, SealedCast } from '@elekto/protocol/ballot';
import { electionRow } from '../src/box/election-row.ts';
import { shardOf } from '../src/box/shards.ts';
import { openShard } from '../src/seal/shard.ts';
import {
  CANDIDATES,
  DIALECTS,
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
import { copyRows, putBack } from './rows.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('somebody who can write every row of %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;

  beforeEach(async () => {
    world = await startWorld(dialect);
    // 1,001 on the roll make three shards; ten of them vote.
    ({ election, people, officer } = await openElection(world, 10, {
      voters: Array.from({ length: 1001 }, (_, i) => ({ login: `voter-${i}`, line: i + 2 })),
    }));
    for (const person of people.slice(0, 9)) await castFor(world, election, person, { ada: 1 }, 'words');
    must(await world.box.checkpoint(election));
  });
  afterEach(() => world.end());

  const write = (work: (em: EntityManager) => Promise<unknown>): Promise<unknown> =>
    world.db.transaction(work);
  const shards = () =>
    world.db.read((em) => tables(em).selectFrom('ballot_box').selectAll().orderBy('shard').execute());
  /** Only who has the secrets can tell. */
  const shardFor = async (cast: SealedCast): Promise<number> => {
    const { manifestHash, encapsulated } = cast as HpkeCast;
    const handle = handleOf(manifestHash, Buffer.from(encapsulated, 'base64url'));
    const row = await world.db.read((em) => electionRow(world, em, election.key));
    if (row === null) throw new Error('expected the row');
    return shardOf(world, row, { handle, shard: null });
  };
  const restore = (rows: Awaited<ReturnType<typeof shards>>) =>
    write(async (em) => {
      for (const { shard, version, sealed, participants } of rows) {
        await tables(em)
          .updateTable('ballot_box')
          .set({ version, sealed, participants })
          .where('shard', '=', shard)
          .execute();
      }
    });

  async function countRefuses(reason: RegExp): Promise<void> {
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    const counted = await world.box.finalise(election);
    expect(kindOf(counted)).toBe('ballot-box-damaged');
    expect(counted.ok ? '' : counted.error.why).toMatch(reason);
    expect(await world.box.state(election.key)).toBe('closed');
    expect(kindOf(await world.box.outcome(election, officer))).toBe('not-closed-yet');
  }

  it('cannot flip a single bit of the box', async () => {
    const [row] = await shards();
    for (const at of [0, 11, 12, 500, (row?.sealed.length ?? 0) - 1]) {
      const sealed = Buffer.from(row?.sealed ?? []);
      sealed[at] = (sealed[at] ?? 0) ^ 1;
      await restore([{ ...(row as NonNullable<typeof row>), sealed }]);
      const late = await seal(world, election, people[9] as Person, { ada: 1 });
      if ((await shardFor(late.cast)) === 0) {
        expect(kindOf(await world.box.cast(election, people[9] as Person, late.cast))).toBe(
          'ballot-box-damaged',
        );
      }
    }
    await countRefuses(/shard 0 was altered/);
  });

  it('cannot swap two shards', async () => {
    const [a, b] = await shards();
    if (!a || !b) throw new Error('expected shards');
    await restore([
      { ...a, sealed: b.sealed, version: b.version },
      { ...b, sealed: a.sealed, version: a.version },
    ]);
    await countRefuses(/was altered or does not belong/);
  });

  it('cannot roll a shard back, nor claim that its version is another', async () => {
    const before = await shards();
    const tenth = await seal(world, election, people[9] as Person, { mary: 1 });
    must(await world.box.cast(election, people[9] as Person, tenth.cast));
    const own = await shardFor(tenth.cast);
    const old = before.filter(({ shard }) => shard === own);
    const now = (await shards()).find(({ shard }) => shard === own);
    await restore(old.map((row) => ({ ...row, version: now?.version ?? 0 })));
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    expect(kindOf(await world.box.finalise(election))).toBe('ballot-box-damaged');
    await restore(old);
    await countRefuses(/shard \d is older than the secrets directory knows/);
  });

  it('cannot change a checkpoint', async () => {
    await write((em) => tables(em).updateTable('checkpoint').set({ cast_count: 3 }).execute());
    await countRefuses(/checkpoint 1 was altered/);
  });

  it('cannot put another type into a cell, nor write the roll anew, without being refused for it', async () => {
    // Nothing of this roll is in memory.
    must(
      await world.box.ensureOpened(
        { ...election, voters: [...election.voters, { login: `new-${dialect}`, line: 9999 }] },
        at('c1'),
      ),
    );
    await write((em) => tables(em).updateTable('election').set({ roll: 'no JSON' }).execute());
    await countRefuses(/the roll was altered/);
    if (dialect !== 'sqlite') return;
    await write((em) =>
      tables(em)
        .updateTable('election')
        .set({ closed_at: 'soon' as never })
        .execute(),
    );
    expect(kindOf(await world.box.status(election))).toBe('ballot-box-damaged');
  });

  it.runIf(dialect === 'sqlite')(
    'cannot put a text or a number where bytes belong, which SQLite lets them, without being refused for it',
    async () => {
      await castFor(world, election, people[9] as Person, { mary: 1 }, 'words');
      world.clock.now = election.closesAt + 1;
      must(await world.box.close(election));
      const cells = [
        ['roll_binding', 'withdrawals'],
        ['participation', 'salt'],
        ['ballot_box', 'sealed'],
        ['ballot_box', 'participants'],
      ] as const;
      for (const [table, column] of cells) {
        const kept = await copyRows(world.db);
        for (const wrong of ['x', 0]) {
          await write((em) =>
            sql`update ${sql.table(table)} set ${sql.ref(column)} = ${wrong}`.execute(tables(em)),
          );
          expect(kindOf(await world.box.finalise(election)), `${table}.${column}`).toBe('ballot-box-damaged');
          await putBack(world.db, kept);
        }
      }
      must(await world.box.finalise(election));
    },
  );

  it('cannot remove or add a participation', async () => {
    await write((em) =>
      tables(em)
        .deleteFrom('participation')
        .where('user', '=', people[0]?.userId ?? '')
        .execute(),
    );
    await countRefuses(/8 people took part and the box holds 9 ballots/);
  });

  it('cannot give the links of one voter to another', async () => {
    const link = await world.db.read((em) =>
      tables(em)
        .selectFrom('participation')
        .selectAll()
        .where('user', '=', people[0]?.userId ?? '')
        .executeTakeFirstOrThrow(),
    );
    const { salt, auth_tag, sealed_seed } = link;
    await write((em) =>
      tables(em)
        .updateTable('participation')
        .set({ salt, auth_tag, sealed_seed })
        .where('user', '=', people[1]?.userId ?? '')
        .execute(),
    );
    await expect(look(world, election, people[1] as Person, 'words')).rejects.toThrow(
      'a record of who took part was altered or belongs to somebody else',
    );
  });

  it('cannot reopen, prolong or redefine an election', async () => {
    const late = await seal(world, election, people[9] as Person, { ada: 1 });
    world.clock.now = election.closesAt + 1;
    for (const change of [
      { closes_at: election.closesAt + 100_000 },
      { opens_at: 0 },
      { manifest_hash: '0'.repeat(64) },
    ]) {
      const row = await world.db.read((em) =>
        tables(em).selectFrom('election').selectAll().executeTakeFirstOrThrow(),
      );
      await write((em) => tables(em).updateTable('election').set(change).execute());
      expect(kindOf(await world.box.cast(election, people[9] as Person, late.cast))).toBe(
        'ballot-box-damaged',
      );
      await write((em) => tables(em).updateTable('election').set(row).execute());
    }
    await finish(world, election);
    await write((em) =>
      tables(em)
        .updateTable('election')
        .set({ state: 'open', closes_at: election.closesAt + 100_000 })
        .execute(),
    );
    expect(kindOf(await world.box.cast(election, people[9] as Person, late.cast))).toBe('ballot-box-damaged');
  });

  it('cannot vote for somebody who has not', async () => {
    const mallory = await newPerson(world, 'mallory');
    const row = await world.db.read((em) =>
      tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
    );
    await write((em) =>
      tables(em)
        .insertInto('roll_binding')
        .values({ election: row.id, login: 'voter-500', user: mallory.userId, mac: 'x' })
        .execute(),
    );
    expect(kindOf(await world.box.paper(election, mallory))).toBe('ballot-box-damaged');
  });

  it('is nobody by a login that their account had once and another has now', async () => {
    await signIn(world.db, { account: '31337', login: 'voter-500' });
    const before = await copyRows(world.db);
    const own = before.user_account.find(({ account }) => account === '31337');
    const mallory = await signIn(world.db, { account: '31337', login: 'mallory' });
    const { token } = await createSession(world.db, mallory, { now: world.clock.now });
    expect(await findSession(world.db, token, { now: world.clock.now })).toMatchObject({ login: 'mallory' });
    await write((em) =>
      tables(em)
        .updateTable('user_account')
        .set({ login: own?.['login'] as string, mac: own?.['mac'] as string })
        .where('id', '=', mallory.userId)
        .execute(),
    );
    expect(await findSession(world.db, token, { now: world.clock.now })).toBeNull();
    expect(await renewSession(world.db, token, { now: world.clock.now })).toBeNull();
  });

  it('signs nobody in: neither with a session of their own nor with another name', async () => {
    const mallory = await signIn(world.db, { account: '31337', login: 'mallory' });
    const { token } = await createSession(world.db, mallory, { now: world.clock.now });
    expect(await findSession(world.db, token, { now: world.clock.now })).toMatchObject({ login: 'mallory' });
    await write((em) =>
      tables(em)
        .updateTable('session')
        .set({ user_id: people[9]?.userId ?? '' })
        .execute(),
    );
    expect(await findSession(world.db, token, { now: world.clock.now })).toBeNull();
    await write((em) => tables(em).updateTable('session').set({ user_id: mallory.userId }).execute());
    const { expires_at } = await world.db.read((em) =>
      tables(em).selectFrom('session').select('expires_at').executeTakeFirstOrThrow(),
    );
    await write((em) =>
      tables(em)
        .updateTable('session')
        .set({ expires_at: Number(expires_at) * 2 })
        .execute(),
    );
    expect(await findSession(world.db, token, { now: Number(expires_at) + 1 })).toBeNull();
    expect(await renewSession(world.db, token, { now: Number(expires_at) + 1 })).toBeNull();
    await write((em) => tables(em).updateTable('session').set({ expires_at }).execute());
    expect(await findSession(world.db, token, { now: world.clock.now })).toMatchObject({ login: 'mallory' });
    await write((em) =>
      tables(em)
        .updateTable('user_account')
        .set({ login: 'voter-500' })
        .where('id', '=', mallory.userId)
        .execute(),
    );
    expect(await findSession(world.db, token, { now: world.clock.now })).toBeNull();
    const made = `made.${people[9]?.userId}`;
    for (const hash of [made, createHash('sha256').update(made).digest('base64url')]) {
      await write((em) =>
        tables(em)
          .insertInto('session')
          .values({
            id_hash: hash,
            user_id: people[9]?.userId ?? '',
            expires_at: world.clock.now * 2,
            mac: hash,
          })
          .execute(),
      );
    }
    expect(await findSession(world.db, made, { now: world.clock.now })).toBeNull();
  });

  it('decides no tie', async () => {
    await castFor(world, election, people[9] as Person, { ada: 1, mary: 1 }, 'words');
    await finish(world, election);
    const before = must(await world.box.outcome(election, officer));
    const at = world.clock.now;
    const forged = JSON.stringify([{ winners: ['katherine'], how: 'a coin', by: 'officer', at }]);
    for (const text of [forged, `${'A'.repeat(43)} ${forged}`, '', 'x', '[]']) {
      await write((em) => tables(em).updateTable('result').set({ tie_decision: text }).execute());
      expect(must(await world.box.outcome(election, officer)).signature).toBe(before.signature);
    }
    expect(must(await world.box.outcome(election, officer)).signature).toBe(before.signature);
  });

  it('breaks the audit trail by changing it', async () => {
    expect(await world.box.recordProblem()).toBeNull();
    await write((em) =>
      tables(em).updateTable('audit_event').set({ actor: 'nobody' }).where('seq', '=', 1).execute(),
    );
    expect(await world.box.recordProblem()).toMatchObject({ kind: 'record-altered', seq: 1 });
  });

  it('with every backup of the database and all secrets left after the count opens no ballot', async () => {
    const row = await world.db.read((em) =>
      tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
    );
    const backup = await shards();
    const keys = await world.keys.election(row.id);
    const opens = (key: Buffer): boolean =>
      backup.some(
        ({ shard, version, sealed }) =>
          openShard(
            key,
            { election: row.id, shard, version },
            sealed,
            recordLength({ candidates: CANDIDATES, suite: 1 }),
          ) !== null,
      );
    expect(opens(Buffer.from(keys?.boxKey ?? [])), 'before the count the key opens it').toBe(true);
    const seen = await look(world, election, people[0] as Person, 'words');

    await finish(world, election);
    expect(await world.keys.election(row.id)).toBeNull();
    expect(await shards()).toEqual([]);
    const secrets = readdirSync(join(world.dir, 'secrets'), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    const left = secrets.flatMap((file) => [
      ...Array.from({ length: Math.max(0, file.length - 31) }, (_, at) => file.subarray(at, at + 32)),
      ...['wrap', 'pepper', 'result', 'box', 'session'].map((info) =>
        Buffer.from(hkdfSync('sha256', file, Buffer.alloc(32), info, 32)),
      ),
    ]);
    expect(left.length).toBeGreaterThan(10);
    expect(left.filter(opens)).toEqual([]);
    await expect(seen.read()).rejects.toThrow('already-closed');
    expect(must(await world.box.outcome(election, officer)).cast).toBe(9);
  });
});
