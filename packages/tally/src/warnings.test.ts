import { describe, expect, it } from 'vitest';

import { count } from './count.ts';
import type { CountOptions, Warning } from './model.ts';
import { ballotsOf } from './testing.ts';

function warnings(lines: readonly string[], options: CountOptions = {}): readonly Warning[] {
  return count(ballotsOf('a b c', lines), options).warnings;
}

const codes = (lines: readonly string[], options: CountOptions = {}): string[] =>
  warnings(lines, options).map(({ code }) => code);

describe('warnings', () => {
  it('are none for an ordinary election', () => {
    expect(warnings(['3: a > b > c', 'b > a > c'])).toEqual([]);
  });

  it('tell that a candidate whom nobody compared is beaten by nobody', () => {
    const found = warnings(['2: a > b', 'c', 'c']);
    expect(found.map(({ code }) => code)).toEqual([
      'ballots-without-comparison',
      'uncompared-candidate',
      'open-tie',
    ]);
    expect(found[1]).toMatchObject({ candidates: ['c'] });
    expect(warnings(['a', 'b', 'c'], { seats: 3 })[1]).toMatchObject({ candidates: ['a', 'b', 'c'] });
  });

  it('tell that one fan outvoted the abstainers', () => {
    const found = warnings(['100: a > b', '1: c > a > b', '']);
    expect(found).toMatchObject([{ code: 'few-opinions', candidates: ['c'], opinions: 1, ballots: 101 }]);
    expect(codes(['1: a > b', '1: c > a > b'])).toEqual([]);
    expect(codes(['2: a > b', '1: c > a > b'])).toEqual(['few-opinions']);
  });

  it('tell that a ballot which ranks one candidate changes nothing, unless unranked is last', () => {
    expect(warnings(['9: a > b > c', '1: b'])[0]).toMatchObject({ ballots: 1 });
    expect(warnings(['9: a > b > c', '2: b = c'])[0]).toMatchObject({ ballots: 2 });
    expect(codes(['9: a > b > c', '2: b'], { unranked: 'last' })).toEqual([]);
    expect(count(ballotsOf('a', ['a'])).warnings).toEqual([]);
  });

  it('tell of two candidates as of many', () => {
    expect(count(ballotsOf('a b', ['a', 'b'])).warnings.map(({ code }) => code)).toContain(
      'uncompared-candidate',
    );
    expect(count(ballotsOf('a', ['a'])).warnings).toEqual([]);
  });

  it('do not say so of methods that count first preferences', () => {
    expect(codes(['3: a', 'b > c'], { method: 'irv' })).toEqual([]);
    expect(codes(['3: a', 'b > c'], { method: 'borda' })).toEqual([
      'ballots-without-comparison',
      'uncompared-candidate',
      'few-opinions',
    ]);
  });

  it('tell of ballots that are none, or blank', () => {
    expect(codes([], { seats: 3 })).toEqual(['no-ballots']);
    expect(codes(['2:'], { seats: 3 })).toEqual(['all-blank']);
    expect(codes(['2:', '3: a > b > c'], { seats: 3 })).toEqual([]);
  });

  it('tell of seats that candidates or ballots do not fill', () => {
    expect(warnings(['a > b = c'], { seats: 4 })).toMatchObject([
      { code: 'too-few-candidates', seats: 4, standing: 3 },
    ]);
    expect(codes(['a > b = c'], { seats: 3 })).toEqual([]);
    expect(warnings(['a > b = c'], { seats: 2 })).toMatchObject([
      { code: 'open-tie', candidates: ['b', 'c'], seats: 1, value: null },
    ]);
  });

  it('tell of a limit that does not know a candidate and of a decision that fits no tie', () => {
    const limit = { field: 'employer', max: 1, values: new Map([['a', 'X']]) };
    expect(warnings(['a > b > c'], { limit })).toMatchObject([
      { code: 'limit-value-missing', field: 'employer', candidates: ['b', 'c'] },
    ]);
    const decision = { winners: ['b'], how: 'a coin' };
    expect(warnings(['a > b > c'], { decisions: [decision] })).toMatchObject([
      { code: 'decision-unused', candidates: ['b'], how: 'a coin' },
    ]);
    expect(codes(['a > b = c'], { seats: 2, decisions: [decision] })).toEqual([]);
    expect(
      codes(['a > b = c'], { seats: 2, decisions: [decision, { winners: ['b'], how: 'again' }] }),
    ).toEqual(['decision-unused']);
  });

  it('tell of a group that has too few to sit, whatever becomes of a tie', () => {
    const group = (value: string, seats: number, members: string): CountOptions => ({
      groups: {
        field: 'region',
        seats: new Map([[value, seats]]),
        values: new Map([...members].map((id) => [id, value])),
      },
    });
    const short = (elected: number, value: string, seats: number) => [
      { code: 'group-short', field: 'region', value, seats, elected },
    ];
    const told = (options: CountOptions) =>
      warnings(['a > b > c'], { seats: 2, ...options }).filter(({ code }) => code === 'group-short');
    expect(told(group('X', 1, 'c'))).toEqual([]);
    expect(told(group('X', 2, 'c'))).toEqual(short(1, 'X', 2));
    expect(told(group('Y', 1, ''))).toEqual(short(0, 'Y', 1));
    // A tie for the seat that is kept fills it either way; a tie for a term is between people who sit already.
    const level = (options: CountOptions) => codes(['a > b = c'], { seats: 2, ...options });
    expect(level(group('X', 1, 'bc'))).toEqual(['open-tie']);
    const terms = [
      { seats: 1, term: '2 years' },
      { seats: 1, term: '1 year' },
    ];
    expect(codes(['a = b > c'], { seats: 2, terms, ...group('X', 2, 'a') })).toEqual([
      'open-tie',
      'group-short',
    ]);
  });
});
