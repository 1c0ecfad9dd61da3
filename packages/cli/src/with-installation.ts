/* eslint elekto/words-in-catalogue: off -- for the operator's terminal, in English as all of them */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';

import {
  createBallotBox,
  holdsKeys,
  KeysError,
  openKeysFor,
  type BallotBox,
  type KeyStore,
} from '@elekto/ballot-box';
import {
  checkSchema,
  DatabaseFault,
  migrate,
  NewerSchema,
  pendingMigrations,
  startDatabase,
  type Database,
} from '@elekto/db';

import { placesFrom, type Places } from './backup/places.ts';
import { CliError } from './cli-error.ts';

/** The database, keys and ballot box of the server whose environment this is. */
export interface Installation {
  readonly db: Database;
  readonly keys: KeyStore;
  readonly box: BallotBox;
}

/** Whom the record names. */
export const operator = (): string => `operator ${userInfo().username}`;

/** What may be made for a command; unless said otherwise, nothing. */
export interface May {
  /** Who says that the database which the keys knew is lost or was set back: an empty one is made in its place. */
  readonly accepted?: string;
  /** Database and keys are made where there are none. */
  readonly begin?: true;
}

/**
 * Works on this installation. One that is not there is refused, so that a shell without the server's settings makes
 * none beside it; so is a database of a version before, which `elekto migrate` or the server brings up to date.
 *
 * @throws CliError for what the operator can put right.
 */
export async function withInstallation<T>(
  work: (installation: Installation) => Promise<T>,
  { accepted, begin }: May = {},
): Promise<T> {
  const places = placesFrom(process.env);
  if (begin !== true) mustBeThere(places, accepted !== undefined);
  const { databaseUrl, secretsDir } = places;
  let keys: KeyStore | null = null;
  const pepper = (): Uint8Array => {
    if (keys === null) throw new Error('the keys are not open yet');
    return keys.sessionPepper;
  };
  try {
    const db = await startDatabase({ url: databaseUrl, pepper });
    try {
      if (begin === true || accepted !== undefined) await migrate(db);
      else await mustBePresent(db);
      keys = await openKeysFor(db, secretsDir, accepted ?? null);
      return await work({ db, keys, box: createBallotBox({ db, keys }) });
    } finally {
      await db.close();
    }
  } catch (error) {
    if (error instanceof KeysError || error instanceof NewerSchema) throw new CliError(error.message);
    if (error instanceof DatabaseFault) throw new CliError(`the database cannot be used (${error.code})`);
    throw error;
  }
}

/** What a database without anything of ours lacks, by the kind of it. */
const FIRST = ['0001-initial', '0009-first'];
const SETTINGS =
  'is this shell without the settings of the server (ELEKTO_DATA_DIR, ELEKTO_DATABASE_URL, ELEKTO_SECRETS_DIR)?';

function mustBeThere({ sqlite, secretsDir }: Places, isLost: boolean): void {
  if (!isLost && sqlite !== null && !existsSync(sqlite))
    throw new CliError(`there is no database at ${sqlite}: ${SETTINGS} Nothing was made`);
  if (!holdsKeys(secretsDir))
    throw new CliError(`there are no keys in ${secretsDir}: ${SETTINGS} Nothing was made`);
}

async function mustBePresent(db: Database): Promise<void> {
  await checkSchema(db);
  const pending = await pendingMigrations(db);
  if (FIRST.some((name) => pending.includes(name)))
    throw new CliError(`there is nothing of Elekto in this database: ${SETTINGS}`);
  if (pending.length > 0)
    throw new CliError(
      `the database is of a version before this one (${pending.join(', ')} to come): back it up, then elekto migrate or start the server`,
    );
}
