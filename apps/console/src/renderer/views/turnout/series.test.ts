import { describe, expect, it } from 'vitest';
import { niceTicks, timeTicks, toSeries, turnoutCsv } from './series.ts';

const turnout = {
  eligible: 40,
  cast: 10,
  buckets: [
    { at: 2_000, cast: 4 },
    { at: 3_000, cast: 10 },
  ],
  asOf: 3_000,
};

describe('turnout as a line', () => {
  it('starts at nought when the election opened', () =>
    expect(toSeries('x', 1_000, turnout, true).points).toEqual([
      { since: 0, cast: 0, percent: 0 },
      { since: 1_000, cast: 4, percent: 10 },
      { since: 2_000, cast: 10, percent: 25 },
    ]));

  it('ends with the exact number once it is known', () =>
    expect(toSeries('x', 1_000, { ...turnout, cast: 11, asOf: 3_500 }, true).points.slice(-2)).toEqual([
      { since: 2_000, cast: 10, percent: 25 },
      { since: 2_500, cast: 11, percent: 27.5 },
    ]));

  it('stays at nought when nobody may vote', () =>
    expect(toSeries('x', 0, { ...turnout, eligible: 0 }, true).points.at(-1)?.percent).toBe(0));

  it('is a table for spreadsheets', () =>
    expect(turnoutCsv(turnout)).toBe(
      'until,cast,percent\r\n1970-01-01T00:00:02.000Z,4,10.00\r\n1970-01-01T00:00:03.000Z,10,25.00\r\n',
    ));
});

describe('axes', () => {
  it.each([
    [0, [0, 1]],
    [5, [0, 1, 2, 3, 4, 5]],
    [47, [0, 10, 20, 30, 40, 50]],
    [0.9, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [100, [0, 20, 40, 60, 80, 100]],
  ])('reach %d in round steps', (max, ticks) => expect(niceTicks(max)).toEqual(ticks));

  it.each([1, 5, 30, 240, 900])('have at most ten marks for %d hours, the first at nought', (hours) => {
    const ticks = timeTicks(hours * 3_600_000);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(10);
    expect(ticks[0]?.since).toBe(0);
  });

  it('are named by how long it has been, which is no number of a day', () => {
    expect(timeTicks(10 * 86_400_000).map(({ label }) => label)).toContain('2 d');
    expect(timeTicks(4 * 3_600_000).map(({ label }) => label)).toContain('2 h');
  });
});
