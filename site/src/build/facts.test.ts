import type { ElectionKey } from '@elekto/election';
import { expect, it } from 'vitest';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import { Facts } from './facts.ts';

const DAY = 86_400_000;
const OPENS = Date.UTC(2027, 0, 1);
const election = (over: Partial<PreparedElection> = {}): PreparedElection =>
  ({
    key: 'a' as ElectionKey,
    name: 'A',
    status: 'upcoming',
    opensAt: OPENS,
    closesAt: OPENS + 7 * DAY,
    exceptionsDueAt: OPENS - 3 * DAY,
    closedAt: null,
    publishedAt: null,
    published: { state: 'none' },
    ...over,
  }) as PreparedElection;
const toldOf = (of: PreparedElection, generatedAt: number): string => {
  const data = { elections: [of], generatedAt } as unknown as SiteData;
  const rendering = { bodies: [], bodyOf: new Map() };
  return new Facts({ data, rendering, elections: new Map(), pages: '' }).valueOf('events:a');
};

it('tells of the moments of an election at each time what it tells of one that it has not seen before', () => {
  const moments = [OPENS, OPENS + 7 * DAY, OPENS - 3 * DAY, ...[1, 2, 3].map((n) => OPENS - n * 30 * DAY)];
  const times = moments
    .flatMap((at) => [-1001, -1000, -999, -1, 0, 1, DAY / 2].map((ms) => at + ms))
    .sort((a, b) => a - b);
  for (const over of [
    {},
    { status: 'results' as const, publishedAt: OPENS + 8 * DAY },
    { status: 'open' as const, exceptionsDueAt: OPENS },
  ]) {
    const one = election(over);
    for (const now of [...times, ...times.toReversed()])
      expect(toldOf(one, now)).toBe(toldOf(election(over), now));
  }
});

it('looks at the moments of an election again only when one of them comes', () => {
  let looks = 0;
  const one = Object.defineProperty(election(), 'closesAt', {
    get: () => {
      looks += 1;
      return OPENS + 7 * DAY;
    },
  });
  const looksAt = (now: number): number => {
    looks = 0;
    toldOf(one, now);
    return looks;
  };
  expect(looksAt(OPENS - 20 * DAY)).toBeGreaterThan(0);
  expect(looksAt(OPENS - 4 * DAY)).toBe(0);
  expect(looksAt(OPENS - 2 * DAY)).toBeGreaterThan(0);
});
