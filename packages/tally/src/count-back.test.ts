import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countBack } from './count-back.ts';
import { withoutCandidates } from './ballots/without-candidates.ts';
import { count } from './count.ts';
import { METHODS } from './methods/registry.ts';
import type { Outcome } from './model.ts';
import { MOST_BRANCHES } from './stv/explore.ts';
import { anySet, ballotsOf, runs, strictSet } from './testing.ts';

const seated = ({ seats }: Outcome) => [...seats.elected, ...seats.openTies.flatMap((tie) => tie.candidates)];

describe('a count-back', () => {
  const order = ballotsOf('a b c d e', ['9: a > b > c > d > e']);

  it('seats the next in the order, and keeps those who sit', () => {
    const { seats, options } = countBack(order, { seats: 3 }, { left: ['b'] });
    expect(seats.elected).toEqual(['a', 'c', 'd']);
    expect(options.sitting).toEqual(['a', 'c']);
  });

  it('never excludes who sits in rounds, though nobody ranks them first', () => {
    const set = ballotsOf('a b c d', ['6: a > b', '5: c', '5: d']);
    const guarded = count(set, { method: 'scottish-stv', seats: 2, sitting: ['b'] });
    expect(count(set, { method: 'scottish-stv', seats: 2 }).seats.elected).not.toContain('b');
    expect([...guarded.seats.elected].sort()).toEqual(['a', 'b']);
    expect(guarded.rounds.flatMap(({ excluded }) => excluded)).not.toContain('b');
    const { seats } = countBack(set, { method: 'scottish-stv', seats: 3 }, { left: ['a'] });
    expect(seats.elected).toEqual(['b', 'c', 'd']);
  });

  it('fills one vacancy after the other, also of somebody who came in by one', () => {
    const { seats, options } = countBack(order, { seats: 2 }, { left: ['a', 'c'] });
    expect(seats.elected).toEqual(['b', 'd']);
    expect(options.sitting).toEqual(['b']);
  });

  it('passes over who declines', () => {
    expect(countBack(order, { seats: 2 }, { left: ['a'], declined: ['c'] }).seats.elected).toEqual([
      'b',
      'd',
    ]);
  });

  it('leaves a seat empty where nobody is left', () => {
    const { seats, warnings } = countBack(ballotsOf('a b', ['a > b']), { seats: 2 }, { left: ['a'] });
    expect(seats.elected).toEqual(['b']);
    expect(warnings).toContainEqual({ code: 'too-few-candidates', seats: 2, standing: 1 });
  });

  it('names a tie for the seat, and takes a decision about it', () => {
    const set = ballotsOf('a b c', ['3: a > b = c', '3: a']);
    const vacancy = { left: ['a'] };
    expect(countBack(set, {}, vacancy).seats.openTies).toEqual([
      { candidates: ['b', 'c'], seats: 1, value: null },
    ]);
    const decisions = [{ winners: ['c'], how: 'lots' }];
    expect(countBack(set, {}, { ...vacancy, decisions }).seats.elected).toEqual(['c']);
    // One that the first vacancy used is not told as unused of the second.
    const { seats, warnings } = countBack(set, {}, { left: ['a', 'c'], decisions });
    expect(seats.elected).toEqual(['b']);
    expect(warnings.map(({ code }) => code)).not.toContain('decision-unused');
  });

  it('counts who sits for the limit and for the groups', () => {
    const values = new Map(Object.entries({ a: 'X', b: 'X', c: 'X', d: 'Y', e: 'Y' }));
    const limit = { field: 'f', max: 2, values };
    expect(count(order, { seats: 3, limit }).seats.elected).toEqual(['a', 'b', 'd']);
    expect(countBack(order, { seats: 3, limit }, { left: ['d'] }).seats).toMatchObject({
      elected: ['a', 'b', 'e'],
      skipped: [{ code: 'limit', candidate: 'c', value: 'X', elected: ['a', 'b'] }],
    });
    const groups = { field: 'f', seats: new Map([['Y', 1]]), values };
    expect(countBack(order, { seats: 3, groups }, { left: ['d'] }).seats.elected).toEqual(['a', 'b', 'e']);
    expect(countBack(order, { seats: 3, groups }, { left: ['a'] }).seats.elected).toEqual(['b', 'c', 'd']);
  });

  it('does not ask again whether who sits may sit', () => {
    const set = ballotsOf('a b c none', ['3: a > b', '2: b > a', '2: c > none', '1: none']);
    const share = { part: 1, whole: 2 };
    const { seats } = count(set, { seats: 2, sitting: ['c'], minimumShare: share });
    expect(seats.elected).toContain('c');
    expect(seats.skipped.map(({ candidate }) => candidate)).not.toContain('c');
  });

  it('keeps those who sit where the quorum is missed, and seats nobody besides', () => {
    for (const { name: method } of METHODS)
      expect(count(order, { method, seats: 3, sitting: ['c'], quorum: 10 }).seats.elected, method).toEqual([
        'c',
      ]);
  });

  it('passes over nobody for a seat of those who sit', () => {
    const set = ballotsOf('a b c d', ['9: a > b', '5: c', '3: d > b']);
    for (const method of ['scottish-stv', 'meek-stv'] as const) {
      const came = count(set, { method, seats: 2, sitting: ['d'] });
      expect([came.seats.elected, came.seats.skipped], method).toEqual([['a', 'd'], []]);
      const missed = count(set, { method, seats: 2, sitting: ['d'], quorum: 99 });
      expect([missed.seats.elected, missed.seats.skipped], method).toEqual([['d'], []]);
    }
  });

  it('gives no terms: who comes in serves the rest of one', () => {
    const terms = [
      { seats: 1, term: 'long' },
      { seats: 1, term: 'short' },
    ];
    const { seats, options } = countBack(order, { seats: 2, terms }, { left: ['a'] });
    expect([seats.elected, seats.terms, options.terms]).toEqual([['b', 'c'], undefined, undefined]);
    expect(() => count(order, { seats: 2, terms, sitting: ['a'] })).toThrow(
      'terms are given with the election',
    );
  });

  it.each([
    [{ left: [] }, 'a count-back needs somebody who left'],
    [{ left: ['d'] }, 'd has no seat that could fall vacant'],
    [{ left: ['x'] }, 'x has no seat that could fall vacant'],
    [{ left: ['a', 'a'] }, 'a has no seat that could fall vacant'],
    [{ left: ['a'], declined: ['b'] }, 'b has a seat: who leaves it is said to have left'],
    [{ left: ['a'], declined: ['x'] }, 'x declines a seat, and is no candidate'],
  ])('refuses %j', (vacancies, problem) => {
    expect(() => countBack(order, { seats: 2 }, vacancies)).toThrow(problem);
  });

  it('refuses to go on while nobody knows who sits', () => {
    const level = ballotsOf('a b c', ['a = b = c']);
    expect(() => countBack(level, { seats: 2 }, { left: ['a'] })).toThrow('a tie for a seat is open');
    const decisions = [{ winners: ['a', 'b'], how: 'lots' }];
    expect(countBack(level, { seats: 2, decisions }, { left: ['a'] }).seats.elected).toEqual(['b', 'c']);
  });

  it.each([
    [['x'], 'x keeps a seat, and is no candidate'],
    [['a', 'b', 'c'], '3 people keep their seats, and there are 2'],
  ])('takes no %j for those who sit', (sitting, problem) => {
    expect(() => count(order, { seats: 2, sitting })).toThrow(problem);
  });

  it('with any method keeps who sits and fills the seat if there is somebody, by any ballots', () => {
    fc.assert(
      fc.property(anySet(5), fc.nat(), fc.integer({ min: 1, max: 3 }), (set, at, seats) => {
        for (const { name: method } of METHODS) {
          const before = count(set, { method, seats });
          const { elected } = before.seats;
          if (before.seats.openTies.length > 0 || elected.length === 0) continue;
          const left = elected[at % elected.length] as string;
          const after = countBack(set, { method, seats }, { left: [left] });
          const sitting = elected.filter((id) => id !== left);
          expect(after.seats.elected, method).toEqual(expect.arrayContaining(sitting));
          expect(seated(after), method).not.toContain(left);
          const open = after.seats.openTies.reduce((sum, tie) => sum + tie.seats, 0);
          const most = Math.min(seats, set.candidates.length - 1);
          expect(after.seats.elected.length + open, method).toBe(most);
          for (const { candidates } of after.seats.openTies)
            expect(
              candidates.filter((id) => sitting.includes(id)),
              method,
            ).toEqual([]);
        }
      }),
      runs(120),
    );
  });

  it('by places seats the first in the order of the others', () => {
    fc.assert(
      fc.property(strictSet(3, 5), fc.integer({ min: 1, max: 2 }), (set, seats) => {
        for (const method of ['schulze', 'copeland', 'minimax', 'borda-classic'] as const) {
          const before = count(set, { method, seats }).seats;
          const [left] = before.elected;
          if (left === undefined || before.openTies.length > 0) continue;
          const sitting = before.elected.slice(1);
          const [next] = count(withoutCandidates(set, new Set([left])), { method })
            .places.map(({ candidates }) => candidates.filter((id) => !sitting.includes(id)))
            .filter(({ length }) => length > 0);
          expect(seated(countBack(set, { method, seats }, { left: [left] })).sort(), method).toEqual(
            [...sitting, ...(next ?? [])].sort(),
          );
        }
      }),
      runs(120),
    );
  });

  it('names those who sit as certain where more ways to break the ties than are followed', () => {
    const ids = Array.from({ length: 9 }, (_, i) => String.fromCharCode(97 + i));
    const set = ballotsOf(
      ids.join(' '),
      ids.map((id) => id),
    );
    const { seats } = count(set, { method: 'scottish-stv', seats: 2, sitting: ['e'] });
    expect(MOST_BRANCHES).toBe(500);
    expect(seats.elected).toEqual(['e']);
    expect(seats.openTies).toEqual([{ candidates: ids.filter((id) => id !== 'e'), seats: 1, value: null }]);
  });
});
