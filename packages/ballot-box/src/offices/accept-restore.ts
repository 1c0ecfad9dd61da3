/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election } from '@elekto/election';
import { recordLength } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { BoxDamaged } from '../box-damaged.ts';
import { changeElection, genuineRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import { shardFact, shardItem } from '../box/freshness.ts';
import { keepGenuineParticipations } from '../box/participants.ts';
import { releasesProblem } from '../box/releases-known.ts';
import { readRoll } from '../box/roll.ts';
import type { Context } from '../context.ts';
import type { Known } from '../keys/witness.ts';
import { ok, refuse } from '../result.ts';
import { openShard, sealShard } from '../seal/shard.ts';
import { openShares, sealShares, sumShares } from '../seal/share.ts';
import type { Shares } from '../seal/share.ts';
import { suiteOf } from '../suite/suite-of.ts';
import { onceCommitted, transact } from '../transact.ts';
import { RESTORE_ACCEPTED, appendAudit, recordProblem } from './audit-trail.ts';
import { acceptRequests } from './request-rows.ts';
import type { AcceptedRequests } from './request-rows.ts';

/**
 * Goes on with what is in the database although it is older than the secrets directory knows, on an
 * operator's explicit word: what was cast since then is lost and its voters have to be told. Row and box are
 * numbered past everything known, so that no state of before can be put in the place of what comes. Rows of
 * people that the server did not write are removed where the box is complete without them, requests for an exception that
 * it did not write in any case; of older ones this is the last state. Refuses when what
 * is there does not add up by itself, and when the election was counted since, which destroyed its keys.
 */
export async function acceptRestore(
  ctx: Context,
  election: Pick<Election, 'key'>,
  actor: string,
): Promise<Result<null>> {
  const known = ctx.keys.witness.known(0);
  const accepted = await transact<OpenedElection | null>(ctx, async (em) => {
    const found = await genuineRow(ctx, em, election.key, 'update');
    const at = await ctx.now(em);
    const note = (detail: string): Promise<void> =>
      appendAudit(ctx, em, { key: election.key, at, actor, action: RESTORE_ACCEPTED, detail });
    const requests = toldOf(await acceptRequests(ctx, em, election.key));
    if (found === null) {
      const missing = known.heldUnder(election.key).length > 0;
      if (!missing && requests === '') return refuse('unknown-election');
      await note(missing ? 'the election and its ballots are not in the database any more' : requests);
      return ok(null);
    }
    const { opened } = found;
    const version = Math.max(opened.version, known.version(opened.id, 'row'));
    const counted = opened.state === 'finalised' || opened.state === 'published';
    if (!counted) await sealAnew(ctx, em, opened, known);
    await changeElection(ctx, em, { ...opened, version }, {});
    await note(requests);
    return ok(opened);
  });
  if (!accepted.ok) return accepted;
  const { value: opened } = accepted;
  for (const id of known.heldUnder(election.key)) if (id !== opened?.id) ctx.keys.witness.forget(id);
  if (opened !== null) ctx.keys.forgetHead(opened.id);
  return ok(null);
}

const toldOf = ({ foreign, older, lost }: AcceptedRequests): string =>
  [
    foreign === 0 ? '' : `${foreign} requests for an exception that the server did not write were removed`,
    older === 0 ? '' : `${older} requests for an exception are older than the last ones`,
    lost === 0 ? '' : `${lost} requests for an exception are lost`,
  ]
    .filter((part) => part !== '')
    .join('; ');

/**
 * Goes on with a record whose last events are missing, or were altered: the event says so for ever. Nothing
 * happens where nothing is wrong with it.
 */
export async function acceptRecord(ctx: Context, actor: string): Promise<Result<null>> {
  const problem = await recordProblem(ctx);
  if (problem === null) return ok(null);
  return transact(ctx, async (em) => {
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: '', at, actor, action: RESTORE_ACCEPTED, detail: problem.message });
    return ok(null);
  });
}

/** Numbers every shard past what is known of it. */
async function sealAnew(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  known: Known,
): Promise<void> {
  const keys = await ctx.keys.election(opened.id);
  if (keys === null) {
    throw new BoxDamaged(
      'its keys are not in the secrets directory; where a count has destroyed them, its ballots cannot be opened again',
    );
  }
  const length = recordLength(opened.manifest);
  const rows = await tables(em)
    .selectFrom('ballot_box')
    .select(['shard', 'version', 'sealed', 'participants'])
    .where('election', '=', opened.id)
    .orderBy('shard')
    .execute();
  if (rows.length !== opened.shards || rows.some((row, index) => row.shard !== index)) {
    throw new BoxDamaged(`the box should have ${opened.shards} shards and has ${rows.length}`);
  }
  const { signsReleases } = suiteOf(opened.manifest);
  const all: Shares[] = [];
  for (const row of rows) {
    const { shard } = row;
    const place = { election: opened.id, shard, version: row.version };
    const records = openShard(keys.boxKey, place, row.sealed, length);
    const shares = openShares(keys.boxKey, place, row.participants, signsReleases);
    if (records === null || shares === null) throw new BoxDamaged(`shard ${shard} was altered`);
    all.push(shares);
    const version = Math.max(row.version, known.version(opened.id, shardItem(shard))) + 1;
    const sealed = sealShard(keys.boxKey, { ...place, version }, records);
    const participants = sealShares(keys.boxKey, { ...place, version }, shares);
    await tables(em)
      .updateTable('ballot_box')
      .set({ version, sealed, participants })
      .where('election', '=', opened.id)
      .where('shard', '=', shard)
      .execute();
    onceCommitted(em, shardFact(opened.id, shard, version, sealed));
  }
  const sum = sumShares(all);
  const problem =
    (await keepGenuineParticipations(ctx, em, opened, await readRoll(em, opened), sum.participants)) ??
    (await releasesProblem(ctx, em, opened.id, sum.released));
  if (problem !== null) throw new BoxDamaged(problem);
}
