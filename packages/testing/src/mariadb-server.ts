import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Certificates } from './certificates.ts';
import { freePort } from './free-port.ts';

/** A MariaDB server of our own, on 127.0.0.1 and a free port. */
export interface MariaDbServer {
  readonly dataDir: string;
  readonly port: number;
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  /** Statements of a superuser. */
  query(database: string, statement: string): Promise<Record<string, unknown>[]>;
  start(): Promise<void>;
  /** `crash` is kill -9: nothing is flushed, recovery replays the redo log at the next start. */
  stop(how: 'fast' | 'crash'): Promise<void>;
  /** Stops the server and removes its files. */
  remove(): Promise<void>;
  /** Everything the server has logged. */
  log(): string;
}

/** The user `nobody` and his group on Debian: the server refuses to run as root. */
const NOBODY = 65_534;
const USER = 'elekto';
const isRoot = process.getuid?.() === 0;

export interface MariaDbOptions {
  /** With what is acknowledged on disk, as in production; without it tests are faster. */
  readonly durable: boolean;
  /** The general log repeats every statement, as a careless operator's would; and a binary log is kept. */
  readonly logStatements?: boolean;
  /** Lets clients encrypt. */
  readonly certificates?: Certificates;
  /** More options of the server, such as `sql-mode=`. */
  readonly settings?: readonly string[];
  /** Where its directory is made, for a disk of its own. */
  readonly below?: string | undefined;
}

/** Makes and starts a server in a temporary directory, with Debian's programs (`mariadb-server-core`). */
export async function createMariaDb({
  durable,
  logStatements,
  certificates,
  settings = [],
  below = tmpdir(),
}: MariaDbOptions): Promise<MariaDbServer> {
  const home = mkdtempSync(join(below, 'elekto-mariadb-'));
  const dataDir = join(home, 'data');
  // A MariaDB that starts removes the temporary tables it finds in its directory for them, and /tmp is everybody's.
  const tmpDir = join(home, 'tmp');
  mkdirSync(tmpDir);
  const port = await freePort();
  const setUp = join(home, 'users.sql');
  writeFileSync(
    setUp,
    `create user if not exists '${USER}'@'127.0.0.1' identified by '${USER}';\n` +
      `grant all on *.* to '${USER}'@'127.0.0.1' with grant option;\n`,
  );
  if (isRoot) for (const dir of [home, tmpDir]) chownSync(dir, NOBODY, NOBODY);
  chmodSync(home, 0o755);
  const general = join(home, 'statements.log');
  const user = isRoot ? ['--user=nobody'] : [];
  const common = [
    `--datadir=${dataDir}`,
    `--tmpdir=${tmpDir}`,
    '--innodb-buffer-pool-size=48M',
    '--innodb-log-file-size=32M',
    '--skip-name-resolve',
  ];
  const options = [
    '--no-defaults',
    ...user,
    ...common,
    `--socket=${join(home, 'socket')}`,
    `--pid-file=${join(home, 'pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--init-file=${setUp}`,
    '--max-connections=200',
    '--performance-schema=OFF',
    '--key-buffer-size=1M',
    '--aria-pagecache-buffer-size=1M',
    ...(durable
      ? []
      : ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync']),
    ...(logStatements === true
      ? [
          '--general-log=1',
          `--general-log-file=${general}`,
          '--log-bin=binlog',
          '--binlog-format=ROW',
          '--sync-binlog=1',
        ]
      : []),
    ...(certificates === undefined
      ? []
      : [`--ssl-cert=${certificates.cert}`, `--ssl-key=${certificates.key}`]),
    ...settings.map((setting) => `--${setting}`),
  ];
  const made = spawnSync('/usr/bin/mariadb-install-db', [
    '--no-defaults',
    ...user,
    ...common,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--innodb-flush-method=nosync',
  ]);
  if (made.status !== 0) {
    rmSync(home, { recursive: true, force: true });
    throw new Error(`MariaDB's tables cannot be made: ${String(made.stderr)}`);
  }

  let child: ChildProcess | null = null;
  let log = '';
  const url = (database: string): string => `mariadb://${USER}:${USER}@127.0.0.1:${port}/${database}`;
  async function query(database: string, statement: string): Promise<Record<string, unknown>[]> {
    const address = { host: '127.0.0.1', port, user: USER, password: USER, ...(database && { database }) };
    const client = await createConnection(address);
    try {
      const [rows] = await client.query<RowDataPacket[]>(statement);
      return Array.isArray(rows) ? rows : [];
    } finally {
      await client.end();
    }
  }
  async function start(): Promise<void> {
    const begun = (child = spawn('/usr/sbin/mariadbd', options, { stdio: ['ignore', 'ignore', 'pipe'] }));
    begun.stderr?.on('data', (chunk) => void (log += String(chunk)));
    for (let tries = 0; ; tries += 1) {
      try {
        await query('', 'select 1');
        return;
      } catch (error) {
        if (begun.exitCode !== null || tries > 600)
          throw new Error(`MariaDB does not start: ${log}`, { cause: error });
        await sleep(100);
      }
    }
  }
  async function stop(how: 'fast' | 'crash'): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGTERM' : 'SIGKILL');
    await gone;
  }
  const server: MariaDbServer = {
    dataDir,
    port,
    url,
    query,
    createDatabase: async (name) => void (await query('', `create database \`${name}\``)),
    start,
    stop,
    async remove() {
      await stop('crash');
      rmSync(home, { recursive: true, force: true });
    },
    log: () => log + (existsSync(general) ? readFileSync(general, 'latin1') : ''),
  };
  await start();
  return server;
}
