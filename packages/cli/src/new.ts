import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { METHODS } from '@elekto/election';
import type { Command } from 'commander';
import { Option } from 'commander';
import { newCandidate } from './new/candidate-file.ts';
import { createElection } from './new/create.ts';
import { inZones } from './new/dates.ts';
import type { NewElection } from './new/election-files.ts';
import * as read from './new/options.ts';
import { openPrompt, type Prompt } from './prompt.ts';
import { writeErr, writeOut } from './terminal.ts';

/** `elekto new election <folder>` and `elekto new candidate <folder> <login>`: files that are ready to be merged, or to be filled in. */
export function register(command: Command): void {
  command
    .command('election')
    .description('make the folder of a new election')
    .argument('<folder>', 'for example elections/steering/2027')
    .option('--name <text>', 'title of the election')
    .option('--body <name>', 'the body whose seats these are; its last election is taken over')
    .option('--organization <text>', 'who holds it')
    .option(
      '--start <time>',
      'first moment of voting: UTC, or with a zone, as "2027-09-01 09:00 Europe/Berlin"',
      read.firstMoment,
    )
    .option(
      '--end <time>',
      'last moment of voting, as "2027-09-14 AoE"; a day alone is all of it',
      read.lastMoment,
    )
    .option('--seats <number>', 'seats to fill', read.seats)
    .option('--officers <logins>', 'logins of the officers, separated by commas', read.logins)
    .option(
      '--voters <logins or file>',
      'who may vote: logins, or a file with one a line (default: the officers)',
      read.voters,
    )
    .option('--eligibility <text>', 'who may vote, in words')
    .option('--exceptions <text>', 'who may ask to be added, in words')
    .option('--description <text>', 'what is decided, Markdown')
    .addOption(new Option('--method <name>', 'counting method').choices(METHODS))
    .option('--from <folder>', 'the election whose organisation, officers, rule and texts are taken over')
    .option('--no-copy', 'take nothing over from the last election of the body, or beside this folder')
    .option('--ask', 'ask for what is not named (the default at a terminal)')
    .option('--no-ask', 'take what is not named as it is otherwise')
    .action(async (folder: string, { from, copy, ask, ...given }: Flags) => {
      const source = from ?? (copy ? undefined : null);
      await withPrompt(ask ?? atTerminal(), async (prompt) => {
        const wanted = { given, prompt, ...(source !== undefined && { from: source }) };
        const { paths, start, end, doubts } = await createElection(folder, wanted);
        for (const path of paths) writeOut(`${path}\n`);
        if (prompt === null) for (const line of inZones(start, end)) writeErr(`${line}\n`);
        for (const line of doubts) writeErr(`Look again: ${line}\n`);
      });
    });
  command
    .command('candidate')
    .description("make a candidate's file")
    .argument('<folder>', 'the folder of the election')
    .argument('<login>', 'login of the candidate', read.oneLogin)
    .option('--name <text>', 'name of the candidate')
    .option(
      '--field <name=value>',
      'a field of theirs, as employer=Acme; more than once for more',
      read.field,
    )
    .option('--text <file>', 'their profile, Markdown; "-" reads standard input')
    .option('--ask', 'ask for what the template wants (the default at a terminal)')
    .option('--no-ask', 'take the template as it is')
    .action(async (folder: string, id: string, { name, field, text, ask }: CandidateFlags) => {
      const profile = text === undefined ? undefined : await profileIn(text);
      const isAsked = ask ?? (atTerminal() && field === undefined && text === undefined);
      await withPrompt(isAsked, async (prompt) => {
        const path = await newCandidate(folder, { id, name, fields: field, text: profile }, prompt);
        writeOut(`${path}\n`);
      });
    });
}

type Flags = Partial<NewElection> & {
  readonly from?: string;
  readonly copy: boolean;
  readonly ask?: boolean;
};

interface CandidateFlags {
  readonly name?: string;
  readonly field?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly ask?: boolean;
}

const atTerminal = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

const profileIn = (file: string): Promise<string> =>
  file === '-' ? textOf(process.stdin) : readFile(file, 'utf8');

async function withPrompt(isAsked: boolean, work: (prompt: Prompt | null) => Promise<void>): Promise<void> {
  const prompt = isAsked ? openPrompt() : null;
  await work(prompt).finally(() => prompt?.close());
}
