import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { folderToKey, readDefinition } from '@elekto/election';
import type { Command } from 'commander';
import { CliError } from './cli-error.ts';
import { writeOut } from './terminal.ts';

/** `elekto plan <folder>`: what officers have to do when, from the dates of an election. */
export function register(command: Command): void {
  command
    .argument('<folder>', 'the folder of the election')
    .option('--dry-run', 'write no file')
    .addHelpText(
      'after',
      '\nWrites plan.yaml and plan.ics beside election.yaml and prints a checklist. Run it again when dates move: what is done stays done.',
    )
    .action(async (folder: string, { dryRun }: { dryRun?: boolean }) => {
      const path = join(folder, 'election.yaml');
      const text = await readFile(path, 'utf8').catch(() => {
        throw new CliError(`${path} cannot be read: "elekto new election" makes one.`);
      });
      const { definition } = readDefinition(path, text);
      if (definition === null) throw new CliError(`${path} has errors: "elekto lint ${folder}" says which.`);
      const { activitiesFor, checklist } = await import('@elekto/words');
      const { doneIn, planCalendar, planYaml } = await import('./plan/files.ts');
      const place = join(folder, 'plan.yaml');
      const done = doneIn(place, await readFile(place, 'utf8').catch(() => ''));
      const activities = activitiesFor(definition);
      if (dryRun !== true) {
        await writeFile(place, planYaml(definition, activities, done));
        const { electionsAbove } = await import('./elections-folder.ts');
        const full = resolve(folder);
        const inner = relative(electionsAbove(full), full).split(sep).join('/');
        const key = folderToKey(inner) ?? inner;
        await writeFile(join(folder, 'plan.ics'), planCalendar(definition, activities, key));
      }
      writeOut(checklist(definition, activities, done));
    });
}
