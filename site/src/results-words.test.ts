import { count } from '@elekto/tally';
import type { CountOptions } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { resultSentences, roundWords, warningWords } from './results-words.ts';

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

describe('what may surprise about a result', () => {
  const warned = (rows: readonly (readonly (number | null)[])[], options: CountOptions, lang: 'en' | 'de') =>
    warningWords(
      count({ candidates: ['a', 'b', 'c'], ballots: rows.map((ranks) => ({ ranks })) }, options),
      names,
      lang,
    );

  it('is said in the language of the page, with names', () => {
    const rows = [
      [null, 1, 2],
      [null, 2, 1],
      [1, null, null],
    ];
    for (const lang of ['en', 'de'] as const) {
      const words = warned(rows, { seats: 4 }, lang);
      expect(words.length).toBeGreaterThan(1);
      expect(words.every((warning) => warning.lang === null)).toBe(true);
      expect(words.map(({ text }) => text).join(' ')).toMatch(/\bAda\b/);
    }
    expect(warned([], { seats: 1 }, 'de')).toContainEqual({
      text: 'Es wurde kein Stimmzettel abgegeben: Alle liegen gleichauf.',
      lang: null,
    });
  });

  it('leaves out the tie that the result begins with', () => {
    expect(
      warned(
        [
          [1, 2, 3],
          [2, 1, 3],
        ],
        { seats: 1 },
        'en',
      ),
    ).toEqual([]);
  });

  it('comes in the engine’s words, marked as English, when this page has none', () => {
    const outcome = count({ candidates: ['a', 'b'], ballots: [{ ranks: [1, 2] }] }, { seats: 1 });
    const odd = { ...outcome, warnings: [{ code: 'constructor', message: 'Something new.' } as never] };
    expect(warningWords(odd, names, 'de')).toEqual([{ text: 'Something new.', lang: 'en' }]);
  });
});

describe('a round', () => {
  it('says who is elected, who leaves, and that votes move on', () => {
    const { rounds } = count(
      {
        candidates: ['a', 'b', 'c'],
        ballots: [{ ranks: [1, 2, 3], count: 4 }, { ranks: [2, 1, 3], count: 3 }, { ranks: [3, 2, 1] }],
      },
      { method: 'irv', seats: 1 },
    );
    const words = rounds.map((round) => roundWords(round, names, 'en')).join(' ');
    expect(words).toContain('Linus leaves the count');
    expect(words).toContain('Ada is left.');
    expect(roundWords({ ...rounds[0]!, quota: '3', elected: [], excluded: [] }, names, 'de')).toMatch(
      /^Stimmen über/,
    );
  });
});
