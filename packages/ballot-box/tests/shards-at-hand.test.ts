import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election } from '@elekto/election';
import { recordLength } from '@elekto/protocol/ballot';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { electionRow } from '../src/box/election-row.ts';
import type { OpenedElection } from '../src/box/election-row.ts';
import { lockShards, storeShard } from '../src/box/shards.ts';
import { atHand, hashAtHand } from '../src/box/shards-at-hand.ts';
import type { ElectionKeys } from '../src/keys/key-store.ts';
import { refuse, ok } from '../src/result.ts';
import { transact } from '../src/transact.ts';
import { DIALECTS, kindOf, openElection, startWorld, takingOver } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a shard that the server wrote last, on %s', (dialect) => {
  let world: World;
  let election: Election;
  let opened: OpenedElection;
  let keys: ElectionKeys;

  beforeEach(async () => {
    world = await startWorld(dialect);
    ({ election } = await openElection(world, 3));
    opened = (await world.db.read((em) => electionRow(world, em, election.key))) as OpenedElection;
    keys = (await world.keys.election(opened.id)) as ElectionKeys;
  });
  afterEach(() => world.end());

  const record = () => randomBytes(recordLength(opened.manifest));
  /** Adds a record, and says how many are there then; `isKept` or rolled back. */
  const add = (isKept: boolean) =>
    transact(takingOver(world), async (em: EntityManager) => {
      const shard = (await lockShards(world, em, opened, keys, [0]))?.get(0);
      if (shard === undefined) return refuse('ballot-box-damaged');
      shard.records.add(record());
      const { count } = shard.records;
      await storeShard(em, opened, keys, shard);
      return isKept ? ok(count) : refuse('already-voted');
    });
  const count = () =>
    world.db.transaction(
      async (em) => (await lockShards(world, em, opened, keys, [0]))?.get(0)?.records.count,
    );

  it('is as it lies in the database, also after a write that was rolled back', async () => {
    expect(await add(true)).toEqual(ok(1));
    expect(await count()).toBe(1);
    expect(kindOf(await add(false))).toBe('already-voted');
    expect(await count()).toBe(1);
    expect(await add(true)).toEqual(ok(2));
    expect(await count()).toBe(2);
  });

  it('is asked for again by who waited for its lock while another was written and rolled back', async () => {
    await add(true);
    const answers = await Promise.all([add(false), add(true), add(false), add(true), count(), add(false)]);
    const taken = answers.flatMap((one) => (typeof one === 'object' && one.ok ? one.value : []));
    expect(taken.toSorted()).toEqual([2, 3]);
    expect(await count()).toBe(3);
  });

  it('is refused when somebody has put it back, or another in its place, since', async () => {
    const rows = () => world.db.read((em) => tables(em).selectFrom('ballot_box').selectAll().execute());
    const put = (row: Awaited<ReturnType<typeof rows>>[number] | undefined) =>
      world.db.transaction((em) =>
        tables(em)
          .updateTable('ballot_box')
          .set({
            version: row?.version ?? 0,
            sealed: row?.sealed ?? Buffer.alloc(0),
            participants: row?.participants ?? null,
          })
          .execute(),
      );
    await add(true);
    const [before] = await rows();
    await add(true);
    const [now] = await rows();
    await put(before);
    await expect(add(true)).resolves.toMatchObject({ error: { kind: 'ballot-box-damaged' } });
    const altered = Buffer.from(now?.sealed ?? []);
    altered[40] = (altered[40] ?? 0) ^ 1;
    await put({ ...(now as NonNullable<typeof now>), sealed: altered });
    await expect(add(true)).resolves.toMatchObject({ error: { kind: 'ballot-box-damaged' } });
    await put(now);
    expect(await add(true)).toEqual(ok(3));
  });

  it('is at hand only where that saves something, not when another has written since, and gone half a minute after', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await add(true);
      const known = () => world.db.read((em) => Promise.resolve(hashAtHand(em, keys, 0)));
      const hash = await known();
      expect(hash.length).toBe(dialect === 'postgresql' ? 32 : 0);
      const bytes = atHand(keys, 0, hash);
      expect(bytes === null).toBe(dialect !== 'postgresql');
      const isGone = async (): Promise<void> => {
        expect((await known()).length).toBe(0);
        expect(bytes?.every((byte) => byte === 0) ?? true).toBe(true);
      };
      vi.advanceTimersByTime(29_000);
      expect(await known()).toEqual(hash);
      await add(true);
      vi.advanceTimersByTime(29_000);
      expect((await known()).length).toBe(hash.length);
      vi.advanceTimersByTime(1_000);
      await isGone();
      await add(true);
      const [row] = await world.db.read((em) => tables(em).selectFrom('ballot_box').selectAll().execute());
      await add(true);
      const last = atHand(keys, 0, await known());
      await world.db.transaction((em) =>
        tables(em)
          .updateTable('ballot_box')
          .set({ sealed: row?.sealed ?? Buffer.alloc(0) })
          .execute(),
      );
      await count().catch(() => undefined);
      await isGone();
      expect(last?.every((byte) => byte === 0) ?? true).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
