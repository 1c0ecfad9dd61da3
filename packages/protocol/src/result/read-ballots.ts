import type { CandidateId } from '@elekto/election';
import type { Read } from './read-results.ts';

/** Ranks in the manifest's order, 0 = not ranked. */
export type Ranks = readonly number[];

const CELL = /"(?:[^"]|"")*"|[^",\r\n]*/y;
const NO_OPINION = 'No opinion';

/**
 * Reads ballots.csv as strictly as what was signed demands: a header of exactly the candidates, in any order,
 * then rows whose cells are `No opinion` or a rank 1..n (n candidates) without leading zeros, all lines ended alike by LF or CR
 * LF, the last one too, nothing else. `elekto tally` is more forgiving; verification is not.
 */
export function readBallots(
  text: string,
  {
    candidates,
    allowNoOpinion,
  }: { readonly candidates: readonly CandidateId[]; readonly allowNoOpinion: boolean },
): Read<Ranks[]> {
  const header = readHeader(text);
  if (header === null) return { ok: false, code: 'ballots-header', facts: {} };
  const columns = candidates.map((id) => header.ids.indexOf(id));
  if (header.ids.length !== candidates.length || columns.includes(-1)) {
    return { ok: false, code: 'ballots-columns', facts: {} };
  }
  const lines = text.slice(header.end).split(header.lineEnd);
  if (lines.pop() !== '') return { ok: false, code: 'ballots-unended', facts: {} };
  const ranks = new Map(candidates.map((_, i) => [String(i + 1), i + 1]));
  if (allowNoOpinion) ranks.set(NO_OPINION, 0);
  const rows: Ranks[] = [];
  for (const [index, line] of lines.entries()) {
    const cells = line.split(',');
    const row = columns.map((column) => ranks.get(cells[column] ?? ''));
    if (cells.length !== columns.length || row.includes(undefined)) {
      return { ok: false, code: 'ballots-row', facts: { row: index + 1 } };
    }
    rows.push(row as number[]);
  }
  return { ok: true, value: rows };
}

interface Header {
  readonly ids: readonly string[];
  readonly end: number;
  readonly lineEnd: string;
}

function readHeader(text: string): Header | null {
  const ids: string[] = [];
  for (let at = 0; ; at += 1) {
    CELL.lastIndex = at;
    const cell = CELL.exec(text)?.[0] ?? '';
    at += cell.length;
    ids.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (text[at] === ',') continue;
    const lineEnd = /\r?\n/y;
    lineEnd.lastIndex = at;
    const found = lineEnd.exec(text)?.[0];
    return found === undefined ? null : { ids, end: at + found.length, lineEnd: found };
  }
}
