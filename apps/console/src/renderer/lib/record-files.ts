/** The record of what officers and the server did, as files: whole, in its order, with the hashes that chain it. */
import { isFormula } from '@elekto/election';
import { csvCell } from '@elekto/tally';
import type { AuditEvent } from '../backend/model.ts';

const COLUMNS = ['seq', 'at', 'actor', 'action', 'detail', 'hash'] as const;

const row = ({ seq, at, actor, action, detail, hash }: AuditEvent) => ({
  seq,
  at: new Date(at).toISOString(),
  actor,
  action,
  detail,
  hash,
});

/** One JSON object a line. */
export const recordJsonLines = (events: readonly AuditEvent[]): string =>
  events.map((event) => `${JSON.stringify(row(event))}\n`).join('');

/** What people wrote stays text, also where a spreadsheet would take it for a formula. */
const asText = (text: string): string => (isFormula(text) ? `'${text}` : text);

/** With a header; lines end as RFC 4180 says. */
export const recordCsv = (events: readonly AuditEvent[]): string =>
  [COLUMNS, ...events.map((event) => Object.values(row(event)).map((cell) => asText(String(cell))))]
    .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
    .join('');
