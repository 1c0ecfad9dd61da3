import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatLocal,
  formatRelative,
  formatShortUtc,
  formatSpan,
  formatTimeUtc,
  formatUtc,
} from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('spans in words', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [MINUTE, '1 minute'],
    [12 * MINUTE, '12 minutes'],
    [HOUR, '1 hour'],
    [HOUR + MINUTE, '1 hour 1 minute'],
    [DAY, '1 day'],
    [3 * DAY + 4 * HOUR, '3 days 4 hours'],
    [12 * DAY + 4 * HOUR, '12 days'],
    [-2 * HOUR, '2 hours'],
  ])('%d ms is %s', (ms, words) => expect(formatSpan(ms)).toBe(words));

  it('tells the future from the past', () => {
    expect(formatRelative(DAY, 0)).toBe('in 1 day');
    expect(formatRelative(0, DAY)).toBe('1 day ago');
    expect(formatAgo(0, DAY)).toBe('1 day ago');
    // What was just done is not to come, by whichever clock.
    expect(formatAgo(500, 0)).toBe('less than a minute ago');
  });
});

describe('instants in words', () => {
  const at = Date.UTC(2024, 8, 27, 23, 59);

  it('names weekday, date and zone in UTC', () =>
    expect(formatUtc(at)).toBe('Friday, 27 September 2024, 23:59 UTC'));
  it('is a time where the day is clear', () => expect(formatTimeUtc(at)).toBe('23:59 UTC'));
  it('is short for axes', () => expect(formatShortUtc(at)).toBe('27 Sept 23:59'));
  it('shows the same instant in the zone of the reader', () =>
    expect(formatLocal(at, 'Europe/Berlin')).toMatch(/^Sat,? 28 Sept,? 01:59 (CEST|GMT\+2)$/));
});
