/**
 * Other servers on the same PostgreSQL. Whoever reads a new commit says so by NOTIFY, and the others look at
 * the repository at once. Nothing depends on it: polling finds the same a little later.
 */
import pg from 'pg';

import type { Logger } from '../log.ts';

const CHANNEL = 'elekto_commit';
const LONGEST_PAUSE = 30_000;

export interface Peers {
  /** Tells the others that `commit` is there. Does not wait, does not fail. */
  announce(commit: string): void;
  close(): Promise<void>;
}

const NOBODY: Peers = { announce: () => undefined, close: () => Promise.resolve() };

/** Listens until closed, also across restarts of the database. With SQLite there is nobody to listen to. */
export function createPeers(databaseUrl: string, heard: (commit: string | null) => void, log: Logger): Peers {
  return databaseUrl.startsWith('sqlite:') ? NOBODY : new Listener(databaseUrl, heard, log);
}

class Listener implements Peers {
  readonly #url: string;
  readonly #heard: (commit: string | null) => void;
  readonly #log: Logger;
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #pause = 500;
  #closed = false;
  /** The first connection follows a full read; later ones may have missed something. */
  #missed = false;

  constructor(url: string, heard: (commit: string | null) => void, log: Logger) {
    this.#url = url;
    this.#heard = heard;
    this.#log = log;
    void this.#connect();
  }

  announce(commit: string): void {
    void this.#client?.query('select pg_notify($1, $2)', [CHANNEL, commit]).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      application_name: 'elekto-peers',
    });
    client.on('error', () => this.#later(client));
    client.on('end', () => this.#later(client));
    client.on('notification', ({ payload }) => this.#heard(payload ?? null));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch {
      return this.#later(client);
    }
    if (this.#closed) return void client.end().catch(() => undefined);
    this.#client = client;
    this.#pause = 500;
    if (this.#missed) this.#heard(null);
    this.#missed = true;
  }

  /** Once for each connection that was lost or never came about. */
  #later(client: pg.Client): void {
    client.removeAllListeners('end');
    if (this.#closed || (this.#client !== null && this.#client !== client)) return;
    if (this.#client === client)
      this.#log.warn('the connection for notifications was lost; it is made again');
    this.#client = null;
    void client.end().catch(() => undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), this.#pause);
    this.#timer.unref();
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
  }
}
