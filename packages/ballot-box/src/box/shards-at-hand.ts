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

/** They go with the keys, which are destroyed at the count: no ciphertext is left here then. */
const kept = new WeakMap<ElectionKeys, Map<number, AtHand>>();

/** Bytes for one election: its first shards and not its latest ones, so that what is here tells nothing of an order. */
const MOST = 4 * 1024 * 1024;

/** Of a length that no hash has, so that it is the same as none. */
export const NOT_AT_HAND = Buffer.alloc(0);

/** The SHA-256 of what is at hand; `NOT_AT_HAND` where nothing is. */
export const hashAtHand = (em: EntityManager, keys: ElectionKeys, shard: number): Buffer =>
  (leavesOutKnown(em) ? kept.get(keys)?.get(shard)?.hash : undefined) ?? NOT_AT_HAND;

/** What has this hash, to be read before anything is awaited; null where something else came into its place. */
export function atHand(keys: ElectionKeys, shard: number, wanted: Buffer): Buffer | null {
  const found = kept.get(keys)?.get(shard);
  return found?.hash.equals(wanted) === true ? found.bytes : null;
}

/** Copies it over the one before, in the same memory: hundreds of them a second would be garbage that only a collection of all finds. */
export function keepAtHand(em: EntityManager, keys: ElectionKeys, shard: number, sealed: Buffer): void {
  if (!leavesOutKnown(em)) return;
  const own = kept.get(keys) ?? new Map<number, AtHand>();
  kept.set(keys, own);
  const before = own.get(shard)?.bytes;
  if ((shard + 1) * sealed.length > MOST) return void own.delete(shard);
  const bytes = before?.length === sealed.length ? before : Buffer.alloc(sealed.length);
  bytes.set(sealed);
  own.set(shard, { bytes, hash: hash('sha256', sealed, 'buffer') });
}
