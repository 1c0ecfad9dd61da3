import { randomBytes } from 'node:crypto';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { foldLogin } from '@elekto/election';
import type { Election, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { BoxState } from '../model.ts';
import type { Manifest } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { SERVER, appendAudit } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { sealShard } from '../seal/shard.ts';
import { look, transact } from '../transact.ts';
import { canonicalJson } from '@elekto/wire';
import { hashManifest, makeManifest } from '@elekto/protocol/manifest';
import { recordLength } from '@elekto/protocol/ballot';
import { closeRow } from './close.ts';
import { changeElection, electionRow, macOf } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';

const rollOf = (election: Election): string[] =>
  election.voters.map((voter) => foldLogin(voter.login)).toSorted();

/**
 * Opens an election once its start has passed by the database's clock: pins the manifest, makes the keys,
 * lays out the empty box. For one that is open it takes over a moved deadline and notes changes of the
 * roll, both in the audit trail; nothing else of a changed definition has any effect. Safe to call from
 * several servers and as often as liked.
 */
export async function ensureOpened(
  ctx: Context,
  election: Election,
  commit: string,
): Promise<Result<BoxState>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const known = found.value;
  if (known !== null) return known.seenCommit === commit ? ok(known.state) : follow(ctx, election, commit);
  const early = await look(ctx, async (em) => tooEarlyOrLate(await ctx.now(em), election));
  if (!early.ok) return early;

  const id = randomBytes(16).toString('hex');
  const publicKey = await ctx.keys.create(id);
  const opened = await transact(ctx, async (em) => {
    const now = await ctx.now(em);
    const time = tooEarlyOrLate(now, election);
    if (!time.ok) return time;
    const manifest = makeManifest(election, publicKey, commit);
    const made = await insertElection(ctx, em, id, election, manifest);
    if (!made) return refuse('conflict');
    await layOutBox(ctx, em, id, manifest);
    await appendAudit(ctx, em, {
      key: election.key,
      at: now,
      actor: SERVER,
      action: 'opened',
      detail: `at commit ${commit}`,
    });
    return ok<BoxState>('open');
  }).catch((error: unknown) => {
    forget(ctx, id);
    throw error;
  });
  if (opened.ok) return opened;
  forget(ctx, id);
  return opened.error.kind === 'conflict' ? ensureOpened(ctx, election, commit) : opened;
}

function forget(ctx: Context, id: string): void {
  ctx.keys.destroyElection(id);
  ctx.keys.destroyLink(id);
}

function tooEarlyOrLate(now: Instant, election: Election): Result<null> {
  if (now < election.opensAt) return refuse('not-open-yet', election.opensAt);
  if (now > election.closesAt) return refuse('already-closed', election.closesAt);
  return ok(null);
}

async function insertElection(
  ctx: Context,
  em: EntityManager,
  id: string,
  election: Election,
  manifest: Manifest,
): Promise<boolean> {
  const manifestHash = hashManifest(manifest);
  const made = await tables(em)
    .insertInto('election')
    .values({
      id,
      key: election.key,
      state: 'open',
      withdrawn: 0,
      manifest: canonicalJson(manifest),
      manifest_hash: manifestHash,
      opens_at: election.opensAt,
      closes_at: election.closesAt,
      closed_at: null,
      seen_commit: manifest.sourceCommit,
      roll: JSON.stringify(rollOf(election)),
      mac: macOf(ctx.keys, {
        id,
        key: election.key,
        state: 'open',
        withdrawn: false,
        manifestHash,
        opensAt: election.opensAt,
        closesAt: election.closesAt,
        closedAt: null,
      }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

/** All shards exist from the start, empty and of equal size, so that no row's birth tells of a first ballot. */
async function layOutBox(ctx: Context, em: EntityManager, id: string, manifest: Manifest): Promise<void> {
  const keys = await ctx.keys.election(id);
  if (keys === null) throw new Error('the keys of a new election are missing');
  const length = recordLength(manifest.candidates.length);
  const rows = Array.from({ length: manifest.shards }, (_, shard) => ({
    election: id,
    shard,
    version: 1,
    sealed: sealShard(keys.boxKey, { election: id, shard, version: 1 }, [], length),
  }));
  await tables(em).insertInto('ballot_box').values(rows).execute();
}

/** Takes note of a definition from a commit not seen before. */
function follow(ctx: Context, election: Election, commit: string): Promise<Result<BoxState>> {
  return transact(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key, 'update');
    if (opened === null) return refuse('unknown-election');
    if (opened.seenCommit === commit) return ok(opened.state);
    const now = await ctx.now(em);
    const state = await followRow(ctx, em, opened, election, commit, now);
    return ok(state);
  });
}

async function followRow(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  election: Election,
  commit: string,
  now: Instant,
): Promise<BoxState> {
  const note = (action: string, detail: string): Promise<void> =>
    appendAudit(ctx, em, { key: opened.key, at: now, actor: SERVER, action, detail });
  const row = state(opened, now) === 'overdue' ? await closeRow(ctx, em, opened, now) : opened;
  const moved = election.closesAt !== row.closesAt;
  if (moved && row.state === 'open') {
    await note('deadline-moved', `from ${iso(row.closesAt)} to ${iso(election.closesAt)}`);
  } else if (moved) {
    await note('deadline-ignored', `the election is closed; the file now says ${iso(election.closesAt)}`);
  }
  await noteRoll(em, opened, election, note);
  if (opened.withdrawn) await note('returned', 'the folder is back');
  const closesAt = row.state === 'open' ? election.closesAt : row.closesAt;
  await changeElection(ctx, em, row, { closesAt, seenCommit: commit, withdrawn: false });
  return row.state;
}

/** An open election whose end passed before anybody closed it must not be reopened by a later end. */
const state = (opened: OpenedElection, now: Instant): BoxState | 'overdue' =>
  opened.state === 'open' && now > opened.closesAt ? 'overdue' : opened.state;

const iso = (instant: Instant): string => new Date(instant).toISOString();

async function noteRoll(
  em: EntityManager,
  opened: OpenedElection,
  election: Election,
  note: (action: string, detail: string) => Promise<void>,
): Promise<void> {
  const row = await tables(em)
    .selectFrom('election')
    .select('roll')
    .where('id', '=', opened.id)
    .executeTakeFirstOrThrow();
  const before = new Set(JSON.parse(row.roll) as string[]);
  const now = new Set(rollOf(election));
  const added = [...now].filter((login) => !before.has(login));
  const removed = [...before].filter((login) => !now.has(login));
  if (added.length > 0) await note('voters-added', list(added));
  if (removed.length > 0) await note('voters-removed', list(removed));
  if (added.length + removed.length > 0) {
    await tables(em)
      .updateTable('election')
      .set({ roll: JSON.stringify(rollOf(election)) })
      .where('id', '=', opened.id)
      .execute();
  }
}

function list(logins: readonly string[]): string {
  const shown = logins.slice(0, 20).join(', ');
  return logins.length > 20 ? `${shown} and ${logins.length - 20} more` : shown;
}
