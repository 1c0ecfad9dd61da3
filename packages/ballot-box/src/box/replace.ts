import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import type { RecordPlace, SealedCast } from '@elekto/protocol/ballot';
import { ok, refuse } from '../result.ts';
import { addParticipant, dropParticipant } from '../seal/share.ts';
import { transact } from '../transact.ts';
import { isSameBallot, prepare } from './prepare-cast.ts';
import type { Recorded } from './prepare-cast.ts';
import { electionRow } from './election-row.ts';
import { rollEntry } from './eligibility.ts';
import { participationColumns } from './participation.ts';
import { participantShare } from './participants.ts';
import { countsAttempt, provePassphrase } from './passphrase-proof.ts';
import { isOpen, takesBallots } from './phase-rule.ts';
import { receiptOf } from './receipt.ts';
import { claimedPlace } from './claimed-place.ts';
import { releaseRecord } from './releases.ts';
import { countWithdrawal } from './withdrawals.ts';
import { lockShards, shardOf, storeShard } from './shards.ts';
import type { RecordClaim } from './unlock.ts';

export interface Replacement {
  readonly authKey: string;
  readonly old: RecordPlace;
  readonly cast: SealedCast;
  /** The voter's word that the old record leaves, where the suite asks for it. */
  readonly release?: string | undefined;
}

/**
 * Puts a new ballot in the place of the old one in one transaction: at no moment, and after no failure,
 * is there none or two. Sent again after its success, it answers with the same receipt.
 */
export async function replace(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  change: Replacement,
): Promise<Result<Recorded>> {
  const ready = await prepare(ctx, election, person, change.cast);
  if (!ready.ok) return ready;
  const { keys, link, ballot, checked } = ready.value;
  const old = claimedPlace(checked.manifest, change.old);
  if (old === null) return refuse('malformed-ballot');
  return transact<Recorded>(
    ctx,
    async (em) => {
      const opened = await electionRow(ctx, em, election.key, 'share');
      if (opened === null) return refuse('not-voted');
      const open = isOpen(opened);
      if (!open.ok) return open;
      if (!isSameBallot(opened, checked)) return refuse('manifest-changed');
      const entry = await rollEntry(ctx, em, opened, person);
      if (!entry.ok) return entry;
      const who = { userId: person.userId, login: entry.value.login };
      // The new key proves a repetition: this very replacement has happened.
      const proof = await provePassphrase(ctx, em, opened, person, change.authKey, change.cast.authKey);
      if (!proof.ok) return proof;
      const [oldShard, newShard] = [shardOf(ctx, opened, old), shardOf(ctx, opened, ballot.place)];
      const shards = await lockShards(ctx, em, opened, keys, [oldShard, newShard]);
      const from = shards?.get(oldShard);
      const to = shards?.get(newShard);
      if (shards === null || from === undefined || to === undefined) return refuse('ballot-box-damaged');
      const time = takesBallots(opened, await ctx.now(em));
      if (!time.ok) return time;
      const receipt = receiptOf(ctx, opened, ballot.record);
      const already = to.records.find(ballot.place.handle);
      if (already !== null) {
        const repeated = proof.value.proven === change.cast.authKey && already.equals(ballot.record);
        return repeated ? ok({ receipt }) : refuse('duplicate-handle');
      }
      if (proof.value.proven !== change.authKey) return refuse('wrong-passphrase');
      const gone = from.records.find(old.handle);
      if (gone === null) return refuse('ballot-box-damaged');
      const released = await releaseRecord(ctx, em, opened, from, gone, ballot.record, change.release);
      if (!released.ok) return released;
      from.records.remove(old.handle);
      to.records.add(ballot.record);
      await storeShard(em, opened, keys, from);
      if (to !== from) await storeShard(em, opened, keys, to);
      await tables(em)
        .updateTable('participation')
        .set(participationColumns(ctx, link, opened.id, who, ballot))
        .where('election', '=', opened.id)
        .where('user', '=', person.userId)
        .execute();
      return ok({ receipt });
    },
    countsAttempt,
  );
}

/** Takes a ballot out of the box and forgets the participation: the voter has not voted, and may vote anew until the end. */
export function withdraw(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  claim: RecordClaim & Pick<Replacement, 'release'>,
): Promise<Result<null>> {
  return transact<null>(
    ctx,
    async (em) => {
      const opened = await electionRow(ctx, em, election.key, 'share');
      if (opened === null) return refuse('not-voted');
      const open = isOpen(opened);
      if (!open.ok) return open;
      const proof = await provePassphrase(ctx, em, opened, person, claim.authKey);
      if (!proof.ok) return proof;
      const keys = await ctx.keys.election(opened.id);
      const claimed = claimedPlace(opened.manifest, claim);
      if (claimed === null) return refuse('malformed-ballot');
      if (keys === null) return refuse('already-closed', opened.closesAt);
      const at = shardOf(ctx, opened, claimed);
      const shard = (await lockShards(ctx, em, opened, keys, [at]))?.get(at);
      if (shard === undefined) return refuse('ballot-box-damaged');
      const time = takesBallots(opened, await ctx.now(em));
      if (!time.ok) return time;
      const gone = shard.records.find(claimed.handle);
      if (gone === null) return refuse('ballot-box-damaged');
      const released = await releaseRecord(ctx, em, opened, shard, gone, null, claim.release);
      if (!released.ok) return released;
      shard.records.remove(claimed.handle);
      const again = await countWithdrawal(ctx, em, opened.id, person.userId);
      shard.shares = addParticipant(
        dropParticipant(shard.shares, participantShare(ctx, opened.id, person.userId)),
        again,
      );
      await storeShard(em, opened, keys, shard);
      await tables(em)
        .deleteFrom('participation')
        .where('election', '=', opened.id)
        .where('user', '=', person.userId)
        .execute();
      return ok(null);
    },
    countsAttempt,
  );
}
