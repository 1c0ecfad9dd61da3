import { expect, it } from 'vitest';

import { dueOf, type Moments } from './due.ts';

const DAY = 86_400_000;
const opensAt = 100 * DAY;
const closesAt = 110 * DAY;
const open: Moments = {
  key: 'steering',
  stage: 'open',
  opensAt,
  closesAt,
  publishedAt: null,
  waitedUntil: null,
};
const codes = (moments: Partial<Moments>, now: number, days: readonly number[] = [3, 1]): string[] =>
  dueOf({ ...open, ...moments }, days, now).map(({ code, at }) => `${code} ${at / DAY}`);

it('tells the opening from the start on, for a day', () => {
  expect(codes({ stage: 'upcoming' }, opensAt - 1)).toEqual([]);
  expect(codes({}, opensAt)).toEqual(['opening 100']);
  expect(codes({}, opensAt + DAY - 1)).toEqual(['opening 100']);
  expect(codes({}, opensAt + DAY)).toEqual([]);
});

it('tells the opening of one that had to wait as it opens, whenever that is, for a day', () => {
  expect(codes({ stage: 'waiting' }, opensAt + 1)).toEqual([]);
  const waitedUntil = opensAt + 4 * DAY;
  expect(codes({ waitedUntil }, waitedUntil + 1)).toEqual(['opening 100']);
  expect(codes({ waitedUntil }, waitedUntil + DAY)).toEqual([]);
});

it('reminds on the days that were set, by the later of two, and never of a time before the opening', () => {
  expect(codes({}, closesAt - 3 * DAY - 1)).toEqual([]);
  expect(codes({}, closesAt - 3 * DAY)).toEqual(['reminder 107']);
  expect(codes({}, closesAt - DAY)).toEqual(['reminder 109']);
  expect(codes({}, closesAt - DAY, [1, 1.5])).toEqual(['reminder 109']);
  expect(codes({ opensAt: closesAt - DAY }, closesAt - DAY / 2, [3])).toEqual(['opening 109']);
});

it('tells the end and the result, each for a day, and nothing of what was not held here', () => {
  expect(codes({ stage: 'closed' }, closesAt + 1)).toEqual(['closing 110']);
  expect(codes({ stage: 'counted' }, closesAt + 2 * DAY)).toEqual([]);
  const publishedAt = closesAt + 5 * DAY;
  expect(codes({ stage: 'published', publishedAt }, publishedAt)).toEqual(['result 115']);
  expect(codes({ stage: 'published', publishedAt }, publishedAt + DAY)).toEqual([]);
  for (const stage of ['held-elsewhere', 'damaged'] as const)
    expect(codes({ stage, publishedAt }, closesAt + 1)).toEqual([]);
});
