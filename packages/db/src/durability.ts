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
    if (db.dialect === 'mariadb') {
      const { rows } = await sql<Flushing>`
        select @@innodb_flush_log_at_trx_commit as log, @@innodb_doublewrite as pages,
          @@log_bin as named, @@sync_binlog as binlog`.execute(tables(em));
      return flushProblem(rows[0] as Flushing);
    }
    const { rows } = await sql<{ name: string }>`
      select name from pg_settings
      where (name in ('fsync', 'full_page_writes') and setting = 'off')
         or (name = 'synchronous_commit' and setting = 'off')`.execute(tables(em));
    return rows.length === 0 ? null : `${rows.map(({ name }) => name).join(', ')} is off`;
  });
}

/** As the server answers: numbers, or ON and OFF. */
interface Flushing {
  readonly log: number | string;
  readonly pages: number | string;
  readonly named: number | string;
  readonly binlog: number | string;
}

/**
 * With a binary log it is the log that decides, after a crash, which transactions were committed: one that was not
 * flushed takes commits back that InnoDB had on disk (MariaDB, "Binary log group commit and InnoDB flushing").
 */
export function flushProblem({ log, pages, named, binlog }: Flushing): string | null {
  const wrong = [
    ...(Number(log) === 1 ? [] : [`innodb_flush_log_at_trx_commit is ${log} and not 1`]),
    ...(/^(0|off)$/i.test(String(pages)) ? ['innodb_doublewrite is off'] : []),
    ...(/^(1|on)$/i.test(String(named)) && Number(binlog) !== 1
      ? [`sync_binlog is ${binlog} and not 1`]
      : []),
  ];
  return wrong.length === 0 ? null : wrong.join(', ');
}
