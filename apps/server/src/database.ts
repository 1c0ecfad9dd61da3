/** Opens the database, waiting for one that is still starting, and brings its schema up to date. */
import {
  checkSchema,
  databaseKind,
  databaseName,
  DatabaseFault,
  migrate,
  NewerSchema,
  startDatabase,
  tables,
  type Database,
} from '@elekto/db';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from './log.ts';
import { StartError } from './start-error.ts';

/** For as long as a database beside us takes to come up. */
const PATIENCE = 60_000;
/** While waiting, this is said so often. */
const REMINDER = 5000;

export interface OpenParts {
  readonly url: string;
  /** Asked for when it is needed: the keys are made after the database was found to be there. */
  readonly pepper: () => Uint8Array;
  readonly log: Logger;
  readonly say: (line: string) => void;
  /** Ms to wait for a database server. */
  readonly patience?: number | undefined;
}

/**
 * The database, of which it is known that it answers and that it is of no newer version. Nothing is written, but
 * for the empty file of a SQLite database that is not there yet.
 * Rejects with one clear line, without the URL (it holds the password).
 */
export async function openDatabase({
  url,
  pepper,
  log,
  say,
  patience = PATIENCE,
}: OpenParts): Promise<Database> {
  const began = Date.now();
  let said = -REMINDER;
  for (let attempt = 1; ; attempt += 1) {
    let db: Database | null = null;
    try {
      db = await startDatabase({ url, pepper, log: (line) => log.warn(line) });
      const opened = db;
      await db.read((em) => opened.now(em));
      await checkSchema(db);
      return db;
    } catch (error) {
      await db?.close().catch(() => undefined);
      const lost = error instanceof DatabaseFault && error.kind === 'lost' && databaseKind(url) !== 'sqlite';
      const waited = Date.now() - began;
      if (!lost || waited > patience) throw new StartError(sentence(url, error, lost ? waited : 0));
      if (waited - said >= REMINDER) {
        said = waited;
        const left = Math.ceil((patience - waited) / 1000);
        const line = `${databaseName(url)} (ELEKTO_DATABASE_URL) does not answer: ${reasonOf(error)}. Waiting for it, up to ${left} s more.`;
        log.warn(line);
        say(`  ${line}`);
      }
      await sleep(Math.min(3000, 250 * attempt));
    }
  }
}

/** Brings the schema up to date, and makes sure that the database takes writes. Rejects with one clear line. */
export async function prepareSchema(db: Database, url: string): Promise<void> {
  try {
    await migrate(db);
    // Writes nothing, yet a database that can only be read refuses it: now, not with the first ballot.
    await db.transaction((em) =>
      tables(em).updateTable('session').set({ expires_at: 0 }).where('id_hash', '=', '').execute(),
    );
  } catch (error) {
    throw new StartError(sentence(url, error, 0));
  }
}

function sentence(url: string, error: unknown, waited: number): string {
  const place = databaseName(url) + (databaseKind(url) === 'sqlite' ? '' : ' (ELEKTO_DATABASE_URL)');
  const after = waited > 0 ? `, and did not come within ${Math.round(waited / 1000)} s` : '';
  return `The database at ${place} cannot be used: ${reasonOf(error)}${after}.`;
}

/** What the codes mean that an operator meets. */
const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host is not known',
  ETIMEDOUT: 'its host does not answer',
  '57P03': 'it is starting or stopping',
  '53300': 'it has no connection left',
  '28P01': 'the user or the password is wrong',
  '28000': 'it does not let this user in',
  '3D000': 'it has no database of this name',
  '42501': 'the user may not make or change tables in it',
  '25006': 'it takes no writes',
  ER_ACCESS_DENIED_ERROR: 'the user or the password is wrong',
  ER_BAD_DB_ERROR: 'it has no database of this name',
  ER_DBACCESS_DENIED_ERROR: 'it does not let this user into this database',
  ER_TABLEACCESS_DENIED_ERROR: 'the user may not make or change tables in it',
  ER_CON_COUNT_ERROR: 'it has no connection left',
  ER_OPTION_PREVENTS_STATEMENT: 'it takes no writes',
  ER_READ_ONLY_MODE: 'it takes no writes',
  ER_NET_PACKET_TOO_LARGE:
    'max_allowed_packet is smaller than a row: set it to 64M, there and in its configuration',
  HANDSHAKE_NO_SSL_SUPPORT: 'it offers no TLS',
  SQLITE_READONLY: 'it can only be read',
  SQLITE_NOTADB: 'the file is no SQLite database',
  SQLITE_CANTOPEN: 'the file cannot be opened',
};

function reasonOf(error: unknown): string {
  if (error instanceof DatabaseFault) {
    const meaning = MEANINGS[error.code];
    return meaning === undefined ? error.code : `${meaning} (${error.code})`;
  }
  if (error instanceof NewerSchema) return error.message.replace(/\.$/, '');
  return error instanceof Error ? error.message : String(error);
}
