import type { Instant } from './model.ts';

/** How a moment of election.yaml was read. */
export type ReadInstant =
  | { readonly ok: true; readonly at: Instant; readonly dateOnly: boolean; readonly unusual: string | null }
  | { readonly ok: false; readonly why: string; readonly hint: string };

const SHAPE =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|UTC|utc|GMT|gmt|[+-]\d{1,2}(?::?\d{2})?)?)?$/;

const EXAMPLE = 'Write YYYY-MM-DD HH:MM:SS in UTC, for example 2026-09-01 00:00:01.';

/**
 * Reads a moment as election.yaml writes it. Without a zone it is UTC; `Z`, `UTC` and offsets are
 * understood. A date alone is the day's first second, or its last (23:59:59) when `end` is set,
 * because both ends of an election are inclusive. Nothing rolls over: 30 February is refused.
 */
export function readInstant(source: string, end: boolean): ReadInstant {
  const match = SHAPE.exec(source.trim());
  if (!match) return { ok: false, why: 'is not a date and time', hint: EXAMPLE };
  const [, year, separator, month, day, hour, minute, second, fraction, zone] = match;
  const dateOnly = hour === undefined;
  const parts = dateOnly
    ? { h: end ? 23 : 0, m: end ? 59 : 0, s: end ? 59 : 0, ms: 0 }
    : {
        h: Number(hour),
        m: Number(minute),
        s: Number(second ?? 0),
        ms: Math.trunc(Number(`0.${fraction ?? 0}`) * 1000),
      };
  if (parts.h > 23 || parts.m > 59 || parts.s > 59)
    return {
      ok: false,
      why: 'names a time of day that does not exist',
      hint: 'Hours end at 23, minutes and seconds at 59.',
    };
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), parts.h, parts.m, parts.s, parts.ms);
  const back = new Date(local);
  if (back.getUTCMonth() !== Number(month) - 1 || back.getUTCDate() !== Number(day) || Number(year) < 1970)
    return { ok: false, why: 'names a day that does not exist', hint: EXAMPLE };
  const offset = offsetMinutes(zone);
  if (offset === null)
    return {
      ok: false,
      why: 'has an offset that does not exist',
      hint: 'Offsets run from -12:00 to +14:00.',
    };
  const plain = separator === '-' && month?.length === 2 && day?.length === 2;
  return {
    ok: true,
    at: local - offset * 60_000,
    dateOnly,
    unusual: plain ? null : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`,
  };
}

function offsetMinutes(zone: string | undefined): number | null {
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (Number(match[3] ?? 0) > 59 || minutes > 14 * 60) return null;
  return match[1] === '-' ? -minutes : minutes;
}
