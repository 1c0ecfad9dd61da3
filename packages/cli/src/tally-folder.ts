import { readResults } from '@elekto/protocol/result';
import type { ResultsFile } from '@elekto/protocol/result';
import { countBackCsv, countCsv, inEdition1, ruleOf } from '@elekto/protocol/rule';
import type { Rule } from '@elekto/protocol/rule';
import type { Outcome, Vacancies } from '@elekto/tally';
import { BallotsFormatError, CountError } from '@elekto/tally';
import { checkWords } from '@elekto/words';

import { CliError } from './cli-error.ts';
import { readElectionFolder } from './election-folder.ts';

/** A published election, counted again. */
export interface CountedElection {
  readonly outcome: Outcome;
  readonly title: string;
  readonly names: Readonly<Record<string, string>>;
  readonly eligible: number | null;
  /** Whether its rules fill vacant seats by count-back. */
  readonly filledBack: boolean;
}

/**
 * Counts the ballots.csv of an election's folder by the rule that its results.json was counted by, with the decisions in it; without
 * one by the rule of its files; then, with `vacancies`, fills those seats by count-back. Who signed is not looked at: that is what `elekto verify` is for.
 * @throws CliError when there are no ballots, nobody could have left, or one of the files cannot be read.
 */
export async function tallyFolder(path: string, vacancies: Vacancies | null): Promise<CountedElection> {
  const { election } = await readElectionFolder(path);
  if (election.ballotsCsv === null) throw new CliError(`${path}: there is no ballots.csv to count`);
  const file = election.resultsJson === null ? null : readFile(path, election.resultsJson);
  const names = Object.fromEntries(election.candidates.map(({ id, name }) => [id, name]));
  const pinned = file !== null && file.manifest.version !== 1 ? file.manifest.names : {};
  const rule = file === null ? ruleOf(election) : ruleIn(file);
  const decided = file?.tieDecisions ?? [];
  const csv = election.ballotsCsv;
  try {
    return {
      outcome:
        vacancies === null ? countCsv(rule, csv, decided) : countBackCsv(rule, csv, decided, vacancies),
      filledBack: rule.houseRules?.vacancies === 'count-back',
      title: election.name,
      names: { ...names, ...pinned },
      eligible: file?.eligible ?? null,
    };
  } catch (error) {
    if (error instanceof CountError || error instanceof BallotsFormatError) {
      throw new CliError(`${path}/ballots.csv: ${error.message}`);
    }
    throw error;
  }
}

function readFile(path: string, text: string): ResultsFile {
  const read = readResults(text);
  if (!read.ok) throw new CliError(`${path}: ${checkWords(read, 'en')}`);
  return read.value;
}

const ruleIn = (file: ResultsFile): Rule =>
  file.format === 'elekto-results/1'
    ? inEdition1(ruleOf(file.manifest, { ...file, struck: [] }))
    : ruleOf(file.manifest, file);
