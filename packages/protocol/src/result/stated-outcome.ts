import type { Outcome } from '@elekto/tally';
import { canonicalJson } from '@elekto/wire';
import { dataOf } from './outcome-data.ts';
import type { OutcomeData } from './outcome-data.ts';
import type { ResultsFile } from './results.ts';

/** The outcome that a file states. One of format 1 names the first open tie only. */
export const statedOutcome = (file: ResultsFile): OutcomeData =>
  file.format === 'elekto-results/1' ? dataOf(file.outcome) : file.outcome;

/** Whether a recount gives what a file states, as far as its format says it. */
export function givesAgain(recount: Outcome, file: ResultsFile): boolean {
  const { seats, ...data } = dataOf(recount);
  const openTies = file.format === 'elekto-results/1' ? seats.openTies.slice(0, 1) : seats.openTies;
  return canonicalJson({ ...data, seats: { ...seats, openTies } }) === canonicalJson(statedOutcome(file));
}
