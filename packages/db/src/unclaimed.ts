import type { EntityManager } from '@mikro-orm/sql';
import { tables } from './tables.ts';

/**
 * The stand-in for a GitHub id of an account that is known by its login only, as those taken over from an
 * Elekto that kept no ids. Never a GitHub id: those are numbers.
 */
export const unclaimedId = (login: string): string =>
  `login:${login
    .trim()
    .replace(/^@+/, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())}`;

/**
 * Gives the account that waits for this login to the GitHub account that signs in with it first, unless
 * that one is known already. From then on the id alone counts. Of two at once one gets it.
 *
 * @param isGenuine whether a stored account is one that the server wrote; another one is left alone.
 */
export async function claimAccount(
  em: EntityManager,
  account: { readonly githubId: string; readonly login: string },
  isGenuine: (row: { id: string; github_id: string; login: string; mac: string }) => boolean,
): Promise<void> {
  if (account.githubId.startsWith('login:')) return;
  const rows = await tables(em)
    .selectFrom('user_account')
    .selectAll()
    .where('github_id', 'in', [account.githubId, unclaimedId(account.login)])
    .execute();
  const [waiting] = rows;
  if (rows.length !== 1 || waiting === undefined || waiting.github_id === account.githubId) return;
  if (!isGenuine(waiting)) return;
  await tables(em)
    .updateTable('user_account')
    .set({ github_id: account.githubId })
    .where('id', '=', waiting.id)
    .where('github_id', '=', waiting.github_id)
    .execute();
}
