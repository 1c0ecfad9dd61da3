import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/sql';
import type { Database } from './database.ts';
import { personMac } from './people.ts';
import type { SignedIn } from './people.ts';
import { prepared } from './prepared.ts';
import { putRow } from './statements.ts';
import { tables } from './tables.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long a sign-in lasts without being rotated, in ms. */
export const SESSION_LIFETIME = 7 * DAY;

/** Rounded up to a whole day (UTC), so that the stored time does not tell when somebody signed in. */
const endOf = (now: number, lifetime: number): number => Math.ceil((now + lifetime) / DAY) * DAY;

/** The token names its user, so that a row pointed at somebody else no longer fits it. */
const makeToken = (userId: string): string => `${randomBytes(32).toString('base64url')}.${userId}`;
const userOf = (token: string): string => token.slice(token.indexOf('.') + 1);
/** 256 bits that nobody can tell who has the token before, but not the server's key. */
const successorOf = (db: Database, token: string): string =>
  `${db.authenticate('elekto/session successor/1', token)}.${userOf(token)}`;
const hashOf = (db: Database, token: string): string => db.authenticate('elekto/session/1', token);

/**
 * A session's row, bound to the login with which the person signed in: who can write rows neither makes one last longer, nor
 * is somebody by a login that their account had once, and that its old row says when it is put back.
 */
const rowOf = (
  db: Pick<Database, 'authenticate'>,
  idHash: string,
  { userId, login }: Pick<SignedIn, 'userId' | 'login'>,
  expiresAt: number,
) => ({
  id_hash: idHash,
  user_id: userId,
  expires_at: expiresAt,
  mac: db.authenticate('elekto/session row/1', idHash, userId, login, String(expiresAt)),
});

/**
 * Opens a session of who has just signed in, or is signed in, and returns its token (256 random bits and the user's id).
 * Only the token's hash is stored.
 */
export async function createSession(
  db: Database,
  person: Pick<SignedIn, 'userId' | 'login'>,
  options: { now?: number; lifetime?: number } = {},
): Promise<{ token: string; expiresAt: number }> {
  const token = makeToken(person.userId);
  return db.transaction(async (em) => {
    const now = options.now ?? (await db.now(em));
    const expiresAt = endOf(now, options.lifetime ?? SESSION_LIFETIME);
    const sql = tables(em);
    await sql.deleteFrom('session').where('expires_at', '<=', now).execute();
    await sql
      .insertInto('session')
      .values(rowOf(db, hashOf(db, token), person, expiresAt))
      .execute();
    return { token, expiresAt };
  });
}

const selectSession = prepared((em, { idHash }: { readonly idHash: string }) =>
  tables(em)
    .selectFrom('session')
    .innerJoin('user_account', 'user_account.id', 'session.user_id')
    .select([
      'user_account.id',
      'user_account.account',
      'user_account.login',
      'user_account.mac',
      'session.expires_at',
      'session.mac as session_mac',
    ])
    .where('session.id_hash', '=', idHash)
    .compile(),
);

/** The person behind a token, or null when it is unknown, has expired or its rows were tampered with. */
export async function findSession(
  db: Database,
  token: string,
  options: { now?: number } = {},
): Promise<(SignedIn & { expiresAt: number }) | null> {
  return db.read(async (em) => {
    const now = options.now ?? (await db.now(em));
    const idHash = hashOf(db, token);
    const [row] = (await selectSession(em, { idHash })).rows;
    if (row === undefined || Number(row.expires_at) <= now || row.id !== userOf(token)) return null;
    const person = { userId: row.id, account: row.account, login: row.login };
    if (row.session_mac !== rowOf(db, idHash, person, Number(row.expires_at)).mac) return null;
    return row.mac === personMac(db, person) ? { ...person, expiresAt: Number(row.expires_at) } : null;
  });
}

/**
 * Opens the session that follows that of `token`, for a client whose token has aged; null when the token does not
 * count. The token before still counts until `deleteSessions`, for requests that are under way with it; whichever
 * server is asked, and however often, the session that follows is the same one.
 */
export async function renewSession(
  db: Database,
  token: string,
  options: { now?: number; lifetime?: number } = {},
): Promise<{ token: string; expiresAt: number } | null> {
  const fresh = successorOf(db, token);
  return db.transaction(async (em) => {
    const now = options.now ?? (await db.now(em));
    const expiresAt = endOf(now, options.lifetime ?? SESSION_LIFETIME);
    const valid = await tables(em)
      .selectFrom('session')
      .innerJoin('user_account', 'user_account.id', 'session.user_id')
      .select([
        'session.id_hash',
        'session.user_id',
        'session.expires_at',
        'session.mac',
        'user_account.login',
      ])
      .where('session.id_hash', '=', hashOf(db, token))
      .where('session.expires_at', '>', now)
      .executeTakeFirst();
    if (valid === undefined) return null;
    const person = { userId: valid.user_id, login: valid.login };
    if (valid.mac !== rowOf(db, valid.id_hash, person, Number(valid.expires_at)).mac) return null;
    const row = rowOf(db, hashOf(db, fresh), person, expiresAt);
    await putRow(em, 'session', ['id_hash'], row);
    return { token: fresh, expiresAt };
  });
}

/**
 * Ends the sessions of these tokens; unknown ones are ignored. `following`: also those that follow them, for a
 * sign-out that comes with a token which another request has just renewed.
 */
export async function deleteSessions(
  db: Database,
  tokens: readonly string[],
  options: { following?: boolean } = {},
): Promise<void> {
  const all = options.following ? tokens.flatMap((token) => [token, successorOf(db, token)]) : tokens;
  const hashes = all.map((token) => hashOf(db, token));
  await db.transaction((em) => tables(em).deleteFrom('session').where('id_hash', 'in', hashes).execute());
}

/** Authenticates the sessions of a version that did not, as they are. For the start that takes such rows over. */
export async function authenticateSessions(
  db: Pick<Database, 'authenticate'>,
  em: EntityManager,
): Promise<void> {
  const rows = await tables(em)
    .selectFrom('session')
    .innerJoin('user_account', 'user_account.id', 'session.user_id')
    .select(['session.id_hash', 'session.user_id', 'session.expires_at', 'user_account.login'])
    .where('session.mac', '=', '')
    .execute();
  for (const { id_hash, user_id, expires_at, login } of rows) {
    const { mac } = rowOf(db, id_hash, { userId: user_id, login }, Number(expires_at));
    await tables(em).updateTable('session').set({ mac }).where('id_hash', '=', id_hash).execute();
  }
}

/** Ends every session of a person; how many. */
export async function deleteSessionsOf(db: Database, userId: string): Promise<number> {
  const { numDeletedRows } = await db.transaction((em) =>
    tables(em).deleteFrom('session').where('user_id', '=', userId).executeTakeFirstOrThrow(),
  );
  return Number(numDeletedRows);
}
