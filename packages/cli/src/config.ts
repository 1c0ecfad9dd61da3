import type { Command } from 'commander';

import { runServerProgram } from './server-program.ts';

/** `elekto config check`: what is wrong with the server's settings, all of it, and whether the repository can be read, without starting anything. */
export function register(command: Command): void {
  command
    .command('check')
    .description(
      'say everything that is wrong with the settings of this environment, and whether the repository can be read',
    )
    .action(async () => {
      process.exitCode = await runServerProgram(['--check']);
    });
}
