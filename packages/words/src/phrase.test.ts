import { describe, expect, it } from 'vitest';

import { list, phrase } from './phrase.ts';

describe('a phrase', () => {
  it('has numbers and lists the way of the language, of any size', () => {
    expect(phrase('{n} votes', { n: 12345 }, 'en')).toBe('12,345 votes');
    expect(phrase('{n} Stimmen', { n: 2n ** 60n }, 'de')).toBe('1.152.921.504.606.846.976 Stimmen');
    expect(phrase('{names}', { names: ['Ada', 'Grace', 'Linus'] }, 'en')).toBe('Ada, Grace and Linus');
    expect(list(['Ada', 'Grace'], 'de')).toBe('Ada und Grace');
    expect(list([], 'en')).toBe('');
  });

  it('takes the form that the language has for the number, and the general one where it has none', () => {
    const forms = { one: '{n} seat', other: '{n} seats' };
    expect([0, 1, 2].map((n) => phrase(forms, { n }, 'en'))).toEqual(['0 seats', '1 seat', '2 seats']);
    expect(phrase(forms, { n: 1n }, 'en')).toBe('1 seat');
    expect(phrase({ few: 'never in English', other: '{n}' }, { n: 3 }, 'en')).toBe('3');
  });

  it('never reads a value as a phrase', () => {
    expect(phrase('{a} and {b}', { a: '{b}', b: '$&' }, 'en')).toBe('{b} and $&');
  });

  it('leaves no place empty and needs a number for its forms', () => {
    expect(() => phrase('{name}', {}, 'en')).toThrow('{name}');
    expect(() => phrase('{toString}', {}, 'en')).toThrow('{toString}');
    expect(() => phrase({ other: '{n}' }, { n: '3' }, 'en')).toThrow('no number');
  });
});
