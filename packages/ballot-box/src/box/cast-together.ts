import { DatabaseFault, inOneGo, insertAllUnlessThere, toFault, withShortLocks } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';
import { inGroups } from '../in-groups.ts';
import type { Person } from '../model.ts';
import { ok, refuse } from '../result.ts';
import { addParticipant } from '../seal/share.ts';
import { transact } from '../transact.ts';
import type { Result } from '@elekto/protocol/refusal';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { bindAll, namesOnRoll } from './eligibility.ts';
import { participationColumns } from './participation.ts';
import { participantShare } from './participants.ts';
import { isOpen, takesBallots } from './phase-rule.ts';
import { isSameBallot } from './prepare-cast.ts';
import type { Prepared, Recorded } from './prepare-cast.ts';
import { receiptOf } from './receipt.ts';
import { lockShards, shardOf, storeShards } from './shards.ts';
import type { ChangedShard } from './shards.ts';

/** A cast of somebody who has not voted, into a box that holds a ballot already. */
type Waiting = Prepared & { readonly person: Person };

/** As many at most, so that nobody waits for much more than an own cast. */
const MOST = 32;

/**
 * Ms after a group that came to nothing, in which everybody goes alone: somebody whose ballot is refused again and again must not hold
 * up the others each time.
 */
const ALONE_FOR = 5_000;
/** And so many times as long as it took to come to nothing: a shard may be locked elsewhere for minutes. */
const TIMES_LOST = 10;
/** Seconds for a shard that is locked elsewhere: meanwhile the group keeps those before it from everybody, of other servers too. */
const SHARD_PATIENCE = 1;

type Taken = Result<Recorded> | null;
interface Box {
  readonly join: (one: Waiting) => Promise<Taken>;
  /** Of `performance.now`. */
  aloneUntil: number;
}

/** By the election's id. */
const boxes = new WeakMap<Context, Map<string, Box>>();

/**
 * Takes a ballot together with those that wait for the same box: one transaction, one statement for all of their rows, and
 * each shard sealed once (group commit). Everything that a cast alone is asked under the locks is asked of each of them, and nobody is
 * answered before all of them are on disk. Null, and nothing is changed, when anything about one of them is not as it is with most, or the
 * database refuses: then each is taken alone, which says what is wrong.
 *
 * @throws DatabaseFault where the database is lost: whether they are stored is not known, and the same cast again finds it out.
 */
export function castTogether(ctx: Context, one: Waiting): Promise<Taken> {
  const own = boxes.get(ctx) ?? new Map<string, Box>();
  boxes.set(ctx, own);
  const { id } = one.checked;
  const box = own.get(id) ?? boxOf(ctx);
  own.set(id, box);
  return box.join(one);
}

function boxOf(ctx: Context): Box {
  const box: Box = {
    join: inGroups(MOST, (all: readonly Waiting[]) => castAll(ctx, box, all)),
    aloneUntil: 0,
  };
  return box;
}

async function castAll(ctx: Context, box: Box, all: readonly Waiting[]): Promise<Taken[]> {
  const began = performance.now();
  const alone = all.map(() => null);
  if (began < box.aloneUntil) return alone;
  let isStored = false;
  try {
    const done = await transact(ctx, (em) => storeAll(ctx, em, all).catch(refusedUnlessLost)).catch(
      refusedUnlessLost,
    );
    if (!done.ok) return alone;
    isStored = true;
    return all.map(({ ballot }) => ok({ receipt: receiptOf(ctx, done.value, ballot.record) }));
  } finally {
    const now = performance.now();
    if (!isStored)
      box.aloneUntil = now + Math.max(all.length > 1 ? ALONE_FOR : 0, TIMES_LOST * (now - began));
  }
}

/** What the database refuses a group is not tried again together, as `transact` would: each alone waits for what it needs itself. */
function refusedUnlessLost(error: unknown): Result<never> {
  const fault = toFault(error);
  if (fault instanceof DatabaseFault && fault.kind !== 'lost') return another;
  throw error;
}

/** The election as it was under its lock. */
async function storeAll(
  ctx: Context,
  em: EntityManager,
  all: readonly Waiting[],
): Promise<Result<OpenedElection>> {
  const [{ checked, keys, link }] = all as readonly [Waiting];
  const opened = await electionRow(ctx, em, checked.key, 'share');
  if (opened === null || !isOpen(opened).ok || !opened.pinned) return another;
  if (!all.every((one) => isSameBallot(opened, one.checked))) return another;
  // By their ids, which are random: in an order that is that of all servers, and not that of their coming.
  const sorted = all.toSorted((a, b) => (a.person.userId < b.person.userId ? -1 : 1));
  const people = await namesOnRoll(em, opened, sorted);
  if (people === null) return another;
  const rows = people.map((one) => ({
    election: opened.id,
    user: one.userId,
    ...participationColumns(ctx, link, opened.id, one, one.ballot),
  }));
  const placed = Map.groupBy(people, ({ ballot }) => shardOf(ctx, opened, ballot.place));
  const [areNew, areBound, shards, time] = await inOneGo(em, [
    () => insertAllUnlessThere(em, 'participation', rows),
    () => bindAll(ctx, em, opened, people),
    () => withShortLocks(em, SHARD_PATIENCE, () => lockShards(ctx, em, opened, keys, [...placed.keys()])),
    () => ctx.now(em),
  ] as const);
  if (!areNew || !areBound || shards === null || !takesBallots(opened, time).ok) return another;
  const changed: ChangedShard[] = [];
  for (const [number, shard] of shards) {
    const own = placed.get(number) ?? [];
    for (const { ballot, userId } of own) {
      if (shard.records.find(ballot.place.handle) !== null) return another;
      shard.records.add(ballot.record);
      shard.shares = addParticipant(shard.shares, participantShare(ctx, opened.id, userId));
    }
    changed.push({ ...shard, came: own.length });
  }
  await storeShards(em, opened, keys, changed);
  return ok(opened);
}

/** Never told: each is asked again alone. */
const another = refuse('manifest-changed');
