/**
 * The connections to MariaDB or MySQL: what each is told first, values that travel beside a statement and never in its
 * text, and a clock for answers that do not come, as with PostgreSQL.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { PAUSE, type TimeLimits } from '../time-limits.ts';

/** Ms that a query may take from here until its answer. More than the server's own limit, which is told why. */
const ANSWER = 20_000;
/** After a limit has passed: an answer may have come while this process was busy and could not look. */
const SECOND_LOOK = 500;

/** How long a lock is waited for. */
export const LOCK_SECONDS = 10;

/**
 * For each new connection. Seconds, and ms for MySQL's statements. What stands in a comment is read by the one of the
 * two that it is meant for: the limits have other names there.
 */
export const SESSION = [
  'set session transaction isolation level read committed',
  `set sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    autocommit = 1, foreign_key_checks = 1, unique_checks = 1, time_zone = '+00:00',
    innodb_lock_wait_timeout = ${LOCK_SECONDS}, lock_wait_timeout = ${LOCK_SECONDS}
    /*M! , max_statement_time = 15, idle_transaction_timeout = ${PAUSE / 1000} */
    /*!80000 , max_execution_time = 15000 */`,
] as const;

type Told = (error: unknown, answer?: unknown) => void;

/** What is used here of a connection of `mysql2`. */
interface Connection {
  query(text: string, ...rest: unknown[]): unknown;
  execute(text: string, values: readonly unknown[], told: Told): unknown;
  destroy(): void;
  readonly stream: Duplex;
  once(event: 'end' | 'error', told: () => void): unknown;
}

/** What is used here of a pool of `mysql2`. */
export interface Pool {
  on(event: 'connection' | 'acquire' | 'release', told: (connection: Connection) => void): unknown;
}

/** Bytes as the driver knows them; it would send others as text. */
const bound = (value: unknown): unknown =>
  value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;

/** Watches over the connections of a pool from the beginning. */
export function watchConnections(pool: Pool): TimeLimits {
  const asked = new AsyncLocalStorage<number>();
  const all = new Set<Connection>();
  const idle = new Set<Connection>();

  const hangUp = ({ stream }: Connection): void =>
    void stream.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
  /** One silent connection says that those nobody listens to are as old: they would be found silent one by one. */
  const giveUp = (connection: Connection): void => {
    hangUp(connection);
    for (const other of idle) hangUp(other);
  };

  function limited(connection: Connection, told: Told): Told {
    const ms = asked.getStore() ?? ANSWER;
    if (ms === 0) return told;
    let answered = false;
    const timer = setTimeout(() => {
      void sleep(SECOND_LOOK).then(() => answered || giveUp(connection));
    }, ms);
    return (error, answer) => {
      answered = true;
      clearTimeout(timer);
      told(error, answer);
    };
  }

  function begin(connection: Connection): void {
    all.add(connection);
    const gone = (): void => {
      all.delete(connection);
      idle.delete(connection);
    };
    connection.once('end', gone);
    connection.once('error', gone);
    const query = connection.query.bind(connection);
    connection.query = (text, values, told) => {
      if (typeof told !== 'function') return query(text, values, told);
      const limit = limited(connection, told as Told);
      if (!Array.isArray(values) || values.length === 0) return query(text, limit);
      return connection.execute(text, values.map(bound), limit);
    };
    for (const setting of SESSION) query(setting, (error: unknown) => error && hangUp(connection));
  }

  pool.on('connection', begin);
  pool.on('acquire', (connection) => idle.delete(connection));
  pool.on('release', (connection) => idle.add(connection));
  return {
    within: (ms, work) => asked.run(ms, work),
    hangUp: () => all.forEach(hangUp),
  };
}
