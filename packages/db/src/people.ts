import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { tables } from './tables.ts';
import { claimAccount } from './unclaimed.ts';

/** A signed-in person. `userId` is ours and random; `githubId` is the identity; `login` may change. */
export interface SignedIn {
  readonly userId: string;
  readonly githubId: string;
  readonly login: string;
}

/** What stands in `user_account.mac`: a row that was written by somebody else is nobody's. */
export const personMac = (db: Database, person: SignedIn): string =>
  db.authenticate('elekto/person/1', person.userId, person.githubId, person.login);

/**
 * The person for a GitHub account: made on first sight, the login brought up to date after a rename. An
 * account that waits for this login (`unclaimedId`) becomes theirs.
 * Safe when two requests of a new person arrive together.
 */
export async function signIn(db: Database, account: { githubId: string; login: string }): Promise<SignedIn> {
  const { githubId, login } = account;
  return db.transaction(async (em) => {
    await claimAccount(
      em,
      account,
      (row) => row.mac === personMac(db, { userId: row.id, githubId: row.github_id, login: row.login }),
    );
    const row = await tables(em)
      .insertInto('user_account')
      .values({ id: randomBytes(16).toString('hex'), github_id: githubId, login, mac: '' })
      .onConflict((conflict) => conflict.column('github_id').doUpdateSet({ login }))
      .returning('id')
      .executeTakeFirstOrThrow();
    const person = { userId: row.id, githubId, login };
    await tables(em)
      .updateTable('user_account')
      .set({ mac: personMac(db, person) })
      .where('id', '=', row.id)
      .execute();
    return person;
  });
}

/** Everybody who has signed in under a login (in any case; logins are given away again), or with an account's number. */
export async function findPeople(
  db: Database,
  who: { readonly login: string } | { readonly githubId: string },
): Promise<SignedIn[]> {
  return db.read(async (em) => {
    const all = tables(em).selectFrom('user_account').select(['id', 'github_id', 'login']);
    const rows = await (
      'login' in who
        ? all.where((eb) => eb(eb.fn('lower', ['login']), '=', who.login.toLowerCase()))
        : all.where('github_id', '=', who.githubId)
    ).execute();
    return rows.map(({ id, github_id, login }) => ({ userId: id, githubId: github_id, login }));
  });
}
