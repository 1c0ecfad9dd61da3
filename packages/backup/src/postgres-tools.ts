/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal and in the log, in English as all of them */
import { BackupError } from './backup-error.ts';
import { runTool, type Ran } from './run-tool.ts';

/** The connection for a program of PostgreSQL: its arguments and environment. The password is in no list of processes. */
function connectionOf(url: string): { dbname: string; env: NodeJS.ProcessEnv } {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  parsed.password = '';
  return {
    dbname: `--dbname=${parsed.href}`,
    env: { ...process.env, ...(password !== '' && { PGPASSWORD: password }) },
  };
}

/** What `recent_use` holds is of the last minutes: it tells of requests, and nobody needs it. */
const DUMP = ['--format=custom', '--no-owner', '--no-unlogged-table-data'];

/** Writes an archive of pg_dump to the file `to`. @throws BackupError */
export async function dumpPostgres(url: string, to: string): Promise<void> {
  const { dbname, env } = connectionOf(url);
  check('pg_dump', await runTool('pg_dump', [...DUMP, `--file=${to}`, dbname], env));
}

/** Brings an archive of pg_dump back into an empty database: all of it, or nothing. @throws BackupError */
export async function restorePostgres(url: string, from: string): Promise<void> {
  const { dbname, env } = connectionOf(url);
  const options = ['--no-owner', '--exit-on-error', '--single-transaction', dbname];
  check('pg_restore', await runTool('pg_restore', [...options, from], env));
}

function check(name: string, { code, said }: Ran): void {
  if (code === 0) return;
  throw new BackupError(problemOf(name, code, said));
}

function problemOf(name: string, code: Ran['code'], said: string): string {
  if (code === 'ENOENT')
    return `${name} is not here: install the client of PostgreSQL, of the server's version or newer`;
  if (/server version mismatch/.test(said))
    return `${name} is older than the server: install the client of its version`;
  if (/already exists/.test(said)) return `the database is not empty, and nothing in it is overwritten`;
  if (/does not exist/.test(said) && /FATAL/.test(said))
    return `${name}: the database or its user is not there`;
  if (/authentication failed/.test(said)) return `${name}: the user or the password is wrong`;
  if (/could not (connect|translate)|connection to server/.test(said))
    return `${name}: the database does not answer`;
  return `${name} failed (${code})`;
}
