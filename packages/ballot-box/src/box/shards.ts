import { lockRows, prepared, putRows, tables, unlessKnown, withCommit } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import { openShard, sealShard } from '../seal/shard.ts';
import { openShares, sealShares } from '../seal/share.ts';
import type { Records } from '../seal/records.ts';
import type { Shares } from '../seal/share.ts';
import { suiteOf } from '../suite/suite-of.ts';
import { onceCommitted } from '../transact.ts';
import { recordLength } from '@elekto/protocol/ballot';
import type { Place } from '@elekto/protocol/ballot';
import { toHex } from '@elekto/wire';
import type { OpenedElection } from './election-row.ts';
import { shardFact, shardItem, tellStaleness } from './freshness.ts';
import { NOT_AT_HAND, atHand, dropAtHand, hashAtHand, keepAtHand } from './shards-at-hand.ts';

/** A shard in the clear, locked to the end of the transaction. */
export interface OpenShard {
  readonly shard: number;
  readonly version: number;
  readonly records: Records;
  shares: Shares;
}

/** The row of the box that a record belongs to. Only the server knows it, and it may be another when the box is laid out anew. */
export function shardOf(ctx: Pick<Context, 'keys'>, opened: OpenedElection, place: Place): number {
  if (place.shard !== null) return place.shard;
  const mac = Buffer.from(ctx.keys.mac('elekto/shard of/1', opened.id, toHex(place.handle)), 'base64url');
  return mac.readUIntBE(0, 6) % opened.shards;
}

/**
 * The shards in ascending order (the order of locking), opened; null when one is missing or does not open.
 *
 * @throws BoxDamaged when one is older than the secrets directory knows.
 */
export async function lockShards(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  keys: ElectionKeys,
  numbers: readonly number[],
): Promise<Map<number, OpenShard> | null> {
  const wanted = [...new Set(numbers)].toSorted((a, b) => a - b);
  const found = new Map<number, OpenShard>();
  const known = ctx.keys.witness.known();
  const { signsReleases } = suiteOf(opened.manifest);
  const rows = new Map((await selectShards(em, opened.id, keys, wanted)).map((row) => [row.shard, row]));
  for (const shard of wanted) {
    const row = rows.get(shard);
    if (row === undefined || row.sealed === null) return null;
    const place = { election: opened.id, shard, version: row.version };
    const records = openShard(keys.boxKey, place, row.sealed, recordLength(opened.manifest));
    const shares = openShares(keys.boxKey, place, row.participants, signsReleases);
    if (records === null || shares === null) return null;
    const staleness = known.staleness(shardFact(opened.id, shard, row.version, row.sealed));
    if (staleness !== null) throw new BoxDamaged(tellStaleness(shardItem(shard), staleness));
    found.set(shard, { shard, version: row.version, records, shares });
  }
  return found;
}

/** One statement for all of them, which locks them in their order. What is at hand is not sent. */
async function selectShards(
  em: EntityManager,
  election: string,
  keys: ElectionKeys,
  shards: readonly number[],
) {
  const select = selects.get(shards.length) ?? prepareSelect(shards.length);
  selects.set(shards.length, select);
  const hashes = new Map(shards.map((shard) => [shard, hashAtHand(em, keys, shard)]));
  const { rows } = await select(em, valuesOf(election, hashes));
  for (const { shard, sealed } of rows) if (sealed !== null) dropAtHand(keys, shard);
  const whole = rows.map((row) => ({
    ...row,
    sealed: row.sealed ?? atHand(keys, row.shard, hashes.get(row.shard) ?? NOT_AT_HAND),
  }));
  if (whole.every(({ sealed }) => sealed !== null)) return whole;
  // While this waited for a lock, who held it wrote another into its place at hand, and was rolled back.
  return (await select(em, valuesOf(election, new Map(shards.map((shard) => [shard, NOT_AT_HAND]))))).rows;
}

/** By how many shards are asked for. */
const selects = new Map<number, ReturnType<typeof prepareSelect>>();

type Asked = { readonly election: string } & Readonly<
  Record<`shard ${number}`, number> & Record<`hash ${number}`, Buffer>
>;

const valuesOf = (election: string, hashes: ReadonlyMap<number, Buffer>): Asked =>
  Object.fromEntries([
    ['election', election],
    ...[...hashes].flatMap(([shard, hash], at) => [
      [`shard ${at}`, shard],
      [`hash ${at}`, hash],
    ]),
  ]) as Asked;

const prepareSelect = (count: number) =>
  prepared((em, values: Asked) => {
    const places = Array.from({ length: count }, (_, at) => at);
    const known = places.map((at) => [values[`shard ${at}`], values[`hash ${at}`]] as const);
    return lockRows(
      em,
      tables(em)
        .selectFrom('ballot_box')
        .select(['shard', 'version', 'participants', unlessKnown(em, 'sealed', 'shard', known).as('sealed')])
        .where('election', '=', values.election)
        .where(
          'shard',
          'in',
          places.map((at) => values[`shard ${at}`] ?? 0),
        )
        .orderBy('shard'),
      'update',
    ).compile();
  });

/** How many ballots came into it. */
export type ChangedShard = OpenShard & { readonly came: number };

/**
 * Seals shards anew, each under its next version, and writes them in one statement, which goes with the commit where it is the last thing
 * that is asked: in a box that has a ballot. Several ballots in one at once raise its version by as many, as if each had come alone.
 */
export async function storeShards(
  em: EntityManager,
  opened: OpenedElection,
  keys: ElectionKeys,
  changed: readonly ChangedShard[],
): Promise<void> {
  const rows = changed.map(({ shard, version: before, records, shares, came }) => {
    const place = { election: opened.id, shard, version: before + came };
    const sealed = sealShard(keys.boxKey, place, records);
    records.wipe();
    return { ...place, sealed, participants: sealShares(keys.boxKey, place, shares) };
  });
  await withCommit(em, () => putRows(em, 'ballot_box', ['election', 'shard'], rows));
  for (const { shard, version, sealed } of rows) {
    keepAtHand(em, keys, shard, sealed);
    onceCommitted(em, shardFact(opened.id, shard, version, sealed));
  }
}

/** One into which a ballot came, or out of which one went. */
export const storeShard = (
  em: EntityManager,
  opened: OpenedElection,
  keys: ElectionKeys,
  shard: OpenShard,
): Promise<void> => storeShards(em, opened, keys, [{ ...shard, came: 1 }]);
