/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import type { EntityManager } from '@mikro-orm/sql';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { insertUnlessThere } from './statements.ts';
import { tables } from './tables.ts';
import { claimAccount, isUnclaimed, unclaimedId } from './unclaimed.ts';

/**
 * A signed-in person. `userId` is ours and says nothing; `account` is the identity: what the instance's one provider calls
 * the account for ever; `login` may change.
 */
export interface SignedIn {
  readonly userId: string;
  readonly account: string;
  readonly login: string;
}

/** An account's row is not as the server wrote it: nobody signs in with it. */
export class AccountAltered extends Error {
  override readonly name = 'AccountAltered';
  /** Holds no value: may cross the database's error guard. */
  readonly safe = true;

  constructor() {
    super(
      'the record of this account in the database was altered by somebody else than the server: bring back a backup',
    );
  }
}

/** The provider gave this login to another account, but for capitals, and logins are compared here as if it never did. */
export class LoginHeld extends Error {
  override readonly name = 'LoginHeld';
  /** Holds no value: may cross the database's error guard. */
  readonly safe = true;

  constructor() {
    super('another account has signed in here under this login, written with other capitals');
  }
}

/** What stands in `user_account.mac`: a row that was written by somebody else is nobody's. */
export const personMac = (db: Pick<Database, 'authenticate'>, person: SignedIn): string =>
  db.authenticate('elekto/person/1', person.userId, person.account, person.login);

export type TellsCaseApart = 'no' | 'unknown' | 'yes';

interface Row {
  readonly id: string;
  readonly account: string;
  readonly login: string;
  readonly mac: string;
}

const isGenuine = (db: Database, row: Row): boolean =>
  row.mac === personMac(db, { userId: row.id, account: row.account, login: row.login });

/** The same account has the same id for ever, also when its row was removed in between: nobody becomes somebody new. */
const idOf = (db: Database, account: string): string =>
  Buffer.from(db.authenticate('elekto/account id/1', account), 'base64url').toString('hex').slice(0, 32);

/**
 * The person for an account of the provider: made on first sight, the login brought up to date after a rename.
 * Whoever had this login before has it no more, and their sessions end; so do those of who has another login now. Safe when
 * two requests of a new person arrive together.
 *
 * @param options.claims whether an account that waits for this login (`unclaimedId`) becomes theirs: only where logins
 *   are given by the provider whose logins those were.
 * @param options.tellsCaseApart whether logins that differ in case only are different people's: `no` as at GitHub, `yes` where
 *   files of elections tell them apart too. Where the provider may and the files do not, `unknown`: who has signed in under
 *   one of them is not put in the place of the other.
 * @param options.ended told, as the last step before the commit, whose sign-ins until which moment (ms) count no more. Who
 *   keeps that outside the database is not deceived by rows of before that are put back.
 * @throws AccountAltered
 * @throws LoginHeld nothing is changed then
 */
export async function signIn(
  db: Database,
  who: { readonly account: string; readonly login: string },
  {
    claims = false,
    tellsCaseApart = 'no',
    ended = () => undefined,
    now,
  }: {
    readonly claims?: boolean;
    readonly tellsCaseApart?: TellsCaseApart;
    readonly ended?: (until: number, userIds: readonly string[]) => void;
    readonly now?: number;
  } = {},
): Promise<SignedIn> {
  const { account, login } = who;
  return db.transaction(async (em) => {
    if (claims) await claimAccount(em, who, (person) => personMac(db, person));
    const known = await findRow(em, account);
    if (known !== undefined && !isGenuine(db, known)) throw new AccountAltered();
    const id = known?.id ?? idOf(db, account);
    const person = { userId: id, account, login };
    const mac = personMac(db, person);
    if (known === undefined) {
      await insertUnlessThere(em, 'user_account', { id, account, login, mac });
      // Made by a request at the same moment, unless the row of this id says that it is another's.
      const made = await findRow(em, account);
      if (made?.id !== id || !isGenuine(db, made)) throw new AccountAltered();
    }
    await tables(em).updateTable('user_account').set({ login, mac }).where('id', '=', id).execute();
    const changed = known === undefined || known.login === login ? [] : [id];
    if (!isUnclaimed(account)) changed.push(...(await takeLogin(db, em, person, tellsCaseApart)));
    if (changed.length > 0) ended(now ?? (await db.now(em)), changed);
    return person;
  });
}

const findRow = (em: EntityManager, account: string): Promise<Row | undefined> =>
  tables(em).selectFrom('user_account').selectAll().where('account', '=', account).executeTakeFirst();

/** A login is one account's at a time: others that are still known by it were renamed, and have no office or vote by it. Whose they are. */
async function takeLogin(
  db: Database,
  em: EntityManager,
  { userId, login }: SignedIn,
  tellsCaseApart: TellsCaseApart,
): Promise<string[]> {
  const others = await tables(em)
    .selectFrom('user_account')
    .selectAll()
    .where(sql`lower(login)`, '=', login.toLowerCase())
    .where('id', '<>', userId)
    .execute();
  const changed: string[] = [];
  for (const other of others) {
    if (isUnclaimed(other.account) || !isGenuine(db, other)) continue;
    if (other.login !== login && tellsCaseApart === 'yes') continue;
    if (other.login !== login && tellsCaseApart === 'unknown') throw new LoginHeld();
    await loseLogin(db, em, other);
    changed.push(other.id);
  }
  return changed;
}

async function loseLogin(db: Database, em: EntityManager, { id, account }: Row): Promise<void> {
  const mac = personMac(db, { userId: id, account, login: '' });
  await tables(em).updateTable('user_account').set({ login: '', mac }).where('id', '=', id).execute();
  await tables(em).deleteFrom('session').where('user_id', '=', id).execute();
}

/**
 * Takes the login from a person until they sign in again, and ends their sessions; what they voted or hold stays theirs.
 *
 * @throws AccountAltered
 */
export async function freeLogin(db: Database, { account }: Pick<SignedIn, 'account'>): Promise<void> {
  await db.transaction(async (em) => {
    const row = await findRow(em, account);
    if (row === undefined) return;
    if (!isGenuine(db, row)) throw new AccountAltered();
    await loseLogin(db, em, row);
  });
}

/** Whether anybody has ever signed in: accounts that wait for somebody are nobody's yet. */
export const hasPeople = (db: Database): Promise<boolean> =>
  db.read(async (em) => {
    const waiting = unclaimedId('');
    const found = await tables(em)
      .selectFrom('user_account')
      .select('id')
      // To the letter, which `like` of SQLite is not: a provider may call an account `LOGIN:7`.
      .where(sql`substr(account, 1, ${sql.lit(waiting.length)})`, '<>', waiting)
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  });

/** Everybody who has signed in under a login (in any case; logins are given away again), or with an account. */
export async function findPeople(
  db: Database,
  who: { readonly login: string } | { readonly account: string },
): Promise<SignedIn[]> {
  return db.read(async (em) => {
    const all = tables(em).selectFrom('user_account').select(['id', 'account', 'login']);
    const rows = await (
      'login' in who
        ? all.where((eb) => eb(eb.fn('lower', ['login']), '=', who.login.toLowerCase()))
        : all.where('account', '=', who.account)
    ).execute();
    return rows.map(({ id, account, login }) => ({ userId: id, account, login }));
  });
}
