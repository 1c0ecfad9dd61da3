import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { recordLength } from '@elekto/protocol/ballot';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import { KeysError } from '../keys/keys-error.ts';
import { openShard } from '../seal/shard.ts';
import type { OpenedElection } from './election-row.ts';
import { boxStaleness } from './freshness.ts';

/**
 * How many ballots are in a box that is not emptied, by the box itself: rows of who took part can be written by others.
 * null where the keys are not there, or do not open; that is told elsewhere.
 *
 * @throws BoxDamaged when a shard was altered, or is older than the secrets directory knows.
 */
export async function ballotsInBox(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
): Promise<number | null> {
  const keys = await ctx.keys.election(opened.id).catch(unlessUnreadable);
  if (keys === null) return null;
  const stale = await boxStaleness(ctx, em, opened);
  if (stale !== null) throw new BoxDamaged(stale);
  const rows = await tables(em)
    .selectFrom('ballot_box')
    .select(['shard', 'version', 'sealed'])
    .where('election', '=', opened.id)
    .execute();
  const length = recordLength(opened.manifest);
  let ballots = 0;
  for (const { shard, version, sealed } of rows) {
    const records = openShard(keys.boxKey, { election: opened.id, shard, version }, sealed, length);
    if (records === null)
      throw new BoxDamaged(`shard ${shard} was altered or does not belong to version ${version}`);
    ballots += records.count;
    records.wipe();
  }
  return ballots;
}

function unlessUnreadable(error: unknown): null {
  if (error instanceof KeysError) return null;
  throw error;
}
