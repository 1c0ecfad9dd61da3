import { describe, expect, it } from 'vitest';
import { overviewSchema, Rate, shownName } from './notice-limits.ts';

const election = { key: 'a', name: 'Steering', phase: 'open', closesAt: 5, requestsDue: 1 };

describe('what a server can put on a screen', () => {
  it('is one line of at most 80 letters, whatever it calls an election', () => {
    expect(shownName('Steering\n\nYour account is blocked.\r\u0007')).toBe(
      'Steering Your account is blocked.',
    );
    expect(shownName('a\u202Egnireets\u2066b\u2028c')).toBe('a gnireets b c');
    expect(shownName('Lenkungsausschuß, 4. Amtszeit')).toBe('Lenkungsausschuß, 4. Amtszeit');
    const long = shownName('\u{1F5F3}'.repeat(100_000));
    expect([...long]).toHaveLength(80);
    expect(long.endsWith('\u{1F5F3}…')).toBe(true);
  });

  it('is of 2,000 elections at most, and of no number that is none', () => {
    const many = { now: 1, elections: Array.from({ length: 50_000 }, () => election) };
    expect(overviewSchema.parse(many).elections).toHaveLength(2_000);
    const of = (change: object) =>
      overviewSchema.safeParse({ now: 1, elections: [{ ...election, ...change }] });
    for (const requestsDue of [-1, 1.5, Infinity, NaN, 1e300, '7'])
      expect(of({ requestsDue }).success, String(requestsDue)).toBe(false);
    expect(of({ requestsDue: 1e15 }).data?.elections[0]?.requestsDue).toBe(100_000);
    expect(of({ key: 'k'.repeat(513) }).success).toBe(false);
    expect(of({ closesAt: Infinity }).success).toBe(false);
  });

  it('is so many within a while, and never nothing because the clock was set back', () => {
    const rate = new Rate(2, 100);
    expect([0, 50, 99, 100, 101].map((at) => rate.take(at))).toEqual([true, true, false, true, false]);
    expect(rate.take(-1_000)).toBe(true);
  });
});
