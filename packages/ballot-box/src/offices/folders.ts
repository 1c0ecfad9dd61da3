import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election, ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import { changeElection, electionRow } from '../box/election-row.ts';
import { countParticipations } from '../box/open-box.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { canonicalJson, compareCodePoints } from '@elekto/wire';
import { SERVER, appendAudit } from './audit-trail.ts';

/**
 * Marks elections whose folder is gone as withdrawn (no ballots are taken, all are kept) and those whose
 * folder is back as present. `present` is every key of the snapshot, readable or not.
 */
export function noteFolders(ctx: Context, present: readonly ElectionKey[]): Promise<Result<null>> {
  const here = new Set(present);
  return transact(ctx, async (em) => {
    const rows = await tables(em)
      .selectFrom('election')
      .select(['key', 'withdrawn'])
      .orderBy('key')
      .execute();
    for (const { key, withdrawn } of rows) {
      const gone = !here.has(key);
      if (gone === (withdrawn !== 0)) continue;
      const opened = await electionRow(ctx, em, key, 'update');
      if (opened === null) continue;
      await changeElection(ctx, em, opened, { withdrawn: gone });
      await appendAudit(ctx, em, {
        key,
        at: await ctx.now(em),
        actor: SERVER,
        action: gone ? 'withdrawn' : 'returned',
        detail: gone ? 'the folder is gone; ballots are kept' : 'the folder is back',
      });
    }
    return ok(null);
  });
}

/**
 * Gives the ballot box of a renamed folder to its new key. Only where nothing else changed that ballots
 * depend on: the same candidates, and no ballot in the box that the server may have opened for the new key.
 */
export async function reattach(
  ctx: Context,
  from: ElectionKey,
  election: Election,
  actor: string,
): Promise<Result<null>> {
  const moved = await transact<string | null>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, from, 'update');
    if (opened === null) return refuse('unknown-election');
    const fresh = await electionRow(ctx, em, election.key, 'update');
    if (fresh !== null && (fresh.id === opened.id || (await countParticipations(em, fresh.id)) > 0)) {
      return refuse('conflict');
    }
    const candidates = election.candidates.map((candidate) => candidate.id).toSorted(compareCodePoints);
    if (canonicalJson(candidates) !== canonicalJson(opened.manifest.candidates))
      return refuse('manifest-changed');
    if (fresh !== null) await removeRows(em, fresh.id);
    await changeElection(ctx, em, opened, { key: election.key, withdrawn: false });
    await tables(em)
      .updateTable('exception_request')
      .set({ election_key: election.key })
      .where('election_key', '=', from)
      .execute();
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: from, at, actor, action: 'renamed-to', detail: election.key });
    await appendAudit(ctx, em, { key: election.key, at, actor, action: 'renamed-from', detail: from });
    return ok(fresh?.id ?? null);
  });
  return forgetKeys(ctx, moved);
}

async function removeRows(em: EntityManager, id: string): Promise<void> {
  const withBallots = [
    'ballot_box',
    'participation',
    'unlock_failure',
    'roll_binding',
    'checkpoint',
    'result',
  ] as const;
  for (const table of withBallots) await tables(em).deleteFrom(table).where('election', '=', id).execute();
  await tables(em).deleteFrom('election').where('id', '=', id).execute();
}

/** Destroys the keys of an election whose rows are gone. */
function forgetKeys(ctx: Context, gone: Result<string | null>): Result<null> {
  if (!gone.ok) return gone;
  if (gone.value !== null) {
    ctx.keys.destroyElection(gone.value);
    ctx.keys.destroyLink(gone.value);
  }
  return ok(null);
}

/**
 * Removes everything an election has in the database and in the secrets directory, on an operator's
 * explicit word. Only the audit trail remembers it. Refused while the election is open.
 */
export async function purge(ctx: Context, key: ElectionKey, actor: string): Promise<Result<null>> {
  const gone = await transact<string | null>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, key, 'update');
    const requests = await tables(em)
      .deleteFrom('exception_request')
      .where('election_key', '=', key)
      .executeTakeFirst();
    if (opened === null) return requests.numDeletedRows > 0n ? ok(null) : refuse('unknown-election');
    if (opened.state === 'open' && (await ctx.now(em)) <= opened.closesAt && !opened.withdrawn) {
      return refuse('not-ended-yet', opened.closesAt);
    }
    await removeRows(em, opened.id);
    await appendAudit(ctx, em, { key, at: await ctx.now(em), actor, action: 'purged' });
    return ok(opened.id);
  });
  return forgetKeys(ctx, gone);
}
