import type { BallotTable } from '@elekto/tally';
import { BallotsFormatError } from '@elekto/tally';

/** Numbers that may be ranks or scores. */
export class UnclearDirectionError extends BallotsFormatError {}

/** Ballots that are looked at; more say nothing new. */
const LOOKED_AT = 5000;
/** So many ballots that end with a tie are evidence; fewer may be chance. */
const LEAST_TIED = 10;

/**
 * Asks which number is best, unless the numbers show that 1 is: nothing in a row such as "3,2,1" does. A ballot with a 1 and
 * without the highest number of the file is one of ranks whose voter stopped; the highest number without a 1 is one of
 * scores. Where both are on it, the many who are level stand at the end where people stopped to rank.
 * @throws BallotsFormatError with both readings.
 */
export function doubtDirection(table: BallotTable, line: number): void {
  const why = unclearDirection(table);
  if (why === null) return;
  throw new UnclearDirectionError(
    line,
    1,
    `expected it to be clear which number is best, found ${why}: 1 may be best (--low-is-best) or ` +
      `${topRank(table)}, the highest number (--high-is-best)`,
  );
}

/** Why the ballots, read as ranks, might as well be scores, in words; null where they cannot. */
export function unclearDirection(table: BallotTable): string | null {
  const top = topRank(table);
  const seen = { ranks: 0, scores: 0, tiedLast: 0, tiedFirst: 0, ordered: 0 };
  for (const ranks of someBallots(table)) {
    const given = ranks.filter((rank) => rank !== null);
    if (given.length === 0) continue;
    const least = Math.min(...given);
    const most = Math.max(...given);
    if (least < most) seen.ordered++;
    if (least === 1 && most < top) seen.ranks++;
    if (least > 1 && most === top) seen.scores++;
    if (least > 1 || most < top) continue;
    const difference = count(given, most) - count(given, least);
    if (difference > 0) seen.tiedLast++;
    if (difference < 0) seen.tiedFirst++;
  }
  if (seen.ordered === 0) return null;
  const forRanks = seen.ranks + seen.tiedLast;
  const forScores = seen.scores + seen.tiedFirst;
  if (forRanks >= 2 * forScores) {
    const enough = seen.ranks > 0 || seen.tiedLast >= LEAST_TIED;
    return enough ? null : 'numbers that read as well either way';
  }
  if (seen.scores > seen.tiedFirst) return 'that many ballots have the highest number on them and no 1';
  return 'that on many ballots several candidates share the lowest number';
}

const count = (numbers: readonly number[], wanted: number): number =>
  numbers.filter((number) => number === wanted).length;

/**
 * Looks for a column that numbers the rows, besides those that are `known` to be candidates: one that counts on from row to
 * row, further than there are candidates, or beside others that rank from 1 without it.
 * @throws BallotsFormatError with both readings.
 */
export function doubtNumbering(table: BallotTable, known: readonly string[]): void {
  const names = table.candidates;
  const numbering = new Set([...names.keys()].filter((i) => !known.includes(names[i] as string)));
  const whole = new Set(numbering);
  let rows = 0;
  let first: readonly (number | null)[] = [];
  for (const ranks of someBallots(table)) {
    if (rows === 0) first = ranks;
    for (const i of numbering) if (ranks[i] !== (first[i] ?? NaN) + rows) numbering.delete(i);
    if (numbering.size === 0) return;
    for (const i of numbering) if (!isWhole(ranks.filter((_, k) => k !== i))) whole.delete(i);
    rows++;
  }
  const [column] = numbering;
  if (column === undefined || rows < 3) return;
  const beyond = rows >= 5 && rows + (first[column] ?? 0) - 1 > names.length;
  if (!beyond && !whole.has(column)) return;
  const name = JSON.stringify(names[column]);
  throw new BallotsFormatError(
    1,
    1,
    `expected the columns to be clear, found ${name}, which numbers the rows: it may be a column of ids ` +
      `(--ignore ${name}) or a candidate (--candidate ${name})`,
  );
}

/** Whether the ranks are 1, 2, 3 ... without a gap. */
function isWhole(ranks: readonly (number | null)[]): boolean {
  const given = new Set(ranks.filter((rank) => rank !== null));
  return given.size > 0 && Math.max(...given) === given.size;
}

function* someBallots(table: BallotTable): Iterable<(number | null)[]> {
  let left = LOOKED_AT;
  for (const { ranks } of table.ballots) {
    if (left-- === 0) return;
    yield Array.from(ranks);
  }
}

function topRank(table: BallotTable): number {
  let top = 0;
  for (const ranks of someBallots(table))
    for (const rank of ranks) if (rank !== null && rank > top) top = rank;
  return top;
}
