import { setImmediate as letOthers } from 'node:timers/promises';
import { tables } from '@elekto/db';
import type { Context } from '../context.ts';
import type { CountedBallot } from '@elekto/protocol/result';
import type { ElectionKeys } from '../keys/key-store.ts';
import { openOnce, receive } from '../seal/kem.ts';
import { openShard } from '../seal/shard.ts';
import { openShares, sumShares } from '../seal/share.ts';
import type { Share, Shares } from '../seal/share.ts';
import { suiteOf } from '../suite/suite-of.ts';
import { sortedInTurns, takeTurns } from '../turns.ts';
import { toHex } from '@elekto/wire';
import {
  decodeRanking,
  decodeRecord,
  hashRecord,
  HPKE_SUITE,
  recordAad,
  recordLength,
} from '@elekto/protocol/ballot';
import type { OpenedElection } from './election-row.ts';
import { shardFact, shardItem, tellStaleness } from './freshness.ts';
import { participantsProblem } from './participants.ts';
import { releasesProblem } from './releases-known.ts';
import { readRoll } from './roll.ts';

/** Everything in a closed box, in an order that tells nothing of casting. */
export interface BoxContents {
  /** Sorted by tracker. */
  readonly ballots: readonly CountedBallot[];
  /** Record hashes, sorted. */
  readonly records: readonly string[];
  /** Version of each shard, by shard. */
  readonly versions: readonly number[];
  /** Ballots of the same seed as another one; only in a box of version 1, whose browsers chose the shard. */
  readonly setAside: number;
}

/** A whole box does not open, or does not hold what it must. The reason is for the operator and names no voter. */
export interface Damage {
  readonly damage: string;
}

/**
 * Decrypts a closed box outside any transaction (it no longer changes): about 0.15 ms of CPU a ballot, others having their turn meanwhile.
 * Any shard that was altered, swapped, rolled back or is missing, any record that cannot be read, and any
 * difference between participations and ballots is damage.
 */
export async function openBox(
  ctx: Context,
  opened: OpenedElection,
  keys: ElectionKeys,
): Promise<BoxContents | Damage> {
  const found = await collectBox(ctx, opened, keys);
  if ('damage' in found) return found;
  const { records, versions } = found;
  const counted = new Map<string, { ballot: CountedBallot; record: string }>();
  const turn = takeTurns();
  for (const { record, shard } of records) {
    await turn();
    const ballot = readRecord(opened, keys, record, shard);
    if (ballot === null) return { damage: `a record in shard ${shard} cannot be read` };
    const hash = hashRecord(opened.manifestHash, record);
    const alike = counted.get(ballot.tracker);
    // Of one seed, which is 32 random bytes of one browser unless its owner hands it on: one of them counts.
    if (alike === undefined || hash < alike.record) counted.set(ballot.tracker, { ballot, record: hash });
  }
  const kept = [...counted.values()];
  await letOthers();
  return {
    ...(await inNoOrderOfCasting(kept)),
    versions,
    setAside: records.length - kept.length,
  };
}

/** Ballots by their trackers, and hashes of records by themselves: as they are counted, stored and published. */
export async function inNoOrderOfCasting(
  kept: readonly { readonly ballot: CountedBallot; readonly record: string }[],
): Promise<Pick<BoxContents, 'ballots' | 'records'>> {
  return {
    ballots: await sortedInTurns(
      kept.map(({ ballot }) => ballot),
      ({ tracker }) => tracker,
    ),
    records: await sortedInTurns(
      kept.map(({ record }) => record),
      (record) => record,
    ),
  };
}

/** The records of a closed box, as they are, each with its shard. */
interface Collected {
  readonly records: readonly { readonly record: Buffer; readonly shard: number }[];
  /** Version of each shard, by shard. */
  readonly versions: readonly number[];
  /** Of everything that voters signed as their ballots left. */
  readonly released: Share | null;
}

/** Takes every record out of its shard, after checking that nothing is missing, altered or older than known, and nobody stands in for another. */
export async function collectBox(
  ctx: Context,
  opened: OpenedElection,
  keys: ElectionKeys,
): Promise<Collected | Damage> {
  const { manifest } = opened;
  const known = ctx.keys.witness.known(0);
  const { rows, participations } = await ctx.db.read(async (em) => {
    const all = await tables(em)
      .selectFrom('ballot_box')
      .select(['shard', 'version', 'sealed', 'participants'])
      .where('election', '=', opened.id)
      .orderBy('shard')
      .execute();
    await letOthers();
    return { rows: all, participations: await countParticipations(em, opened.id) };
  });
  if (rows.length !== opened.shards || rows.some((row, index) => row.shard !== index)) {
    return { damage: `the box should have ${opened.shards} shards and has ${rows.length}` };
  }
  const records: { record: Buffer; shard: number }[] = [];
  const length = recordLength(manifest);
  const { signsReleases } = suiteOf(manifest);
  const shares: Shares[] = [];
  const turn = takeTurns();
  for (const { shard, version, sealed, participants } of rows) {
    await turn();
    const place = { election: opened.id, shard, version };
    const found = openShard(keys.boxKey, place, sealed, length);
    const part = openShares(keys.boxKey, place, participants, signsReleases);
    if (found === null || part === null)
      return { damage: `shard ${shard} was altered or does not belong to version ${version}` };
    const staleness = known.staleness(shardFact(opened.id, shard, version, sealed));
    if (staleness !== null) return { damage: tellStaleness(shardItem(shard), staleness) };
    shares.push(part);
    for (const record of found) records.push({ record, shard });
  }
  if (records.length !== participations) {
    return { damage: `${participations} people took part and the box holds ${records.length} ballots` };
  }
  const sum = sumShares(shares);
  const beside = await ctx.db.read(
    async (em) =>
      (await participantsProblem(ctx, em, opened, await readRoll(em, opened), sum.participants)) ??
      (await releasesProblem(ctx, em, opened.id, sum.released)),
  );
  if (beside !== null) return { damage: beside };
  return { records, versions: rows.map((row) => row.version), released: sum.released };
}

/** A ballot as its voter's browser sealed it; null when it cannot be read. */
export function readRecord(
  opened: OpenedElection,
  keys: ElectionKeys,
  record: Uint8Array,
  shard: number,
): CountedBallot | null {
  const { manifest, manifestHash } = opened;
  const { suite, handle, encapsulated, ciphertext } = decodeRecord(record);
  if (suite !== HPKE_SUITE || manifest.suite !== HPKE_SUITE) return null;
  const secret = receive(keys.kem, manifestHash, encapsulated);
  if (secret === null) return null;
  const plain = openOnce(
    secret('recordKey'),
    ciphertext,
    recordAad(manifestHash, { handle, shard: manifest.version === 1 ? shard : null }),
  );
  if (plain === null) return null;
  // Whether it ranks enough was asked when it was cast, by those who stood then.
  const decoded = decodeRanking(plain, manifest.candidates.length);
  return decoded.ok ? { tracker: toHex(secret('tracker')), ranks: decoded.ranks } : null;
}

/** How many take part. */
export async function countParticipations(
  em: Parameters<typeof tables>[0],
  election: string,
): Promise<number> {
  const row = await tables(em)
    .selectFrom('participation')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('election', '=', election)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
