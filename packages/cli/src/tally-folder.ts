import type { ResultsKey } from '@elekto/election';
import { ruleIn, verifyResults } from '@elekto/protocol/result';
import type { VerifyInput } from '@elekto/protocol/result';
import { countBackCsv, countCsv, ruleOf } from '@elekto/protocol/rule';
import type { Outcome, Vacancies } from '@elekto/tally';
import { BallotsFormatError, CountError } from '@elekto/tally';
import { checkWords, say } from '@elekto/words';

import { CliError } from './cli-error.ts';
import { readElectionFolder } from './election-folder.ts';
import { problemOf } from './verify/problem-of.ts';

/** A published election, counted again. */
export interface CountedElection {
  readonly outcome: Outcome;
  readonly title: string;
  readonly names: Readonly<Record<string, string>>;
  readonly eligible: number | null;
  /** Whether its rules fill vacant seats by count-back. */
  readonly filledBack: boolean;
  /** Who vouches for it, in a sentence. */
  readonly signed: string;
}

/**
 * Counts the ballots.csv of an election's folder by the rule that its results.json was counted by, with the decisions in it; without
 * one by the rule of its files; then, with `vacancies`, fills those seats by count-back. Files that contradict each other have no
 * result, here as on the pages.
 * @throws CliError when there are no ballots, nobody could have left, one of the files cannot be read, or they do not verify.
 */
export async function tallyFolder(path: string, vacancies: Vacancies | null): Promise<CountedElection> {
  const { election, knownKeys } = await readElectionFolder(path);
  const { key: folder, ballotsCsv, resultsJson } = election;
  if (ballotsCsv === null) throw new CliError(`${path}: there is no ballots.csv to count`);
  const names = Object.fromEntries(election.candidates.map(({ id, name }) => [id, name]));
  if (resultsJson === null) {
    const rule = ruleOf(election);
    return {
      outcome: counting(path, () =>
        vacancies === null ? countCsv(rule, ballotsCsv) : countBackCsv(rule, ballotsCsv, [], vacancies),
      ),
      filledBack: rule.houseRules?.vacancies === 'count-back',
      title: election.name,
      names,
      eligible: null,
      signed: say('en', 'disputes', 'unsigned'),
    };
  }
  const { file, recount, signed } = await verified(path, { ballotsCsv, resultsJson, folder }, knownKeys);
  const rule = ruleIn(file);
  const { manifest, eligible, tieDecisions } = file;
  return {
    outcome:
      vacancies === null
        ? recount
        : counting(path, () => countBackCsv(rule, ballotsCsv, tieDecisions, vacancies)),
    filledBack: rule.houseRules?.vacancies === 'count-back',
    title: manifest.name,
    names: { ...names, ...(manifest.version === 1 ? {} : manifest.names) },
    eligible,
    signed,
  };
}

async function verified(path: string, files: VerifyInput, knownKeys: readonly ResultsKey[] | null) {
  const verification = await verifyResults({ ...files, knownKeys: knownKeys ?? [] });
  const problem = problemOf(verification, knownKeys !== null);
  if (problem !== null)
    throw new CliError(
      `${path}: ${problem}\n` +
        `These files are no result. elekto tally ${path}/ballots.csv --low-is-best counts the ballots in that file alone.`,
    );
  const { checks, file, recount } = verification;
  const signature = checks.find(({ name }) => name === 'signature');
  if (file === null || recount === null || signature === undefined)
    throw new Error('what verifies was read, signed and counted');
  return { file, recount, signed: checkWords(signature, 'en') };
}

function counting(path: string, count: () => Outcome): Outcome {
  try {
    return count();
  } catch (error) {
    if (error instanceof CountError || error instanceof BallotsFormatError) {
      throw new CliError(`${path}/ballots.csv: ${error.message}`);
    }
    throw error;
  }
}
