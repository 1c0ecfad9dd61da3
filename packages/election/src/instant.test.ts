import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstant } from './instant.ts';

const at = (text: string, end = false): number | string => {
  const read = readInstant(text, end);
  return read.ok ? read.at : read.why;
};
const NOON = Date.UTC(2026, 8, 1, 12, 0, 0);

describe('readInstant', () => {
  it.each([
    '2026-09-01 12:00:00',
    '2026-09-01T12:00:00',
    '2026-09-01 12:00',
    '2026-09-01  12:00:00',
    '2026-09-01T12:00:00Z',
    '2026-09-01t12:00:00z',
    '2026-09-01 12:00:00 UTC',
    '2026-09-01 14:00:00 +02:00',
    '2026-09-01 14:00:00+0200',
    '2026-09-01 14:00:00+2',
    '2026-09-01T07:00:00-05:00',
    '2026-09-01 12:00:00.000',
    '2026-9-1 12:00:00',
    '2026/09/01 12:00:00',
  ])('reads %s as noon UTC', (text) => {
    expect(at(text)).toBe(NOON);
  });

  it('reads a date alone as the whole day, both ends inclusive', () => {
    expect(at('2026-09-01')).toBe(Date.UTC(2026, 8, 1));
    expect(at('2026-09-01', true)).toBe(Date.UTC(2026, 8, 1, 23, 59, 59));
  });

  it.each([
    '',
    'tomorrow',
    '01.09.2026',
    '01/09/2026 12:00',
    '2026-09-01 12',
    '2026-09-01 noon',
    '20260901',
    '1788220800',
    '2026-09-01 12:00:00 PST',
  ])('refuses %j', (text) => {
    expect(at(text)).toBe('is not a date and time');
  });

  it.each([
    ['2026-02-29 00:00:00', 'names a day that does not exist'],
    ['2026-13-01 00:00:00', 'names a day that does not exist'],
    ['2026-00-10 00:00:00', 'names a day that does not exist'],
    ['2026-09-01 24:00:00', 'names a time of day that does not exist'],
    ['2026-09-01 23:59:60', 'names a time of day that does not exist'],
    ['2026-09-01 00:00:00 +25:00', 'has an offset that does not exist'],
  ])('never rolls %s over', (text, why) => {
    expect(at(text)).toBe(why);
  });

  it('reads back every second of two centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2170, 0) / 1000 }), (seconds) => {
        expect(at(new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '))).toBe(
          seconds * 1000,
        );
      }),
    );
  });
});
