import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import { ballotsOf, eventsOf } from '../testing.ts';

const meek = (candidates: string, lines: readonly string[], seats = 1) =>
  count(ballotsOf(candidates, lines), { method: 'meek-stv', seats });

describe("Meek's method", () => {
  it('seats whoever has the quota to the last of its nine decimals', () => {
    // Three parts of three ballots in nine decimals are a billionth short of a vote each: a has 1.999999999, the others 0.999999999.
    const outcome = meek('a b c', ['3: a = b = c', '1: a']);
    expect(outcome.rounds[0]).toMatchObject({
      quota: '1999999999/1000000000',
      votes: { a: '1999999999/1000000000' },
      elected: ['a'],
    });
    expect(outcome.rounds).toHaveLength(1);
  });

  it('gives a ballot that ties candidates wholly to those of them who are left', () => {
    const outcome = meek('a b c', ['3: a', '4: b', '2: a = c']);
    expect(outcome.rounds.map(({ votes }) => ({ ...votes }))).toEqual([
      { a: '4', b: '4', c: '1' },
      { a: '5', b: '4' },
    ]);
    expect(eventsOf(outcome)).toEqual(['first-count', 'excluded c; reached-quota a']);
  });

  it('leaves nobody out whom it elects late, and keeps what the elected hold at the quota', () => {
    const outcome = meek('a b c d', ['6: a > b', '2: b', '2: c', '1: d > c'], 2);
    expect(outcome.seats.elected).toEqual(['a', 'b']);
    for (const { votes, exhausted } of outcome.rounds)
      expect([...Object.values(votes), exhausted].every((each) => !each.startsWith('-'))).toBe(true);
  });
});
