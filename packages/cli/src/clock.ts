/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import type { Command } from 'commander';

import { refused } from './refused.ts';
import { operator, withInstallation } from './with-installation.ts';
import { writeOut } from './terminal.ts';

/** `elekto clock accept`: goes on where the server holds what cannot be undone because it does not believe the clock. */
export function register(command: Command): void {
  command
    .command('accept')
    .description("say that the database's clock is right, for an hour")
    .addHelpText(
      'after',
      '\nBefore an election is ended for good the server compares the clock with hosts elsewhere. Where they differ, or none' +
        '\nanswers after a jump, it waits: see docs/operators-troubleshooting.md. Look at the clock first.',
    )
    .action(async () => {
      const accepted = await withInstallation(({ box }) => box.acceptClock(operator()));
      if (!accepted.ok) throw refused(accepted.error);
      writeOut(
        `The clock of the database says ${new Date(accepted.value).toISOString()} and is believed for an hour. The record says so.\n`,
      );
    });
}
