import type { BallotSet } from '../model.ts';
import { CountError } from '../model.ts';
import type { BallotTable } from './ballot-table.ts';
import { BallotsCsvReader } from './csv-reader.ts';

/** Writing more rows than this for counted ballots is a mistake, not a file. */
const MOST_ROWS = 10_000_000n;

/**
 * Reads Elekto's ballots.csv: a header of candidate ids in any order, then a row a ballot.
 * @throws BallotsFormatError with line and column.
 */
export function parseBallotsCsv(text: string | Uint8Array): BallotTable {
  const reader = new BallotsCsvReader();
  reader.push(text);
  return reader.end();
}

/**
 * As `parseBallotsCsv`, for the BALLOTS.csv files that elections on CIVS published: names in the
 * header; empty cells, too, are not ranked.
 */
export function parseCivsCsv(text: string | Uint8Array): BallotTable {
  const reader = new BallotsCsvReader({ civs: true });
  reader.push(text);
  return reader.end();
}

/**
 * Writes ballots.csv as Elekto does: LF, "No opinion", cells quoted where they must be. Rows keep the
 * set's order; a ballot with a count is written so many times.
 * @throws CountError past ten million rows for one counted ballot.
 */
export function formatBallotsCsv(set: BallotSet): string {
  const lines = [set.candidates.map(csvCell).join(',')];
  for (const { ranks, count = 1 } of set.ballots) {
    if (BigInt(count) > MOST_ROWS)
      throw new CountError(`${count} equal ballots do not fit ballots.csv; use JSON`);
    const line = Array.from(ranks, (rank) => (rank === null ? 'No opinion' : String(rank))).join(',');
    for (let i = 0; i < Number(count); i++) lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

/** A CSV cell (RFC 4180), quoted when it holds a comma, a quote, a line break or outer white space. */
export function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
