import { fileURLToPath } from 'node:url';

import type { Command } from 'commander';
import { z } from 'zod';

import { archiveTable, electionSchema, recount } from './archive/recount.ts';
import type { Recount } from './archive/recount.ts';
import { CliError } from './cli-error.ts';
import { parseJson } from './tally-candidates.ts';
import { isSystemError } from './system-error.ts';
import { writeErr, writeOut } from './terminal.ts';

const LIST = fileURLToPath(new URL('../../../docs/archive.json', import.meta.url));

/** `elekto archive <folder>`: recounts public elections whose ballots are in a folder, and prints the table. */
export function register(command: Command): void {
  command
    .argument('<folder>', 'where the files of ballots are, at the paths that the list has')
    .option('--list <file>', 'the elections and what was published: JSON as docs/archive.json', LIST)
    .action((folder: string, { list }: { readonly list: string }) => archive(folder, list));
}

async function archive(folder: string, list: string): Promise<void> {
  const recounts: Recount[] = [];
  for (const election of readList(list)) {
    const again = await recount(election, folder);
    if (again === null) writeErr(`${election.name}: ${election.file} is not there\n`);
    else recounts.push(again);
  }
  if (recounts.length === 0) throw new CliError(`${folder}: holds no file of the list`);
  writeOut(archiveTable(recounts));
  const wrong = recounts.filter(({ seatsAgree, rankingAgrees }) => !seatsAgree || rankingAgrees === false);
  writeErr(`${recounts.length - wrong.length} of ${recounts.length} agree\n`);
}

function readList(file: string): z.infer<typeof electionSchema>[] {
  try {
    const parsed = z.array(electionSchema).safeParse(parseJson(file));
    if (parsed.success) return parsed.data;
    throw new CliError(`${file}: ${z.prettifyError(parsed.error)}`);
  } catch (error) {
    if (isSystemError(error)) throw new CliError(`${file}: cannot be read (${error.code})`);
    throw error;
  }
}
