import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { personMac } from './people.ts';
import type { SignedIn } from './people.ts';
import { tables } from './tables.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long a sign-in lasts without being rotated, in ms. */
export const SESSION_LIFETIME = 7 * DAY;

/** Rounded up to a whole day (UTC), so that the stored time does not tell when somebody signed in. */
const endOf = (now: number, lifetime: number): number => Math.ceil((now + lifetime) / DAY) * DAY;

/** The token names its user, so that a row pointed at somebody else no longer fits it. */
const makeToken = (userId: string): string => `${randomBytes(32).toString('base64url')}.${userId}`;
const userOf = (token: string): string => token.slice(token.indexOf('.') + 1);
const hashOf = (db: Database, token: string): string => db.authenticate('elekto/session/1', token);

/** Opens a session and returns its token (256 random bits and the user's id). Only the token's hash is stored. */
export async function createSession(
  db: Database,
  userId: string,
  options: { now?: number; lifetime?: number } = {},
): Promise<{ token: string; expiresAt: number }> {
  const token = makeToken(userId);
  return db.transaction(async (em) => {
    const now = options.now ?? (await db.now(em));
    const expiresAt = endOf(now, options.lifetime ?? SESSION_LIFETIME);
    const sql = tables(em);
    await sql.deleteFrom('session').where('expires_at', '<=', now).execute();
    await sql
      .insertInto('session')
      .values({ id_hash: hashOf(db, token), user_id: userId, expires_at: expiresAt })
      .execute();
    return { token, expiresAt };
  });
}

/** The person behind a token, or null when it is unknown, has expired or its rows were tampered with. */
export async function findSession(
  db: Database,
  token: string,
  options: { now?: number } = {},
): Promise<(SignedIn & { expiresAt: number }) | null> {
  return db.read(async (em) => {
    const now = options.now ?? (await db.now(em));
    const row = await tables(em)
      .selectFrom('session')
      .innerJoin('user_account', 'user_account.id', 'session.user_id')
      .select([
        'user_account.id',
        'user_account.github_id',
        'user_account.login',
        'user_account.mac',
        'session.expires_at',
      ])
      .where('session.id_hash', '=', hashOf(db, token))
      .executeTakeFirst();
    if (row === undefined || Number(row.expires_at) <= now || row.id !== userOf(token)) return null;
    const person = { userId: row.id, githubId: row.github_id, login: row.login };
    return row.mac === personMac(db, person) ? { ...person, expiresAt: Number(row.expires_at) } : null;
  });
}

/** Replaces a token by a new one in one step; null when the old one no longer counts. */
export async function rotateSession(
  db: Database,
  token: string,
  options: { now?: number; lifetime?: number } = {},
): Promise<{ token: string; expiresAt: number } | null> {
  const fresh = makeToken(userOf(token));
  return db.transaction(async (em) => {
    const now = options.now ?? (await db.now(em));
    const expiresAt = endOf(now, options.lifetime ?? SESSION_LIFETIME);
    const changed = await tables(em)
      .updateTable('session')
      .set({ id_hash: hashOf(db, fresh), expires_at: expiresAt })
      .where('id_hash', '=', hashOf(db, token))
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return changed.numUpdatedRows === 1n ? { token: fresh, expiresAt } : null;
  });
}

/** Ends a session; unknown tokens are ignored. */
export async function deleteSession(db: Database, token: string): Promise<void> {
  const hash = hashOf(db, token);
  await db.transaction((em) => tables(em).deleteFrom('session').where('id_hash', '=', hash).execute());
}

/** Ends every session of a person. */
export async function deleteSessionsOf(db: Database, userId: string): Promise<void> {
  await db.transaction((em) => tables(em).deleteFrom('session').where('user_id', '=', userId).execute());
}
