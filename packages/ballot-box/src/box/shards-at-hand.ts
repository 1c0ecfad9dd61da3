import { hash } from 'node:crypto';
import { leavesOutKnown } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKeys } from '../keys/key-store.ts';

/**
 * Sealed shards as this process wrote them last, so that a database that sends them slowly need not send them again. What lies in the
 * database decides all the same: it is compared by SHA-256, and what is not the same is sent. None of them is opened here.
 */
interface AtHand {
  readonly bytes: Buffer;
  hash: Buffer;
}

interface Kept {
  /** By number. */
  readonly shards: (AtHand | undefined)[];
  readonly forgetting: NodeJS.Timeout;
}

const kept = new WeakMap<ElectionKeys, Kept>();

/** Bytes for one election: its first shards and not its latest ones, so that what is here tells nothing of an order. */
const MOST = 4 * 1024 * 1024;

/** Ms after the last ballot that this process took: nothing is left here at the count, whichever server counts. */
const FOR = 30_000;

/** Of a length that no hash has, so that it is the same as none. */
export const NOT_AT_HAND = Buffer.alloc(0);

/** The SHA-256 of what is at hand; `NOT_AT_HAND` where nothing is. */
export const hashAtHand = (em: EntityManager, keys: ElectionKeys, shard: number): Buffer =>
  (leavesOutKnown(em) ? kept.get(keys)?.shards[shard]?.hash : undefined) ?? NOT_AT_HAND;

/** What has this hash, to be opened before anything is awaited, as it is written over; null where something else came into its place. */
export function atHand(keys: ElectionKeys, shard: number, wanted: Buffer): Buffer | null {
  const found = kept.get(keys)?.shards[shard];
  return found?.hash.equals(wanted) === true ? found.bytes : null;
}

/** Copies it over the one before, in the same memory: hundreds of them a second would be garbage that only a collection of all finds. */
export function keepAtHand(em: EntityManager, keys: ElectionKeys, shard: number, sealed: Buffer): void {
  if (!leavesOutKnown(em)) return;
  if ((shard + 1) * sealed.length > MOST) return dropAtHand(keys, shard);
  const own = kept.get(keys) ?? begin(keys);
  own.forgetting.refresh();
  const before = own.shards[shard]?.bytes;
  if (before?.length !== sealed.length) dropAtHand(keys, shard);
  const bytes = before?.length === sealed.length ? before : Buffer.alloc(sealed.length);
  bytes.set(sealed);
  own.shards[shard] = { bytes, hash: hash('sha256', sealed, 'buffer') };
}

/** Forgets one that is not what lies in the database: a past state of the box would tell which ballots came after it. */
export function dropAtHand(keys: ElectionKeys, shard: number): void {
  const own = kept.get(keys);
  own?.shards[shard]?.bytes.fill(0);
  if (own !== undefined) own.shards[shard] = undefined;
}

function begin(keys: ElectionKeys): Kept {
  const forgetting = setTimeout(() => {
    for (const one of own.shards) one?.bytes.fill(0);
    kept.delete(keys);
  }, FOR);
  const own: Kept = { shards: [], forgetting: forgetting.unref() };
  kept.set(keys, own);
  return own;
}
