import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { BackupError, openSealed, writeSealed } from '@elekto/backup';
import { type OfficerKey, officerKey, ROOT_BYTES } from '@elekto/custody/ceremony';
import { z } from 'zod';

import { readPassphrase } from '../backup/passphrase.ts';
import { CliError } from '../cli-error.ts';

const OF = { what: 'key file', variable: 'ELEKTO_KEY_PASSPHRASE' };

const body = z.strictObject({ login: z.string(), root: z.string().regex(/^[0-9a-f]{32}$/) });

export interface KeyFile {
  readonly login: string;
  readonly key: OfficerKey;
}

/** Where a key file is, and where its passphrase comes from. */
export interface KeyFlags {
  readonly keyFile: string;
  readonly passphraseFile?: string;
}

/** Opens the key of an officer. @throws CliError when there is none, or the passphrase is another one. */
export async function readKeyFile({ keyFile, passphraseFile }: KeyFlags): Promise<KeyFile> {
  if (!existsSync(keyFile))
    throw new CliError(
      `${keyFile}: there is no key here. "elekto custody key" makes one; "elekto custody recover" brings one back from its twelve words.`,
    );
  const passphrase = await readPassphrase({ file: passphraseFile, env: process.env, fresh: false, of: OF });
  const parsed = body.safeParse(await opened(keyFile, passphrase));
  if (!parsed.success) throw new CliError(`${keyFile} holds no officer's key of this version`);
  const root = Buffer.from(parsed.data.root, 'hex');
  const key = officerKey(root);
  root.fill(0);
  return { login: parsed.data.login, key };
}

/** A passphrase for a key file that is about to be written, which nothing else stands in the place of. */
export async function newPassphrase({ keyFile, passphraseFile }: KeyFlags): Promise<string> {
  if (existsSync(keyFile))
    throw new CliError(`${keyFile}: there is a key already. Name another file, or move it away.`);
  return readPassphrase({ file: passphraseFile, env: process.env, fresh: true, of: OF });
}

/** What the file says, as JSON; null when that is none. @throws CliError when the passphrase is another one. */
async function opened(keyFile: string, passphrase: string): Promise<unknown> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of openSealed(keyFile, { passphrase })) parts.push(part);
  } catch (error) {
    if (error instanceof BackupError) throw new CliError(error.message);
    throw error;
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8').replace(/\0+$/, '')) as unknown;
  } catch {
    return null;
  }
}

/** Padded to it, so that the size does not tell the login. */
const STEP = 512;

/** Writes a key file in the format of age that only this user can read; whole or not at all. */
export async function writeKeyFile(
  keyFile: string,
  login: string,
  root: Uint8Array,
  passphrase: string,
): Promise<void> {
  if (root.length !== ROOT_BYTES) throw new RangeError('a root is 16 bytes');
  const text = Buffer.from(JSON.stringify({ login, root: Buffer.from(root).toString('hex') }));
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
  const source = (async function* () {
    yield await Promise.resolve(text);
  })();
  try {
    await writeSealed(source, { file: keyFile, to: { passphrase }, step: STEP });
  } catch (error) {
    if (error instanceof BackupError) throw new CliError(`${keyFile}: the key file cannot be written`);
    throw error;
  } finally {
    text.fill(0);
  }
}
