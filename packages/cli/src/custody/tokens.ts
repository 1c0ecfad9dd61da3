/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { z } from 'zod';

import { CliError } from '../cli-error.ts';

const shape = z.record(z.string(), z.string());

/** The sign-ins of this computer, each for one origin: the token of one server is never sent to another. */
export function tokenFor(file: string, origin: string): string {
  const token = tokensIn(file)[origin];
  if (token !== undefined) return token;
  throw new CliError(
    `you are not signed in at ${origin} here: run "elekto custody sign-in --server ${origin}" first`,
  );
}

/** Keeps a sign-in beside those at other servers, in a file that only this user can read. */
export function keepToken(file: string, origin: string, token: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const all = { ...tokensIn(file), [origin]: token };
  writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** None where the file is not there or of another form: signing in again mends both. */
function tokensIn(file: string): Readonly<Record<string, string>> {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
