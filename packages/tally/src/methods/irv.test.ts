import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import type { CountOptions, TieDecision } from '../model.ts';
import { ballotsOf, eventsOf } from '../testing.ts';

/** Four without a vote leave together and stand level for the later seats; of b and c, and of d and e, one can sit. */
const SET = ballotsOf('a b c d e', ['5: a']);
const values = new Map(Object.entries({ b: 'X', c: 'X', d: 'Y', e: 'Y' }));

const seatsOf = (seats: number, more: Partial<CountOptions> = {}) =>
  count(SET, { method: 'irv', seats, ...more }).seats;
const limited = (seats: number, edition: 2 | 3, decisions: readonly TieDecision[] = []) =>
  seatsOf(seats, { edition, decisions, limit: { field: 'employer', max: 1, values } });
const lots = (...winners: string[]): TieDecision => ({ winners, how: 'lots' });

describe('the later seats of instant-runoff', () => {
  it('are one tie of all who are level, for as many seats as are left', () => {
    for (const seats of [2, 3, 4])
      expect(seatsOf(seats).openTies).toEqual([
        { candidates: ['b', 'c', 'd', 'e'], seats: seats - 1, value: null },
      ]);
    expect(seatsOf(5)).toMatchObject({ elected: ['a', 'b', 'c', 'd', 'e'], openTies: [] });
  });

  it('are for those alone whom the limit lets sit, as each seat is taken', () => {
    expect(limited(3, 3).openTies).toEqual([{ candidates: ['b', 'c', 'd', 'e'], seats: 2, value: null }]);
    // Five seats or four: the limit leaves room for two of the level ones, so no more are open.
    expect(limited(4, 3).openTies).toEqual(limited(3, 3).openTies);
    expect(limited(3, 3, [lots('c', 'e')])).toMatchObject({ elected: ['a', 'c', 'e'], openTies: [] });
    // One of each employer alone can sit.
    expect(limited(3, 3, [lots('b', 'c')])).toMatchObject({ elected: ['a'], decisions: [] });
  });

  it('are for a group, too, that one of them is kept for, whoever sits already', () => {
    const groups = {
      field: 'region',
      seats: new Map([['Y', 1]]),
      values: new Map([...'de'].map((id) => [id, 'Y'])),
    };
    expect(seatsOf(3, { groups }).openTies).toEqual([
      { candidates: ['b', 'c', 'd', 'e'], seats: 2, value: null },
    ]);
    expect(seatsOf(3, { groups, decisions: [lots('b', 'd')] }).elected).toEqual(['a', 'b', 'd']);
    expect(seatsOf(3, { groups, decisions: [lots('b', 'c')] })).toMatchObject({
      elected: ['a'],
      decisions: [],
    });
  });

  it('looked at the first tie alone, and at no rule within it, up to edition 2', () => {
    expect(limited(3, 2).openTies).toEqual([{ candidates: ['b', 'c'], seats: 1, value: null }]);
    expect(limited(4, 2).openTies).toEqual(limited(3, 2).openTies);
    expect(limited(2, 2).openTies).toEqual([{ candidates: ['b', 'c', 'd', 'e'], seats: 1, value: null }]);
  });

  it('are taken as decided, one after the other', () => {
    expect(seatsOf(4, { decisions: [lots('e', 'b', 'd')] })).toMatchObject({
      elected: ['a', 'b', 'd', 'e'],
      openTies: [],
    });
  });
});

describe('instant-runoff', () => {
  it('leaves one candidate, also where nobody has a vote', () => {
    expect(eventsOf(count(ballotsOf('a b c', ['2:']), { method: 'irv', seats: 3 }))).toEqual([
      'excluded a (0)',
      'excluded b (0); left c',
    ]);
  });
});
