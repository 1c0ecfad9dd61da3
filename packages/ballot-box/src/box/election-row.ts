import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { BoxState, Manifest } from '../model.ts';

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
] as const;

/**
 * The election's row, or null before its opening. With `share` (casts) or `update` (close) the row stays
 * locked to the end of the transaction: it is always the first lock taken. SQLite needs none, its
 * transactions exclude each other.
 */
export async function electionRow(
  ctx: Pick<Context, 'db'>,
  em: EntityManager,
  key: ElectionKey,
  lock: Lock = 'none',
): Promise<OpenedElection | null> {
  let query = tables(em).selectFrom('election').select(COLUMNS).where('key', '=', key);
  if (ctx.db.dialect === 'postgresql' && lock === 'share') query = query.forShare();
  if (ctx.db.dialect === 'postgresql' && lock === 'update') query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  return {
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
}
