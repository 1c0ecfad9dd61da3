import { tables } from '@elekto/db';
import { recordLength } from '@elekto/protocol/ballot';
import type { Context } from '../context.ts';
import { openShard } from '../seal/shard.ts';
import type { OpenedElection } from './election-row.ts';

/** What still opens of a box, whatever stands beside it in the database. */
export interface AuthenticRecords {
  readonly records: readonly { readonly shard: number; readonly record: Uint8Array }[];
  /** Shards that do not open: what was in them cannot be counted. */
  readonly lostShards: number;
}

/** Every record of every shard that opens with the key of the box, for a count on an operator's word. */
export async function authenticRecords(
  ctx: Pick<Context, 'db'>,
  opened: OpenedElection,
  boxKey: Uint8Array,
): Promise<AuthenticRecords> {
  const rows = await ctx.db.read((em) =>
    tables(em)
      .selectFrom('ballot_box')
      .select(['shard', 'version', 'sealed'])
      .where('election', '=', opened.id)
      .orderBy('shard')
      .execute(),
  );
  const length = recordLength(opened.manifest);
  const shards = rows.flatMap(({ shard, version, sealed }) => {
    const records = openShard(boxKey, { election: opened.id, shard, version }, sealed, length);
    return records === null ? [] : [Array.from(records, (record) => ({ shard, record }))];
  });
  return { records: shards.flat(), lostShards: opened.shards - shards.length };
}
