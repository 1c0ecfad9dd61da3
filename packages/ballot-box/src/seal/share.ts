import { randomBytes } from 'node:crypto';
import { framed } from '@elekto/wire';
import { openBytes, sealBytes } from '../keys/aead.ts';
import type { ShardPlace } from './shard.ts';

/**
 * Of a sum that the box keeps of rows beside it, modulo 2^256: of a pseudorandom number for each person who took part, or for
 * each release that voters signed. A sum lies in the box in shares, one with each shard, that are random by themselves and add
 * up to it: whoever reads a shard cannot tell with it whose ballots are in it, and no cast has to wait for one in another shard.
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

/** What lies with one shard. */
export interface Shares {
  /** Of those who took part. */
  readonly participants: Share;
  /** Of what voters signed as their ballots left the box; null where nobody signs. */
  readonly released: Share | null;
}

export const addParticipant = (shares: Shares, one: Share): Shares => ({
  ...shares,
  participants: addShares(shares.participants, one),
});

export const dropParticipant = (shares: Shares, one: Share): Shares => ({
  ...shares,
  participants: subtractShare(shares.participants, one),
});

/** What the shares of all shards add up to. */
export const sumShares = (shares: readonly Shares[]): Shares => ({
  participants: addShares(...shares.map(({ participants }) => participants)),
  released: shares.some(({ released }) => released === null)
    ? null
    : addShares(...shares.map(({ released }) => released ?? 0n)),
});

/** As the shard itself: under the box's key, bound to its place and version. */
export const sealShares = (key: Uint8Array, place: ShardPlace, { participants, released }: Shares): Buffer =>
  sealBytes(
    key,
    Buffer.concat([toBytes(participants), ...(released === null ? [] : [toBytes(released)])]),
    aadOf(place),
  );

/** null when it was altered, moved or rolled back, or is of a box in which voters do, or do not, sign. */
export function openShares(
  key: Uint8Array,
  place: ShardPlace,
  sealed: Uint8Array | null,
  releases: boolean,
): Shares | null {
  const plain = sealed === null ? null : openBytes(key, sealed, aadOf(place));
  if (plain === null || plain.length !== (releases ? 2 : 1) * BYTES) return null;
  return {
    participants: fromBytes(plain.subarray(0, BYTES)),
    released: releases ? fromBytes(plain.subarray(BYTES)) : null,
  };
}
