import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldValue, foldFieldValue, limitValues } from './field-value.ts';

const someone = (id: string, ...fields: [name: string, value: string][]) => ({
  id,
  fields: fields.map(([name, value]) => ({ name, value })),
});

describe('fieldValue', () => {
  it.each(['employer', 'Employer', 'EMPLOYER', ' employer ', 'employer\u200b'])(
    'finds a field that is written %j',
    (name) => {
      expect(fieldValue(someone('ann', [name, 'Acme']), 'employer')).toBe('Acme');
      expect(fieldValue(someone('ann', ['employer', 'Acme']), name)).toBe('Acme');
    },
  );

  it('gives the value as it is shown: trimmed, with single blanks, in its own spelling', () => {
    expect(fieldValue(someone('ann', ['employer', ' Acme \t Works\u00a0AG \u200b']), 'employer')).toBe(
      'Acme Works AG',
    );
  });

  it.each(['', '  ', '\u200b', '\u00a0\u2060'])('takes %j for no value', (blank) => {
    expect(fieldValue(someone('ann', ['employer', blank]), 'employer')).toBeNull();
    expect(fieldValue(someone('ann', ['employer', blank], ['Employer', 'Acme']), 'employer')).toBe('Acme');
  });

  it('takes the first of two', () => {
    expect(fieldValue(someone('ann', ['employer', 'Acme'], ['Employer', 'Other']), 'employer')).toBe('Acme');
  });

  it('knows no field that is not there', () => {
    expect(fieldValue(someone('ann', ['slack', 'ann']), 'employer')).toBeNull();
    expect(fieldValue(someone('ann'), 'constructor')).toBeNull();
  });
});

describe('limitValues', () => {
  it.each([
    ['Acme', 'ACME'],
    ['Acme Works', ' acme   works '],
    ['Acme', 'Acme\u200b'],
    ['Acme', 'Ａｃｍｅ'],
    ['Zoë Ltd', 'Zoe\u0308 Ltd'],
    ['Straße AG', 'STRASSE AG'],
    ['STRAẞE AG', 'strasse ag'],
    ['ΟΔΟΣ', 'οδος'],
    ['Acme Works', 'Acme\u00a0Works'],
  ])('takes %j and %j for one value, in the spelling of the first', (first, second) => {
    expect(
      limitValues([someone('ann', ['employer', first]), someone('bob', ['Employer', second])], 'employer'),
    ).toEqual({ ann: first, bob: first });
  });

  it('keeps different values apart and leaves out who gives none', () => {
    const candidates = [
      someone('ann', ['employer', 'Acme']),
      someone('bob', ['employer', 'Acme Inc']),
      someone('cat', ['employer', ' ']),
      someone('dan'),
    ];
    expect(limitValues(candidates, 'employer')).toEqual({ ann: 'Acme', bob: 'Acme Inc' });
  });

  it('holds ids that look like numbers or prototypes', () => {
    const values = limitValues(
      [someone('__proto__', ['employer', 'X']), someone('007', ['employer', 'x'])],
      'employer',
    );
    expect(new Map(Object.entries(values))).toEqual(
      new Map([
        ['__proto__', 'X'],
        ['007', 'X'],
      ]),
    );
  });

  it('gives equal strings exactly to those whose values fold alike, whatever the text', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 8 });
    fc.assert(
      fc.property(texts, (written) => {
        const candidates = written.map((value, index) => someone(`c${index}`, ['employer', value]));
        const values = limitValues(candidates, 'EMPLOYER');
        for (const [i, a] of written.entries()) {
          expect(foldFieldValue(foldFieldValue(a))).toBe(foldFieldValue(a));
          expect(values[`c${i}`] === undefined).toBe(foldFieldValue(a) === '');
          for (const [j, b] of written.entries())
            expect(values[`c${i}`] === values[`c${j}`]).toBe(foldFieldValue(a) === foldFieldValue(b));
        }
      }),
    );
  });
});
