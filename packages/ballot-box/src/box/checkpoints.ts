import { asBytes, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election, Instant } from '@elekto/election';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok } from '../result.ts';
import { transact } from '../transact.ts';
import { framed, hashOf } from '@elekto/wire';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { ballotsInBox } from './ballots-in-box.ts';
import { boxStaleness } from './freshness.ts';

/** Fewer new ballots than this are never told apart in time. */
const SMALLEST_STEP = 3;
/** So many intervals of time are told apart in an election ... */
const INTERVALS = 48;
/** ... unless they would be shorter or longer than this, ms. */
const SHORTEST_INTERVAL = 60_000;
const LONGEST_INTERVAL = 3_600_000;

interface Stored {
  readonly seq: number;
  readonly at: Instant;
  readonly castCount: number;
  readonly versions: readonly number[];
  readonly root: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly signature: string;
}

/** What is signed: the checkpoint's hash in a domain of its own. */
const signedMessage = (hash: string): Uint8Array => framed('elekto/checkpoint signature/1', hash);

const GENESIS = '0'.repeat(64);

const messageOf = (election: string, c: Omit<Stored, 'hash' | 'signature'>): string =>
  hashOf(
    'elekto/checkpoint/1',
    election,
    String(c.seq),
    String(c.at),
    String(c.castCount),
    c.versions.join(','),
    c.root,
    c.prevHash,
  );

/** How coarse times are: a 48th of the voting period, at least a minute and at most an hour. */
const intervalOf = ({ opensAt, closesAt }: OpenedElection): number =>
  Math.min(LONGEST_INTERVAL, Math.max(SHORTEST_INTERVAL, Math.ceil((closesAt - opensAt) / INTERVALS)));

const select = (em: EntityManager, election: string) =>
  tables(em).selectFrom('checkpoint').selectAll().where('election', '=', election);

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): Stored => ({
  seq: row.seq,
  at: Number(row.at),
  castCount: row.cast_count,
  versions: row.versions.split(',').map(Number),
  root: row.root,
  prevHash: row.prev_hash,
  hash: row.hash,
  signature: row.signature,
});

const read = async (em: EntityManager, election: string): Promise<Stored[]> =>
  (await select(em, election).orderBy('seq').execute()).map(fromRow);

async function readLast(em: EntityManager, election: string): Promise<Stored | null> {
  const row = await select(em, election).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Version and seal of each shard: `seals` are nonce and tag, which no two seals share. */
async function boxState(em: EntityManager, election: string): Promise<{ versions: number[]; root: string }> {
  const rows = await tables(em)
    .selectFrom('ballot_box')
    .select(['shard', 'version', 'sealed'])
    .where('election', '=', election)
    .orderBy('shard')
    .execute();
  const seals = rows.map(({ shard, version, sealed }) => {
    const bytes = asBytes(sealed);
    return framed(
      'elekto/seal/1',
      String(shard),
      String(version),
      bytes.subarray(0, 12),
      bytes.subarray(-16),
    );
  });
  return { versions: rows.map((row) => row.version), root: hashOf('elekto/seals/1', ...seals) };
}

/**
 * Notes how far the box has come, if at least three more people take part than at the last note: a
 * coarse time, a rounded number, the shards' versions, chained and signed. The server calls it now and then;
 * casts never do, so that no note is the trace of one cast. Refuses when the box is older
 * than the secrets directory knows: before anybody counts it.
 */
export function checkpoint(ctx: Context, election: Pick<Election, 'key'>): Promise<Result<null>> {
  return transact(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key, 'update');
    if (opened === null || opened.state !== 'open') return ok(null);
    const last = await readLast(em, opened.id);
    // Each cast writes a shard: after fewer writes there is nothing to note, and the box need not be opened.
    if ((await writesSince(ctx, em, opened, last)) < SMALLEST_STEP) return ok(null);
    const cast = await ballotsInBox(ctx, em, opened);
    if (cast === null) return ok(null);
    const castCount = Math.floor(cast / SMALLEST_STEP) * SMALLEST_STEP;
    if (castCount < (last?.castCount ?? 0) + SMALLEST_STEP) return ok(null);
    const interval = intervalOf(opened);
    const since = Math.max(0, (await ctx.now(em)) - opened.opensAt);
    const draft = {
      seq: (last?.seq ?? 0) + 1,
      at: opened.opensAt + Math.floor(since / interval) * interval,
      castCount,
      ...(await boxState(em, opened.id)),
      prevHash: last?.hash ?? GENESIS,
    };
    const hash = messageOf(opened.id, draft);
    await tables(em)
      .insertInto('checkpoint')
      .values({
        election: opened.id,
        seq: draft.seq,
        at: draft.at,
        cast_count: castCount,
        versions: draft.versions.join(','),
        root: draft.root,
        prev_hash: draft.prevHash,
        hash,
        signature: ctx.keys.sign(signedMessage(hash)),
      })
      .execute();
    return ok(null);
  });
}

