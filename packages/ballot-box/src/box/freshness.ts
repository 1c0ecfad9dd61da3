/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { asBytes, tables, tailOf } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';
import type { Fact, Known, Staleness } from '../keys/witness.ts';

/** What an election's row is known by outside the database. */
export const rowFact = (
  row: { readonly id: string; readonly key: string; readonly version: number },
  mac: string,
): Fact => ({
  election: row.id,
  item: 'row',
  version: row.version,
  tag: mac.slice(0, 16),
  key: row.key,
});

export const shardItem = (shard: number): string => `shard ${shard}`;

/** What a sealed shard is known by: its version and the tag of its encryption, which no two seals share. */
export const shardFact = (election: string, shard: number, version: number, sealed: Uint8Array): Fact => ({
  election,
  item: shardItem(shard),
  version,
  tag: Buffer.from(asBytes(sealed).subarray(-12)).toString('base64url'),
});

/** For the operator: what was found, in a few words. */
export const tellStaleness = (what: string, staleness: Staleness): string =>
  staleness === 'older'
    ? `${what} is older than the secrets directory knows (restored from a backup?)`
    : `${what} is not the one that the secrets directory knows (restored from a backup?)`;

/** Every shard as a fact, without reading what is in it. */
async function shardFacts(em: EntityManager, election: string): Promise<Fact[]> {
  const rows = await tables(em)
    .selectFrom('ballot_box')
    .select(['shard', 'version', tailOf('sealed', 12).as('tail')])
    .where('election', '=', election)
    .orderBy('shard')
    .execute();
  return rows.map((row) => shardFact(election, row.shard, row.version, row.tail));
}

/**
 * Why the box is not as new as the secrets directory knows; null when it is. What is newer there than known,
 * because a process died between the commit and its note, is noted.
 */
export async function boxStaleness(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: { readonly id: string; readonly shards: number },
): Promise<string | null> {
  const known: Known = ctx.keys.witness.known(0);
  const facts = await shardFacts(em, opened.id);
  if (facts.length !== opened.shards) {
    return `the box should have ${opened.shards} shards and has ${facts.length}`;
  }
  for (const fact of facts) {
    const staleness = known.staleness(fact);
    if (staleness !== null) return tellStaleness(fact.item, staleness);
  }
  const news = facts.filter(({ item, version }) => version > Math.max(1, known.version(opened.id, item)));
  if (news.length > 0) ctx.keys.witness.note(news);
  return null;
}
