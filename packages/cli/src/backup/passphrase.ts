import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { CliError } from '../cli-error.ts';

/** Shorter ones are refused for a new backup: who has the file can guess for years. */
export const SHORTEST = 16;

export interface PassphraseSource {
  readonly file?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** For a new backup: asked for twice, and checked for length. */
  readonly fresh: boolean;
}

/**
 * The passphrase from the file named, from ELEKTO_BACKUP_PASSPHRASE, or asked for at the terminal.
 * @throws CliError when there is none, or a new one is too short.
 */
export async function readPassphrase({ file, env, fresh }: PassphraseSource): Promise<string> {
  const passphrase =
    (file === undefined ? env['ELEKTO_BACKUP_PASSPHRASE'] : fromFile(file)) ?? (await ask(fresh));
  if (passphrase === '') throw new CliError('the passphrase is empty');
  if (fresh && [...passphrase].length < SHORTEST) {
    throw new CliError(
      `the passphrase is too short: use at least ${SHORTEST} characters, six random words for example`,
    );
  }
  return passphrase;
}

function fromFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function ask(twice: boolean): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CliError(
      'name a file with the passphrase (--passphrase-file), or set ELEKTO_BACKUP_PASSPHRASE',
    );
  }
  const first = await hidden('Passphrase of the keys backup: ');
  if (twice && first !== (await hidden('Again: '))) throw new CliError('the two are not the same');
  return first;
}

/** Asks without showing what is typed. */
async function hidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
