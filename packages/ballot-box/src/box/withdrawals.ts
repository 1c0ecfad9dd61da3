/* eslint elekto/words-in-catalogue: off -- for the operator's log, in English as all of it */
/**
 * How often a person took their ballot back. A ballot is made for the person as they were then, so that a cast from before a
 * withdrawal, sent again late, puts nothing back. The number is sealed, of one size for everybody, and the box keeps the sum of
 * all of them with that of those who took part: one that is put back is found out at the count.
 */
import { lockRows, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { framed } from '@elekto/wire';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { inPages, PAGE } from './in-pages.ts';
import { addShares, fromBytes, subtractShare } from '../seal/share.ts';
import type { Share } from '../seal/share.ts';
import { takeTurns } from '../turns.ts';

type Keys = Pick<Context, 'keys'>;

const DOMAIN = 'elekto/withdrawals/1';
const aadOf = (election: string, user: string): Uint8Array => framed(DOMAIN, election, user);
const keyOf = ({ keys }: Keys, election: string): Buffer =>
  Buffer.from(keys.mac('elekto/withdrawals key/1', election), 'base64url');

export function sealWithdrawals(ctx: Keys, election: string, user: string, times: number): Buffer {
  const plain = Buffer.alloc(4);
  plain.writeUInt32BE(times);
  return sealBytes(keyOf(ctx, election), plain, aadOf(election, user));
}

/** @throws BoxDamaged when somebody else wrote it. Rows of a version before have none. */
export const openWithdrawals = (ctx: Keys, election: string, row: Row): number =>
  row.withdrawals === null ? 0 : openUnder(keyOf(ctx, election), election, row);

interface Row {
  readonly user: string;
  readonly withdrawals: Uint8Array | null;
}

function openUnder(key: Uint8Array, election: string, { user, withdrawals }: Row): number {
  if (withdrawals === null) return 0;
  const plain = openBytes(key, withdrawals, aadOf(election, user));
  if (plain?.length !== 4) throw new BoxDamaged('a record of who took a ballot back was altered');
  return plain.readUInt32BE();
}

const numberOf = ({ keys }: Keys, election: string, user: string, times: number): Share =>
  times === 0 ? 0n : fromBytes(Buffer.from(keys.mac(DOMAIN, election, user, String(times)), 'base64url'));

/** What all withdrawals add to the sum of those who took part. */
export async function sumOfWithdrawals(ctx: Keys, em: EntityManager, election: string): Promise<Share> {
  const key = keyOf(ctx, election);
  const turn = takeTurns();
  let sum: Share = 0n;
  for await (const row of inPages((after) => pageOf(em, election, after))) {
    await turn();
    sum = addShares(sum, numberOf(ctx, election, row.user, openUnder(key, election, row)));
  }
  return sum;
}

function pageOf(em: EntityManager, election: string, after: string | null) {
  const query = tables(em)
    .selectFrom('roll_binding')
    .select(['user', 'withdrawals'])
    .where('election', '=', election)
    .where('withdrawals', 'is not', null)
    .orderBy('user')
    .limit(PAGE);
  return (after === null ? query : query.where('user', '>', after)).execute();
}

/** The person's own number; `lock` keeps it as it is now to the end of the transaction. */
export async function withdrawalsOf(
  ctx: Keys,
  em: EntityManager,
  election: string,
  user: string,
  lock: boolean,
): Promise<number> {
  const query = tables(em)
    .selectFrom('roll_binding')
    .select(['user', 'withdrawals'])
    .where('election', '=', election)
    .where('user', '=', user);
  const row = await lockRows(em, query, lock ? 'update' : 'none').executeTakeFirst();
  return row === undefined ? 0 : openWithdrawals(ctx, election, row);
}

/** Counts one more; by how much the sum of those who took part changes with it. */
export async function countWithdrawal(
  ctx: Keys,
  em: EntityManager,
  election: string,
  user: string,
): Promise<Share> {
  const before = await withdrawalsOf(ctx, em, election, user, true);
  await tables(em)
    .updateTable('roll_binding')
    .set({ withdrawals: sealWithdrawals(ctx, election, user, before + 1) })
    .where('election', '=', election)
    .where('user', '=', user)
    .execute();
  return subtractShare(numberOf(ctx, election, user, before + 1), numberOf(ctx, election, user, before));
}

/** Gives those of a version before theirs, so that none stands out later for having one. */
export async function fillWithdrawals(ctx: Keys, em: EntityManager): Promise<void> {
  const rows = await tables(em)
    .selectFrom('roll_binding')
    .innerJoin('election', 'election.id', 'roll_binding.election')
    .select(['roll_binding.election', 'roll_binding.user'])
    .where('election.state', 'in', ['open', 'closed'])
    .where('withdrawals', 'is', null)
    .execute();
  for (const { election, user } of rows) {
    await tables(em)
      .updateTable('roll_binding')
      .set({ withdrawals: sealWithdrawals(ctx, election, user, 0) })
      .where('election', '=', election)
      .where('user', '=', user)
      .execute();
  }
}
