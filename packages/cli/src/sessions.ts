import { deleteSessionsOf, findPeople } from '@elekto/db';
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { withInstallation } from './with-installation.ts';

/** `elekto sessions end`: signs somebody out everywhere, in every browser and app. */
export function register(command: Command): void {
  command
    .command('end')
    .description('sign a person out everywhere')
    .argument('<login>', 'the GitHub login, or the number of the account as #1234')
    .action((who: string) => end(who));
}

async function end(who: string): Promise<void> {
  const ended = await withInstallation(async ({ db }) => {
    const people = await findPeople(db, who.startsWith('#') ? { account: who.slice(1) } : { login: who });
    for (const { userId } of people) await deleteSessionsOf(db, userId);
    return people.length;
  });
  if (ended === 0) throw new CliError(`nobody called ${who} has signed in here`);
  process.stdout.write(`${who} is signed out everywhere.\n`);
}
