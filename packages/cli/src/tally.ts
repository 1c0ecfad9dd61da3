import { writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

import type {
  CountOptions,
  LimitSize,
  Outcome,
  Ratio,
  SeatGroups,
  SeatLimit,
  SeatTerm,
  TieDecision,
  Vacancies,
} from '@elekto/tally';
import {
  count,
  countBack,
  CountError,
  METHODS,
  ORDERS,
  STRENGTHS,
  toCsv,
  toJson,
  toYaml,
  UNRANKED,
} from '@elekto/tally';
import { toResultsMarkdown, toText } from '@elekto/words';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';

import { holdsElection } from './ballot-files.ts';
import { CliError } from './cli-error.ts';
import { isFolder } from './election-folder.ts';
import { describeFile } from '@elekto/formats';
import { addInputOptions, inputOptions } from './input-options.ts';
import type { InputFlags } from './input-options.ts';
import { printable, printableLines, writeData, writeErr } from './terminal.ts';
import { parseJson, readFieldValues } from './tally-candidates.ts';
import { isSystemError } from './system-error.ts';
import { readBallots, withoutNamed } from './tally-input.ts';

const FORMATS: Readonly<Record<string, (outcome: Outcome) => string>> = {
  text: (outcome) => printableLines(toText(outcome)),
  json: toJson,
  yaml: toYaml,
  markdown: (outcome) => toResultsMarkdown({ outcome, full: true }),
  csv: toCsv,
};

interface TallyFlags extends InputFlags, Pick<CountOptions, 'method' | 'strength' | 'unranked' | 'order'> {
  readonly secondary?: boolean;
  readonly seats?: number;
  readonly limit?: { readonly field: string; readonly max: LimitSize };
  readonly quorum?: number;
  readonly minimumShare?: Ratio;
  readonly none?: string;
  readonly noneRule?: 'seats' | 'drop';
  readonly noneMajority?: Ratio;
  readonly noneSupport?: number;
  readonly keep?: KeptSeats[];
  readonly term?: SeatTerm[];
  readonly vacated?: string[];
  readonly declined?: string[];
  readonly candidates?: string;
  readonly decisions?: string;
  readonly without?: string[];
  readonly report?: string;
  readonly quiet?: boolean;
  readonly format: string;
}

const decisionsSchema = z.array(
  z.strictObject({
    candidates: z.array(z.string()).optional(),
    winners: z.array(z.string()),
    how: z.string().min(1),
  }),
);

/** `elekto tally <file>`: counts a file of ballots and prints the outcome. */
export function register(command: Command): void {
  addInputOptions(command)
    .argument(
      '<file>',
      'ballots of any format, told by content; - is standard input; or the folder of an election',
    )
    .addOption(
      choice(
        '--method <name>',
        'counting method',
        METHODS.map(({ name }) => name),
      ),
    )
    .addOption(choice('--strength <rule>', 'what makes a victory strong', STRENGTHS))
    .addOption(choice('--unranked <rule>', 'what a candidate without a number gets', UNRANKED))
    .option('--secondary', 'split equal strengths by smaller opposition')
    .addOption(choice('--order <rule>', 'how the relation becomes places', ORDERS))
    .option('--seats <number>', 'seats to fill (what the file says, or 1)', wholeNumber)
    .option('--without <name>', 'leave a candidate out who withdrew (may be said again)', collect)
    .option(
      '--limit <field=number>',
      'at most so many seats (or a share such as 1/3) per value of a field',
      limit,
    )
    .option('--quorum <ballots>', 'ballots that must be cast, or nobody is elected', wholeNumber)
    .option(
      '--minimum-share <share>',
      'ballots, such as 1/10 or 10%, that must rank whoever is elected',
      share,
    )
    .option('--none <name>', 'the candidate that stands for nobody: no seat without a majority over it')
    .addOption(
      choice('--none-rule <rule>', 'pass over who has no majority over it, or drop them first', [
        'seats',
        'drop',
      ]),
    )
    .option('--none-majority <ratio>', 'the majority over it, such as 2 or 3/2', majority)
    .option('--none-support <ballots>', 'ballots that must prefer somebody to it', wholeNumber)
    .option(
      '--keep <field=value:seats>',
      'seats kept for candidates with this value (may be said again)',
      keep,
    )
    .option(
      '--term <seats=term>',
      'so many seats of a term, such as "3=2 years", for those placed first (may be said again)',
      term,
    )
    .option(
      '--vacated <name>',
      'fill the seat of somebody who left by a count-back (may be said again, in their order)',
      collect,
    )
    .option('--declined <name>', 'who takes no seat any more, for --vacated (may be said again)', collect)
    .option('--candidates <path>', 'election folder or JSON with the fields of the candidates')
    .option('--decisions <file>', 'recorded tie decisions: JSON [{"winners": [ids], "how": "words"}]')
    .option('--report <file>', 'write a page of HTML that explains the count, with pictures')
    .option('--quiet', 'do not say how the file was read')
    .addOption(choice('--format <name>', 'output', Object.keys(FORMATS)).default('text'))
    .action(async (file: string, flags: TallyFlags) => {
      const isElection = file !== '-' && isFolder(file) && holdsElection(file);
      writeData(await (isElection ? tallyElection(file, flags) : tally(file, flags)));
    });
}

async function tally(file: string, flags: TallyFlags): Promise<string> {
  const read = await readBallots(file, inputOptions(flags));
  const without = flags.without ?? [];
  const name = file === '-' ? 'standard input' : file;
  const told = `${describeFile(read)}${without.length > 0 ? `; left out: ${without.join(', ')}` : ''}`;
  if (flags.quiet !== true)
    writeErr(`${printable(`${name}: ${told}`)}
${ruledBeside(file)}`);
  const ballots = withoutNamed(read, without);
  const seatLimit = await readLimit(flags);
  const groups = await readGroups(flags);
  const decisions = flags.decisions === undefined ? [] : readDecisions(flags.decisions);
  const options: CountOptions = {
    ...(flags.method === undefined ? {} : { method: flags.method }),
    ...(flags.strength === undefined ? {} : { strength: flags.strength }),
    ...(flags.unranked === undefined ? {} : { unranked: flags.unranked }),
    ...(flags.order === undefined ? {} : { order: flags.order }),
    ...(seatLimit === null ? {} : { limit: seatLimit }),
    ...(groups === null ? {} : { groups }),
    ...thresholds(flags),
    ...(flags.term === undefined ? {} : { terms: flags.term }),
    secondary: flags.secondary === true,
    seats: flags.seats ?? read.seats ?? 1,
    decisions,
  };
  try {
    const write = FORMATS[flags.format];
    if (write === undefined) throw new Error(`no format ${flags.format}`);
    const vacancies = vacanciesIn(flags);
    const outcome =
      vacancies === null ? count(ballots, options) : countBack(ballots, options, { ...vacancies, decisions });
    if (flags.report !== undefined)
      await writeReport(flags.report, outcome, read.title ?? basename(name), told);
    return write(outcome);
  } catch (error) {
    if (error instanceof CountError) throw new CliError(`${file}: ${error.message}`);
    throw error;
  }
}

/** That a file of an election's folder is counted by the flags, and not by the rules that lie beside it. */
function ruledBeside(file: string): string {
  const folder = dirname(file);
  if (file === '-' || isFolder(file) || !holdsElection(folder)) return '';
  return printable(`${file}: not counted by the rules of its election; elekto tally ${folder} does`) + '\n';
}

/** The seats that fell vacant, or null. @throws CliError for somebody who declines one where there is none. */
function vacanciesIn({ vacated: left, declined }: TallyFlags): Vacancies | null {
  if (left !== undefined) return { left, ...(declined === undefined ? {} : { declined }) };
  if (declined === undefined) return null;
  throw new CliError('--declined needs --vacated: whose seat fell vacant');
}

/** Counts a published election as its folder says: nothing else may be said but whose seat fell vacant since. */
async function tallyElection(path: string, flags: TallyFlags): Promise<string> {
  const { format, quiet, report, vacated, declined: _declined, decisions, ...rest } = flags;
  // The result has its own decisions; those of a vacancy come later.
  const others = { ...rest, ...(vacated === undefined ? { decisions } : {}) };
  const vacancies = vacanciesIn(flags);
  const [other] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (other !== undefined) {
    throw new CliError(
      `${path} says itself how it is counted: leave --${other} out, or give a file of ballots`,
    );
  }
  const { tallyFolder } = await import('./tally-folder.ts');
  const { outcome, names, title, eligible, filledBack, signed } = await tallyFolder(
    path,
    vacancies === null
      ? null
      : { ...vacancies, ...(decisions === undefined ? {} : { decisions: readDecisions(decisions) }) },
  );
  if (quiet !== true) writeErr(`${printable(`${path}: ${signed}`)}\n`);
  if (vacancies !== null && !filledBack && quiet !== true)
    writeErr(`${path}: its rules do not say "vacancies: count-back"; this is what a count-back would give\n`);
  if (report !== undefined) await writeReport(report, outcome, title, path);
  if (format === 'text') return printableLines(toText(outcome, names));
  if (format === 'markdown') {
    return toResultsMarkdown({
      outcome,
      election: title,
      names,
      full: true,
      ...(eligible === null ? {} : { eligible }),
    });
  }
  const write = FORMATS[format];
  if (write === undefined) throw new Error(`no format ${format}`);
  return write(outcome);
}

async function writeReport(to: string, outcome: Outcome, title: string, told: string): Promise<void> {
  const { renderReport } = await import('./report/report.ts');
  try {
    writeFileSync(to, await renderReport(outcome, title, told));
  } catch (error) {
    if (isSystemError(error)) throw new CliError(`${to}: cannot be written (${error.code})`);
    throw error;
  }
}

async function readLimit({
  limit: wanted,
  candidates,
  keep: kept = [],
}: TallyFlags): Promise<SeatLimit | null> {
  if (wanted === undefined) return null;
  if (candidates === undefined) {
    throw new CliError('--limit needs --candidates: an election folder or a JSON file with the field');
  }
  return {
    ...wanted,
    values: await readFieldValues(
      candidates,
      wanted.field,
      kept.map(({ value }) => value),
    ),
  };
}

/** @throws CliError for groups of several fields, or without the candidates' fields. */
async function readGroups({ keep: kept = [], candidates }: TallyFlags): Promise<SeatGroups | null> {
  const [first] = kept;
  if (first === undefined) return null;
  if (candidates === undefined) {
    throw new CliError('--keep needs --candidates: an election folder or a JSON file with the field');
  }
  const { field } = first;
  const other = kept.find((each) => each.field !== field);
  if (other !== undefined)
    throw new CliError(`--keep is about one field, and ${field} and ${other.field} are two`);
  const seats = new Map(kept.map(({ value, seats: number }) => [value, number]));
  return { field, seats, values: await readFieldValues(candidates, field, [...seats.keys()]) };
}

/** @throws CliError for what is said about none of the above without saying which candidate it is. */
function thresholds(flags: TallyFlags): Pick<CountOptions, 'quorum' | 'minimumShare' | 'noneOfTheAbove'> {
  const { quorum, minimumShare, none, noneRule, noneMajority, noneSupport } = flags;
  if (none === undefined && (noneRule ?? noneMajority ?? noneSupport) !== undefined)
    throw new CliError(
      '--none-rule, --none-majority and --none-support need --none: which candidate stands for nobody',
    );
  return {
    ...(quorum === undefined ? {} : { quorum }),
    ...(minimumShare === undefined ? {} : { minimumShare }),
    ...(none === undefined
      ? {}
      : {
          noneOfTheAbove: {
            candidate: none,
            ...(noneRule === undefined ? {} : { rule: noneRule }),
            ...(noneMajority === undefined ? {} : { majority: noneMajority }),
            ...(noneSupport === undefined ? {} : { support: noneSupport }),
          },
        }),
  };
}

function readDecisions(file: string): TieDecision[] {
  try {
    const parsed = decisionsSchema.safeParse(parseJson(file));
    if (!parsed.success) throw new CliError(`${file}: expected a list of {"winners": [ids], "how": "words"}`);
    return parsed.data.map(({ candidates, winners, how }) => ({
      winners,
      how,
      ...(candidates === undefined ? {} : { candidates }),
    }));
  } catch (error) {
    if (isSystemError(error)) throw new CliError(`${file}: cannot be read (${error.code})`);
    throw error;
  }
}

function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words);
}

