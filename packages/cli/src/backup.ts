import { existsSync, linkSync, statSync, writeFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';

import {
  BackupError,
  copyDatabase,
  databaseKind,
  ENDINGS,
  isRecipient,
  keepApart,
  makeBackup,
  newIdentity,
  readKeyFiles,
  withTemporary,
} from '@elekto/backup';
import { inspectSqlite } from '@elekto/db';
import type { Command } from 'commander';

import { readPassphrase } from './backup/passphrase.ts';
import { placesFrom } from './backup/places.ts';
import { targetFile } from './backup/target-file.ts';
import { CliError } from './cli-error.ts';
import { writeOut } from './terminal.ts';

interface BackupFlags {
  readonly keys?: boolean;
  readonly recipient?: string;
  readonly passphraseFile?: string;
  readonly newIdentity?: boolean;
}

/** `elekto backup <target>`: the database while the server runs; with --keys, the keys, encrypted, elsewhere. */
export function register(command: Command): void {
  command
    .argument('<target>', 'new file, or a directory in which one is named by the time')
    .option('--keys', 'back up the secrets directory, encrypted, instead of the database')
    .option('--recipient <key>', 'encrypt to this public key (age1...)')
    .option(
      '--passphrase-file <file>',
      'of the keys: file with the passphrase (or set ELEKTO_BACKUP_PASSPHRASE)',
    )
    .option('--new-identity', 'make a key pair: the file gets the secret half, and the public one is printed')
    .addHelpText(
      'after',
      '\nReads ELEKTO_DATA_DIR, ELEKTO_DATABASE_URL and ELEKTO_SECRETS_DIR like the server. PostgreSQL is backed up' +
        '\nwith pg_dump and MariaDB with mariadb-dump, which have to be here. Encrypted files are in the format of age. The keys never go into the same' +
        '\ndirectory as the database. See docs/operators-backup.md.',
    )
    .action(async (target: string, flags: BackupFlags) => {
      const line = await told(() =>
        flags.newIdentity === true
          ? makeIdentity(target)
          : flags.keys === true
            ? backUpKeys(target, flags)
            : backUpDatabase(target, flags),
      );
      writeOut(`${line}\n`);
    });
}

async function told(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BackupError ? new CliError(error.message) : error;
  }
}

function recipientOf({ recipient }: BackupFlags): string | null {
  if (recipient === undefined) return null;
  if (!isRecipient(recipient)) throw new CliError(`${recipient} is not a public key of age (age1...)`);
  return recipient;
}

async function makeIdentity(target: string): Promise<string> {
  const { identity, recipient } = await newIdentity();
  const file = targetFile(target, 'identity', new Date());
  try {
    writeFileSync(file, `# public key: ${recipient}\n${identity}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    throw new CliError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  return recipient;
}

async function backUpDatabase(target: string, flags: BackupFlags): Promise<string> {
  const { sqlite, databaseUrl, secretsDir } = placesFrom(process.env);
  const recipient = recipientOf(flags);
  if (sqlite !== null && !existsSync(sqlite))
    throw new CliError(`there is no database at ${sqlite}: set ELEKTO_DATA_DIR or ELEKTO_DATABASE_URL`);
  const ending = ENDINGS[databaseKind(databaseUrl)] + (recipient === null ? '' : '.age');
  const file = targetFile(target, ending, new Date());
  if (file.startsWith(resolve(secretsDir) + sep))
    throw new CliError('the secrets directory is no place for a database');
  keepApart(file, 'database');
  const draft = `${file}.plain`;
  if (recipient !== null) {
    await makeBackup({ what: 'database', url: databaseUrl, draft, file, to: { recipient } });
    return `${file}: encrypted, ${statSync(file).size} bytes`;
  }
  await withTemporary(draft, async () => {
    await copyDatabase(databaseUrl, draft);
    // A link fails where a file came into being meanwhile; a rename would replace it.
    linkSync(draft, file);
  });
  return `${file}: ${sqlite === null ? '' : contents(file)}${statSync(file).size} bytes`;
}

function contents(file: string): string {
  const { elections, participations } = inspectSqlite(file);
  return `${elections.length} elections, ${participations} participations, `;
}

async function backUpKeys(target: string, flags: BackupFlags): Promise<string> {
  const { secretsDir } = placesFrom(process.env);
  const recipient = recipientOf(flags);
  const names = [...readKeyFiles(secretsDir).keys()];
  const file = targetFile(target, 'keys.age', new Date());
  keepApart(file, 'keys');
  const to =
    recipient === null
      ? {
          passphrase: await readPassphrase({ file: flags.passphraseFile, env: process.env, fresh: true }),
        }
      : { recipient };
  await makeBackup({ what: 'keys', secretsDir, file, to, at: Date.now() });
  const open = names.filter((name) => name.endsWith('.box')).length;
  return (
    `${file}: ${names.length} keys, encrypted; ${open} of them open ballots of elections that are not counted yet.\n` +
    'Destroy this file when those elections are counted: until then it can undo the destruction of their keys.'
  );
}
