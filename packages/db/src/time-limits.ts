/**
 * How long PostgreSQL may take. Its own limits end what it knows of; where it is silent, as behind a failover or
 * a NAT that forgot the connection, only a clock on this side helps, and the connection is given up with its query.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginLater } from './begin-later.ts';
import { writeTogether } from './one-write.ts';
import { planOnce } from './prepared.ts';

/** Ms that a query may take from here until its answer. More than the server's own limit, which is told why. */
const ANSWER = 20_000;
/** After a limit has passed: an answer may have come while this process was busy and could not look. */
const SECOND_LOOK = 500;

/** Ms that a transaction may go without a statement: the locks of a server that stands still are given back then. */
export const PAUSE = 60_000;
/** The same for one that says so (`withLongPauses`): a count of tens of thousands of ballots takes minutes. */
export const LONGEST_PAUSE = 900_000;

/** For each new connection. By statements and not at connecting: a pooler between refuses what it does not know. */
const SESSION = [
  'statement_timeout = 15000',
  'lock_timeout = 10000',
  `idle_in_transaction_session_timeout = ${PAUSE}`,
  // So that locks of a server that vanished are given back within a minute.
  'tcp_keepalives_idle = 30',
  'tcp_keepalives_interval = 10',
  'tcp_keepalives_count = 3',
]
  .map((setting) => `set ${setting}`)
  .join('; ');

/** What is used here of a client of `pg`; its types hide the connection. */
interface Client {
  query(...args: unknown[]): unknown;
  readonly connection: { readonly stream: Duplex };
}

/** What is used here of a pool of `pg`. */
export interface Pool {
  on(event: 'acquire' | 'remove', told: (client: Client) => void): unknown;
  on(event: 'release', told: (error: unknown, client: Client) => void): unknown;
}

export interface TimeLimits {
  /** Runs `work`, whose queries get `ms` each; 0 for as long as they take. */
  within<T>(ms: number, work: () => Promise<T>): Promise<T>;
  /** Gives every connection up, whatever is under way on it. */
  hangUp(): void;
}

/** Limits, and the options for the pool that make it keep them. */
export function createTimeLimits(): TimeLimits & { readonly pool: object } {
  const asked = new AsyncLocalStorage<number>();
  const all = new Set<Client>();
  const idle = new Set<Client>();

  const hangUp = (client: Client): void => void client.connection.stream.destroy();

  /** One silent connection says that those nobody listens to are as old: they would be found silent one by one. */
  const giveUp = (client: Client): void => {
    hangUp(client);
    for (const other of idle) hangUp(other);
  };

  const limit = (client: Client): void => {
    all.add(client);
    const query = planOnce(client.query.bind(client));
    const together = writeTogether(client.connection.stream);
    client.query = beginLater((...args) => {
      together();
      const answer = query(...args);
      const ms = asked.getStore() ?? ANSWER;
      if (!(answer instanceof Promise) || ms === 0) return answer;
      let answered = false;
      const timer = setTimeout(() => {
        void sleep(SECOND_LOOK).then(() => answered || giveUp(client));
      }, ms);
      return answer.finally(() => {
        answered = true;
        clearTimeout(timer);
      });
    });
  };

  return {
    pool: {
      // What is asked before an answer has come is sent at once, and answered in its order (`in-one-go.ts`).
      pipeline: true,
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
      onPoolCreated(pool: Pool) {
        pool.on('acquire', (client) => idle.delete(client));
        pool.on('release', (_error, client) => idle.add(client));
        pool.on('remove', (client) => {
          idle.delete(client);
          all.delete(client);
        });
      },
      async onConnect(client: Client) {
        limit(client);
        await client.query(SESSION);
      },
    },
    within: (ms, work) => asked.run(ms, work),
    hangUp: () => all.forEach(hangUp),
  };
}
