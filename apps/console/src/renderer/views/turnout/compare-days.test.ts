import { describe, expect, it } from 'vitest';
import { dayOf, milestonesOf, sameDay, toldBy } from './compare-days.ts';
import { toSeries } from './series.ts';

const DAY = 86_400_000;
const turnout = {
  eligible: 100,
  cast: 30,
  buckets: [
    { at: DAY / 2, cast: 9 },
    { at: 2 * DAY, cast: 30 },
  ],
  asOf: 2 * DAY,
  nextAt: null,
};
const series = toSeries('last year', 0, turnout, false);

describe('turnout beside an earlier election', () => {
  it('is what had been told at the same time since the opening, and never in between', () => {
    expect(toldBy(series, DAY / 2 - 1)).toBeNull();
    expect(toldBy(series, 2 * DAY - 1)).toBe(9);
    expect(sameDay([series], 2 * DAY)).toEqual([{ name: 'last year', percent: 30 }]);
    expect(sameDay([series], 60_000)).toEqual([]);
  });

  it('counts days from the opening on, the first as 1', () => {
    expect([0, DAY - 1, DAY, DAY + 1, 3.5 * DAY, 10 * DAY].map(dayOf)).toEqual([1, 1, 1, 2, 4, 10]);
  });

  it('has milestones when a number was told that reaches them', () => {
    expect(milestonesOf(series, 1_000)).toEqual([
      { percent: 10, at: 1_000 + 2 * DAY },
      { percent: 25, at: 1_000 + 2 * DAY },
    ]);
  });
});
