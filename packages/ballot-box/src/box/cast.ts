import { insertUnlessThere } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import type { Person } from '../model.ts';
import type { SealedCast } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { addParticipant } from '../seal/share.ts';
import { transact } from '../transact.ts';
import { castTogether } from './cast-together.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { bindEntry, rollEntry } from './eligibility.ts';
import { findParticipation, participationColumns, provesPassphrase } from './participation.ts';
import { participantShare } from './participants.ts';
import { isOpen, takesBallots } from './phase-rule.ts';
import { isSameBallot, prepare } from './prepare-cast.ts';
import type { Prepared, Recorded } from './prepare-cast.ts';
import type { ReadCast } from './read-cast.ts';
import { receiptOf } from './receipt.ts';
import { lockShards, shardOf, storeShard } from './shards.ts';
import { withdrawalsOf } from './withdrawals.ts';

/**
 * Takes a ballot: with others that wait at the same moment where nothing is out of the ordinary (`cast-together.ts`), or by itself.
 */
export async function cast(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  sealed: SealedCast,
): Promise<Result<Recorded>> {
  const ready = await prepare(ctx, election, person, sealed);
  if (!ready.ok) return ready;
  const { checked, isBound } = ready.value;
  const taken = checked.pinned && !isBound ? await castTogether(ctx, { person, ...ready.value }) : null;
  return taken ?? castAlone(ctx, election, person, ready.value);
}

/**
 * Takes a ballot by itself. One transaction: lock the election (shared; the first ballot, which pins it, alone), claim
 * the participation, lock the shard, and only then ask the database's clock; the participation and the ballot
 * are stored together or not at all. What the ballot was checked against is compared again under the lock.
 * The same cast sent again gets the same receipt; after its voter has taken it back it is refused.
 */
function castAlone(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  { keys, link, ballot, checked, withdrawals }: Prepared,
): Promise<Result<Recorded>> {
  return transact(ctx, async (em) => {
    // To take the row shared first and alone then would make two first casts wait for each other.
    const opened = await electionRow(ctx, em, election.key, checked.pinned ? 'share' : 'update');
    if (opened === null) return refuse('manifest-changed');
    const open = isOpen(opened);
    if (!open.ok) return open;
    if (!isSameBallot(opened, checked)) return refuse('manifest-changed');
    const entry = await rollEntry(ctx, em, opened, person);
    if (!entry.ok) return entry;
    const who = { userId: person.userId, login: entry.value.login };
    const claimed = await claim(ctx, em, opened, link, who, ballot);
    if (!claimed) return repeated(ctx, em, opened, keys, link, person, ballot);
    const bound = await bindEntry(ctx, em, opened, person, entry.value);
    if (!bound.ok) return bound;
    const { first } = bound.value;
    if (!first && (await withdrawalsOf(ctx, em, opened.id, person.userId, true)) !== withdrawals)
      return refuse('ballot-withdrawn');
    const at = shardOf(ctx, opened, ballot.place);
    const shard = (await lockShards(ctx, em, opened, keys, [at]))?.get(at);
    if (shard === undefined) return refuse('ballot-box-damaged');
    const time = takesBallots(opened, await ctx.now(em));
    if (!time.ok) return time;
    if (shard.records.find(ballot.place.handle) !== null) return refuse('duplicate-handle');
    shard.records.add(ballot.record);
    shard.shares = addParticipant(shard.shares, participantShare(ctx, opened.id, person.userId));
    await storeShard(em, opened, keys, shard);
    if (!opened.pinned) await changeElection(ctx, em, opened, { pinned: true });
    return ok({ receipt: receiptOf(ctx, opened, ballot.record) });
  });
}

/** Inserts the participation; false when there is one. A second cast of the same voter waits here for the first. */
async function claim(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  link: Buffer,
  who: { readonly userId: string; readonly login: string },
  ballot: ReadCast,
): Promise<boolean> {
  return insertUnlessThere(em, 'participation', {
    election: opened.id,
    user: who.userId,
    ...participationColumns(ctx, link, opened.id, who, ballot),
  });
}

/** The answer to a voter who has voted: the receipt again when this very cast is in the box. */
async function repeated(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  keys: ElectionKeys,
  link: Buffer,
  person: Person,
  ballot: ReadCast,
): Promise<Result<Recorded>> {
  const taken = await findParticipation(ctx, em, opened, person.userId, false);
  if (taken === null || !provesPassphrase(taken, link, opened.id, person.userId, ballot.authKey)) {
    return refuse('already-voted');
  }
  const at = shardOf(ctx, opened, ballot.place);
  const records = (await lockShards(ctx, em, opened, keys, [at]))?.get(at)?.records;
  if (records === undefined) return refuse('ballot-box-damaged');
  const stored = records.find(ballot.place.handle);
  if (stored === null || !stored.equals(ballot.record)) return refuse('already-voted');
  return ok({ receipt: receiptOf(ctx, opened, ballot.record) });
}
