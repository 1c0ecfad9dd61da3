import { writeFile } from 'node:fs/promises';
import { rollNews, writeRoll } from '@elekto/roll-sources';
import { rollSummary } from '@elekto/words';
import { CliError } from '../cli-error.ts';
import { readRollOf, type RollFlags } from './read-roll.ts';
import { rollAt } from './roll-at.ts';
import { told } from './told.ts';
import { writeData } from '../terminal.ts';

/** Writes voters.yaml and roll-evidence.csv of a folder, and the summary. */
export async function build(
  folder: string,
  flags: RollFlags & { readonly summary?: string; readonly dryRun?: boolean },
): Promise<void> {
  const roll = await readRollOf(folder, flags);
  if (roll.voters.length === 0)
    throw new CliError(
      'The rules give an empty roll, and nothing was written: "elekto roll explain <login>" says what they find of somebody.',
    );
  const before = await rollAt(folder);
  const summary = rollSummary(rollNews(roll, before), 'en');
  if (flags.dryRun !== true) await told(() => writeRoll(folder, before, roll));
  if (flags.summary === undefined) writeData(summary);
  else await writeFile(flags.summary, summary);
}
