import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** A signed-in person. `userId` is ours and random; `githubId` is the identity; `login` may change. */
export interface SignedIn {
  readonly userId: string;
  readonly githubId: string;
  readonly login: string;
}

/**
 * The person for a GitHub account: made on first sight, the login brought up to date after a rename.
 * Safe when two requests of a new person arrive together.
 */
export async function signIn(db: Database, account: { githubId: string; login: string }): Promise<SignedIn> {
  const row = await db.transaction((em) =>
    tables(em)
      .insertInto('user_account')
      .values({ id: randomBytes(16).toString('hex'), github_id: account.githubId, login: account.login })
      .onConflict((conflict) => conflict.column('github_id').doUpdateSet({ login: account.login }))
      .returningAll()
      .executeTakeFirstOrThrow(),
  );
  return { userId: row.id, githubId: row.github_id, login: row.login };
}
