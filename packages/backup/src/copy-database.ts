/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal and in the log, in English as all of them */
/** A plain copy of the database, of one moment, while the server runs. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';

import { copySqlite, DatabaseFault, integrityOf } from '@elekto/db/copy-sqlite';
import { databaseKind as kindOf } from '@elekto/db/kind';

import { BackupError, codeOf } from './backup-error.ts';

export type DatabaseKind = 'sqlite' | 'postgresql';

/** @throws BackupError for a database that is backed up with its own tools alone, with how. */
export function databaseKind(url: string): DatabaseKind {
  const kind = kindOf(url);
  if (kind === 'sqlite' || kind === 'postgresql') return kind;
  throw new BackupError(WITH_MARIADB_DUMP);
}

/** One moment's view, while the server runs; without what is counted for a minute, which tells of requests. */
const WITH_MARIADB_DUMP = [
  'the database is MariaDB or MySQL: back it up with its own tools, also while the server runs:',
  '  mariadb-dump --single-transaction --hex-blob --no-tablespaces --ignore-table-data=<name>.recent_use --result-file=elekto.sql <name>',
  '(mysqldump knows no --ignore-table-data and takes --ignore-table=<name>.recent_use), and bring it back into an empty database with:',
  '  mariadb <name> <elekto.sql',
  'See docs/operators-backup.md.',
].join('\n');

/** The ending of the file's name. */
export const ENDINGS: Readonly<Record<DatabaseKind, string>> = { sqlite: 'db', postgresql: 'dump' };

/**
 * Copies the database of `url` into the new file `to`, readable by its owner alone: SQLite whole and without deleted rows,
 * PostgreSQL by pg_dump. Checked before it resolves.
 * @throws BackupError; nothing is left at `to` then.
 */
export async function copyDatabase(url: string, to: string): Promise<void> {
  rmSync(to, { force: true });
  try {
    // Made first, so that at no moment others may read it.
    closeSync(openSync(to, 'wx', 0o600));
    if (databaseKind(url) === 'postgresql') await dumpPostgres(url, to);
    else {
      copySqlite(url.slice('sqlite:'.length), to);
      const integrity = integrityOf(to);
      if (integrity !== 'ok') throw new BackupError(`the copy is damaged and was removed: ${integrity}`);
    }
  } catch (error) {
    rmSync(to, { force: true });
    if (error instanceof BackupError) throw error;
    if (error instanceof DatabaseFault)
      throw new BackupError(`the database could not be copied (${error.code})`);
    throw new BackupError(`the copy cannot be written (${codeOf(error)})`);
  }
}

/** The connection for a program of PostgreSQL: its arguments and environment. The password is in no list of processes. */
export function connectionOf(url: string): { dbname: string; env: NodeJS.ProcessEnv } {
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

async function dumpPostgres(url: string, to: string): Promise<void> {
  const { dbname, env } = connectionOf(url);
  await runTool('pg_dump', [...DUMP, `--file=${to}`, dbname], env);
}

/** Brings an archive of pg_dump back into an empty database: all of it, or nothing. @throws BackupError */
export async function restorePostgres(url: string, from: string): Promise<void> {
  const { dbname, env } = connectionOf(url);
  const options = ['--no-owner', '--exit-on-error', '--single-transaction', dbname];
  await runTool('pg_restore', [...options, from], env);
}

async function runTool(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(name, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => void (said = `${said}${text}`.slice(0, 4000)));
  const code = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(codeOf(error)));
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) throw new BackupError(toolProblem(name, code, said));
}

function toolProblem(name: string, code: number | string | null, said: string): string {
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
