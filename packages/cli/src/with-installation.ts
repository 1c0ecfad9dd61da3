import { userInfo } from 'node:os';

import { createBallotBox, KeysError, openKeysFor, type BallotBox, type KeyStore } from '@elekto/ballot-box';
import { DatabaseFault, migrate, NewerSchema, startDatabase, type Database } from '@elekto/db';

import { placesFrom } from './backup/places.ts';
import { CliError } from './cli-error.ts';

/** The database, keys and ballot box of the server whose environment this is. */
export interface Installation {
  readonly db: Database;
  readonly keys: KeyStore;
  readonly box: BallotBox;
}

/** Whom the record names. */
export const operator = (): string => `operator ${userInfo().username}`;

/**
 * Works on this installation, its database brought up to date first.
 *
 * @param accepted who says that the database which the keys knew is lost or was set back.
 * @throws CliError for what the operator can put right.
 */
export async function withInstallation<T>(
  work: (installation: Installation) => Promise<T>,
  accepted: string | null = null,
): Promise<T> {
  const { databaseUrl, secretsDir } = placesFrom(process.env);
  let keys: KeyStore | null = null;
  const pepper = (): Uint8Array => {
    if (keys === null) throw new Error('the keys are not open yet');
    return keys.sessionPepper;
  };
  try {
    const db = await startDatabase({ url: databaseUrl, pepper });
    try {
      await migrate(db);
      keys = await openKeysFor(db, secretsDir, accepted);
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
