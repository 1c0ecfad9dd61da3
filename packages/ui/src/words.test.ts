import { count } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { anchor, cellSentence, inResultOrder, signed } from './words.ts';

const names = { ada: 'Ada', grace: 'Grace', linus: 'Linus' };
const outcome = count({
  candidates: ['ada', 'grace', 'linus'],
  ballots: [{ ranks: [1, 2, null], count: 3 }, { ranks: [2, 1, null] }, { ranks: [1, 1, null], count: 2 }],
});

describe('sentences about two candidates', () => {
  it('put the preferred one first, whichever side is asked', () => {
    const sentence = 'Ada over Grace: 3 prefer Ada, 1 prefers Grace.';
    expect(cellSentence(outcome, 'ada', 'grace', names, 'en')).toBe(sentence);
    expect(cellSentence(outcome, 'grace', 'ada', names, 'en')).toBe(sentence);
    expect(cellSentence(outcome, 'grace', 'ada', names, 'de')).toBe(
      'Ada vor Grace: 3 ziehen Ada vor, 1 zieht Grace vor.',
    );
  });

  it('say when nobody compares two', () => {
    expect(cellSentence(outcome, 'ada', 'linus', names, 'en')).toBe(
      'Ada and Linus: no ballot prefers one to the other.',
    );
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
    expect(cellSentence(outcome, 'ada', '__proto__', names, 'en')).toContain('__proto__');
  });

  it('make different anchors for different ids', () => {
    const ids = ['a b', 'a-b', 'a.b', 'ä', '<x>', 'A'];
    expect(new Set(ids.map(anchor)).size).toBe(ids.length);
    expect(anchor('<x>')).toMatch(/^[A-Za-z0-9._-]+$/);
  });
});
