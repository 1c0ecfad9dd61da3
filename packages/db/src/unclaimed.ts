import type { EntityManager } from '@mikro-orm/sql';
import { tables } from './tables.ts';

/**
 * The stand-in for an account that is known by its login only, as those taken over from an Elekto that kept no more.
 * No provider calls an account so: `isUnclaimed` is asked before anybody signs in.
 */
export const unclaimedId = (login: string): string =>
  `login:${login
    .trim()
    .replace(/^@+/, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())}`;

/** Whether an id is such a stand-in. */
export const isUnclaimed = (account: string): boolean => account.startsWith('login:');

/**
 * Gives the row that waits for this login to the account that signs in with it first, unless that one is known
 * already. From then on the account alone counts. Of two at once one gets it.
 *
 * @param macOf authenticates an account; a stored one that the server did not write is left alone.
 */
export async function claimAccount(
  em: EntityManager,
  who: { readonly account: string; readonly login: string },
  macOf: (person: { userId: string; account: string; login: string }) => string,
): Promise<void> {
  if (isUnclaimed(who.account)) return;
  const rows = await tables(em)
    .selectFrom('user_account')
    .selectAll()
    .where('account', 'in', [who.account, unclaimedId(who.login)])
    .execute();
  const [waiting] = rows;
  if (rows.length !== 1 || waiting === undefined || waiting.account === who.account) return;
  const { id: userId, login } = waiting;
  if (waiting.mac !== macOf({ userId, account: waiting.account, login })) return;
  await tables(em)
    .updateTable('user_account')
    .set({ account: who.account, mac: macOf({ userId, account: who.account, login }) })
    .where('id', '=', waiting.id)
    .where('account', '=', waiting.account)
    .execute();
}
