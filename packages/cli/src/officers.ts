/* eslint elekto/words-in-catalogue: off -- for the operator's terminal, in English as all of them */
import { tables } from '@elekto/db';
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { refused } from './refused.ts';
import { operator, withInstallation } from './with-installation.ts';

/** `elekto officers list|release`: which account has taken which office, and giving one free. */
export function register(command: Command): void {
  command
    .command('list')
    .description('show which GitHub account has taken which office')
    .action(() => list());
  command
    .command('release')
    .description('give an office free for another account of the same login')
    .argument('<key>', 'the key of the election')
    .argument('<login>', 'the login that election.yaml names')
    .action((key: string, login: string) => release(key, login));
}

async function list(): Promise<void> {
  const rows = await withInstallation(({ db }) =>
    db.read((em) =>
      tables(em)
        .selectFrom('office')
        .select(['election_key', 'login', 'account'])
        .orderBy('election_key')
        .orderBy('login')
        .execute(),
    ),
  );
  if (rows.length === 0) return void process.stdout.write('No office was taken yet.\n');
  for (const { election_key, login, account } of rows)
    process.stdout.write(`${election_key} ${login}#${account}\n`);
}

async function release(key: string, login: string): Promise<void> {
  const result = await withInstallation(({ box }) => box.releaseOffice({ key, login }, operator()));
  if (!result.ok && result.error.kind === 'unknown-request')
    throw new CliError(`nobody has taken the office of ${login} in ${key}; see: elekto officers list`);
  if (!result.ok) throw refused(result.error);
  process.stdout.write(
    `The office of ${login} in ${key} is free: the account that uses it next takes it. The record says so.\n`,
  );
}
