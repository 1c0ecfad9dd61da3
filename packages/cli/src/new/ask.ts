/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { METHODS } from '@elekto/election';
import { InvalidArgumentError } from 'commander';
import type { Prompt } from '../prompt.ts';
import { inZones } from './dates.ts';
import type { NewElection } from './election-files.ts';
import * as read from './options.ts';
import { writeErr } from '../terminal.ts';

const asText = (text: string): string => text;

/**
 * Asks for everything of a new election that is not in `given`, with what is taken otherwise as the answer of whoever only presses
 * Enter. Answers that cannot be are asked for again.
 */
export async function askFor(
  otherwise: NewElection,
  given: ReadonlySet<string>,
  prompt: Prompt,
): Promise<NewElection> {
  const ask = async <K extends keyof NewElection>(
    field: K,
    what: string,
    parse: (text: string) => NewElection[K],
    shown: (value: NewElection[K]) => string = String,
    value = otherwise[field],
  ): Promise<NewElection[K]> =>
    given.has(field) ? value : ((await askOnce(prompt, what, parse, shown(value))) ?? value);
  const list = (value: readonly string[]): string => value.join(',');

  const name = await ask('name', 'Title', asText);
  const organization = await ask('organization', 'Who holds it', asText);
  const seats = await ask('seats', 'Seats', read.seats);
  writeErr(
    'Moments are UTC, or have a zone: "2027-09-01 09:00 +02:00", "2027-09-01 09:00 Europe/Berlin", "2027-09-14 AoE".\n',
  );
  const start = await ask('start', 'First moment of voting', read.firstMoment);
  const length = Date.parse(`${otherwise.end}Z`) - Date.parse(`${otherwise.start}Z`);
  const after = new Date(Date.parse(`${start}Z`) + length).toISOString().slice(0, 19).replace('T', ' ');
  const lastOfAll = (text: string): string => {
    const end = read.lastMoment(text);
    if (end <= start) throw new InvalidArgumentError(`It is before the start, ${start} UTC.`);
    return end;
  };
  const end = given.has('end')
    ? otherwise.end
    : ((await askOnce(prompt, 'Last moment of voting', lastOfAll, after)) ?? after);
  for (const line of inZones(start, end)) writeErr(`  ${line}\n`);
  const officers = await ask('officers', 'Officers, by their logins', read.logins, list);
  const method = await ask('method', `Counting method (${METHODS.join(', ')})`, read.method);
  const eligibility = await ask('eligibility', 'Who may vote, in a sentence', asText);
  const exceptions = await ask('exceptions', 'Who may ask to be added, in a sentence', asText);
  const description = await ask('description', 'What is decided, in a sentence', asText);
  const voters = await ask(
    'voters',
    'Voters, by their logins, or a file with one a line',
    read.voters,
    list,
    given.has('voters') ? otherwise.voters : officers,
  );
  return {
    ...otherwise,
    name,
    organization,
    seats,
    start,
    end,
    officers,
    method,
    eligibility,
    exceptions,
    description,
    voters,
  };
}

/** Asks until the answer can be read; null for whoever takes what is shown. */
export async function askOnce<T>(
  prompt: Prompt,
  what: string,
  parse: (text: string) => T,
  shown: string,
): Promise<T | null> {
  for (;;) {
    const answer = await prompt.ask(`${what}${shown === '' ? '' : ` [${shown}]`}: `);
    if (answer === '') return null;
    try {
      return parse(answer);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      writeErr(`${error.message}\n`);
    }
  }
}
