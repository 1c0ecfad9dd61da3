import type { Election } from '@elekto/election';
import type { Outcome } from '@elekto/tally';
import { toResultsMarkdown } from '@elekto/words';

/** What checks the published files: run in a checkout of Elekto, with the paths of the two files. */
const COMMANDS = ['npm run --silent elekto -- verify ballots.csv results.json'];

/** results.md of an election, under the names its candidates have there. */
export function draftResults(
  election: Pick<Election, 'name' | 'candidates'>,
  { outcome, eligible }: { readonly outcome: Outcome; readonly eligible: number },
): string {
  const names = Object.fromEntries(election.candidates.map(({ id, name }) => [id, name]));
  return toResultsMarkdown({ outcome, election: election.name, eligible, names, commands: COMMANDS });
}
