import { describe, expect, it } from 'vitest';

import { checkDecision } from './check-decision.ts';
import { count } from './count.ts';
import type { CountOptions, SeatLimit, TieDecision } from './model.ts';
import { ballotsOf } from './testing.ts';

const byEmployer = (max: number, values: Record<string, string>): SeatLimit => ({
  field: 'employer',
  max,
  values: new Map(Object.entries(values)),
});

/** Two seats, all level, at most one each for X = {ada, barbara} and Y = {grace, katherine}. */
const LEVEL = ballotsOf('ada barbara grace katherine', ['ada = barbara = grace = katherine']);
const TWO_TIES: CountOptions = {
  seats: 2,
  limit: byEmployer(1, { ada: 'X', barbara: 'X', grace: 'Y', katherine: 'Y' }),
};

function check(
  winners: readonly string[],
  options: CountOptions,
  more: Partial<TieDecision> = {},
  set = LEVEL,
): unknown {
  const recorded = options.decisions ?? [];
  const decided = (decision: TieDecision) => count(set, { ...options, decisions: [...recorded, decision] });
  const found = checkDecision(count(set, options), { winners, how: 'lots', ...more }, decided);
  if (!found.ok) return found.problem;
  return found.tie;
}

describe('a decision about a tie', () => {
  it('settles the open tie that has its winners, of several open at once', () => {
    expect(count(LEVEL, TWO_TIES).seats.openTies).toEqual([
      { candidates: ['ada', 'barbara'], seats: 1, value: 'X' },
      { candidates: ['grace', 'katherine'], seats: 1, value: 'Y' },
    ]);
    expect(check(['barbara'], TWO_TIES)).toEqual({ candidates: ['ada', 'barbara'], seats: 1, value: 'X' });
    expect(check(['grace'], TWO_TIES)).toMatchObject({ value: 'Y' });
    const after = { ...TWO_TIES, decisions: [{ winners: ['barbara'], how: 'lots' }] };
    expect(check(['grace'], after)).toMatchObject({ value: 'Y' });
    expect(check(['ada'], after)).toBe('not-one-tie');
  });

  it('has winners of one open tie, as many as it has seats', () => {
    expect(check(['ada', 'grace'], TWO_TIES)).toBe('not-one-tie');
    expect(check([], TWO_TIES)).toBe('not-one-tie');
    expect(check(['ada', 'barbara'], TWO_TIES)).toBe('wrong-number');
    expect(check(['ada'], { seats: 2 })).toBe('wrong-number');
    expect(check(['ada', 'ada'], { seats: 2 })).toBe('wrong-number');
    expect(check(['ada', 'ada'], { seats: 1 })).toBe('wrong-number');
    expect(check(['ada'], { seats: 4 })).toBe('no-open-tie');
  });

  it('names the tied, where it names them, as the count does', () => {
    expect(check(['ada'], TWO_TIES, { candidates: ['barbara', 'ada'] })).toMatchObject({ value: 'X' });
    expect(check(['ada'], TWO_TIES, { candidates: ['ada', 'grace'] })).toBe('not-one-tie');
    expect(check(['ada'], TWO_TIES, { candidates: ['ada'] })).toBe('not-one-tie');
  });

  it('does not break the seat limit', () => {
    const options = { seats: 2, limit: byEmployer(1, { ada: 'X', barbara: 'X' }) };
    expect(check(['ada', 'barbara'], options)).toBe('impossible');
    expect(check(['ada', 'katherine'], options)).toMatchObject({ seats: 2, value: null });
  });

  it('is one that the rounds of the count can end with', () => {
    const set = ballotsOf('a b c d', ['2: a > c', '2: b > d']);
    const options: CountOptions = { method: 'scottish-stv', seats: 1 };
    expect(count(set, options).seats.openTies).toEqual([{ candidates: ['a', 'b'], seats: 1, value: null }]);
    expect(check(['b'], options, {}, set)).toMatchObject({ seats: 1 });
    expect(check(['c'], options, {}, set)).toBe('not-one-tie');
  });

  it('is used by the count with it, which then leaves the tie open no more', () => {
    const decisions = [
      { winners: ['ada'], how: 'lots' },
      { winners: ['katherine'], how: 'lots' },
    ];
    expect(count(LEVEL, { ...TWO_TIES, decisions }).seats).toMatchObject({
      elected: ['ada', 'katherine'],
      openTies: [],
    });
  });
});