function collect(name: string, names: string[] = []): string[] {
  return [...names, name];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 0.');
  return Number(text);
}

/** `employer=2`, `employer=1/3` or `employer=33%`. */
function limit(text: string): { field: string; max: LimitSize } {
  const found = /^(.+)=(\d{1,9})(?:(%)|\/(\d{1,9}))?$/.exec(text);
  if (found === null)
    throw new InvalidArgumentError('Expected field=number, such as employer=2 or employer=1/3.');
  const [, field = '', number = '', percent, whole] = found;
  if (percent !== undefined) return { field, max: { share: [Number(number), 100] } };
  return { field, max: whole === undefined ? Number(number) : { share: [Number(number), Number(whole)] } };
}

interface KeptSeats {
  readonly field: string;
  readonly value: string;
  readonly seats: number;
}

/** `region=EMEA:1`. */
function keep(text: string, before: KeptSeats[] = []): KeptSeats[] {
  const found = /^([^=]+)=(.+):(\d{1,4})$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Expected field=value:seats, such as region=EMEA:1.');
  const [, field = '', value = '', seats = ''] = found;
  return [...before, { field, value, seats: Number(seats) }];
}

/** `3=2 years`. */
function term(text: string, before: SeatTerm[] = []): SeatTerm[] {
  const found = /^(\d{1,4})=(\S.*)$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Expected seats=term, such as "3=2 years".');
  const [, seats = '', named = ''] = found;
  return [...before, { seats: Number(seats), term: named }];
}

/** `1/10` or `10%`. */
function share(text: string): Ratio {
  const found = /^(\d{1,9})(?:%|\/(\d{1,9}))$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Expected a share, such as 1/10 or 10%.');
  return { part: Number(found[1]), whole: Number(found[2] ?? 100) };
}

/** `2` or `3/2`. */
function majority(text: string): Ratio {
  const found = /^(\d{1,9})(?:[:/](\d{1,9}))?$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Expected a ratio, such as 2 or 3/2.');
  return { part: Number(found[1]), whole: Number(found[2] ?? 1) };
}
