/** What is in a backup, plain or encrypted: the bytes of keys, or a file that holds the database. */
import { createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import {
  BackupError,
  kindOfBytes,
  kindOfFile,
  needsPassphrase,
  openSealed,
  readIdentities,
  withTemporary,
  type FileKind,
  type OpenedBy,
} from '@elekto/backup';

import type { Dialect } from '@elekto/db/kind';

import { CliError } from '../cli-error.ts';

import { readPassphrase } from './passphrase.ts';

export interface OpeningFlags {
  readonly identityFile?: string;
  readonly passphraseFile?: string;
}

export type Unsealed =
  | { readonly kind: 'keys'; readonly bytes: Buffer }
  | { readonly kind: Dialect; readonly file: string };

/**
 * Opens the backup and hands over what is in it. A decrypted database lies in a temporary directory as long as `work`
 * lasts; decrypted keys are in memory alone.
 * @throws CliError | BackupError
 */
export async function withUnsealed<T>(
  file: string,
  flags: OpeningFlags,
  work: (contents: Unsealed) => T | Promise<T>,
): Promise<T> {
  const kind = kindOfFile(file);
  if (isDatabase(kind)) return work({ kind, file });
  if (kind !== 'sealed') throw notOurs(file);
  const parts = openSealed(file, await openedBy(file, flags));
  const first = await parts.next();
  const within: FileKind = first.done === true ? 'other' : kindOfBytes(first.value);
  if (within === 'keys') {
    const all = [first.value as Uint8Array];
    for await (const part of parts) all.push(part);
    return work({ kind: 'keys', bytes: Buffer.concat(all) });
  }
  if (!isDatabase(within)) throw notOurs(file);
  const folder = mkdtempSync(join(tmpdir(), 'elekto-restore-'));
  return withTemporary(folder, async () => {
    const plain = join(folder, 'database');
    await pipeline(
      // What may not open is read to its end before anything is done with it.
      async function* () {
        yield first.value;
        yield* parts;
      },
      createWriteStream(plain, { mode: 0o600, flush: true }),
    ).catch((error: unknown) => {
      if (error instanceof BackupError) throw error;
      throw new CliError(`${folder} has no room for the database (${(error as { code?: string }).code})`);
    });
    return await work({ kind: within, file: plain });
  });
}

const isDatabase = (kind: FileKind): kind is Dialect =>
  kind === 'sqlite' || kind === 'postgresql' || kind === 'mariadb';

async function openedBy(file: string, { identityFile, passphraseFile }: OpeningFlags): Promise<OpenedBy> {
  if (identityFile !== undefined) return { identities: readIdentities(identityFile) };
  if (!needsPassphrase(file))
    throw new CliError(
      `${file} is encrypted to a public key: name the file with its identity (--identity-file)`,
    );
  return {
    passphrase: await readPassphrase({ file: passphraseFile, env: process.env, fresh: false }),
  };
}

const notOurs = (file: string): CliError =>
  new CliError(`${file} is neither a database nor a backup of keys made by elekto backup`);
