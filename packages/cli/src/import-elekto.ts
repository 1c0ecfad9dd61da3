import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { applyPlan } from './import-elekto/apply.ts';
import { readMeta } from './import-elekto/meta-source.ts';
import { openOldDatabase } from './import-elekto/old-database.ts';
import { makePlan, running } from './import-elekto/plan.ts';
import type { Plan } from './import-elekto/plan.ts';
import { toReport } from './import-elekto/report.ts';
import { withInstallation } from './with-installation.ts';
import { writeOut } from './terminal.ts';

interface ImportFlags {
  readonly meta?: string;
  readonly elections?: string;
  readonly apply?: boolean;
}

/** `elekto import-elekto <database>`: takes over what the Elekto written in Python has in its database. */
export function register(command: Command): void {
  command
    .argument(
      '[database]',
      'sqlite:<path>, postgresql://... or mysql://... (or set ELEKTO_IMPORT_URL, which no process list shows)',
    )
    .option('--meta <url or path>', 'the meta repository (default: ELEKTO_META)')
    .option('--elections <dir>', 'its elections directory (default: ELEKTO_ELECTIONS_DIR, or elections)')
    .option('--apply', 'write; without it only a report is printed')
    .addHelpText(
      'after',
      '\nWrites where the server does: ELEKTO_DATABASE_URL (or ELEKTO_DATA_DIR), ELEKTO_SECRETS_DIR.' +
        '\nSee docs/moving-from-elekto.md.',
    )
    .action(async (database: string | undefined, flags: ImportFlags) => {
      const source = database ?? process.env['ELEKTO_IMPORT_URL'];
      if (source === undefined)
        throw new CliError('name the old database: sqlite:<path>, postgresql://... or mysql://...');
      const plan = await planFrom(source, flags);
      writeOut(toReport(plan));
      if (flags.apply !== true) {
        writeOut('\nNothing was written. Run it again with --apply to write.\n');
        return;
      }
      const lines = await writeInto(plan);
      writeOut(`\n${lines.join('\n')}\nDone. Restart the server to show it.\n`);
    });
}

async function planFrom(source: string, flags: ImportFlags): Promise<Plan> {
  const snapshot = await readMeta(process.env, flags);
  const old = await openOldDatabase(source);
  try {
    return await makePlan(old, snapshot, Date.now());
  } finally {
    await old.close();
  }
}

async function writeInto(plan: Plan): Promise<string[]> {
  const open = running(plan);
  if (open.length > 0) {
    throw new CliError(
      `nothing was written: people have voted in ${open.join(', ')}, which has not ended, and could vote again here`,
    );
  }
  return withInstallation((installation) => applyPlan(plan, installation), { begin: true });
}
