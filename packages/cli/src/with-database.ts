import { KeysError, openKeys, type KeyStore } from '@elekto/ballot-box';
import { checkSchema, DatabaseFault, NewerSchema, startDatabase, type Database } from '@elekto/db';

import { placesFrom } from './backup/places.ts';
import { CliError } from './cli-error.ts';

/** Does `work` with the database and the keys of the server of this environment. @throws CliError with what to do. */
export async function withDatabase<T>(work: (db: Database, keys: KeyStore) => Promise<T>): Promise<T> {
  const { databaseUrl, secretsDir } = placesFrom(process.env);
  try {
    const keys = openKeys(secretsDir);
    const db = await startDatabase({ url: databaseUrl, pepper: keys.sessionPepper });
    try {
      await checkSchema(db);
      return await work(db, keys);
    } finally {
      await db.close();
    }
  } catch (error) {
    if (error instanceof KeysError || error instanceof NewerSchema) throw new CliError(error.message);
    if (error instanceof DatabaseFault) throw new CliError(`the database cannot be used (${error.code})`);
    throw error;
  }
}
