import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import type { SignedIn } from './people.ts';
import { tables } from './tables.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long a sign-in lasts without being rotated, in ms. */
export const SESSION_LIFETIME = 7 * DAY;

/** What every function on sessions may be given. */
export interface SessionOptions {
  /** A key outside the database, so that who can write its rows cannot make a session. Always given in production. */
  readonly pepper?: Uint8Array;
  /** The clock; the database's unless a test gives another. */
  readonly now?: number;
}

const hashOf = (token: string, pepper: Uint8Array = new Uint8Array()): string =>
  createHmac('sha256', pepper).update(`elekto/session/${token}`).digest('hex');

/** Rounded up to a whole day (UTC), so that the stored time does not tell when somebody signed in. */
const endOf = (now: number, lifetime: number): number => Math.ceil((now + lifetime) / DAY) * DAY;

/** Opens a session and returns its token (256 random bits, base64url). Only the token's hash is stored. */
export async function createSession(
  db: Database,
  userId: string,
  options: SessionOptions & { lifetime?: number } = {},
): Promise<{ token: string; expiresAt: number }> {
  const token = randomBytes(32).toString('base64url');
  return db.transaction(async (em) => {
    const now = options.now ?? (await db.now(em));
    const expiresAt = endOf(now, options.lifetime ?? SESSION_LIFETIME);
    const sql = tables(em);
    await sql.deleteFrom('session').where('expires_at', '<=', now).execute();
    await sql
      .insertInto('session')
      .values({ id_hash: hashOf(token, options.pepper), user_id: userId, expires_at: expiresAt })
      .execute();
    return { token, expiresAt };
  });
}

/** The person behind a token, or null when it is unknown or has expired. */
export async function findSession(
  db: Database,
  token: string,
  options: SessionOptions = {},
): Promise<(SignedIn & { expiresAt: number }) | null> {
  return db.read(async (em) => {
    const now = options.now ?? (await db.now(em));
    const row = await tables(em)
      .selectFrom('session')
      .innerJoin('user_account', 'user_account.id', 'session.user_id')
      .select(['user_account.id', 'user_account.github_id', 'user_account.login', 'session.expires_at'])
      .where('session.id_hash', '=', hashOf(token, options.pepper))
      .executeTakeFirst();
    if (row === undefined || Number(row.expires_at) <= now) return null;
    return { userId: row.id, githubId: row.github_id, login: row.login, expiresAt: Number(row.expires_at) };
  });
}

/** Replaces a token by a new one in one step; null when the old one no longer counts. */
export async function rotateSession(
  db: Database,
  token: string,
  options: SessionOptions & { lifetime?: number } = {},
): Promise<{ token: string; expiresAt: number } | null> {
  const fresh = randomBytes(32).toString('base64url');
  return db.transaction(async (em) => {
    const now = options.now ?? (await db.now(em));
    const expiresAt = endOf(now, options.lifetime ?? SESSION_LIFETIME);
    const changed = await tables(em)
      .updateTable('session')
      .set({ id_hash: hashOf(fresh, options.pepper), expires_at: expiresAt })
      .where('id_hash', '=', hashOf(token, options.pepper))
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return changed.numUpdatedRows === 1n ? { token: fresh, expiresAt } : null;
  });
}

/** Ends a session; unknown tokens are ignored. */
export async function deleteSession(
  db: Database,
  token: string,
  options: SessionOptions = {},
): Promise<void> {
  await db.transaction((em) =>
    tables(em).deleteFrom('session').where('id_hash', '=', hashOf(token, options.pepper)).execute(),
  );
}

/** Ends every session of a person. */
export async function deleteSessionsOf(db: Database, userId: string): Promise<void> {
  await db.transaction((em) => tables(em).deleteFrom('session').where('user_id', '=', userId).execute());
}
