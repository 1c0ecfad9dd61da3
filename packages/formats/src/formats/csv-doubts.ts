import type { BallotTable } from '@elekto/tally';
import { BallotsFormatError } from '@elekto/tally';

/** Ballots that are looked at; more say nothing new. */
const LOOKED_AT = 5000;
/** Fewer ballots with ties than these are no evidence of anything. */
const LEAST_TIED = 10;

/**
 * Looks whether the numbers of a table read as ranks, the lowest best, look like scores, the highest best.
 * On ballots of ranks the many who are level stand at the high end, where people stopped to rank; where they
 * stand at the low end, or the best number of a ballot is seldom 1, the numbers are scores.
 * @throws BallotsFormatError with both readings.
 */
export function doubtDirection(table: BallotTable): void {
  let ballots = 0;
  let low = 0;
  let high = 0;
  let withoutFirst = 0;
  let withTop = 0;
  const top = topRank(table);
  for (const ranks of someBallots(table)) {
    const given = ranks.filter((rank) => rank !== null);
    const least = Math.min(...given);
    const most = Math.max(...given);
    if (given.length === 0 || least === most) continue;
    ballots++;
    low += given.filter((rank) => rank === least).length - 1;
    high += given.filter((rank) => rank === most).length - 1;
    if (least > 1) withoutFirst++;
    if (most === top) withTop++;
  }
  if (ballots < LEAST_TIED) return;
  const piled = low >= ballots && low > 2 * high;
  const shifted = withoutFirst * 2 > ballots && withTop > ballots - withoutFirst;
  if (!piled && !shifted) return;
  const seen = piled
    ? 'on many ballots several candidates share the lowest number'
    : 'most ballots have the highest number on them and no 1';
  throw new BallotsFormatError(
    2,
    1,
    `expected it to be clear which number is best, found ranks that look like scores: ${seen}. ` +
      'Say --high-is-best if the highest number is best, or --low-is-best if 1 is',
  );
}

/**
 * Looks for a column that numbers the rows, besides those that are `known` to be candidates.
 * @throws BallotsFormatError with both readings.
 */
export function doubtNumbering(table: BallotTable, known: readonly string[]): void {
  const names = table.candidates;
  const numbering = new Set([...names.keys()].filter((i) => !known.includes(names[i] as string)));
  let rows = 0;
  let first: readonly (number | null)[] = [];
  for (const ranks of someBallots(table)) {
    if (rows === 0) first = ranks;
    for (const i of numbering) if (ranks[i] !== (first[i] ?? NaN) + rows) numbering.delete(i);
    if (numbering.size === 0) return;
    rows++;
  }
  const [column] = numbering;
  if (column === undefined || rows < 5 || rows + (first[column] ?? 0) - 1 <= names.length) return;
  const name = JSON.stringify(names[column]);
  throw new BallotsFormatError(
    1,
    1,
    `expected the columns to be clear, found ${name}, which numbers the rows: it may be a column of ids ` +
      `(--ignore ${name}) or a candidate (--candidate ${name})`,
  );
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
