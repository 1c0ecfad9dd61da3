/**
 * Other servers on the same database. Whoever reads a new commit says so, and the others look at the repository at
 * once: PostgreSQL brings the news by NOTIFY; elsewhere it is a note that each looks at every few seconds. Nothing
 * depends on it: polling the repository finds the same a little later.
 */
import type { Duplex } from 'node:stream';

import type { Notes } from '@elekto/ballot-box';
import { databaseKind } from '@elekto/db';
import pg from 'pg';

import type { Logger } from '../log.ts';
import { within } from '../within.ts';

const CHANNEL = 'elekto_commit';
/** The name of the note, where there is no NOTIFY, and ms between two looks at it. */
const NOTE = 'commit-read';
const LOOK = 3000;
const LONGEST_PAUSE = 30_000;
/** Ms in which PostgreSQL must answer here. */
const PATIENCE = 5000;
/** Ms for the end of a connection. */
const GOODBYE = 1000;
/** Whoever only listens cannot tell silence from a connection that is gone: so often, ms, it is asked. */
const PULSE = 30_000;

export interface Peers {
  /** Tells the others that `commit` is there. Does not wait, does not fail. */
  announce(commit: string): void;
  close(): Promise<void>;
}

const NOBODY: Peers = { announce: () => undefined, close: () => Promise.resolve() };

interface PeersParts {
  readonly databaseUrl: string;
  readonly notes: Pick<Notes, 'read' | 'write'>;
  /** Told of a commit that another has read; null when something may have been missed. */
  readonly heard: (commit: string | null) => void;
  readonly log: Logger;
  /** Ms between two looks at the note; of tests. */
  readonly every?: number;
}

/** Listens until closed, also across restarts of the database. With SQLite there is nobody to listen to. */
export function createPeers({ databaseUrl, notes, heard, log, every = LOOK }: PeersParts): Peers {
  const kind = databaseKind(databaseUrl);
  if (kind === 'sqlite') return NOBODY;
  return kind === 'postgresql' ? new Listener(databaseUrl, heard, log) : lookAtNote(notes, heard, every);
}

/** One row by its name, every few seconds: what was said before this server came is no news to it. */
function lookAtNote(notes: PeersParts['notes'], heard: PeersParts['heard'], every: number): Peers {
  let last: string | null | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const commit = (await notes.read(NOTE)).get(NOTE) ?? null;
    if (last !== undefined && commit !== last) heard(commit);
    last = commit;
  };
  const timer = setInterval(() => {
    // A database that does not answer now is asked again in a moment, and the note is still there.
    looking = looking.then(look).catch(() => undefined);
  }, every);
  timer.unref();
  return {
    announce(commit) {
      if (commit === last) return;
      last = commit;
      void notes.write(NOTE, commit).catch(() => undefined);
    },
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

class Listener implements Peers {
  readonly #url: string;
  readonly #heard: (commit: string | null) => void;
  readonly #log: Logger;
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #pulse: NodeJS.Timeout | undefined;
  #pause = 500;
  #closed = false;
  #lost = false;
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
    clearInterval(this.#pulse);
    if (this.#client !== null) await end(this.#client);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
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
    if (this.#closed) return void end(client);
    this.#client = client;
    this.#pause = 500;
    this.#pulse = setInterval(() => void client.query('select 1').catch(() => this.#later(client)), PULSE);
    this.#pulse.unref();
    if (this.#lost) this.#log.info('the connection for notifications is there again');
    this.#lost = false;
    if (this.#missed) this.#heard(null);
    this.#missed = true;
  }

  /** Once for each connection that was lost or never came about. */
  #later(client: pg.Client): void {
    client.removeAllListeners('end');
    if (this.#closed || (this.#client !== null && this.#client !== client)) return;
    if (this.#client === client && !this.#lost) {
      this.#lost = true;
      this.#log.warn('the connection for notifications was lost; it is made again');
    }
    this.#client = null;
    void end(client);
    clearInterval(this.#pulse);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), this.#pause);
    this.#timer.unref();
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
  }
}

/** Says goodbye, and cuts the connection when nobody answers. */
async function end(client: pg.Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  await within(GOODBYE, client.end()).catch(() => stream.destroy());
}
