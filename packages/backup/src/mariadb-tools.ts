/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal and in the log, in English as all of them */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { clientOptions, UnfitDatabase } from '@elekto/db/mariadb-address';

import { BackupError } from './backup-error.ts';
import { runTool, type Ran } from './run-tool.ts';

/** One moment's view while others write, of what both makers' programs understand. It drops nothing where it is brought back. */
const DUMP = [
  '--single-transaction',
  '--skip-lock-tables',
  '--skip-add-locks',
  '--skip-add-drop-table',
  '--skip-disable-keys',
  '--skip-dump-date',
  // Not as hexadecimal digits: a row of twice its bytes would not go back through the packet that it came through.
  '--skip-hex-blob',
  '--no-tablespaces',
  '--max-allowed-packet=1G',
];

/** What is counted for a minute tells of requests, and nobody needs it: the table alone. */
const WITHOUT_ROWS = 'recent_use';

/** How a dump ends that was not cut off, in its last bytes. */
const END = /-- Dump completed\s*$/;

interface Program {
  readonly name: string;
  readonly maker: 'mariadb' | 'mysql';
}

/** The program of the server's own maker, or the other's, which speaks to it as well. */
async function find(url: string, kind: 'client' | 'dump'): Promise<Program> {
  const names = kind === 'dump' ? ['mariadb-dump', 'mysqldump'] : ['mariadb', 'mysql'];
  for (const name of url.startsWith('mysql:') ? names.toReversed() : names) {
    const { code, out } = await runTool(name, ['--version'], process.env);
    if (code === 0) return { name, maker: /mariadb/i.test(out) ? 'mariadb' : 'mysql' };
  }
  throw new BackupError(`${names.join(' or ')} is not here: install the client of MariaDB or MySQL`);
}

/** Writes the statements that make the database again to the file `to`, which is there and empty. @throws BackupError */
export async function dumpMariaDb(url: string, to: string): Promise<void> {
  const { name, maker } = await find(url, 'dump');
  const { args, database, env } = optionsOf(url, maker);
  const all = [...args, ...DUMP, ...(maker === 'mysql' ? ['--set-gtid-purged=OFF'] : [])];
  const file = openSync(to, 'a');
  try {
    for (const what of [
      [`--ignore-table=${database}.${WITHOUT_ROWS}`, database],
      ['--no-data', database, WITHOUT_ROWS],
    ])
      check(name, await runTool(name, [...all, ...what], env, { stdout: file }));
  } finally {
    closeSync(file);
  }
  if (!isWhole(to)) throw new BackupError(`${name} ended before the dump was whole`);
}

function isWhole(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    // Encrypted ones were padded with empty lines.
    for (let end = size; end > 0;) {
      const bytes = Buffer.alloc(Math.min(65_536, end));
      readSync(file, bytes, 0, bytes.length, end - bytes.length);
      if (/\S/.test(bytes.toString('latin1'))) return END.test(bytes.toString('latin1'));
      end -= bytes.length;
    }
    return false;
  } finally {
    closeSync(file);
  }
}

/**
 * Brings a dump back into an empty database: all of it, or nothing. Tables cannot be made in a transaction there, so what was
 * made before a failure is removed again.
 * @throws BackupError
 */
export async function restoreMariaDb(url: string, from: string): Promise<void> {
  if (!isWhole(from)) throw new BackupError('the file is cut off: it lacks the end of a dump');
  const { name, maker } = await find(url, 'client');
  const { args, database, env } = optionsOf(url, maker);
  const common = [...args, '--batch', '--skip-column-names', `--database=${database}`];
  const ask = async (statement: string): Promise<string[]> => {
    const ran = await runTool(name, [...common, `--execute=${statement}`], env);
    check(name, ran);
    return ran.out.split('\n').filter((line) => line !== '');
  };
  const tables = (): Promise<string[]> =>
    ask('select table_name from information_schema.tables where table_schema = database()');
  if ((await tables()).length > 0)
    throw new BackupError('the database is not empty, and nothing in it is overwritten');
  const file = openSync(from, 'r');
  try {
    const ran = await runTool(name, [...common, '--binary-mode', '--max-allowed-packet=1G'], env, {
      stdin: file,
    });
    if (ran.code === 0) return;
    const made = (await tables()).map((table) => `\`${table.replaceAll('`', '``')}\``);
    if (made.length > 0) await ask(`set foreign_key_checks = 0; drop table ${made.join(', ')}`);
    check(name, ran);
  } finally {
    closeSync(file);
  }
}

function optionsOf(url: string, maker: Program['maker']): ReturnType<typeof clientOptions> {
  try {
    return clientOptions(url, maker);
  } catch (error) {
    if (error instanceof UnfitDatabase)
      throw new BackupError(`the database cannot be used: ${error.message}`);
    throw error;
  }
}

const PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [/Access denied/, 'the user or the password is wrong, or the user may not do this'],
  [/Unknown database/, 'the database is not there'],
  [
    /SSL|TLS|certificate/i,
    'the connection cannot be encrypted as ELEKTO_DATABASE_URL says (ssl-mode, ssl-ca)',
  ],
  [
    /max_allowed_packet|packet bigger/,
    'max_allowed_packet of the server is too small for a row: set 64M or more',
  ],
  [/Can't connect|Unknown .*host|Lost connection|gone away/, 'the database does not answer'],
];

function check(name: string, { code, said }: Ran): void {
  if (code === 0) return;
  const known = PROBLEMS.find(([pattern]) => pattern.test(said));
  throw new BackupError(known === undefined ? `${name} failed (${code})` : `${name}: ${known[1]}`);
}