/**
 * How often the box was written since a note of it.
 *
 * @throws BoxDamaged when it is older than the secrets directory knows.
 */
async function writesSince(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  last: Stored | null,
): Promise<number> {
  const stale = await boxStaleness(ctx, em, opened);
  if (stale !== null) throw new BoxDamaged(stale);
  const rows = await tables(em)
    .selectFrom('ballot_box')
    .select(['shard', 'version'])
    .where('election', '=', opened.id)
    .execute();
  return rows.reduce((sum, { shard, version }) => sum + version - (last?.versions[shard] ?? 1), 0);
}

const headOf = (seq: number, hash: string): string => `${seq} ${hash}`;

/** Why the checkpoints contradict the box's versions, or each other; null when they do not. */
export async function checkpointProblem(
  ctx: Context,
  opened: OpenedElection,
  versions: readonly number[],
): Promise<string | null> {
  const all = await ctx.db.read((em) => read(em, opened.id));
  let previous = GENESIS;
  let before: readonly number[] = versions.map(() => 1);
  for (const [index, c] of all.entries()) {
    const hash = messageOf(opened.id, c);
    if (
      c.seq !== index + 1 ||
      c.prevHash !== previous ||
      c.hash !== hash ||
      c.signature !== ctx.keys.sign(signedMessage(hash))
    ) {
      return `checkpoint ${index + 1} was altered`;
    }
    if (c.versions.some((version, shard) => version < (before[shard] ?? 0)))
      return `checkpoint ${c.seq} goes back`;
    previous = c.hash;
    before = c.versions;
  }
  const head = ctx.keys.readHead(opened.id) ?? '';
  if (head !== '' && !all.some((c) => headOf(c.seq, c.hash) === head)) {
    return `the database is older than checkpoint ${head.split(' ')[0]}, which the secrets directory knows (restored from a backup?)`;
  }
  const rolledBack = versions.findIndex((version, shard) => version < (before[shard] ?? 0));
  return rolledBack === -1 ? null : `shard ${rolledBack} is older than the last checkpoint`;
}

/** What may be told of a box: ballots counted by `at`, in steps of at least three, and when more may be told. */
export interface Growth {
  readonly steps: readonly { readonly at: Instant; readonly cast: number }[];
  /** The end of the interval that is running; null once the box is closed. */
  readonly nextAt: Instant | null;
}

/**
 * How the box grew, one step per interval of time. While it is open an interval's number is told only
 * when the interval is over, and only if at least three more people took part since the last one: whoever
 * asks every second learns neither the moment of a ballot nor that there was a single one.
 *
 * @throws BoxDamaged when a number that would be told was not signed by the server.
 */
export async function growth(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  now: Instant,
): Promise<Growth> {
  const interval = intervalOf(opened);
  const open = opened.state === 'open';
  const byTime = new Map<Instant, Stored>();
  for (const stored of await read(em, opened.id)) {
    const until = stored.at + interval;
    if (!open || until <= now) byTime.set(Math.min(until, opened.closesAt), stored);
  }
  // Only what is told: the count looks at all of them.
  for (const stored of byTime.values()) {
    const hash = messageOf(opened.id, stored);
    if (stored.hash !== hash || stored.signature !== ctx.keys.sign(signedMessage(hash)))
      throw new BoxDamaged(`checkpoint ${stored.seq} was altered`);
  }
  const steps = [...byTime].map(([at, { castCount: cast }]) => ({ at, cast }));
  if (!open) return { steps, nextAt: null };
  const running = Math.floor(Math.max(0, now - opened.opensAt) / interval);
  return { steps, nextAt: opened.opensAt + (running + 1) * interval };
}
