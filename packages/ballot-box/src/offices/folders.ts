import { hasEnded } from '@elekto/election';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election, ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import type { DefinitionSource } from '../box/definition-source.ts';
import { changeElection, electionRow, genuineRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import { forgetKeys, removeBoards, removeRows } from '../box/remove-box.ts';
import { lockShards } from '../box/shards.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { canonicalJson, compareCodePoints } from '@elekto/wire';
import { SERVER, appendAudit } from './audit-trail.ts';
import { freeOffices, moveOffices } from './operate-offices.ts';
import { noteSeen } from './moments.ts';
import { moveRequests, removeRequests } from './request-rows.ts';

/**
 * Takes note of which folders a newer reading of the repository has. `present` is every key of the snapshot,
 * readable or not. An election whose folder is gone is forgotten with its keys while nobody has voted in it
 * (requests for an exception stay under its key); once somebody has, it is marked as withdrawn: no ballots are
 * taken, all are kept, and it is closed and counted at its end. One whose folder is back goes on.
 */
export async function noteFolders(
  ctx: Context,
  present: readonly ElectionKey[],
  source: DefinitionSource,
): Promise<Result<null>> {
  await noteSeen(ctx, present, source.fetchedFrom);
  const here = new Set(present);
  const rows = await ctx.db.read((em) =>
    tables(em).selectFrom('election').select(['key', 'withdrawn']).orderBy('key').execute(),
  );
  let refused: Result<null> = ok(null);
  for (const { key, withdrawn } of rows) {
    const gone = !here.has(key);
    if (gone === (withdrawn !== 0)) continue;
    // One election whose row is damaged does not keep the others from being looked at.
    const noted = await noteFolder(ctx, key, gone, source);
    if (!noted.ok) refused = noted;
  }
  return refused;
}

async function noteFolder(
  ctx: Context,
  key: ElectionKey,
  gone: boolean,
  source: DefinitionSource,
): Promise<Result<null>> {
  const noted = await transact<string | null>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, key, 'update');
    if (opened === null || opened.withdrawn === gone) return ok(null);
    if (!opened.legacy && source.fetchedFrom < opened.fetchedFrom) return ok(null);
    const note = async (action: string, detail: string): Promise<void> =>
      appendAudit(ctx, em, { key, at: await ctx.now(em), actor: SERVER, action, detail });
    if (gone && !opened.pinned && opened.state === 'open') {
      await removeBoards(em, opened);
      await removeRows(em, opened);
      await note('withdrawn', 'the folder is gone; nobody had voted');
      return ok(opened.id);
    }
    const { commit: seenCommit, fetchedFrom } = source;
    await changeElection(ctx, em, opened, {
      withdrawn: gone,
      // Whether the definition of this commit is known is another question: one that is back is read anew.
      ...(gone && { seenCommit, fetchedFrom }),
    });
    await note(
      gone ? 'withdrawn' : 'returned',
      gone ? 'the folder is gone; ballots are kept' : 'the folder is back',
    );
    return ok(null);
  });
  return forgetGone(ctx, noted);
}

/**
 * Gives what belongs to a renamed folder to its new key: the requests for an exception, and the ballot box.
 * A box that somebody has voted in goes along only where nothing else changed that its ballots depend on: the
 * same candidates, and no ballot in a box that the server may have opened for the new key. Works without a box
 * too, and one that nobody has voted in is left to the opening of the new key.
 */
export async function reattach(
  ctx: Context,
  from: ElectionKey,
  election: Election,
  actor: string,
): Promise<Result<null>> {
  if (from === election.key) return refuse('conflict');
  const moved = await transact<string | null>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, from, 'update');
    const fresh = await electionRow(ctx, em, election.key, 'update');
    const kept = opened !== null && opened.pinned;
    if (kept) {
      const free = fresh === null ? ok(null) : await isEmpty(ctx, em, fresh);
      if (!free.ok) return free;
      const candidates = election.candidates.map((candidate) => candidate.id).toSorted(compareCodePoints);
      if (canonicalJson(candidates) !== canonicalJson(opened.manifest.candidates))
        return refuse('manifest-changed');
      if (fresh !== null) await removeRows(em, fresh);
      await changeElection(ctx, em, opened, { key: election.key, withdrawn: false });
    } else if (opened !== null) await removeRows(em, opened);
    const requests = await moveRequests(ctx, em, from, election.key);
    await moveOffices(ctx, em, from, election.key);
    if (opened === null && requests === 0) return refuse('unknown-election');
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: from, at, actor, action: 'renamed-to', detail: election.key });
    await appendAudit(ctx, em, { key: election.key, at, actor, action: 'renamed-from', detail: from });
    return ok(kept ? (fresh?.id ?? null) : (opened?.id ?? null));
  });
  return forgetGone(ctx, moved);
}

/** Refuses with `conflict` where ballots are in a box, whatever the rows of who took part say. */
async function isEmpty(ctx: Context, em: EntityManager, opened: OpenedElection): Promise<Result<null>> {
  if (!opened.pinned) return ok(null);
  const keys = await ctx.keys.election(opened.id);
  if (keys === null) return refuse('conflict');
  const all = Array.from({ length: opened.shards }, (_, shard) => shard);
  const shards = await lockShards(ctx, em, opened, keys, all);
  if (shards === null) return refuse('ballot-box-damaged', undefined, 'a shard of its box does not open');
  return [...shards.values()].every(({ records }) => records.count === 0) ? ok(null) : refuse('conflict');
}

/** Destroys the keys of an election whose rows are gone. */
function forgetGone(ctx: Context, gone: Result<string | null>): Result<null> {
  if (!gone.ok) return gone;
  if (gone.value !== null) forgetKeys(ctx, gone.value);
  return ok(null);
}

/**
 * Removes everything an election has in the database and in the secrets directory, on an operator's
 * explicit word, also of one that was set back or that only the directory knows. Only the audit trail
 * remembers it. Refused while the election is open.
 */
export async function purge(ctx: Context, key: ElectionKey, actor: string): Promise<Result<null>> {
  const gone = await transact<string | null>(ctx, async (em) => {
    const missing = ctx.keys.witness.known(0).heldUnder(key);
    const opened = (await genuineRow(ctx, em, key, 'update'))?.opened ?? null;
    const requests = await removeRequests(ctx, em, key);
    await freeOffices(ctx, em, key);
    if (opened === null) {
      for (const id of missing) forgetKeys(ctx, id);
      return missing.length > 0 || requests > 0 ? ok(null) : refuse('unknown-election');
    }
    if (opened.state === 'open' && !hasEnded(opened, await ctx.now(em)) && !opened.withdrawn) {
      return refuse('not-ended-yet', opened.closesAt);
    }
    await removeBoards(em, opened);
    await removeRows(em, opened);
    await appendAudit(ctx, em, { key, at: await ctx.now(em), actor, action: 'purged' });
    return ok(opened.id);
  });
  return forgetGone(ctx, gone);
}
