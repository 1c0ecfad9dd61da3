import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@elekto/db';
import type { Election } from '@elekto/election';
import { makeManifest } from '@elekto/protocol/manifest';
import type { Context } from '../context.ts';
import type { DefinitionSource } from './definition-source.ts';
import { insertElection } from './election-row.ts';
import type { NewElection } from './election-row.ts';
import { layOutBox, plannedShards } from './lay-out-box.ts';

/** What differs between voting that begins and voting that begins anew. */
export type NewBox = Pick<NewElection, 'id' | 'key' | 'opensAt' | 'closesAt' | 'roll' | 'voided'>;

/**
 * Writes the row of an election that opens, with the manifest of its present files under a new run, and lays out
 * its empty box. The keys of `id` are there. False when the key has a row; then nothing was written.
 */
export async function newBox(
  ctx: Context,
  em: EntityManager,
  election: Election,
  source: DefinitionSource,
  box: NewBox,
): Promise<boolean> {
  const keys = await ctx.keys.election(box.id);
  if (keys === null) throw new Error('the keys of an election that opens are missing');
  const manifest = makeManifest(election, {
    kind: ctx.kind,
    run: randomBytes(16).toString('hex'),
    keys: keys.publicKeys,
    sourceCommit: source.commit,
  });
  const row = { ...box, manifest, shards: plannedShards(election) };
  const made = await insertElection(ctx, em, {
    ...source,
    ...row,
    state: 'open',
    closedAt: null,
    pinned: false,
    origin: 'held',
  });
  if (made) await layOutBox(ctx, em, row);
  return made;
}
