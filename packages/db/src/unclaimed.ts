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

/** Whether an id is such a stand-in. */
export const isUnclaimed = (githubId: string): boolean => githubId.startsWith('login:');

/**
 * Gives the account that waits for this login to the GitHub account that signs in with it first, unless
 * that one is known already. From then on the id alone counts. Of two at once one gets it.
 *
 * @param macOf authenticates an account; a stored one that the server did not write is left alone.
 */
export async function claimAccount(
  em: EntityManager,
  account: { readonly githubId: string; readonly login: string },
  macOf: (person: { userId: string; githubId: string; login: string }) => string,
): Promise<void> {
  if (isUnclaimed(account.githubId)) return;
  const rows = await tables(em)
    .selectFrom('user_account')
    .selectAll()
    .where('github_id', 'in', [account.githubId, unclaimedId(account.login)])
    .execute();
  const [waiting] = rows;
  if (rows.length !== 1 || waiting === undefined || waiting.github_id === account.githubId) return;
  const { id: userId, login } = waiting;
  if (waiting.mac !== macOf({ userId, githubId: waiting.github_id, login })) return;
  await tables(em)
    .updateTable('user_account')
    .set({ github_id: account.githubId, mac: macOf({ userId, githubId: account.githubId, login }) })
    .where('id', '=', waiting.id)
    .where('github_id', '=', waiting.github_id)
    .execute();
}
