import { compareBytes, framed } from '@elekto/wire';
import { SIZES, handleIn } from '@elekto/protocol/ballot';
import { openBytes, sealBytes } from '../keys/aead.ts';

/** Records a shard is padded to a multiple of, so that its size tells a count only coarsely. */
const PAD_TO = 64;

/** Where a sealed shard belongs; part of its authentication, so that no row can stand in for another or for its past. */
export interface ShardPlace {
  readonly election: string;
  readonly shard: number;
  readonly version: number;
}

const aadOf = ({ election, shard, version }: ShardPlace): Uint8Array =>
  framed('elekto/shard/1', election, String(shard), String(version));

/**
 * Encrypts a shard as a whole under a fresh nonce: count, record length, records sorted by handle, zeros.
 * The order of records tells nothing about the order of casting, since handles are random.
 */
export function sealShard(
  key: Uint8Array,
  place: ShardPlace,
  records: readonly Uint8Array[],
  length: number,
): Buffer {
  const slots = Math.max(1, Math.ceil(records.length / PAD_TO)) * PAD_TO;
  const plain = Buffer.alloc(8 + slots * length);
  plain.writeUInt32BE(records.length, 0);
  plain.writeUInt32BE(length, 4);
  const sorted = records.toSorted((a, b) => compareBytes(handleIn(a), handleIn(b)));
  sorted.forEach((record, index) => plain.set(record, 8 + index * length));
  const sealed = sealBytes(key, plain, aadOf(place));
  plain.fill(0);
  return sealed;
}

/** The records of a sealed shard; null when it was altered, moved, rolled back or sealed by another key. */
export function openShard(
  key: Uint8Array,
  place: ShardPlace,
  sealed: Uint8Array,
  length: number,
): Buffer[] | null {
  const plain = openBytes(key, sealed, aadOf(place));
  if (plain === null || plain.length < 8 || plain.readUInt32BE(4) !== length) return null;
  const count = plain.readUInt32BE(0);
  if (8 + count * length > plain.length) return null;
  return Array.from({ length: count }, (_, index) =>
    plain.subarray(8 + index * length, 8 + (index + 1) * length),
  );
}

/** Where in the list the record with this handle is; -1 when it is not there. */
export const findRecord = (records: readonly Uint8Array[], handle: Uint8Array): number =>
  handle.length === SIZES.handle
    ? records.findIndex((record) => compareBytes(handleIn(record), handle) === 0)
    : -1;
