import { describe, expect, it } from 'vitest';

import { count } from './count.ts';
import type { CountOptions } from './model.ts';
import { ballotsOf } from './testing.ts';

function sentences(lines: readonly string[], options: CountOptions = {}): string[] {
  return count(ballotsOf('a b c', lines), options).explanation.map(({ sentence }) => sentence);
}

const CIRCLE = ['7: a > b > c', '6: b > c > a', '5: c > a > b'];

describe('explainPairs', () => {
  it('says who prefers whom, winner first', () => {
    expect(sentences(['120: b > a > c', '88: a > b > c'])).toEqual([
      'b over a: 120 prefer b, 88 prefer a.',
      'a over c: 208 prefer a, 0 prefer c.',
      'b over c: 208 prefer b, 0 prefer c.',
    ]);
  });

  it.each([
    [
      'winning',
      'a over c: 7 prefer a, 11 prefer c; the path a > b > c holds 12 and the strongest path back holds only 11.',
    ],
    [
      'margins',
      'a over c: 7 prefer a, 11 prefer c; the path a > b > c holds 6 ballots ahead and the strongest path back holds only 4 ballots ahead.',
    ],
    [
      'ratio',
      'a over c: 7 prefer a, 11 prefer c; the path a > b > c holds 2:1 and the strongest path back holds only 11:7.',
    ],
    [
      'opposition',
      'a over c: 7 prefer a, 11 prefer c; the path a > b > c holds 6 against and the strongest path back holds only 7 against.',
    ],
  ] as const)('names the path that decided, by %s', (strength, sentence) => {
    expect(sentences(CIRCLE, { strength })[1]).toBe(sentence);
  });

  it('names a path where the two never met', () => {
    expect(sentences(['2: a > b', '3: b > c'])[1]).toBe(
      'a over c: no ballot prefers either; the path a > b > c holds 2 and there is no path back.',
    );
  });

  it('says that nobody beats when paths or ballots are level', () => {
    expect(sentences(['2: a > b', '2: b > a', 'c'])).toEqual([
      'a and b level: 2 prefer a, 2 prefer b.',
      'a and c level: no ballot prefers either.',
      'b and c level: no ballot prefers either.',
    ]);
    expect(sentences(['2: a > b', '2: b > c', '2: c > a'])[1]).toBe(
      'c and a level: 2 prefer c, 0 prefer a; the strongest paths both ways are equally strong.',
    );
  });

  it('tells plain majorities for methods that do not look at paths', () => {
    const pairs = count(ballotsOf('a b c', CIRCLE), { method: 'borda' }).explanation;
    expect(count(ballotsOf('a b c', [...CIRCLE, '9: c = a']), { method: 'copeland' }).relation).toEqual({
      a: ['b'],
      b: ['c'],
      c: ['a'],
    });
    expect(count(ballotsOf('a b', ['a > b', 'b > a']), { method: 'borda' }).relation).toEqual({
      a: [],
      b: [],
    });
    expect(pairs.map(({ sentence, path, decided }) => [sentence, path, decided])).toEqual([
      ['a over b: 12 prefer a, 6 prefer b.', null, true],
      ['c over a: 11 prefer c, 7 prefer a.', null, true],
      ['b over c: 13 prefer b, 5 prefer c.', null, true],
    ]);
  });
});
