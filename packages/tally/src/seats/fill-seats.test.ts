import { describe, expect, it } from 'vitest';

import type { LimitInForce, SeatRules } from './seat-rules.ts';
import { fillSeats } from './fill-seats.ts';
import { limitInSeats } from './seat-rules.ts';

const rules = (available: number, more: Partial<SeatRules> = {}): SeatRules => ({
  available,
  limit: null,
  groups: null,
  barred: new Map(),
  decisions: [],
  ...more,
});

const limit = (max: number, values: Record<string, string>): LimitInForce => ({
  field: 'employer',
  max,
  values: new Map(Object.entries(values)),
});

describe('fillSeats', () => {
  it('seats whole places from the best down and stops when seats are out', () => {
    expect(fillSeats([['a'], ['b', 'c'], ['d'], ['e', 'f']], rules(4))).toMatchObject({
      elected: ['a', 'b', 'c', 'd'],
      ties: [],
      skipped: [],
    });
    expect(fillSeats([['a']], rules(0))).toMatchObject({ elected: [], ties: [] });
    expect(fillSeats([['a'], ['b', 'c']], rules(5)).elected).toEqual(['a', 'b', 'c']);
  });

  it('names the tie across the last seat and leaves it open', () => {
    expect(fillSeats([['a'], ['b', 'c', 'd'], ['e']], rules(3))).toMatchObject({
      elected: ['a'],
      ties: [{ candidates: ['b', 'c', 'd'], seats: 2, value: null }],
    });
  });

  it.each([
    [
      'for these candidates',
      { candidates: ['d', 'c', 'b'], winners: ['d', 'b'], how: 'a coin' },
      ['a', 'b', 'd'],
    ],
    ['naming winners only', { winners: ['c', 'd'], how: 'a coin' }, ['a', 'c', 'd']],
    ['for other candidates', { candidates: ['b', 'c'], winners: ['b', 'c'], how: 'a coin' }, ['a']],
    [
      'for candidates besides',
      { candidates: ['b', 'c', 'd', 'e'], winners: ['b', 'c'], how: 'a coin' },
      ['a'],
    ],
    ['with too few winners', { winners: ['b'], how: 'a coin' }, ['a']],
    ['with too many winners', { winners: ['b', 'c', 'd'], how: 'a coin' }, ['a']],
    ['naming one twice', { winners: ['b', 'b'], how: 'a coin' }, ['a']],
    ['for one outside', { winners: ['b', 'e'], how: 'a coin' }, ['a']],
  ])('takes a recorded decision %s as it should', (_, decision, elected) => {
    const filled = fillSeats([['a'], ['b', 'c', 'd'], ['e']], rules(3, { decisions: [decision] }));
    expect(filled.elected).toEqual(elected);
    expect(filled.ties).toHaveLength(elected.length === 3 ? 0 : 1);
    expect(filled.decisions).toHaveLength(elected.length === 3 ? 1 : 0);
  });

  it('passes over candidates past the limit, with the reason', () => {
    const filled = fillSeats(
      [['a'], ['b'], ['c'], ['d'], ['e']],
      rules(3, { limit: limit(2, { a: 'X', b: 'X', c: 'X', d: 'Y' }) }),
    );
    expect(filled.elected).toEqual(['a', 'b', 'd']);
    expect(filled.skipped).toMatchObject([
      {
        candidate: 'c',
        value: 'X',
        elected: ['a', 'b'],
      },
    ]);
  });

  it('passes over nobody once the seats are full, and never limits whose value is unknown', () => {
    const filled = fillSeats([['a'], ['b'], ['c']], rules(1, { limit: limit(1, { a: 'X', b: 'X' }) }));
    expect(filled).toMatchObject({ elected: ['a'], skipped: [] });
    expect(fillSeats([['a'], ['b']], rules(2, { limit: limit(0, {}) })).elected).toEqual(['a', 'b']);
  });

  it('allows nobody where the limit is none', () => {
    expect(fillSeats([['a']], rules(1, { limit: limit(0, { a: 'X' }) })).skipped[0]).toMatchObject({
      value: 'X',
      elected: [],
    });
  });

  it('leaves open which of the tied takes the last seat of a value, and fills the rest', () => {
    const inForce = limit(1, { a: 'X', b: 'X', d: 'X' });
    const places = [['a', 'b', 'c'], ['d'], ['e'], ['f']];
    const open = fillSeats(places, rules(3, { limit: inForce }));
    expect(open.elected).toEqual(['c', 'e']);
    expect(open.ties).toEqual([{ candidates: ['a', 'b'], seats: 1, value: 'X' }]);
    expect(open.skipped.map(({ candidate }) => candidate)).toEqual(['d']);
    const decided = fillSeats(
      places,
      rules(3, { limit: inForce, decisions: [{ winners: ['b'], how: 'lots' }] }),
    );
    expect(decided.elected).toEqual(['b', 'c', 'e']);
    expect(decided.skipped.map(({ candidate }) => candidate)).toEqual(['a', 'd']);
    expect(decided.skipped[0]).toMatchObject({ value: 'X', elected: ['b'] });
  });

  it('seats a group on the seats kept for it, and leaves the others their tie', () => {
    const kept = { field: 'team', seats: new Map([['G', 1]]), values: new Map([['g', 'G']]) };
    const { elected, ties } = fillSeats([['g', 'x', 'y']], rules(2, { groups: kept }));
    expect(elected).toEqual(['g']);
    expect(ties).toEqual([{ candidates: ['x', 'y'], seats: 1, value: null }]);
  });

  it('refuses a decision that breaks the limit', () => {
    const inForce = limit(1, { a: 'X', b: 'X', c: 'Y' });
    const filled = (winners: string[]): readonly string[] =>
      fillSeats([['a', 'b', 'c', 'd']], rules(2, { limit: inForce, decisions: [{ winners, how: 'lots' }] }))
        .elected;
    expect(filled(['a', 'b'])).toEqual([]);
    expect(filled(['a', 'c'])).toEqual(['a', 'c']);
  });
});

describe('limitInSeats', () => {
  it.each([
    [2, 5, 2],
    [{ share: [1, 3] as const }, 7, 2],
    [{ share: [50, 100] as const }, 4, 2],
    [{ share: [0, 1] as const }, 4, 0],
    [{ share: [1, 1] as const }, 4, 4],
  ])('is %j of %i seats', (max, seats, expected) => {
    expect(limitInSeats(max, seats)).toBe(expected);
  });

  it.each([
    -1,
    1.5,
    { share: [2, 1] as const },
    { share: [1, 0] as const },
    { share: [-1, 2] as const },
    { share: [1, 2.5] as const },
  ])('refuses %j', (max) => {
    expect(() => limitInSeats(max, 3)).toThrow('a limit is a whole number');
  });
});
