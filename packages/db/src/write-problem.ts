/** Whether a database takes writes. That it answers says nothing of a full disk, or of a replica that only reads. */
import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { putRow } from './statements.ts';

/**
 * Bytes of a try, as characters. The disk of SQLite and of InnoDB, whose logs are used again, must take what a
 * ballot writes; in PostgreSQL each try stays in the write-ahead log, and its full disk shows with any write.
 */
const SIZE = { sqlite: 65_536, postgresql: 16, mariadb: 65_536 };

/**
 * The code of what keeps `db` from taking writes, such as `SQLITE_FULL`; null while nothing does. Writes a note of
 * its own twice a minute to know, and each time after a write failed. The schema is up to date.
 */
export const writeProblem = (db: Database): Promise<string | null> =>
  // Something new each time: what is there already would not be written again.
  db.writes.problem(() => writeProbe(db, randomBytes(SIZE[db.dialect] / 2).toString('hex')));

/** Nobody reads it: it is authenticated by nothing. */
async function writeProbe(db: Database, body: string): Promise<void> {
  await db.transaction((em) => putRow(em, 'note', ['name'], { name: 'probe', body, version: 0, mac: '' }));
}
