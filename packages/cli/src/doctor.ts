import type { Command } from 'commander';

import { runServerProgram } from './server-program.ts';

/** `elekto doctor`: what is wrong with an installation, whether its server runs or not, a line each. */
export function register(command: Command): void {
  command
    .addHelpText(
      'after',
      '\nReads the environment of the server. Looks at settings, disks, keys, database, clock, repository, sign-in app,' +
        '\nwebhook, backups and what a stranger sees. Ends with 1 when something is wrong.',
    )
    .action(async () => {
      process.exitCode = await runServerProgram(['--doctor']);
    });
}
