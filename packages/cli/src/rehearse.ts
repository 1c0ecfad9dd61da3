import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { holdRehearsal, makeUpBallots } from '@elekto/ballot-box';
import { foldLogin, matchIds, readBoard, standing, type Election } from '@elekto/election';
import type { Check, FolderFile } from '@elekto/protocol/result';
import type { BallotSet } from '@elekto/tally';
import { checkCommands, checkWords, toResultsMarkdown } from '@elekto/words';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { CliError } from './cli-error.ts';
import { type ElectionFolder, readElectionFolder } from './election-folder.ts';
import { addInputOptions, inputOptions, type InputFlags } from './input-options.ts';
import { readBallots } from './tally-input.ts';
import { custodyOf } from './verify/with-git.ts';
import { writeData, writeErr } from './terminal.ts';

/** Every ballot is really sealed, cast, opened and counted, a few milliseconds each. */
const MOST = 100_000;

interface RehearseFlags extends InputFlags {
  readonly ballots?: string;
  readonly officer?: string;
  readonly voters: number;
  readonly seed: number;
  readonly out?: string;
}

/** `elekto rehearse <folder>`: holds the election of a folder in memory and writes its result. */
export function register(command: Command): void {
  addInputOptions(command)
    .argument('<folder>', 'the folder of an election')
    .option('--ballots <file>', 'the ballots to cast, one a voter (made up when absent)')
    .option('--officer <login>', 'who counts it (the first officer of the election)')
    .option('--voters <number>', 'how many ballots to make up', wholeNumber, 100)
    .option('--seed <number>', 'the same number makes up the same ballots', wholeNumber, 1)
    .option(
      '--out <folder>',
      'where ballots.csv, results.json and results.md go (results.md to the terminal)',
    )
    .action(async (path: string, flags: RehearseFlags) => {
      writeData(await rehearse(path, flags));
    });
}

async function rehearse(path: string, flags: RehearseFlags): Promise<string> {
  const folder = await readElectionFolder(path);
  const election = withCustody(folder);
  const login = flags.officer ?? election.officers[0];
  if (login === undefined) throw new CliError(`${path}: the election names no officer`);
  const rankings = await rankingsOf(election, flags);
  if (rankings.length < 1 || rankings.length > MOST) {
    throw new CliError(`a rehearsal has 1 to ${MOST} ballots, not ${rankings.length}`);
  }
  const folded = foldLogin(login, election);
  const officer = { userId: 'officer', account: election.officerAccounts?.[folded] ?? '1', login: folded };
  const held = await holdRehearsal({ election, officer, rankings, most: MOST, patience: Infinity });
  if (!held.ok) throw new CliError(`${path}: the rehearsal was refused (${held.error.kind})`);
  const { result, ballotsCsv, resultsJson, checks, boardFiles } = held.value;
  if (boardFiles.length > 0) tellSteps(checks);
  const wrong = checks.find(({ ok }) => !ok);
  if (wrong !== undefined)
    throw new CliError(`the rehearsed result does not verify: ${checkWords(wrong, 'en')}`);
  const resultsMd = toResultsMarkdown({
    outcome: result.outcome,
    election: result.manifest.name,
    eligible: result.eligible,
    names: Object.fromEntries(election.candidates.map(({ id, name }) => [id, name])),
    commands: checkCommands(flags.out ?? path),
  });
  if (flags.out === undefined) return resultsMd;
  const files = [
    { name: 'ballots.csv', content: ballotsCsv },
    { name: 'results.json', content: resultsJson },
    { name: 'results.md', content: resultsMd },
  ];
  return write(flags.out, [...files, ...boardFiles]);
}

/** The election with the officers whom its custody file names, where it has one: they are who rehearses the count. */
function withCustody({ election, root }: ElectionFolder): Election {
  const text = custodyOf(election, root);
  if (election.custody === undefined || text === null) return election;
  const { file } = election.custody;
  return { ...election, custody: { file, board: readBoard(file, { path: file, text }).board } };
}

/** One line a step of a count by officers, beside the result, which is piped on. */
function tellSteps(checks: readonly Check[]): void {
  for (const check of checks)
    writeErr(`${check.ok ? 'ok   ' : 'WRONG'} ${check.name}: ${checkWords(check, 'en')}\n`);
}

function write(out: string, files: readonly FolderFile[]): string {
  try {
    mkdirSync(out, { recursive: true });
    for (const { name, content } of files) {
      mkdirSync(dirname(join(out, name)), { recursive: true });
      writeFileSync(join(out, name), content);
    }
  } catch (error) {
    throw new CliError(`${out}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  return `${files.map(({ name }) => join(out, name)).join('\n')}\n`;
}

type Ranking = Readonly<Record<string, number>>;

async function rankingsOf(election: Election, flags: RehearseFlags): Promise<Ranking[]> {
  const { ballots, voters, seed } = flags;
  const candidates = standing(election.candidates).map(({ id }) => id);
  if (ballots === undefined) {
    const { allowNoOpinion } = election;
    return inRows(
      { candidates, ballots: makeUpBallots(candidates, voters, { allowNoOpinion, seed }) },
      candidates,
    );
  }
  return inRows((await readBallots(ballots, inputOptions(flags))).ballots, candidates);
}

/** One ranking a ballot, by the candidates who stand; columns that are nobody's are left out. */
function inRows(set: BallotSet, standingNow: readonly string[]): Ranking[] {
  const { matched } = matchIds(
    standingNow,
    set.candidates.map((id, column) => ({ id, column })),
  );
  const rows: Ranking[] = [];
  for (const { ranks, count = 1 } of set.ballots) {
    const ranking = Object.fromEntries(
      [...matched].flatMap(([id, { column }]) => {
        const rank = ranks[column] ?? null;
        return rank === null ? [] : [[id, rank]];
      }),
    );
    if (BigInt(count) > BigInt(MOST))
      throw new CliError(`a rehearsal has 1 to ${MOST} ballots, not ${count}`);
    for (let i = 0; i < Number(count); i += 1) rows.push(ranking);
  }
  return rows;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
