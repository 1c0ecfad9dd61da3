import { timingSafeEqual } from 'node:crypto';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey, Instant } from '@elekto/election';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { BoxState } from '../model.ts';
import type { Manifest } from '@elekto/protocol/manifest';
import { hashManifest } from '@elekto/protocol/manifest';

/** An opened election as stored. */
export interface OpenedElection {
  readonly id: string;
  readonly key: ElectionKey;
  readonly state: BoxState;
  readonly withdrawn: boolean;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly closedAt: Instant | null;
  readonly seenCommit: string;
}

export type Lock = 'none' | 'share' | 'update';

const COLUMNS = [
  'id',
  'key',
  'state',
  'withdrawn',
  'manifest',
  'manifest_hash',
  'opens_at',
  'closes_at',
  'closed_at',
  'seen_commit',
  'mac',
] as const;

/**
 * The election's row, or null before its opening. With `share` (casts) or `update` (close) the row stays
 * locked to the end of the transaction: it is always the first lock taken. SQLite needs none, its
 * transactions exclude each other.
 */
export async function electionRow(
  ctx: Pick<Context, 'db' | 'keys'>,
  em: EntityManager,
  key: ElectionKey,
  lock: Lock = 'none',
): Promise<OpenedElection | null> {
  let query = tables(em).selectFrom('election').select(COLUMNS).where('key', '=', key);
  if (ctx.db.dialect === 'postgresql' && lock === 'share') query = query.forShare();
  if (ctx.db.dialect === 'postgresql' && lock === 'update') query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  const opened: OpenedElection = {
    id: row.id,
    key: row.key,
    state: row.state as BoxState,
    withdrawn: row.withdrawn !== 0,
    manifest: JSON.parse(row.manifest) as Manifest,
    manifestHash: row.manifest_hash,
    opensAt: Number(row.opens_at),
    closesAt: Number(row.closes_at),
    closedAt: row.closed_at === null ? null : Number(row.closed_at),
    seenCommit: row.seen_commit,
  };
  if (!same(row.mac, macOf(ctx.keys, opened)) || hashManifest(opened.manifest) !== opened.manifestHash) {
    throw new BoxDamaged();
  }
  return opened;
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));

type Authenticated = Pick<
  OpenedElection,
  'id' | 'key' | 'state' | 'withdrawn' | 'manifestHash' | 'opensAt' | 'closesAt' | 'closedAt'
>;

/** Authenticates what decides whether ballots are taken; who can write rows cannot reopen an election with it. */
export const macOf = (keys: Context['keys'], row: Authenticated): string =>
  keys.mac(
    'elekto/election row/1',
    row.id,
    row.key,
    row.state,
    String(row.withdrawn),
    row.manifestHash,
    String(row.opensAt),
    String(row.closesAt),
    String(row.closedAt),
  );

/** Changes an election's row; the only way to do it, since the row is authenticated. The caller holds its lock. */
export async function changeElection(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  changes: Partial<
    Pick<OpenedElection, 'key' | 'state' | 'withdrawn' | 'closesAt' | 'closedAt' | 'seenCommit'>
  >,
): Promise<OpenedElection> {
  const next = { ...opened, ...changes };
  await tables(em)
    .updateTable('election')
    .set({
      key: next.key,
      state: next.state,
      withdrawn: next.withdrawn ? 1 : 0,
      closes_at: next.closesAt,
      closed_at: next.closedAt,
      seen_commit: next.seenCommit,
      mac: macOf(ctx.keys, next),
    })
    .where('id', '=', opened.id)
    .execute();
  return next;
}
