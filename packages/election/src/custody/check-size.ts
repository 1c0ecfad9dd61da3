import { MOST_CANDIDATES, mostBallots } from '@elekto/custody/board';
import { standing } from '../candidate/withdrawn.ts';
import type { Diagnostic, Election } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';

/** Whether officers could not count an election of this size, and what there is to say of it. `path` is that of election.yaml. */
export function checkSize(
  { candidates: proposed, voters }: Pick<Election, 'candidates' | 'voters'>,
  path: string,
): { readonly isTooLarge: boolean; readonly diagnostics: readonly Diagnostic[] } {
  const report = new Report(path);
  const candidates = standing(proposed).length;
  const most = candidates === 0 || candidates > MOST_CANDIDATES ? null : mostBallots(candidates);
  if (candidates > MOST_CANDIDATES)
    report.error(
      'custody-too-large',
      WHOLE_FILE,
      `${candidates} candidates stand, and officers can count an election of ${MOST_CANDIDATES} at most.`,
      WAY_OUT,
    );
  else if (most !== null && voters.length > most)
    report.error(
      'custody-too-large',
      WHOLE_FILE,
      `${voters.length} voters are on the roll, and officers can count ${most} ballots of ${candidates} candidates at most.`,
      WAY_OUT,
    );
  return { isTooLarge: report.diagnostics.length > 0, diagnostics: report.diagnostics };
}

const WAY_OUT =
  'Before the first ballot: it does not open so; take "custody" out, and the server keeps the key. ' +
  'While people vote: the candidates are those of the opening; take the names that came since off the roll again.';
