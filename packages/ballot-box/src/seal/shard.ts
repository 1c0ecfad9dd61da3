import { framed } from '@elekto/wire';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { Records } from './records.ts';

/** Where a sealed shard belongs; part of its authentication, so that no row can stand in for another or for its past. */
export interface ShardPlace {
  readonly election: string;
  readonly shard: number;
  readonly version: number;
}

const aadOf = ({ election, shard, version }: ShardPlace): Uint8Array =>
  framed('elekto/shard/1', election, String(shard), String(version));

/** Encrypts a shard as a whole under a fresh nonce. */
export const sealShard = (key: Uint8Array, place: ShardPlace, records: Records): Buffer =>
  sealBytes(key, records.padded(), aadOf(place));

/** The records of a sealed shard; null when it was altered, moved, rolled back or sealed by another key. */
export function openShard(
  key: Uint8Array,
  place: ShardPlace,
  sealed: Uint8Array,
  length: number,
): Records | null {
  const plain = openBytes(key, sealed, aadOf(place));
  return plain === null ? null : Records.read(plain, length);
}
