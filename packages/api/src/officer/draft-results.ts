import type { Election } from '@elekto/election';
import type { Outcome } from '@elekto/tally';
import { checkCommands, toResultsMarkdown } from '@elekto/words';

/** results.md of an election, under the names its candidates have there. */
export function draftResults(
  election: Pick<Election, 'name' | 'candidates' | 'folder'>,
  { outcome, eligible }: { readonly outcome: Outcome; readonly eligible: number },
): string {
  const names = Object.fromEntries(election.candidates.map(({ id, name }) => [id, name]));
  return toResultsMarkdown({
    outcome,
    election: election.name,
    eligible,
    names,
    commands: checkCommands(election.folder),
  });
}
