import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { sharedServer, testRun } from './shared-server.ts';

export { createMariaDb } from './mariadb-server.ts';
export type { MariaDbServer } from './mariadb-server.ts';

/** A database of one's own on a MariaDB or MySQL. */
export interface FreshMariaDb {
  readonly url: string;
  readonly name: string;
  /** Removes it. */
  drop(): Promise<void>;
}

/** Servers to test against that are there already: a user who may make databases. */
const GIVEN = { mariadb: process.env['TEST_MARIADB_URL'], mysql: process.env['TEST_MYSQL_URL'] };

const PROGRAMS = ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db'];
const TOOL = '/usr/bin/mariadb-dump';
const isThere = (): boolean => PROGRAMS.every((path) => existsSync(path));

const PACKAGES = 'mariadb-server-core mariadb-client';
const APT = 'apt-get -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15';

/**
 * Installs Debian's server where it is missing and we may; one at a time, and tried once by all files of a test run:
 * where nothing can be fetched, minutes of each file would go into finding that out. Only fetching is cut off, as a
 * package that is half installed is in everybody's way.
 */
export function installMariaDb(): void {
  if (GIVEN.mariadb !== undefined || (isThere() && existsSync(TOOL))) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const tried = join(tmpdir(), `elekto-apt-mariadb-${testRun}.tried`);
  const command = [
    `mkdir '${tried}' || exit 0`,
    `timeout 120 ${APT} update`,
    `timeout 180 ${APT} install -y --no-install-recommends --download-only ${PACKAGES} || exit 1`,
    `${APT} install -y --no-install-recommends ${PACKAGES} && rmdir '${tried}'`,
  ].join('\n');
  spawnSync('flock', [join(tmpdir(), 'elekto-apt.lock'), 'sh', '-c', command], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Why its own tools cannot be tried here; null when they can. They are of another package than the server. */
export const noMariaDbTools = (): string | null =>
  mariaDbs().includes('mariadb') && existsSync(TOOL)
    ? null
    : 'MariaDB and its tools are not installed here (Debian: apt-get install mariadb-server-core mariadb-client)';

/**
 * Which of the two can be asked here. `TEST_MARIADB_URL` and `TEST_MYSQL_URL` name them; without the first, Debian's
 * MariaDB is started, and installed where we may. Debian has no MySQL.
 */
export function mariaDbs(): readonly ('mariadb' | 'mysql')[] {
  installMariaDb();
  return [
    ...(GIVEN.mariadb !== undefined || isThere() ? (['mariadb'] as const) : []),
    ...(GIVEN.mysql !== undefined ? (['mysql'] as const) : []),
  ];
}

async function addressOf(kind: 'mariadb' | 'mysql'): Promise<string> {
  return GIVEN[kind] ?? `mariadb://elekto:elekto@127.0.0.1:${(await sharedServer('mariadb')).port}/`;
}

async function statement(address: string, text: string): Promise<void> {
  const { hostname, port, username, password } = new URL(address);
  const client = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  });
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** A fresh, empty database on a real MariaDB or MySQL; Debian's is shared by all files of a test run. */
export async function freshMariaDb(kind: 'mariadb' | 'mysql' = 'mariadb'): Promise<FreshMariaDb> {
  const address = await addressOf(kind);
  const name = `t_${randomBytes(8).toString('hex')}`;
  await statement(address, `create database \`${name}\``);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return { url: url.href, name, drop: () => statement(address, `drop database if exists \`${name}\``) };
}
