/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { doubtsAbout, PLACEHOLDERS, readDefinition } from '@elekto/election';
import { CliError } from '../cli-error.ts';
import type { Prompt } from '../prompt.ts';
import { askFor, askOnce } from './ask.ts';
import { begun } from './dates.ts';
import { electionFiles, type NewElection } from './election-files.ts';
import { definitionAt, lastElection, likeLast, takenOver } from './last-election.ts';
import { written } from './moment.ts';
import { writeErr } from '../terminal.ts';

export interface Wanted {
  /** What was named; the rest is asked for, or taken from the last election. */
  readonly given: Partial<NewElection>;
  /** The folder to take over; null for none; without it the last election of the body. */
  readonly from?: string | null;
  /** Asks for what is not given; null takes what there is otherwise. */
  readonly prompt?: Prompt | null;
}

export interface Created {
  readonly paths: readonly string[];
  readonly start: string;
  readonly end: string;
  /** The folder that it was taken from; null for none. */
  readonly from: string | null;
  /** What is probably not meant. */
  readonly doubts: readonly string[];
}

/** Makes the files of a new election; those that are there stay. Nothing is written before everything is known. */
export async function createElection(
  folder: string,
  { given, from, prompt = null }: Wanted,
): Promise<Created> {
  if (await stat(join(folder, 'election.yaml')).catch(() => null))
    throw new CliError(`${folder} already holds an election.yaml.`);
  const isBodyAsked = prompt !== null && given.body === undefined && from === undefined;
  const named = isBodyAsked
    ? await askOnce(prompt, 'Body, where the title does not say it', String, '')
    : null;
  const body = named ?? given.body ?? '';
  const source = from === undefined ? await lastElection(folder, body) : from;
  if (source !== null) writeErr(`Organisation, officers, rule and texts are those of ${source}.\n`);
  const otherwise = await defaultsFor(folder, { ...given, body }, source);
  const election = prompt ? await askFor(otherwise, new Set(Object.keys(given)), prompt) : otherwise;
  if (election.start > election.end)
    throw new CliError(`The election would end (${election.end}) before it starts (${election.start}).`);
  return write(folder, election, source);
}

async function defaultsFor(
  folder: string,
  given: Partial<NewElection>,
  source: string | null,
): Promise<NewElection> {
  const start = given.start ?? nextMonth();
  const end = given.end ?? twoWeeksAfter(start);
  const last = source === null ? {} : likeLast(await definitionAt(source), start);
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const election = {
    name: titleFor(folder, given.body ?? ''),
    body: '',
    organization: PLACEHOLDERS.organization,
    seats: 1,
    officers: [PLACEHOLDERS.officer],
    method: 'schulze',
    eligibility: PLACEHOLDERS.eligibility,
    exceptions: PLACEHOLDERS.exceptions,
    description: '',
    ...last,
    ...named,
    start,
    end,
  };
  return { ...election, voters: given.voters ?? election.officers };
}

async function write(folder: string, election: NewElection, source: string | null): Promise<Created> {
  const files: Readonly<Record<string, string>> = {
    ...electionFiles(election),
    ...(source === null ? {} : await takenOver(source, election)),
  };
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    paths.push(path);
  }
  const { start, end } = election;
  const { definition, report } = readDefinition('election.yaml', files['election.yaml'] ?? '');
  const description = files['election_desc.md'] ?? '';
  // What is taken over may contradict what was asked for, as terms of other seats than there are now.
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  const doubts = definition === null ? [] : doubtsAbout({ ...definition, description });
  return {
    ...{ paths, start, end, from: source },
    doubts: [
      ...begun(start, end, Date.now()),
      ...[...errors, ...doubts].map((each) => `${each.message} ${each.hint}`),
    ],
  };
}

/** `elections/steering/2027` becomes "steering 2027 election", and with the body "Steering" "Steering 2027 election". */
function titleFor(folder: string, body: string): string {
  const parts = folder.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');
  const inner = parts.slice(parts.lastIndexOf('elections') + 1);
  const [last = ''] = inner.slice(-1);
  if (body !== '')
    return [body, ...(last.toLowerCase() === body.toLowerCase() ? [] : [last]), 'election'].join(' ');
  return [...(parts.includes('elections') ? inner : [last]), 'election'].join(' ');
}

/** The first moment of next month. */
function nextMonth(): string {
  const now = new Date();
  return written(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 0, 1));
}

function twoWeeksAfter(start: string): string {
  return written(Date.parse(`${start.replace(' ', 'T')}Z`) + 14 * 86_400_000 - 2_000);
}
