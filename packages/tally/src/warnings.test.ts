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
    expect(found[1]?.message).toBe('No ballot compares c with anybody, so nobody beats this candidate.');
    expect(warnings(['a', 'b', 'c'], { seats: 3 })[1]?.message).toBe(
      'No ballot compares a, b and c with anybody, so nobody beats these candidates.',
    );
  });

  it('tell that one fan outvoted the abstainers', () => {
    const found = warnings(['100: a > b', '1: c > a > b', '']);
    expect(found).toEqual([
      {
        code: 'few-opinions',
        message:
          'c is elected on the word of 1 of 101 ballots; the others have no opinion and count neither for nor against.',
      },
    ]);
    expect(codes(['1: a > b', '1: c > a > b'])).toEqual([]);
    expect(codes(['2: a > b', '1: c > a > b'])).toEqual(['few-opinions']);
  });

  it('tell that a ballot which ranks one candidate changes nothing, unless unranked is last', () => {
    expect(warnings(['9: a > b > c', '1: b'])[0]?.message).toMatch(/^1 ballot gives no two candidates/);
    expect(warnings(['9: a > b > c', '2: b = c'])[0]?.message).toMatch(/^2 ballots give no two candidates/);
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
    expect(warnings(['a > b = c'], { seats: 4 })).toEqual([
      { code: 'too-few-candidates', message: 'There are 4 seats and 3 candidates.' },
    ]);
    expect(codes(['a > b = c'], { seats: 3 })).toEqual([]);
    expect(warnings(['a > b = c'], { seats: 2 })).toEqual([
      { code: 'open-tie', message: 'b and c are tied for 1 seat; people must decide and record how.' },
    ]);
  });

  it('tell of a limit that does not know a candidate and of a decision that fits no tie', () => {
    const limit = { field: 'employer', max: 1, values: new Map([['a', 'X']]) };
    expect(warnings(['a > b > c'], { limit })).toEqual([
      {
        code: 'limit-value-missing',
        message: 'No employer is known of b and c, so the limit does not apply to them.',
      },
    ]);
    const decision = { winners: ['b'], how: 'a coin' };
    expect(warnings(['a > b > c'], { decisions: [decision] })).toEqual([
      {
        code: 'decision-unused',
        message: 'The recorded decision for b ("a coin") fits no open tie and was not used.',
      },
    ]);
    expect(codes(['a > b = c'], { seats: 2, decisions: [decision] })).toEqual([]);
    expect(
      codes(['a > b = c'], { seats: 2, decisions: [decision, { winners: ['b'], how: 'again' }] }),
    ).toEqual(['decision-unused']);
  });
});
