import { existsSync } from 'node:fs';

import { DatabaseFault, migrate, NewerSchema, startDatabase, UnfitDatabase } from '@elekto/db';
import type { Command } from 'commander';

import { placesFrom } from './backup/places.ts';
import { CliError } from './cli-error.ts';
import { writeOut } from './terminal.ts';

/** `elekto migrate`: brings the schema of the database up to date, as the server does at its start. */
export function register(command: Command): void {
  command
    .addHelpText(
      'after',
      '\nReads ELEKTO_DATA_DIR and ELEKTO_DATABASE_URL. Several may run at once. There is no way back:' +
        '\nback the database up first. See docs/operators-backup.md.',
    )
    .action(async () => {
      const { databaseUrl, sqlite, isNamed } = placesFrom(process.env);
      if (!isNamed && sqlite !== null && !existsSync(sqlite))
        throw new CliError(
          `there is no database at ${sqlite}: set ELEKTO_DATA_DIR or ELEKTO_DATABASE_URL as the server has it. Nothing was made`,
        );
      try {
        const db = await startDatabase({ url: databaseUrl });
        try {
          await migrate(db);
        } finally {
          await db.close();
        }
      } catch (error) {
        if (error instanceof NewerSchema) throw new CliError(error.message);
        if (error instanceof UnfitDatabase)
          throw new CliError(`the database cannot be used: ${error.message}`);
        if (error instanceof DatabaseFault) throw new CliError(`the database cannot be used (${error.code})`);
        throw error;
      }
      writeOut('The database is up to date.\n');
    });
}
