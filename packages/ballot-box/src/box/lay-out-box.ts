import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election } from '@elekto/election';
import { recordLength } from '@elekto/protocol/ballot';
import type { Manifest } from '@elekto/protocol/manifest';
import type { Context } from '../context.ts';
import { Records } from '../seal/records.ts';
import { sealShard } from '../seal/shard.ts';
import { makeShares, sealShares } from '../seal/share.ts';
import { suiteOf } from '../suite/suite-of.ts';
import { shardItem } from './freshness.ts';

/** Ballots a shard is planned for: re-sealing that many takes about a millisecond. */
const BALLOTS_A_SHARD = 500;

/** How many rows the box of an election of this roll is planned with. */
export const plannedShards = (election: Pick<Election, 'voters'>): number =>
  Math.max(1, Math.ceil(election.voters.length / BALLOTS_A_SHARD));

/**
 * Lays an empty box out, in the place of an empty one where there is one. All rows exist from the start and
 * are of equal size, so that no row's birth tells of a first ballot.
 */
export async function layOutBox(
  ctx: Context,
  em: EntityManager,
  box: { readonly id: string; readonly manifest: Manifest; readonly shards: number },
): Promise<void> {
  const keys = await ctx.keys.election(box.id);
  if (keys === null) throw new Error('the keys of an open election are missing');
  const length = recordLength(box.manifest);
  await tables(em).deleteFrom('ballot_box').where('election', '=', box.id).execute();
  const known = ctx.keys.witness.known();
  const { signsReleases } = suiteOf(box.manifest);
  const releases = makeShares(box.shards);
  const rows = makeShares(box.shards).map((participants, shard) => {
    const released = signsReleases ? (releases[shard] ?? 0n) : null;
    const version = known.version(box.id, shardItem(shard)) + 1;
    const place = { election: box.id, shard, version };
    return {
      ...place,
      sealed: sealShard(keys.boxKey, place, Records.of([], length)),
      participants: sealShares(keys.boxKey, place, { participants, released }),
    };
  });
  await tables(em).insertInto('ballot_box').values(rows).execute();
}
