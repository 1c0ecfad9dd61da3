/** Limits of one transaction that differ from those of all (`time-limits.ts`). */
import type { EntityManager } from '@mikro-orm/sql';
import { sql } from 'kysely';
import { dialectOf } from './dialect.ts';
import { allEnded, connectionOf } from './in-one-go.ts';
import { LOCK_SECONDS } from './mariadb/connections.ts';
import { prepared } from './prepared.ts';
import { tables } from './tables.ts';
import { LONGEST_PAUSE, PAUSE } from './time-limits.ts';

/**
 * Runs `work` in the transaction of `em`, which may compute for as long as `LONGEST_PAUSE` between two statements. Others end after a
 * minute, so that a server that stands still gives its locks back. SQLite ends none: who holds its one lock is on this machine.
 */
export async function withLongPauses<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  switch (dialectOf(em)) {
    case 'sqlite':
      return work();
    case 'postgresql':
      // To the end of the transaction.
      await sql`select set_config('idle_in_transaction_session_timeout', ${String(LONGEST_PAUSE)}, true)`.execute(
        tables(em),
      );
      return work();
    case 'mariadb':
      await pause(em, LONGEST_PAUSE);
      try {
        return await work();
      } finally {
        // Where the connection is lost, nobody gets it next.
        await pause(em, PAUSE).catch(() => undefined);
      }
  }
}

/** MySQL has no such limit, and no empty statement. */
const pause = (em: EntityManager, ms: number): Promise<unknown> =>
  sql`set @elekto = null /*M! , idle_transaction_timeout = ${sql.lit(ms / 1000)} */`.execute(tables(em));

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
    case 'postgresql': {
      const shortened = shortenLocks(em, { ms: String(seconds * 1000) });
      if (connectionOf(em) === undefined) {
        await shortened;
        return work();
      }
      const done = work();
      await allEnded([shortened, done]);
      return done;
    }
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

/** To the end of the transaction. */
const shortenLocks = prepared((em, { ms }: { readonly ms: string }) =>
  sql`select set_config('lock_timeout', ${ms}, true)`.compile(tables(em)),
);

const lockWait = (em: EntityManager, seconds: number): Promise<unknown> =>
  sql`set session innodb_lock_wait_timeout = ${sql.lit(seconds)}`.execute(tables(em));
