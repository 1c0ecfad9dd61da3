/* eslint elekto/words-in-catalogue: off -- for the operator's terminal, in English as all of them */
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { refused } from './refused.ts';
import { operator, withInstallation } from './with-installation.ts';
import { writeOut } from './terminal.ts';

/** `elekto officers list|release`: which account has taken which office, and giving one free. */
export function register(command: Command): void {
  command
    .command('list')
    .description('show which account has taken which office')
    .action(() => list());
  command
    .command('release')
    .description('give an office free for another account of the same login')
    .argument('<key>', 'the key of the election')
    .argument('<login>', 'the login that election.yaml names')
    .action((key: string, login: string) => release(key, login));
}

async function list(): Promise<void> {
  const offices = await withInstallation(({ box }) => box.listOffices());
  if (offices.length === 0) return writeOut('No office was taken yet.\n');
  for (const { key, login, account, genuine } of offices)
    writeOut(
      genuine
        ? `${key} ${login}#${account}\n`
        : `${key} ${login}: the row was not written by the server, or was put back, and gives nobody the office\n`,
    );
  if (offices.some(({ genuine }) => !genuine))
    throw new CliError(
      'somebody else than the server writes this database; a row that gives nothing goes with: elekto officers release <key> <login>',
    );
}

async function release(key: string, login: string): Promise<void> {
  const result = await withInstallation(({ box }) => box.releaseOffice({ key, login }, operator()));
  if (!result.ok && result.error.kind === 'unknown-request')
    throw new CliError(`nobody has taken the office of ${login} in ${key}; see: elekto officers list`);
  if (!result.ok) throw refused(result.error);
  writeOut(
    `The office of ${login} in ${key} is free: the account that uses it next takes it. The record says so.\n`,
  );
}
