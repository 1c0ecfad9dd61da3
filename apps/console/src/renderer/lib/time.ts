/**
 * Words for instants and spans. All arithmetic is on UTC milliseconds; `now` is always passed in and
 * comes from the server's clock, never from this machine's.
 */
import type { Instant } from '@elekto/election';
import { momentUtc } from '@elekto/words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A span in one or two units: "3 days 4 hours", "12 minutes", "less than a minute". */
export function formatSpan(ms: number): string {
  const span = Math.abs(ms);
  if (span < MINUTE) return 'less than a minute';
  if (span < HOUR) return plural(Math.floor(span / MINUTE), 'minute');
  const [big, small, bigWord, smallWord] =
    span < DAY ? [HOUR, MINUTE, 'hour', 'minute'] : ([DAY, HOUR, 'day', 'hour'] as const);
  const whole = Math.floor(span / big);
  const rest = Math.floor((span % big) / small);
  return rest === 0 || whole >= 10
    ? plural(whole, bigWord)
    : `${plural(whole, bigWord)} ${plural(rest, smallWord)}`;
}

/** "in 3 days" or "3 days ago". */
export function formatRelative(at: Instant, now: Instant): string {
  return at >= now ? `in ${formatSpan(at - now)}` : `${formatSpan(now - at)} ago`;
}

/** "3 days ago" of what has happened, also where the page's time is a moment behind the server's. */
export const formatAgo = (at: Instant, now: Instant): string => `${formatSpan(Math.min(0, at - now))} ago`;

const UTC_DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const UTC_TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const UTC_SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "Friday, 27 September 2024, 23:59 UTC". */
export const formatUtc = (at: Instant): string => momentUtc(at, 'en');

/** "27 September 2024", in UTC. */
export const formatDayUtc = (at: Instant): string => UTC_DAY.format(at);

/** "23:59 UTC", where the day is clear. */
export const formatTimeUtc = (at: Instant): string => `${UTC_TIME.format(at)} UTC`;

/** "27 Sept 23:59", for axes and dense lists; the column's heading names the zone. */
export function formatShortUtc(at: Instant): string {
  return `${UTC_SHORT.format(at)} ${UTC_TIME.format(at)}`;
}

/** "2024-09-27 23:59", for tables; the column's heading names the zone. */
export const formatDenseUtc = (at: Instant): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** The same instant in the reader's own zone: "Sat 28 Sept, 01:59 CEST". */
export function formatLocal(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}
