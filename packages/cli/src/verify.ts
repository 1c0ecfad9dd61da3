import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';

import type { ShownRelease } from '@elekto/protocol/board';
import type { ResultsFile3, Verification, VerifyInput } from '@elekto/protocol/result';
import { readResults, verifyResults } from '@elekto/protocol/result';
import { checkWords } from '@elekto/words';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { CliError } from './cli-error.ts';
import { printable, writeOut } from './terminal.ts';
import { isFolder, readElectionFolder } from './election-folder.ts';
import type { ElectionFolder } from './election-folder.ts';
import { boardAt, boardElsewhere, hasResult, isAddress, readRelease, releaseAt } from './verify/board-at.ts';
import { boardIn, type BoardSource } from './verify/board-source.ts';
import { lookUp } from './verify/look-up.ts';
import { problemOf } from './verify/problem-of.ts';
import { verifyOnThreads } from './verify/verify-board.ts';
import { boxesOf, custodyOf, differenceIn, rollWords } from './verify/with-git.ts';

interface VerifyFlags {
  readonly key?: string;
  readonly receipt?: string;
  readonly tracker?: string;
  readonly electionsDir?: string;
  readonly release?: string;
  readonly threads?: number;
}

/** `elekto verify <folder>`: checks a published result; exits 1 and says the first thing that is wrong. */
export function register(command: Command): void {
  command
    .argument('<folder>', 'the folder or address of an election, or its published ballots.csv')
    .argument('[results.json]', 'the published result, when ballots.csv was given')
    .option('--key <public key>', "the server's public key, as known from elsewhere")
    .option('--receipt <file>', 'a receipt saved at casting: was its ballot counted?')
    .option('--tracker <hex>', 'find the ballot under this tracker')
    .option('--release <file>', 'what the server shows for the receipt of a ballot that left the box')
    .option('--threads <n>', 'so many threads (default: one for each processor)', wholeNumber)
    .option(
      '--elections-dir <folder>',
      'the elections folder, with results-keys.yaml (default: found above the folder)',
    )
    .action(async (path: string, results: string | undefined, flags: VerifyFlags) => {
      if (isAddress(path) && flags.receipt !== undefined && !(await hasResult(path)))
        return lookUp(path, textIn(flags.receipt), flags);
      const published = isAddress(path)
        ? { ...(await boardAt(path)), keysListed: false }
        : results === undefined
          ? await inFolder(path, flags)
          : { ...filesAt(path, results), keysListed: false };
      const read = readResults(published.resultsJson);
      if (read.ok && read.value.format === 'elekto-results/3' && published.board !== undefined)
        return verifyCustody(path, published, read.value, flags);
      writeOut(await verify(published, flags));
    });
}

type Published = Pick<VerifyInput, 'ballotsCsv' | 'resultsJson' | 'knownKeys' | 'folder'> &
  Partial<Pick<BoardSource, 'board' | 'transcript'>> & {
    /** Where the files of the board are when they are not in the folder. */
    readonly elsewhere?: string | null;
    /** What the repository says, where the folder lies in one. */
    readonly election?: ElectionFolder;
    /** Whether a list of known keys is there, so that a key that it lacks is a stranger's. */
    readonly keysListed: boolean;
  };

/** With the board beside the result, where there is one. */
function filesAt(ballots: string, results: string): Omit<Published, 'keysListed'> {
  const { board, ...beside } = boardIn(dirname(results));
  const published = { ballotsCsv: textIn(ballots), resultsJson: textIn(results) };
  return board.size === 0 ? published : { ...published, board, ...beside };
}

async function inFolder(path: string, { electionsDir }: VerifyFlags): Promise<Published> {
  if (!isFolder(path)) throw new CliError(`${path} is no folder: give it, or ballots.csv and results.json`);
  const folder = await readElectionFolder(path, electionsDir);
  const { election, knownKeys } = folder;
  if (election.resultsJson === null) {
    throw new CliError(
      `${path}: there is no results.json, so nothing is signed` +
        (election.ballotsCsv === null ? '' : `; elekto tally ${path} counts the ballots`),
    );
  }
  return {
    ballotsCsv: election.ballotsCsv,
    resultsJson: election.resultsJson,
    knownKeys: knownKeys ?? [],
    folder: election.key,
    keysListed: knownKeys !== null,
    ...boardIn(path),
    election: folder,
  };
}

/** A count by officers: every step from the files of its board, and what the repository says of it where it is at hand. */
async function verifyCustody(
  path: string,
  {
    board: here = new Map(),
    elsewhere,
    transcript: beside,
    election: folder,
    keysListed,
    ...published
  }: Published,
  file: ResultsFile3,
  flags: VerifyFlags,
): Promise<void> {
  const transcript = (folder && custodyOf(folder.election, folder.root)) ?? beside ?? null;
  if (transcript === null)
    throw new CliError(`${path}: there is no custody file, by which the key of the officers is known`);
  const board = here.size === 0 && elsewhere ? await boardElsewhere(elsewhere, file) : here;
  const difference = folder === undefined ? undefined : differenceIn(folder.election, file);
  const receipt = flags.receipt === undefined ? undefined : textIn(flags.receipt);
  const released = (): Promise<ShownRelease | null | undefined> => {
    if (flags.release !== undefined) return Promise.resolve(readRelease(flags.release));
    return isAddress(path) && receipt !== undefined
      ? releaseAt(path, file.election, receipt)
      : Promise.resolve(undefined);
  };
  const { knownKeys, folder: key, ballotsCsv, resultsJson } = published;
  const boxesOnBranch = folder === undefined ? undefined : boxesOf(folder.election, file);
  await verifyOnThreads(
    {
      knownKeys,
      folder: key,
      ballotsCsv,
      resultsJson,
      publicKey: flags.key,
      board,
      transcript,
      receipt,
      released,
      boxesOnBranch,
      difference,
    },
    flags.threads ?? availableParallelism(),
    keysListed && flags.key === undefined,
  );
  if (folder !== undefined) writeOut(`note  roll: ${rollWords(folder.election, file)}\n`);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 999');
  return Number(text);
}

async function verify({ keysListed, ...published }: Published, flags: VerifyFlags): Promise<string> {
  const verified = await verifyResults({
    ...published,
    publicKey: flags.key,
    receipt: flags.receipt === undefined ? undefined : textIn(flags.receipt),
    tracker: flags.tracker,
  });
  const report = `${reportOf(verified).join('\n')}\n`;
  const problem = problemOf(verified, keysListed && flags.key === undefined);
  if (problem === null) return report;
  writeOut(report);
  throw new CliError(`verification failed: ${problem}`);
}

function reportOf({ checks, ballot }: Verification): string[] {
  const lines = checks.map(
    (check) => `${check.ok ? 'ok   ' : 'WRONG'} ${check.name}: ${printable(checkWords(check, 'en'))}`,
  );
  if (ballot === null) return lines;
  const ranked = Object.entries(ballot).sort(([, a], [, b]) => a - b);
  const rows = ranked.map(([id, rank]) => `  ${rank}. ${printable(id)}`);
  return [...lines, '', ...(rows.length === 0 ? ['  nobody is ranked'] : rows)];
}

/** A file as it stands, byte order mark included. @throws CliError when it cannot be read or is no UTF-8. */
function textIn(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new CliError(`${file}: is not text in UTF-8`);
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
