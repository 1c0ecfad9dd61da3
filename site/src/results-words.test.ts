import { count } from '@elekto/tally';
import type { CountOptions } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { resultSentences } from './results-words.ts';

const names = { a: 'Ada', b: 'Grace', c: 'Linus' };
const result = (rows: readonly (readonly number[])[], options: CountOptions, lang: 'en' | 'de' = 'en') =>
  resultSentences(
    count({ candidates: ['a', 'b', 'c'], ballots: rows.map((ranks) => ({ ranks })) }, options),
    names,
    lang,
  );

describe('the story of a result', () => {
  it('begins with who is elected', () => {
    const { headline, more } = result([[1, 2, 3]], { seats: 2 });
    expect(headline).toBe('Ada and Grace are elected.');
    expect(more).toEqual([
      '2 seats were to be filled. Ada is preferred to every other candidate, one against one.',
    ]);
    expect(result([[1, 2, 3]], { seats: 1 }, 'de').headline).toBe('Ada ist gewählt.');
  });

  it('names a tie for the last seat and decides nothing', () => {
    const rows = [
      [1, 2, 3],
      [1, 3, 2],
    ];
    const { headline, more } = result(rows, { seats: 2 });
    expect(headline).toBe('Ada is elected.');
    expect(more[0]).toBe(
      'Grace and Linus are tied for the last seat. The ballots do not decide between them.',
    );
  });

  it('tells how people decided a tie', () => {
    const rows = [
      [1, 2, 3],
      [2, 1, 3],
    ];
    const { headline, more } = result(rows, {
      seats: 1,
      decisions: [{ winners: ['b'], how: 'a coin, thrown in the meeting' }],
    });
    expect(headline).toBe('Grace is elected.');
    expect(more[0]).toBe('A tie was decided for Grace: a coin, thrown in the meeting');
  });

  it('says who was passed over by the organisation’s limit, in the language of the page', () => {
    const limit = {
      field: 'employer',
      max: 1,
      values: new Map([
        ['a', 'Acme'],
        ['b', 'Acme'],
      ]),
    };
    const { headline, more } = result([[1, 2, 3]], { seats: 2, limit }, 'de');
    expect(headline).toBe('Ada und Linus sind gewählt.');
    expect(more[0]).toContain('Grace wurde übergangen: Höchstens 1');
  });
});
