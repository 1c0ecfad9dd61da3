import { readInstant } from './instant.ts';
import type { HouseRules, Instant, Term } from './model.ts';

/** Reads `2 years`, `18 months`, or the last day as a date; null for anything else. */
export function readTerm(source: string): Term | null {
  const span = /^([1-9]\d{0,2})\s*(years?|months?)$/i.exec(source.trim());
  if (span) return { months: Number(span[1]) * (/^y/i.test(span[2] ?? '') ? 12 : 1) };
  const read = readInstant(source, true);
  return read.ok ? { until: read.at } : null;
}

interface Serving {
  readonly closesAt: Instant;
  readonly term?: Term | undefined;
  /** Where seats have different terms. */
  readonly terms?: HouseRules['terms'] | undefined;
}

/** The last moment of a term, of the longest where they differ; a month that has no such day ends on its last. Null where nothing is said. */
export function termEnd({ closesAt, term, terms = [] }: Serving): Instant | null {
  if (terms.length > 0) return Math.max(...termEnds({ closesAt, terms }).values());
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

/** The last moment of each of the terms that differ, by its words. */
export function termEnds({ closesAt, terms = [] }: Omit<Serving, 'term'>): ReadonlyMap<string, Instant> {
  return new Map(
    terms.flatMap(({ term }) => {
      const end = termEnd({ closesAt, term: readTerm(term) ?? undefined });
      return end === null ? [] : [[term, end] as const];
    }),
  );
}
