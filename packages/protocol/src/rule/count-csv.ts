import { matchIds } from '@elekto/election';
import { BallotsFormatError, parseBallotsCsv } from '@elekto/tally';
import type { BallotSet, Outcome, Vacancies } from '@elekto/tally';
import { countBackSet, countSet } from './count-by-rule.ts';
import type { Decision } from './count-by-rule.ts';
import type { Rule } from './rule.ts';

/**
 * Counts a published ballots.csv by a rule. Its columns decide whom the ballots could rank: they are matched with the
 * rule's candidates exactly, else by the same login in another case; a column that is nobody's is counted under
 * its own name, and a candidate without a column is not counted.
 * @throws BallotsFormatError when the text is no ballots.csv, or of other candidates altogether, CountError when the rule cannot count it.
 */
export const countCsv = (rule: Rule, csv: string, decisions: readonly Decision[] = []): Outcome =>
  countSet(rule, setIn(rule, csv), decisions);

/**
 * As `countCsv`, and then fills seats that fell vacant since, by their count-back.
 * @throws as `countCsv`, and CountError as `countBack` does.
 */
export const countBackCsv = (
  rule: Rule,
  csv: string,
  decisions: readonly Decision[],
  vacancies: Vacancies,
): Outcome => countBackSet(rule, setIn(rule, csv), decisions, vacancies);

function setIn(rule: Rule, csv: string): BallotSet {
  const table = parseBallotsCsv(csv);
  const { matched } = matchIds(
    rule.candidates,
    table.candidates.map((id) => ({ id })),
  );
  if (matched.size === 0 && rule.candidates.length > 0) {
    throw new BallotsFormatError(1, 1, 'expected the candidates of the election, found none of them');
  }
  const names = new Map([...matched].map(([candidate, column]) => [column.id, candidate]));
  const candidates = table.candidates.map((column) => names.get(column) ?? column);
  const isSame = candidates.every((id, i) => id === table.candidates[i]);
  return isSame ? table : { candidates, ballots: table.ballots };
}
