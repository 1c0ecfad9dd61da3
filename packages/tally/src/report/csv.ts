import { csvCell } from '../ballots/csv.ts';
import type { Outcome } from '../model.ts';

/**
 * A text that a spreadsheet would take for a formula, so that it does not: an apostrophe goes before it. For reports
 * that people open; ballots.csv keeps ids exactly as they are (CWE-1236).
 */
const inSpreadsheets = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/**
 * The outcome as CSV: a row a candidate in order of place, with the standing, and then the pairwise
 * counts (`over A` is the number of ballots that prefer the row's candidate to A).
 */
export function toCsv(outcome: Outcome): string {
  const order = outcome.places.flatMap(({ place, candidates }) => candidates.map((id) => ({ place, id })));
  const header = ['place', 'candidate', 'standing', 'opinions', ...order.map(({ id }) => `over ${id}`)];
  const rows = order.map(({ place, id }) => [
    String(place),
    inSpreadsheets(id),
    standing(outcome, id),
    String(outcome.counts.opinions[id]),
    ...order.map((other) => (other.id === id ? '' : String(outcome.pairwise[id]?.[other.id]))),
  ]);
  return [header, ...rows]
    .map((row) => `${row.map((text) => (text === '' ? '' : csvCell(text))).join(',')}\n`)
    .join('');
}

/** What became of a candidate. */
function standing({ seats }: Outcome, id: string): string {
  if (seats.elected.includes(id)) return 'elected';
  if (seats.openTies.some(({ candidates }) => candidates.includes(id))) return 'tied';
  return seats.skipped.some(({ candidate }) => candidate === id) ? 'passed over' : '';
}
