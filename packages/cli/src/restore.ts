import { existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
  BackupError,
  databaseKind,
  restoreMariaDb,
  restorePostgres,
  unpackKeys,
  withTemporary,
  writeKeyFiles,
} from '@elekto/backup';
import { copySqlite, DatabaseFault, inspectSqlite } from '@elekto/db';
import type { SqliteContents } from '@elekto/db';
import type { Command } from 'commander';

import { placesFrom } from './backup/places.ts';
import { withUnsealed, type OpeningFlags, type Unsealed } from './backup/unsealed.ts';
import { CliError } from './cli-error.ts';
import { writeOut } from './terminal.ts';

/** `elekto restore <file>`: a backup of the database or of the keys, told apart by what is in it. */
export function register(command: Command): void {
  command
    .argument('<file>', 'what `elekto backup` or the server wrote')
    .option('--identity-file <file>', 'for what is encrypted to a public key: file with its AGE-SECRET-KEY')
    .option(
      '--passphrase-file <file>',
      'for keys: file with the passphrase (or set ELEKTO_BACKUP_PASSPHRASE)',
    )
    .addHelpText(
      'after',
      '\nWrites to the places that the server reads: ELEKTO_DATABASE_URL (or ELEKTO_DATA_DIR), ELEKTO_SECRETS_DIR.' +
        '\nNothing that is there is overwritten. Stop the server first. See docs/operators-backup.md.',
    )
    .action(async (file: string, flags: OpeningFlags) => {
      try {
        const lines = await withUnsealed(file, flags, (contents) => restore(file, contents));
        writeOut(`${lines.join('\n')}\n`);
      } catch (error) {
        throw error instanceof BackupError ? new CliError(error.message) : error;
      }
    });
}

async function restore(named: string, contents: Unsealed): Promise<string[]> {
  const { sqlite, secretsDir, databaseUrl } = placesFrom(process.env);
  if (contents.kind === 'keys') {
    const { files, createdAt } = unpackKeys(contents.bytes);
    writeKeyFiles(secretsDir, files);
    return [`${secretsDir}: ${files.size} keys as of ${createdAt.toISOString()}`];
  }
  const kind = databaseKind(databaseUrl);
  if (kind !== contents.kind)
    throw new CliError(
      `the file is of ${KINDS[contents.kind]} and ELEKTO_DATABASE_URL names ${KINDS[kind]}: name ${kind === 'sqlite' ? 'an empty database of it' : 'one of its kind'}`,
    );
  if (sqlite !== null) return restoreSqlite(named, contents.file, sqlite, secretsDir);
  await (kind === 'mariadb' ? restoreMariaDb : restorePostgres)(databaseUrl, contents.file);
  return ['the database of ELEKTO_DATABASE_URL: restored as a whole'];
}

const KINDS = { sqlite: 'SQLite', postgresql: 'PostgreSQL', mariadb: 'MariaDB or MySQL' } as const;

async function restoreSqlite(
  named: string,
  file: string,
  sqlite: string,
  secretsDir: string,
): Promise<string[]> {
  for (const there of [sqlite, `${sqlite}-wal`, `${sqlite}-shm`, `${sqlite}-journal`]) {
    if (existsSync(there))
      throw new CliError(`${there} exists and is not overwritten: stop the server and move it away first`);
  }
  const contents = inspected(named, file);
  const draft = `${sqlite}.restoring`;
  try {
    mkdirSync(dirname(sqlite), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    await withTemporary(draft, () => {
      copySqlite(file, draft);
      // A link fails where a file came into being meanwhile; a rename would replace it.
      linkSync(draft, sqlite);
    });
  } catch (error) {
    if (error instanceof DatabaseFault) throw new CliError(`${named} could not be copied (${error.code})`);
    throw new CliError(`${sqlite} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  const { elections, participations } = contents;
  return [
    `${sqlite}: ${elections.length} elections, ${participations} participations, ${statSync(sqlite).size} bytes`,
    ...missingKeys(contents, secretsDir),
  ];
}

/** @throws CliError for what must not be put in the server's place. */
function inspected(named: string, file: string): SqliteContents {
  let contents: SqliteContents;
  try {
    contents = inspectSqlite(file);
  } catch (error) {
    if (error instanceof DatabaseFault)
      throw new CliError(`${named} cannot be read as a database (${error.code})`);
    throw error;
  }
  if (contents.integrity !== 'ok') throw new CliError(`${named} is damaged: ${contents.integrity}`);
  if (contents.migrations.length === 0)
    throw new CliError(`${named} is a SQLite database, but not one of Elekto`);
  if (contents.newer.length > 0) {
    throw new CliError(
      `${named} was made by a newer version of Elekto (it has ${contents.newer.join(', ')}): install that version, then restore`,
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
