import { readInstant } from './instant.ts';
import type { Instant, Term } from './model.ts';

/** Reads `2 years`, `18 months`, or the last day as a date; null for anything else. */
export function readTerm(source: string): Term | null {
  const span = /^([1-9]\d{0,2})\s*(years?|months?)$/i.exec(source.trim());
  if (span) return { months: Number(span[1]) * (/^y/i.test(span[2] ?? '') ? 12 : 1) };
  const read = readInstant(source, true);
  return read.ok ? { until: read.at } : null;
}

/** The last moment of a term; a month that has no such day ends on its last. Null where nothing is said. */
export function termEnd({
  closesAt,
  term,
}: {
  readonly closesAt: Instant;
  readonly term?: Term | undefined;
}): Instant | null {
  if (term === undefined) return null;
  if ('until' in term) return term.until;
  const end = new Date(closesAt);
  const day = end.getUTCDate();
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + term.months);
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(day, last));
  return end.getTime();
}
