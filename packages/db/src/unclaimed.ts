import type { EntityManager } from '@mikro-orm/sql';
import { tables } from './tables.ts';

/**
 * The stand-in for a GitHub id of an account that is known by its login only, as those taken over from an
 * Elekto that kept no ids. Never a GitHub id: those are numbers.
 */
export const unclaimedId = (login: string): string =>
  `login:${login.trim().replace(/^@+/, '').replace(/[A-Z]/g, (letter) => letter.toLowerCase())}`;

/**
 * Gives the account that waits for this login to the GitHub account that signs in with it first, unless
 * that one is known already. From then on the id alone counts. Of two at once one gets it.
 */
export async function claimAccount(
  em: EntityManager,
  account: { readonly githubId: string; readonly login: string },
): Promise<void> {
  if (account.githubId.startsWith('login:')) return;
  const known = await tables(em)
    .selectFrom('user_account')
    .select('id')
    .where('github_id', '=', account.githubId)
    .executeTakeFirst();
  if (known !== undefined) return;
  await tables(em)
    .updateTable('user_account')
    .set({ github_id: account.githubId })
    .where('github_id', '=', unclaimedId(account.login))
    .execute();
}
