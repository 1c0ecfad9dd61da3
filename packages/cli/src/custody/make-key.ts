/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { officerKey, recoveryPhrase, ROOT_BYTES, wipe } from '@elekto/custody/ceremony';
import { isPossibleLogin, writeOfficerKeys } from '@elekto/election';
import { toBase64Url } from '@elekto/wire';

import { CliError } from '../cli-error.ts';
import { type KeyFlags, newPassphrase, writeKeyFile } from './key-file.ts';
import { openPrompt, type Prompt } from '../prompt.ts';
import { clearScreen, writeErr } from '../terminal.ts';

export interface MakeKeyFlags extends KeyFlags {
  readonly login: string;
  readonly out?: string;
}

const ASKED = 3;
const TRIES = 3;

/**
 * Makes an officer's key: shows the twelve words of its recovery phrase, has some of them typed back, and only then writes
 * the key file and the public halves.
 */
export async function makeKey(flags: MakeKeyFlags): Promise<string> {
  const { login, keyFile, out = `officers/${login}.json` } = flags;
  if (!isPossibleLogin(login)) throw new CliError(`${login} is not a login`);
  if (existsSync(out))
    throw new CliError(
      `${out}: this officer has a key. A new one takes part in no ceremony of the old one: move the file away if that is meant.`,
    );
  const passphrase = await newPassphrase(flags);
  const root = crypto.getRandomValues(new Uint8Array(ROOT_BYTES));
  try {
    const words = recoveryPhrase(root).split(' ');
    const prompt = openPrompt();
    try {
      await proveWords(words, prompt);
    } finally {
      prompt.close();
    }
    await writeKeyFile(keyFile, login, root, passphrase);
    const key = officerKey(root);
    // What goes on are its public halves.
    wipe(key);
    const [sign, receive] = [toBase64Url(key.sign), toBase64Url(key.receive)];
    writePublic(out, writeOfficerKeys({ login, sign, receive }));
  } finally {
    root.fill(0);
  }
  return (
    `Your key is in ${keyFile}; keep it on this computer only.\n` +
    `Your public keys are in ${out}: add this file to the elections folder of the repository with a pull request.\n`
  );
}

function writePublic(out: string, text: string): void {
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, text);
  } catch (error) {
    throw new CliError(`${out}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** Shows the words, and asks some of them back: what was not written down is found out while it can be. */
async function proveWords(words: readonly string[], prompt: Prompt): Promise<void> {
  const rows = [0, 1, 2, 3].map((row) =>
    [0, 1, 2]
      .map((column) => cell(row + 4 * column, words))
      .join('')
      .trimEnd(),
  );
  writeErr(
    `\nWrite these twelve words on paper. They bring your key back on any computer; there is no other backup.\nWhoever has them has your key.\n\n${rows.join('\n')}\n\n`,
  );
  await prompt.ask('Press Enter when they are written down. ');
  // Off the screen before they are asked back; a pipe shows them to nobody.
  clearScreen();
  for (const position of somePositions(words.length)) await askBack(position, words[position] ?? '', prompt);
}

const cell = (index: number, words: readonly string[]): string =>
  `${String(index + 1).padStart(4)}. ${(words[index] ?? '').padEnd(12)}`;

function somePositions(n: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < ASKED) chosen.add(randomInt(n));
  return [...chosen].sort((a, b) => a - b);
}

async function askBack(position: number, word: string, prompt: Prompt): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if ((await prompt.ask(`Word ${position + 1}: `)).toLowerCase() === word) return;
    writeErr('That is another word. Look at your paper.\n');
  }
  throw new CliError('the words on your paper are others: no key was made. Begin again.');
}
