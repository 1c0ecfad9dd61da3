/** For who keeps many rows locked while another lock is waited for. */
import type { EntityManager } from '@mikro-orm/sql';
import { sql } from 'kysely';
import { dialectOf } from './dialect.ts';
import { LOCK_SECONDS } from './mariadb/connections.ts';
import { tables } from './tables.ts';

/** Ms without a statement after which PostgreSQL ends such a transaction: of a server that stands still. */
const SHORT_PAUSE = 60_000;

/**
 * Runs `work` in the transaction of `em`, where each lock is waited for so many whole seconds at most; then it is a fault of kind `busy`. On
 * SQLite nobody waits for locks within a transaction.
 */
export async function withShortLocks<T>(
  em: EntityManager,
  seconds: number,
  work: () => Promise<T>,
): Promise<T> {
  switch (dialectOf(em)) {
    case 'sqlite':
      return work();
    case 'postgresql':
      // To the end of the transaction.
      await sql`select set_config('lock_timeout', ${String(seconds * 1000)}, true),
        set_config('idle_in_transaction_session_timeout', ${String(SHORT_PAUSE)}, true)`.execute(tables(em));
      return work();
    case 'mariadb':
      await lockWait(em, seconds);
      try {
        return await work();
      } finally {
        // Where the connection is lost, nobody gets it next.
        await lockWait(em, LOCK_SECONDS).catch(() => undefined);
      }
  }
}

const lockWait = (em: EntityManager, seconds: number): Promise<unknown> =>
  sql`set session innodb_lock_wait_timeout = ${sql.lit(seconds)}`.execute(tables(em));
