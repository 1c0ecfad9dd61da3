import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  doubtsAbout,
  isPossibleLogin,
  METHODS,
  PLACEHOLDERS,
  readDefinition,
  readInstant,
} from '@elekto/election';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { CliError } from './cli-error.ts';
import { newCandidate } from './new/candidate-file.ts';
import { begun, inZones } from './new/dates.ts';
import { electionFiles, type NewElection } from './new/election-files.ts';
import { lastBeside, officersIn, takenOver } from './new/last-election.ts';

/** `elekto new election <folder>`: the files of an election, ready to be filled in. */
export function register(command: Command): void {
  command
    .command('election')
    .description('make the folder of a new election')
    .argument('<folder>', 'for example elections/steering/2027')
    .option('--name <text>', 'title of the election')
    .option('--organization <text>', 'who holds it', PLACEHOLDERS.organization)
    .option('--start <time>', 'first moment of voting, UTC: "YYYY-MM-DD HH:MM:SS"', firstMoment)
    .option('--end <time>', 'last moment of voting, UTC; a day alone is all of it', lastMoment)
    .option('--seats <number>', 'seats to fill', seats, 1)
    .option('--officers <logins>', 'GitHub logins of the officers, separated by commas', logins, [
      PLACEHOLDERS.officer,
    ])
    .addOption(new Option('--method <name>', 'counting method').choices(METHODS).default('schulze'))
    .option('--from <folder>', 'the election whose organisation, officers, rule and texts are taken over')
    .option('--no-copy', 'take nothing over from the last election beside this folder')
    .action(async (folder: string, flags: Flags, self: Command) => {
      const given = new Set(Object.keys(flags).filter((name) => self.getOptionValueSource(name) === 'cli'));
      const { paths, start, end, definition } = await create(folder, flags, given);
      for (const path of paths) process.stdout.write(`${path}\n`);
      for (const line of inZones(start, end)) process.stderr.write(`${line}\n`);
      const doubts = definition === null ? [] : doubtsAbout(definition);
      const unsure = [
        ...begun(start, end, Date.now()),
        ...doubts.map(({ message, hint }) => `${message} ${hint}`),
      ];
      for (const line of unsure) process.stderr.write(`Look again: ${line}\n`);
    });
  command
    .command('candidate')
    .description("make a candidate's file from the election's template")
    .argument('<folder>', 'the folder of the election')
    .argument('<login>', 'GitHub login of the candidate', oneLogin)
    .option('--name <text>', 'name of the candidate')
    .action(async (folder: string, login: string, { name }: { name?: string }) => {
      process.stdout.write(`${await newCandidate(folder, login, name ?? login)}\n`);
    });
}

type Flags = Omit<NewElection, 'name' | 'start' | 'end'> & {
  name?: string;
  start?: string;
  end?: string;
  from?: string;
  copy: boolean;
};

/** The files that there are then, with the first and last moment, and what election.yaml says; `given` are the options that were named. */
async function create(
  folder: string,
  flags: Flags,
  given: ReadonlySet<string>,
): Promise<{
  paths: string[];
  start: string;
  end: string;
  definition: ReturnType<typeof readDefinition>['definition'];
}> {
  if (await stat(join(folder, 'election.yaml')).catch(() => null))
    throw new CliError(`${folder} already holds an election.yaml.`);
  const start = flags.start ?? nextMonth();
  const end = flags.end ?? twoWeeksAfter(start);
  if (start > end) throw new CliError(`The election would end (${end}) before it starts (${start}).`);
  const from = flags.from ?? (flags.copy ? await lastBeside(folder) : null);
  const last = from === null ? {} : await takenOver(from, { ...flags, start, end }, given);
  if (from !== null) process.stderr.write(`Organisation, officers, rule and texts are those of ${from}.\n`);
  const name = flags.name ?? titleFor(folder);
  const officers = given.has('officers') ? flags.officers : (officersIn(last) ?? flags.officers);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const files: Readonly<Record<string, string>> = {
    ...electionFiles({ ...flags, officers, name, start, end }),
    ...last,
  };
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    written.push(path);
  }
  const { definition } = readDefinition('election.yaml', files['election.yaml'] ?? '');
  return { paths: written, start, end, definition };
}

/** `elections/steering/2027` becomes "steering 2027 election". */
function titleFor(folder: string): string {
  const parts = folder.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');
  const inner = parts.slice(parts.lastIndexOf('elections') + 1);
  return [...(parts.includes('elections') ? inner : inner.slice(-1)), 'election'].join(' ');
}

/** Midnight of the first of the month after next week, so that there is time for nominations. */
function nextMonth(): string {
  const now = new Date();
  return written(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 0, 1));
}

function twoWeeksAfter(start: string): string {
  return written(Date.parse(`${start.replace(' ', 'T')}Z`) + 14 * 86_400_000 - 2_000);
}

/** The form every election.yaml in use has: UTC without saying so. */
function written(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

const firstMoment = (text: string): string => moment(text, false);
const lastMoment = (text: string): string => moment(text, true);

function moment(text: string, isEnd: boolean): string {
  const read = readInstant(text, isEnd);
  if (!read.ok) throw new InvalidArgumentError(`It ${read.why}. ${read.hint}`);
  return written(read.at);
}

function seats(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 1 or more.');
  return Number(text);
}

function logins(text: string): string[] {
  const list = text
    .split(',')
    .map((part) => part.trim().replace(/^@/, ''))
    .filter(Boolean);
  if (list.length === 0 || !list.every(isPossibleLogin))
    throw new InvalidArgumentError('Expected GitHub logins, separated by commas.');
  return list;
}

function oneLogin(text: string): string {
  const [login = '', ...others] = logins(text);
  if (others.length > 0) throw new InvalidArgumentError('Expected one GitHub login.');
  return login;
}
