import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import { ballotsOf, runs, strictSet } from '../testing.ts';

const scores = (candidates: string, lines: readonly string[], unranked?: 'last') =>
  Object.fromEntries(
    count(ballotsOf(candidates, lines), {
      method: 'borda-classic',
      ...(unranked === undefined ? {} : { unranked }),
    }).steps.flatMap((step) => (step.code === 'score' ? [[step.candidates[0], step.score]] : [])),
  );

describe('Borda as of 1781', () => {
  it('gives n - 1 points to the first on a ballot, n - 2 to the second, and none to whoever is left out', () => {
    expect(scores('a b c', ['a'])).toEqual({ a: '2', b: '0', c: '0' });
    expect(scores('a b c', ['a'], 'last')).toEqual({ a: '2', b: '0', c: '0' });
    expect(scores('a b c d', ['2: a > b', 'c > b'])).toEqual({ a: '6', b: '6', c: '3', d: '0' });
  });

  it('shares the points of their places among level candidates', () => {
    expect(scores('a b c', ['a = b > c'])).toEqual({ a: '3/2', b: '3/2', c: '0' });
    expect(scores('a b c', ['a = b'])).toEqual({ a: '3/2', b: '3/2', c: '0' });
    expect(scores('a b c', ['a = b = c', '1:'])).toEqual({ a: '1', b: '1', c: '1' });
  });

  it('counts the points of the example of Nashville', () => {
    const set = ['42: memphis > nash > chat > knox', '26: nash > chat > knox > memphis'];
    expect(
      scores('chat knox memphis nash', [
        ...set,
        '15: chat > knox > nash > memphis',
        '17: knox > chat > nash > memphis',
      ]),
    ).toEqual({ nash: '194', chat: '173', memphis: '126', knox: '107' });
  });

  it('orders as Borda does where every ballot ranks everybody without ties', () => {
    fc.assert(
      fc.property(strictSet(), (set) => {
        expect(count(set, { method: 'borda-classic' }).places).toEqual(
          count(set, { method: 'borda' }).places,
        );
      }),
      runs(100),
    );
  });

  it('tells nothing about rounds, of which it has none', () => {
    const { warnings } = count(ballotsOf('a b c', ['a > b']), { method: 'borda-classic', unranked: 'last' });
    expect(warnings).toEqual([]);
  });
});
