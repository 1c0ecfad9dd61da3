import { deleteSessionsOf, findPeople, freeLogin, type Database, type SignedIn } from '@elekto/db';
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { withInstallation } from './with-installation.ts';
import { writeOut } from './terminal.ts';

/** `elekto sessions`: signs somebody out everywhere, in every browser and app; takes a login from an account. */
export function register(command: Command): void {
  command
    .command('end')
    .description('sign a person out everywhere')
    .argument('<login>', 'the login, or the account as #1234')
    .action(async (name: string) => {
      await each(name, (db, { userId }) => deleteSessionsOf(db, userId));
      writeOut(`${name} is signed out everywhere.\n`);
    });
  command
    .command('free')
    .description('let another account of the provider sign in under this login')
    .argument('<login>', 'the login, or the account as #1234')
    .action(async (name: string) => {
      await each(name, freeLogin);
      writeOut(`${name} is signed out, and the login is whose signs in with it next.\n`);
    });
}

async function each(who: string, act: (db: Database, person: SignedIn) => Promise<unknown>): Promise<void> {
  const found = await withInstallation(async ({ db, keys }) => {
    const alike = await findPeople(db, who.startsWith('#') ? { account: who.slice(1) } : { login: who });
    // Where the provider tells case apart, the other one is somebody else.
    const exact = alike.filter(({ login }) => login === who);
    const people = exact.length > 0 ? exact : alike;
    for (const person of people) await act(db, person);
    // Also for a row that somebody keeps and puts back.
    const at = await db.read((em) => db.now(em));
    if (people.length > 0)
      keys.endedSignIns.endAll(
        at,
        people.map(({ userId }) => userId),
      );
    return people.length;
  });
  if (found === 0) throw new CliError(`nobody called ${who} has signed in here`);
}
