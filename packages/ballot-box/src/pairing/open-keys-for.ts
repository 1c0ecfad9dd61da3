/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { authenticateWith, personMac, tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import { BoxDamaged } from '../box-damaged.ts';
import { genuineRow } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import { holdsKeys, openKeys } from '../keys/key-store.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { KeysError } from '../keys/keys-error.ts';
import { INSTALLATION } from '../keys/witness.ts';
import { KDF } from '@elekto/wire';
import { takeOver, takeOverRest } from './take-over.ts';

const SEE = 'See docs/operators-troubleshooting.md, "Keys are missing".';

/**
 * Opens the secrets directory of a migrated database. New keys are made for a new database only. Whichever of
 * the two is not the other's, is empty where the other was in use, or was set back to before they met, is
 * refused before anything is written.
 *
 * @param accepted who says that the database these keys knew is lost or was set back; only an operator does.
 * @throws KeysError with one line for the operator.
 */
export async function openKeysFor(
  db: Database,
  dir: string,
  accepted: string | null = null,
): Promise<KeyStore> {
  const first = await contentsOf(db);
  // A server that begins at the same moment makes its keys before it writes anything: hence asked after it.
  if (!holdsKeys(dir) && !isNew(first)) {
    throw new KeysError(
      `the database has been in use (${first.elections.length} elections, ${open(first)} of them not counted) and ${dir} holds no keys. ` +
        `Is its volume mounted, and is ELEKTO_SECRETS_DIR right? No keys were made. ${SEE}`,
    );
  }
  const keys = openKeys(dir);
  const problem = await pairingProblem(db, dir, keys, accepted);
  if (problem !== null) throw problem;
  const ctx = contextOf(db, keys);
  const before = usesKnown(keys);
  const contents = await contentsOf(db);
  if (contents.fingerprint === null) {
    const taken = await takeOver(ctx, wasInUse(before, contents) ? accepted : null);
    if (!taken.ok) throw new KeysError(taken.error.why ?? taken.error.kind);
    const after = await contentsOf(db);
    if (after.fingerprint !== keys.fingerprint) throw foreign(dir);
  }
  await takeOverRest(ctx);
  return keys;
}

const contextOf = (db: Database, keys: KeyStore): Context => {
  const now: Context['now'] = (em) => db.now(em);
  return {
    db,
    keys,
    now,
    doubt: () => Promise.resolve(null),
    kdf: KDF,
    kind: 'election',
  };
};

/** Why keys and database are not one installation's, or one of them was set back; null where they belong together. Changes nothing. */
export async function pairingProblem(
  db: Database,
  dir: string,
  keys: KeyStore,
  accepted: string | null,
): Promise<KeysError | null> {
  const before = usesKnown(keys);
  const contents = await contentsOf(db);
  if (contents.fingerprint !== null) return contents.fingerprint === keys.fingerprint ? null : foreign(dir);
  if (!isNew(contents) && !(await isOurs(contextOf(db, keys), contents))) return foreign(dir);
  if (!wasInUse(before, contents) || accepted !== null) return null;
  return new KeysError(
    `the keys in ${dir} know a database that has been in use, and this one ${isNew(contents) ? 'is empty' : 'is older than that'}. ` +
      `Is ELEKTO_DATABASE_URL right? Bring back the newest backup; where there is none: elekto election accept-restore. ${SEE}`,
  );
}

interface UsesKnown {
  readonly database: boolean;
  readonly elections: boolean;
}

/** Asked before the database is: what another server does at the same moment is in the database first. */
const usesKnown = (keys: KeyStore): UsesKnown => ({
  elections: keys.holdsAny(),
  database: keys.witness.known(0).version(INSTALLATION, 'database') > 0,
});

const wasInUse = (before: UsesKnown, contents: Contents): boolean =>
  before.database || (isNew(contents) && before.elections);

const foreign = (dir: string): KeysError =>
  new KeysError(
    `the keys in ${dir} are not those of this database. Are ELEKTO_SECRETS_DIR and ELEKTO_DATABASE_URL of one installation? Nothing was changed. ${SEE}`,
  );

interface Contents {
  readonly fingerprint: string | null;
  readonly elections: readonly { readonly key: string; readonly state: string }[];
  /** A few. */
  readonly people: readonly {
    readonly id: string;
    readonly account: string;
    readonly login: string;
    readonly mac: string;
  }[];
}

const isNew = ({ fingerprint, elections, people }: Contents): boolean =>
  fingerprint === null && elections.length === 0 && people.length === 0;

const open = ({ elections }: Contents): number =>
  elections.filter(({ state }) => state === 'open' || state === 'closed').length;

const contentsOf = (db: Database): Promise<Contents> =>
  db.read(async (em) => {
    const row = await tables(em).selectFrom('installation').select('fingerprint').executeTakeFirst();
    return {
      fingerprint: row?.fingerprint ?? null,
      elections: await tables(em).selectFrom('election').select(['key', 'state']).execute(),
      people: await tables(em).selectFrom('user_account').selectAll().limit(20).execute(),
    };
  });

/** Whether anything in a database of before was written with these keys. */
async function isOurs(ctx: Context, { elections, people }: Contents): Promise<boolean> {
  for (const { key } of elections) {
    try {
      if ((await ctx.db.read((em) => genuineRow(ctx, em, key))) !== null) return true;
    } catch (error) {
      if (!(error instanceof BoxDamaged)) throw error;
    }
  }
  // The database may not have been given its pepper yet.
  const authenticate: Database['authenticate'] = (domain, ...parts) =>
    authenticateWith(ctx.keys.sessionPepper, domain, ...parts);
  return (
    elections.length === 0 &&
    people.some(
      (row) =>
        row.mac === personMac({ authenticate }, { userId: row.id, account: row.account, login: row.login }),
    )
  );
}
