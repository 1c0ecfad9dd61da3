import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { CliError } from '../cli-error.ts';
import { writeErr } from '../terminal.ts';

/** Shorter ones are refused for a new backup: who has the file can guess for years. */
export const SHORTEST = 16;

export interface PassphraseSource {
  readonly file?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** For a new file: asked for twice, and checked for length. */
  readonly fresh: boolean;
  /** What it opens, as the question names it, and the variable that may hold it. */
  readonly of?: { readonly what: string; readonly variable: string };
}

const BACKUP = { what: 'keys backup', variable: 'ELEKTO_BACKUP_PASSPHRASE' };

/**
 * The passphrase from the file named, from the variable, or asked for at the terminal.
 * @throws CliError when there is none, or a new one is too short.
 */
export async function readPassphrase({ file, env, fresh, of = BACKUP }: PassphraseSource): Promise<string> {
  const passphrase = (file === undefined ? env[of.variable] : fromFile(file)) ?? (await ask(fresh, of));
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

async function ask(twice: boolean, { what, variable }: { what: string; variable: string }): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CliError(`name a file with the passphrase (--passphrase-file), or set ${variable}`);
  }
  const first = await hidden(`Passphrase of the ${what}: `);
  if (twice && first !== (await hidden('Again: '))) throw new CliError('the two are not the same');
  return first;
}

/** Asks without showing what is typed. */
async function hidden(question: string): Promise<string> {
  writeErr(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    writeErr('\n');
  }
}
