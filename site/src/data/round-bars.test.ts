import { describe, expect, it } from 'vitest';
import type { Outcome } from '@elekto/tally';
import { barsOf } from './round-bars.ts';

const round = (n: number, votes: Record<string, string>, over: object = {}) => ({
  round: n,
  quota: '6',
  votes,
  exhausted: '0',
  elected: [],
  excluded: [],
  events: [],
  ...over,
});
const outcome = (rounds: object[], candidates = ['a', 'b', 'c']) =>
  ({ rounds, candidates, places: [{ place: 1, candidates }] }) as unknown as Outcome;
const names = { a: 'A', b: 'B', c: 'C' };

describe('the rounds as bars', () => {
  const rounds = barsOf(
    outcome([
      round(1, { a: '5', b: '3', c: '2' }, { excluded: ['c'] }),
      round(2, { a: '13/2', b: '7/2' }, { elected: ['a'] }),
      round(3, { a: '6', b: '4' }),
    ]),
    names,
  );
  const bar = (n: number, id: string) => rounds[n - 1]?.bars.find((each) => each.id === id);

  it('show what was held and what came, in shares of the most that anybody ever holds', () => {
    expect(bar(1, 'a')).toMatchObject({ had: 76.9, got: 0, votes: '5' });
    expect(bar(2, 'a')).toMatchObject({ had: 76.9, got: 23.1, votes: '13/2' });
    expect(bar(3, 'a')).toMatchObject({ had: 92.3, got: 0 });
    expect(rounds.map(({ needed }) => needed)).toEqual([92.3, 92.3, 92.3]);
  });

  it('mark who leaves, who is elected, then and later, and no longer show who has left', () => {
    expect(bar(1, 'c')?.state).toBe('leaves');
    expect(bar(2, 'c')).toBeUndefined();
    expect([1, 2, 3].map((n) => bar(n, 'a')?.state)).toEqual(['running', 'elected', 'elected']);
  });

  it('are not drawn where they are too many for a page', () => {
    const many = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const long = Array.from({ length: 29 }, (_, i) =>
      round(i + 1, Object.fromEntries(many.map((id) => [id, '1']))),
    );
    expect(barsOf(outcome(long, many), {})).toEqual([]);
  });
});
