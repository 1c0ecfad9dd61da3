/** Opens the database, waiting for one that is still starting, and brings its schema up to date. */
import { DatabaseFault, migrate, sql, startDatabase, tables, type Database } from '@elekto/db';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from './log.ts';
import { StartError } from './start-error.ts';

/** For as long as a database beside us takes to come up. */
const PATIENCE = 60_000;

/** Rejects with one clear line, without the URL (it holds the password). */
export async function openDatabase(
  url: string,
  pepper: Uint8Array,
  log: Logger,
  patience = PATIENCE,
): Promise<Database> {
  const giveUpAt = Date.now() + patience;
  for (let attempt = 1; ; attempt += 1) {
    let db: Database | null = null;
    try {
      db = await startDatabase({ url, pepper, log: (line) => log.warn(line) });
      const opened = db;
      await db.read((em) => opened.now(em));
      await migrate(db);
      // Writes nothing, yet a database that can only be read refuses it: now, not with the first ballot.
      await db.transaction((em) => sql`update session set expires_at = 0 where 1 = 0`.execute(tables(em)));
      return db;
    } catch (error) {
      await db?.close().catch(() => undefined);
      const lost = error instanceof DatabaseFault && error.kind === 'lost' && !url.startsWith('sqlite:');
      if (!lost || Date.now() > giveUpAt) throw new StartError(sentence(url, error));
      if (attempt === 1) log.warn('the database does not answer yet; waiting for it');
      await sleep(Math.min(3000, 250 * attempt));
    }
  }
}

function sentence(url: string, error: unknown): string {
  const place = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : 'PostgreSQL (ELEKTO_DATABASE_URL)';
  const why =
    error instanceof DatabaseFault ? error.code : error instanceof Error ? error.message : String(error);
  return `The database at ${place} cannot be used: ${why}.`;
}
