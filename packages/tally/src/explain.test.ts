import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { count } from './count.ts';
import type { CountOptions } from './model.ts';
import { anySet, ballotsOf, runs } from './testing.ts';

/** Each pair in short: `a > c 7:11 path a b c`. */
function pairs(lines: readonly string[], options: CountOptions = {}): string[] {
  return count(ballotsOf('a b c', lines), options).explanation.map((pair) => {
    const { first, second, decided, code, path } = pair;
    return [first, decided ? '>' : '=', second, `${pair.for}:${pair.against}`, code, ...(path ?? [])].join(
      ' ',
    );
  });
}

const CIRCLE = ['7: a > b > c', '6: b > c > a', '5: c > a > b'];
const LEVEL_CIRCLE = ['2: a > b', '2: b > c', '2: c > a'];

describe('explainPairs', () => {
  it('says who prefers whom, winner first', () => {
    expect(pairs(['120: b > a > c', '88: a > b > c'])).toEqual([
      'b > a 120:88 direct',
      'a > c 208:0 direct',
      'b > c 208:0 direct',
    ]);
  });

  it.each(['winning', 'margins', 'ratio', 'opposition'] as const)(
    'names the path that decided, by %s',
    (strength) => {
      expect(pairs(CIRCLE, { strength })).toEqual([
        'a > b 12:6 direct',
        'a > c 7:11 path a b c',
        'b > c 13:5 direct',
      ]);
    },
  );

  it('names a path where the two never met', () => {
    expect(pairs(['2: a > b', '3: b > c'])[1]).toBe('a > c 0:0 path a b c');
  });

  it('names a path that is stronger than the direct comparison which says the same', () => {
    expect(pairs(['5: a > b', '5: b > c', '2: a > c', '1: c > a'])[1]).toBe('a > c 2:1 path a b c');
  });

  it('says that nobody beats when paths or ballots are level', () => {
    expect(pairs(['2: a > b', '2: b > a', 'c'])).toEqual([
      'a = b 2:2 level',
      'a = c 0:0 level',
      'b = c 0:0 level',
    ]);
    expect(pairs(LEVEL_CIRCLE)[1]).toBe('c = a 2:0 level-paths');
  });

  it('names the chain of locked victories in Ranked Pairs, not the strongest path', () => {
    const method = 'ranked-pairs';
    expect(pairs(CIRCLE, { method })[1]).toBe('a > c 7:11 chain a b c');
    expect(pairs(LEVEL_CIRCLE, { method })).toEqual([
      'a = b 2:0 level-chains',
      'c = a 2:0 level-chains',
      'b = c 2:0 level-chains',
    ]);
    expect(pairs(['2: a > b', '3: b > c'], { method })[1]).toBe('a > c 0:0 chain a b c');
  });

  it('makes a chain of nothing but locked victories', () => {
    fc.assert(
      fc.property(anySet(6, 10), (set) => {
        const { steps, explanation } = count(set, { method: 'ranked-pairs' });
        const locked = steps.flatMap(({ code, candidates }) =>
          code === 'lock' ? [candidates.join('>')] : [],
        );
        for (const { code, path, first, second } of explanation) {
          if (code === 'direct') expect(locked).toContain(`${first}>${second}`);
          if (code !== 'chain') continue;
          expect([path?.[0], path?.at(-1)]).toEqual([first, second]);
          expect(locked).toEqual(
            expect.arrayContaining((path ?? []).slice(1).map((id, i) => `${path?.[i]}>${id}`)),
          );
        }
      }),
      runs(150),
    );
  });

  it('says that the best orders of Kemeny-Young decide where ballots do not', () => {
    const method = 'kemeny-young';
    expect(pairs(CIRCLE, { method })).toEqual(['a > b 12:6 direct', 'a > c 7:11 order', 'b > c 13:5 direct']);
    expect(pairs(LEVEL_CIRCLE, { method })[0]).toBe('a = b 2:0 level-orders');
    expect(pairs(['2: a > b', '3: b > c'], { method })[1]).toBe('a > c 0:0 order');
    expect(pairs(['a = b', 'c'], { method })[0]).toBe('a = b 0:0 level');
  });

  it('tells plain majorities for methods that do not look at paths', () => {
    expect(count(ballotsOf('a b c', [...CIRCLE, '9: c = a']), { method: 'copeland' }).relation).toEqual({
      a: ['b'],
      b: ['c'],
      c: ['a'],
    });
    expect(count(ballotsOf('a b', ['a > b', 'b > a']), { method: 'borda' }).relation).toEqual({
      a: [],
      b: [],
    });
    expect(pairs(CIRCLE, { method: 'borda' })).toEqual([
      'a > b 12:6 direct',
      'c > a 11:7 direct',
      'b > c 13:5 direct',
    ]);
    expect(pairs(['a', 'b'], { method: 'borda' })[0]).toBe('a = b 0:0 level');
  });
});
