/** Whether a database takes writes. That it answers says nothing of a full disk, or of a replica that only reads. */
import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { putRow } from './statements.ts';

/** Characters of a try: the disk must take what a ballot writes, for on a full one small rows still find room. */
const SIZE = 65_536;
/** In PostgreSQL each try stays in the write-ahead log: while nothing has failed, small ones have to do. */
const CALM_SIZE = { sqlite: SIZE, postgresql: 16, mariadb: SIZE };

/**
 * The code of what keeps `db` from taking writes, such as `SQLITE_FULL`; null while nothing does. Writes a note of
 * its own twice a minute to know, and after a write failed each time, as large as a ballot's. The schema is up to date.
 */
export const writeProblem = (db: Database): Promise<string | null> =>
  // Something new each time: what is there already would not be written again.
  db.writes.problem((isCalm) =>
    writeProbe(db, randomBytes((isCalm ? CALM_SIZE[db.dialect] : SIZE) / 2).toString('hex')),
  );

/** Nobody reads it: it is authenticated by nothing. */
async function writeProbe(db: Database, body: string): Promise<void> {
  await db.transaction((em) => putRow(em, 'note', ['name'], { name: 'probe', body, version: 0, mac: '' }));
}
