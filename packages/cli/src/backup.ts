import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

import { copySqlite, DatabaseFault, inspectSqlite } from '@elekto/db';
import type { Command } from 'commander';

import { sealKeys } from './backup/keys-archive.ts';
import { readKeyFiles } from './backup/keys-directory.ts';
import { keepApart, targetFile } from './backup/kinds.ts';
import { readPassphrase } from './backup/passphrase.ts';
import { placesFrom } from './backup/places.ts';
import { CliError } from './cli-error.ts';

interface BackupFlags {
  readonly keys?: boolean;
  readonly passphraseFile?: string;
}

/** `elekto backup <target>`: the database while the server runs; with --keys, the keys, encrypted, elsewhere. */
export function register(command: Command): void {
  command
    .argument('<target>', 'new file, or a directory in which one is named by the time')
    .option('--keys', 'back up the secrets directory, encrypted under a passphrase, instead of the database')
    .option('--passphrase-file <file>', 'file with the passphrase (or set ELEKTO_BACKUP_PASSPHRASE)')
    .addHelpText(
      'after',
      '\nReads ELEKTO_DATA_DIR, ELEKTO_DATABASE_URL and ELEKTO_SECRETS_DIR like the server. PostgreSQL is backed up' +
        '\nwith pg_dump. The keys never go into the same directory as the database. See docs/operators-backup.md.',
    )
    .action(async (target: string, flags: BackupFlags) => {
      const line = flags.keys === true ? await backUpKeys(target, flags) : backUpDatabase(target);
      process.stdout.write(`${line}\n`);
    });
}

/** The command that makes the same for PostgreSQL; names the variable, not the URL with its password. */
const WITH_PG_DUMP =
  'the database is PostgreSQL: back it up with its own tools, which also work while the server runs:\n' +
  '  pg_dump --format=custom --no-owner --no-unlogged-table-data --file=elekto.dump "$ELEKTO_DATABASE_URL"\n' +
  'and bring it back into an empty database with:\n' +
  '  pg_restore --no-owner --exit-on-error --single-transaction --dbname="$ELEKTO_DATABASE_URL" elekto.dump';

function backUpDatabase(target: string): string {
  const { sqlite, secretsDir } = placesFrom(process.env);
  if (sqlite === null) throw new CliError(WITH_PG_DUMP);
  if (!existsSync(sqlite))
    throw new CliError(`there is no database at ${sqlite}: set ELEKTO_DATA_DIR or ELEKTO_DATABASE_URL`);
  const file = targetFile(target, 'database', new Date());
  if (file.startsWith(resolve(secretsDir) + sep))
    throw new CliError('the secrets directory is no place for a database');
  makeFolder(dirname(file));
  keepApart(file, 'database');
  const draft = `${file}.partial`;
  rmSync(draft, { force: true });
  try {
    copySqlite(sqlite, draft);
    const copy = inspectSqlite(draft);
    if (copy.integrity !== 'ok') throw new CliError(`the copy is damaged and was removed: ${copy.integrity}`);
    chmodSync(draft, 0o600);
    renameSync(draft, file);
    return `${file}: ${copy.elections.length} elections, ${copy.participations} participations, ${statSync(file).size} bytes`;
  } catch (error) {
    rmSync(draft, { force: true });
    if (error instanceof DatabaseFault)
      throw new CliError(`the database could not be copied (${error.code})`);
    throw error;
  }
}

async function backUpKeys(target: string, flags: BackupFlags): Promise<string> {
  const { secretsDir } = placesFrom(process.env);
  const files = readKeyFiles(secretsDir);
  const file = targetFile(target, 'keys', new Date());
  makeFolder(dirname(file));
  keepApart(file, 'keys');
  const passphrase = await readPassphrase({ file: flags.passphraseFile, env: process.env, fresh: true });
  writeNew(file, sealKeys(files, passphrase, new Date()));
  const open = [...files.keys()].filter((name) => name.endsWith('.box')).length;
  return (
    `${file}: ${files.size} keys, encrypted; ${open} of them open ballots of elections that are not counted yet.\n` +
    'Destroy this file when those elections are counted: until then it can undo the destruction of their keys.'
  );
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CliError(`${folder} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
}

function writeNew(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    throw new CliError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
