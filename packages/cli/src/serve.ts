import type { Command } from 'commander';

import { runServerProgram } from './server-program.ts';

/** `elekto serve`: the server, configured by the environment. */
export function register(command: Command): void {
  command
    .addHelpText('after', '\nSettings are environment variables: see docs/operators.md and .env.example.')
    .action(async () => {
      process.exitCode = await runServerProgram([]);
    });
}
