import type { Command } from 'commander';

import { CliError } from './cli-error.ts';

export function register(command: Command): void {
  command.argument('<file>', 'ballots: .csv, .json or .yaml').action((file: string) => {
    throw new CliError(`${file}: counting is not wired to the command yet`);
  });
}
