import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RollEditError } from '@elekto/election';
import { countByRule, differenceOf, writeEvidence, writeVoters } from '@elekto/roll';
import { rollSummary } from '@elekto/words';
import { CliError } from '../cli-error.ts';
import { readRoll, type RollFlags } from './read-roll.ts';
import { EVIDENCE, rollAt, VOTERS } from './roll-files.ts';

/** Writes voters.yaml and roll-evidence.csv of a folder, and the summary. */
export async function build(
  folder: string,
  flags: RollFlags & { readonly summary?: string; readonly dryRun?: boolean },
): Promise<void> {
  const roll = await readRoll(folder, flags);
  if (roll.voters.length === 0)
    throw new CliError(
      'The rules give an empty roll, and nothing was written: "elekto roll explain <login>" says what they find of somebody.',
    );
  const before = await rollAt(folder);
  const voters = edited(before.votersText, roll.voters);
  const summary = rollSummary(
    {
      voters: roll.voters.length,
      rows: roll.rows,
      rules: countByRule(roll.rows),
      repositories: roll.read.repositories.length,
      cloned: roll.read.cloned.length,
      unattributed: roll.read.unattributed,
      difference: before.votersText === null ? null : differenceOf(before.voters, roll.voters),
      rowsBefore: before.rows,
      openUntil: roll.openUntil,
    },
    'en',
  );
  if (flags.dryRun !== true) {
    await writeFile(join(folder, EVIDENCE), writeEvidence(roll.rows));
    await writeFile(join(folder, VOTERS), voters);
  }
  if (flags.summary === undefined) process.stdout.write(summary);
  else await writeFile(flags.summary, summary);
}

function edited(before: string | null, logins: readonly string[]): string {
  try {
    return writeVoters(before, logins);
  } catch (error) {
    if (error instanceof RollEditError) throw new CliError(error.message);
    throw error;
  }
}
