/* eslint elekto/words-in-catalogue: off -- for the operator's log and probes, in English as all of them */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** Why the database may forget an acknowledged ballot when the power fails, as bad as none; null when it does not. */
export function durabilityProblem(db: Database): Promise<string | null> {
  return db.read(async (em) => {
    if (db.dialect === 'sqlite') {
      const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(tables(em));
      return Number(rows[0]?.synchronous) >= 2 ? null : 'synchronous is not FULL';
    }
    const { rows } = await sql<{ name: string }>`
      select name from pg_settings
      where (name in ('fsync', 'full_page_writes') and setting = 'off')
         or (name = 'synchronous_commit' and setting = 'off')`.execute(tables(em));
    return rows.length === 0 ? null : `${rows.map(({ name }) => name).join(', ')} is off`;
  });
}
