import { randomBytes } from 'node:crypto';
import { framed } from '@elekto/wire';
import { openBytes, sealBytes } from '../keys/aead.ts';
import type { ShardPlace } from './shard.ts';

/**
 * Who took part, as one number: the sum of a pseudorandom number for each of them, modulo 2^256. It lies in
 * the box in shares, one with each shard, that are random by themselves and add up to the sum: whoever reads a
 * shard cannot tell with it whose ballots are in it, and no cast has to wait for one in another shard.
 */
export type Share = bigint;

const BYTES = 32;
const MODULUS = 1n << BigInt(BYTES * 8);

const reduce = (number: bigint): bigint => ((number % MODULUS) + MODULUS) % MODULUS;

export const addShares = (...shares: readonly Share[]): Share =>
  reduce(shares.reduce((sum, each) => sum + each, 0n));

export const subtractShare = (from: Share, taken: Share): Share => reduce(from - taken);

/** Random shares that add up to `sum`. */
export function makeShares(count: number, sum: Share = 0n): Share[] {
  const random = Array.from({ length: count - 1 }, () => fromBytes(randomBytes(BYTES)));
  return [...random, subtractShare(sum, addShares(...random))];
}

/** 32 bytes, big-endian. */
export const fromBytes = (bytes: Uint8Array): Share => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes = (share: Share): Buffer => Buffer.from(share.toString(16).padStart(BYTES * 2, '0'), 'hex');

const aadOf = ({ election, shard, version }: ShardPlace): Uint8Array =>
  framed('elekto/share/1', election, String(shard), String(version));

/** As the shard itself: under the box's key, bound to its place and version. */
export const sealShare = (key: Uint8Array, place: ShardPlace, share: Share): Buffer =>
  sealBytes(key, toBytes(share), aadOf(place));

/** null when it was altered, moved or rolled back. */
export function openShare(key: Uint8Array, place: ShardPlace, sealed: Uint8Array | null): Share | null {
  const plain = sealed === null ? null : openBytes(key, sealed, aadOf(place));
  return plain === null || plain.length !== BYTES ? null : fromBytes(plain);
}
