import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Verification, VerifyInput } from '@elekto/protocol/result';
import { verifyResults } from '@elekto/protocol/result';
import { checkWords } from '@elekto/words';
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { isFolder, readElectionFolder } from './election-folder.ts';

interface VerifyFlags {
  readonly key?: string;
  readonly receipt?: string;
  readonly tracker?: string;
  readonly electionsDir?: string;
}

/** `elekto verify <folder>`: checks a published result; exits 1 and says the first thing that is wrong. */
export function register(command: Command): void {
  command
    .argument('<folder>', 'the folder of an election, or its published ballots.csv')
    .argument('[results.json]', 'the published result, when ballots.csv was given')
    .option('--key <public key>', "the server's public key, as known from elsewhere")
    .option('--receipt <file>', 'a receipt saved at casting: was its ballot counted?')
    .option('--tracker <hex>', 'find the ballot under this tracker')
    .option(
      '--elections-dir <folder>',
      'the elections folder, with results-keys.yaml (default: found above the folder)',
    )
    .action(async (path: string, results: string | undefined, flags: VerifyFlags) => {
      const published =
        results === undefined
          ? await inFolder(path, flags)
          : { ...filesAt(path, results), keysListed: false };
      process.stdout.write(await verify(published, flags));
    });
}

type Published = Pick<VerifyInput, 'ballotsCsv' | 'resultsJson' | 'knownKeys' | 'folder'> & {
  /** Whether a list of known keys is there, so that a key that it lacks is a stranger's. */
  readonly keysListed: boolean;
};

const filesAt = (ballots: string, results: string) => ({
  ballotsCsv: read(ballots),
  resultsJson: read(results),
});

async function inFolder(path: string, { electionsDir }: VerifyFlags): Promise<Published> {
  if (!isFolder(path)) throw new CliError(`${path} is no folder: give it, or ballots.csv and results.json`);
  const { election, knownKeys } = await readElectionFolder(path, electionsDir);
  if (election.resultsJson === null) {
    throw new CliError(
      `${path}: there is no results.json, so nothing is signed` +
        (election.ballotsCsv === null ? '' : `; elekto tally ${path} counts the ballots`),
    );
  }
  return {
    ballotsCsv: election.ballotsCsv === null ? null : read(join(path, 'ballots.csv')),
    resultsJson: read(join(path, 'results.json')),
    knownKeys: knownKeys ?? [],
    folder: election.key,
    keysListed: knownKeys !== null,
  };
}

async function verify({ keysListed, ...published }: Published, flags: VerifyFlags): Promise<string> {
  const verified = await verifyResults({
    ...published,
    publicKey: flags.key,
    receipt: flags.receipt === undefined ? undefined : read(flags.receipt),
    tracker: flags.tracker,
  });
  const report = `${reportOf(verified).join('\n')}\n`;
  const problem = problemOf(verified, keysListed && flags.key === undefined);
  if (problem === null) return report;
  process.stdout.write(report);
  throw new CliError(`verification failed: ${problem}`);
}

function reportOf({ checks, ballot }: Verification): string[] {
  const lines = checks.map(
    (check) => `${check.ok ? 'ok   ' : 'WRONG'} ${check.name}: ${checkWords(check, 'en')}`,
  );
  if (ballot === null) return lines;
  const ranked = Object.entries(ballot).sort(([, a], [, b]) => a - b);
  const rows = ranked.map(([id, rank]) => `  ${rank}. ${id}`);
  return [...lines, '', ...(rows.length === 0 ? ['  no opinion on anybody'] : rows)];
}

/** The first thing that is wrong; null when nothing is. */
function problemOf({ checks, signer, file }: Verification, mustBeListed: boolean): string | null {
  const wrong = checks.find((check) => !check.ok);
  if (wrong !== undefined) return checkWords(wrong, 'en');
  if (!mustBeListed || signer !== null) return null;
  return `results-keys.yaml lists no key ${file?.publicKey} for the time of this election.`;
}

/** A file as it stands, byte order mark included. @throws CliError when it cannot be read or is no UTF-8. */
function read(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new CliError(`${file}: is not text in UTF-8`);
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
