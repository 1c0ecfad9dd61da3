/** A server of the PostgreSQL that the machine has installed, with its tools: pg_dump and the server are of one version. */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FOLDER = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'postgres', 'psql', 'createdb', 'pg_dump', 'pg_restore'];
const NOBODY = 65_534;

export interface OwnPostgres {
  readonly port: number;
  /** The folder of its programs. */
  readonly bin: string;
  /** Of the superuser `postgres`, whom it lets in without a password. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs statements in a database. Throws with what psql says. */
  query(statement: string, database?: string): void;
  stop(): Promise<void>;
}

/** Null where none is installed (Debian: apt-get install postgresql). As durable as in production, and empty. */
export async function startOwnPostgres(): Promise<OwnPostgres | null> {
  const versions = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => join(FOLDER, name, 'bin')) : [];
  const bin = versions.find((path) => NEEDED.every((name) => existsSync(join(path, name))));
  if (bin === undefined) return null;
  const dir = mkdtempSync(join(tmpdir(), 'elekto-own-pg-'));
  const data = join(dir, 'data');
  // PostgreSQL does not run as root.
  const someone = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in someone) chownSync(dir, NOBODY, NOBODY);
  const options = { cwd: dir, encoding: 'utf8', ...someone } as const;
  const flags = ['-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8'];
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, ...flags], options);
  if (made.status !== 0) throw new Error(made.stderr);
  const port = await freePort();
  const address = ['-p', String(port), '-h', '127.0.0.1', '-k', ''];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...address], { ...options, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const env = { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: 'postgres' };
  const psql = (statement: string, database: string) =>
    spawnSync(
      join(bin, 'psql'),
      ['--set=ON_ERROR_STOP=1', `--dbname=${database}`, `--command=${statement}`],
      {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      },
    );
  for (let tries = 0; psql('select 1', 'postgres').status !== 0; tries += 1) {
    if (tries > 200 || server.exitCode !== null) throw new Error('PostgreSQL does not come up');
    await sleep(200);
  }
  return {
    port,
    bin,
    env,
    query(statement, database = 'postgres') {
      const { status, stderr } = psql(statement, database);
      if (status !== 0) throw new Error(stderr);
    },
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  await new Promise((resolve) => listening.close(resolve));
  return port;
}
