import { count } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { anchor, inResultOrder, pairReason, pairSentence, signed, withNames } from './words.ts';

const names = { ada: 'Ada', grace: 'Grace', linus: 'Linus' };
const outcome = count({
  candidates: ['ada', 'grace', 'linus'],
  ballots: [{ ranks: [1, 2, null], count: 3 }, { ranks: [2, 1, null] }, { ranks: [1, 1, null], count: 2 }],
});

describe('sentences about two candidates', () => {
  it('put the preferred one first, whichever side is asked', () => {
    const sentence = 'Ada over Grace: 3 prefer Ada, 1 prefer Grace.';
    expect(pairSentence(outcome, 'ada', 'grace', names, 'en')).toBe(sentence);
    expect(pairSentence(outcome, 'grace', 'ada', names, 'en')).toBe(sentence);
    expect(pairSentence(outcome, 'grace', 'ada', names, 'de')).toBe(
      'Ada vor Grace: 3 ziehen Ada vor, 1 ziehen Grace vor.',
    );
  });

  it('say when nobody compares two', () => {
    expect(pairSentence(outcome, 'ada', 'linus', names, 'en')).toBe(
      'Ada and Linus: no ballot prefers one to the other.',
    );
  });

  it('name the path when a victory took one', () => {
    const circle = count({
      candidates: ['ada', 'grace', 'linus'],
      ballots: [
        { ranks: [1, 2, 3], count: 4 },
        { ranks: [3, 1, 2], count: 3 },
        { ranks: [2, 3, 1], count: 2 },
      ],
    });
    const reasons = circle.explanation.map((pair) => pairReason(circle, pair, names, 'en')).join(' ');
    expect(reasons).toMatch(/In the count \w+ beats \w+ by a path: \w+ → \w+ → \w+\./);
  });
});

describe('sentences of the count', () => {
  it('come with names, and with ids where no name is known', () => {
    const text = 'ada-b is beaten by ada and grace: place 3.';
    expect(withNames(text, ['ada', 'ada-b', 'grace'], { ada: 'Ada grace', 'ada-b': 'Bea' })).toBe(
      'Bea is beaten by Ada grace and grace: place 3.',
    );
    expect(withNames('ada-b is left.', ['ada-b', 'constructor'], {})).toBe('ada-b is left.');
  });
});

describe('numbers and names', () => {
  it('carry their sign in print', () => {
    expect([signed(12, 'en'), signed(-3, 'en'), signed(0, 'en'), signed(-1234n, 'de')]).toEqual([
      '+12',
      '−3',
      '0',
      '−1.234',
    ]);
  });

  it('show ids of nobody known as they are, and hostile ones as text', () => {
    expect(inResultOrder(outcome, {})).toEqual(['ada', 'linus', 'grace']);
    expect(pairSentence(outcome, 'ada', '__proto__', names, 'en')).toContain('__proto__');
  });

  it('make different anchors for different ids', () => {
    const ids = ['a b', 'a-b', 'a.b', 'ä', '<x>', 'A'];
    expect(new Set(ids.map(anchor)).size).toBe(ids.length);
    expect(anchor('<x>')).toMatch(/^[A-Za-z0-9._-]+$/);
  });
});
