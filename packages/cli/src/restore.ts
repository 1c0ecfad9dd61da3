import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { copySqlite, DatabaseFault, inspectSqlite } from '@elekto/db';
import type { SqliteContents } from '@elekto/db';
import type { Command } from 'commander';

import { openKeys } from './backup/keys-archive.ts';
import { writeKeyFiles } from './backup/keys-directory.ts';
import { kindOf } from './backup/kinds.ts';
import { readPassphrase } from './backup/passphrase.ts';
import { placesFrom } from './backup/places.ts';
import { CliError } from './cli-error.ts';

interface RestoreFlags {
  readonly passphraseFile?: string;
}

/** `elekto restore <file>`: a backup of the database or of the keys, told apart by what is in it. */
export function register(command: Command): void {
  command
    .argument('<file>', 'what `elekto backup` wrote')
    .option(
      '--passphrase-file <file>',
      'for keys: file with the passphrase (or set ELEKTO_BACKUP_PASSPHRASE)',
    )
    .addHelpText(
      'after',
      '\nWrites to the places that the server reads: ELEKTO_DATABASE_URL (or ELEKTO_DATA_DIR), ELEKTO_SECRETS_DIR.' +
        '\nNothing that is there is overwritten. Stop the server first. See docs/operators-backup.md.',
    )
    .action(async (file: string, flags: RestoreFlags) => {
      const kind = kindOf(file);
      if (kind === 'other')
        throw new CliError(`${file} is neither a database nor a backup of keys made by elekto backup`);
      const lines = kind === 'keys' ? [await restoreKeys(file, flags)] : restoreDatabase(file);
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

async function restoreKeys(file: string, flags: RestoreFlags): Promise<string> {
  const { secretsDir } = placesFrom(process.env);
  const passphrase = await readPassphrase({ file: flags.passphraseFile, env: process.env, fresh: false });
  const { files, createdAt } = openKeys(readFileSync(file), passphrase);
  writeKeyFiles(secretsDir, files);
  return `${secretsDir}: ${files.size} keys as of ${createdAt.toISOString()}`;
}

function restoreDatabase(file: string): string[] {
  const { sqlite, secretsDir } = placesFrom(process.env);
  if (sqlite === null) {
    throw new CliError(
      'ELEKTO_DATABASE_URL names PostgreSQL and the file is a SQLite database: bring PostgreSQL back with pg_restore',
    );
  }
  for (const there of [sqlite, `${sqlite}-wal`, `${sqlite}-shm`, `${sqlite}-journal`]) {
    if (existsSync(there))
      throw new CliError(`${there} exists and is not overwritten: stop the server and move it away first`);
  }
  const contents = inspected(file);
  const draft = `${sqlite}.restoring`;
  try {
    mkdirSync(dirname(sqlite), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    copySqlite(file, draft);
    // A link fails where a file came into being meanwhile; a rename would replace it.
    linkSync(draft, sqlite);
  } catch (error) {
    if (error instanceof DatabaseFault) throw new CliError(`${file} could not be copied (${error.code})`);
    throw new CliError(`${sqlite} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  } finally {
    rmSync(draft, { force: true });
  }
  const { elections, participations } = contents;
  return [
    `${sqlite}: ${elections.length} elections, ${participations} participations, ${statSync(sqlite).size} bytes`,
    ...missingKeys(contents, secretsDir),
  ];
}

/** @throws CliError for what must not be put in the server's place. */
function inspected(file: string): SqliteContents {
  let contents: SqliteContents;
  try {
    contents = inspectSqlite(file);
  } catch (error) {
    if (error instanceof DatabaseFault)
      throw new CliError(`${file} cannot be read as a database (${error.code})`);
    throw error;
  }
  if (contents.integrity !== 'ok') throw new CliError(`${file} is damaged: ${contents.integrity}`);
  if (contents.migrations.length === 0)
    throw new CliError(`${file} is a SQLite database, but not one of Elekto`);
  if (contents.newer.length > 0) {
    throw new CliError(
      `${file} was made by a newer version of Elekto (it has ${contents.newer.join(', ')}): install that version, then restore`,
    );
  }
  return contents;
}

/** Elections whose ballots this secrets directory cannot open, a line each. */
function missingKeys({ elections }: SqliteContents, secretsDir: string): string[] {
  const unopened = elections.filter(
    ({ id, state }) =>
      (state === 'open' || state === 'closed') && !existsSync(join(secretsDir, 'elections', `${id}.box`)),
  );
  if (unopened.length === 0) return [];
  return [
    `The keys of ${unopened.map(({ key }) => key).join(', ')} are not in ${secretsDir}: restore the keys too.`,
    'Where they were destroyed because the election was counted after this backup, its ballots cannot be opened again.',
  ];
}
