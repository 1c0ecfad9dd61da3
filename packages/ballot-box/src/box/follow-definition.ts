import { hasEnded } from '@elekto/election';
import type { EntityManager } from '@elekto/db';
import type { Election, Instant } from '@elekto/election';
import { makeManifest, sameContent } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { BoxState } from '../model.ts';
import { SERVER, appendAudit } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import type { DefinitionSource } from './definition-source.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { ElectionChanges, OpenedElection } from './election-row.ts';
import { layOutBox, plannedShards } from './lay-out-box.ts';
import { countParticipations } from './open-box.ts';
import { forgetKeys, removeRows } from './remove-box.ts';
import { followRoll, readRoll } from './roll.ts';
import { standingStrikes } from './strikes.ts';
import { isReadyToOpen } from './waiting.ts';

/**
 * Whether a definition says something else than the row's, and was not fetched before it. A row that was taken over
 * from a version before, or opened from a recalled copy, is compared with the files in any case.
 */
export const isNews = (opened: OpenedElection, source: DefinitionSource): boolean =>
  opened.legacy ||
  (source.fetchedFrom >= opened.fetchedFrom &&
    (source.commit !== opened.seenCommit || opened.fetchedFrom === 0));

type Note = (action: string, detail: string) => Promise<void>;

/**
 * Takes a newer definition over into an election's row, each change in the audit trail. Until the close its
 * start, end and roll follow the files; an end that has passed already is not taken over. Until the first
 * ballot the manifest does too, and an election that could not open by its files then goes back to waiting.
 * After the close nothing changes. One whose end has passed is refused as `already-closed` until it is closed.
 */
export async function followDefinition(
  ctx: Context,
  election: Election,
  source: DefinitionSource,
): Promise<Result<BoxState>> {
  const ready = await isReadyToOpen(ctx, election);
  const followed = await transact<{ state: BoxState; gone: string | null }>(ctx, async (em) => {
    const row = await electionRow(ctx, em, election.key, 'update');
    if (row === null) return refuse('unknown-election');
    if (!isNews(row, source)) return ok({ state: row.state, gone: null });
    const now = await ctx.now(em);
    const note: Note = (action, detail) =>
      appendAudit(ctx, em, { key: row.key, at: now, actor: SERVER, action, detail });
    if (row.state === 'open' && hasEnded(row, now)) return refuse('already-closed', row.closesAt);
    if (row.state !== 'open') {
      await changeElection(ctx, em, row, await afterClose(row, election, source, note));
      return ok({ state: row.state, gone: null });
    }
    if (!row.pinned) {
      // The row is authenticated and says that nobody has voted.
      if ((await countParticipations(em, row.id)) > 0)
        throw new BoxDamaged('somebody took part, and the row says that nobody has voted');
      if (!ready.ok) {
        await removeRows(em, row);
        await note('waiting', ready.error.why ?? '');
        return ok({ state: row.state, gone: row.id });
      }
    }
    if (row.withdrawn) await note('returned', 'the folder is back');
    const { roll, added, removed } = followRoll(await readRoll(em, row), election);
    if (added.length > 0) await note('voters-added', list(added));
    if (removed.length > 0) await note('voters-removed', list(removed));
    const struck = standingStrikes(row, election);
    const lapsed = row.struck.filter((each) => !struck.includes(each));
    if (lapsed.length > 0) await note('strike-lapsed', lapsed.map(({ id }) => id).join(', '));
    await changeElection(ctx, em, row, {
      struck,
      ...(await movedDates(row, election, now, note)),
      ...(!row.pinned && (await newBallot(ctx, em, row, election, source, note))),
      ...(added.length + removed.length > 0 && { roll }),
      seenCommit: source.commit,
      fetchedFrom: source.fetchedFrom,
      fileClosesAt: election.closesAt,
      withdrawn: false,
    });
    return ok({ state: row.state, gone: null });
  });
  if (!followed.ok) return followed;
  if (followed.value.gone === null) return ok(followed.value.state);
  forgetKeys(ctx, followed.value.gone);
  return ready.ok ? ok(followed.value.state) : ready;
}

async function afterClose(
  row: OpenedElection,
  election: Election,
  source: DefinitionSource,
  note: Note,
): Promise<ElectionChanges> {
  if (election.closesAt !== (row.fileClosesAt ?? row.closesAt)) {
    await note('deadline-ignored', `the election is closed; the file now says ${iso(election.closesAt)}`);
  }
  const { commit: seenCommit, fetchedFrom } = source;
  return { seenCommit, fetchedFrom, fileClosesAt: election.closesAt, withdrawn: false };
}

/** Start and end as the files say them, but for an end that has passed already. */
async function movedDates(
  row: OpenedElection,
  election: Election,
  now: Instant,
  note: Note,
): Promise<ElectionChanges> {
  const { opensAt, closesAt } = election;
  if (opensAt !== row.opensAt) await note('start-moved', `from ${iso(row.opensAt)} to ${iso(opensAt)}`);
  if (closesAt === row.closesAt) return { opensAt };
  if (hasEnded(election, now)) {
    if (closesAt !== row.fileClosesAt) {
      await note(
        'deadline-in-the-past',
        `the file says ${iso(closesAt)}, which had passed; the election goes on until ${iso(row.closesAt)}`,
      );
    }
    return { opensAt };
  }
  await note('deadline-moved', `from ${iso(row.closesAt)} to ${iso(closesAt)}`);
  return { opensAt, closesAt };
}

/** The manifest made anew, with an empty box that fits it, when the definition says something else than the last one. */
async function newBallot(
  ctx: Context,
  em: EntityManager,
  row: OpenedElection,
  election: Election,
  source: DefinitionSource,
  note: Note,
): Promise<ElectionChanges> {
  // One of version 1 was pinned when its row was written.
  if (row.manifest.version === 1) return {};
  const keys = await ctx.keys.election(row.id);
  if (keys === null) throw new Error('the keys of an open election are missing');
  const { kind, run } = row.manifest;
  const made = makeManifest(election, { kind, run, keys: keys.publicKeys, sourceCommit: source.commit });
  const changed = !sameContent(made, row.manifest);
  const manifest = changed ? made : row.manifest;
  const shards = plannedShards(election);
  if (!changed && shards === row.shards) return {};
  await layOutBox(ctx, em, { id: row.id, manifest, shards });
  if (changed) await note('ballot-changed', `nobody had voted; as of commit ${source.commit}`);
  return { manifest, shards };
}

const iso = (instant: Instant): string => new Date(instant).toISOString();

function list(logins: readonly string[]): string {
  const shown = logins.slice(0, 20).join(', ');
  return logins.length > 20 ? `${shown} and ${logins.length - 20} more` : shown;
}
