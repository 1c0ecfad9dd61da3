import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson, StrictJsonError } from './strict-json.ts';

const wholeJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('strict JSON', () => {
  it('reads what JSON.stringify writes of whole numbers, with any indentation', () => {
    fc.assert(
      fc.property(wholeJson, fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(parseStrictJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps keys that objects of JavaScript treat differently', () => {
    const read = parseStrictJson('{"__proto__": 1, "constructor": 2, "10": 3}') as Record<string, number>;
    expect([read['__proto__'], read['constructor'], read['10']]).toEqual([1, 2, 3]);
    expect(Object.keys(read)).toHaveLength(3);
  });

  it.each([
    ['a key twice', '{"a": 1, "a": 1}'],
    ['a key twice, once as an escape', '{"a": 1, "\\u0061": 1}'],
    ['__proto__ twice', '{"__proto__": 1, "__proto__": 1}'],
    ['a fraction', '[1.5]'],
    ['a fraction of nothing', '[1.0]'],
    ['an exponent', '[1e3]'],
    ['a negative zero', '[-0]'],
    ['a leading zero', '[01]'],
    ['a number past 2^53', '[9007199254740993]'],
    ['half a character', '["\\ud800"]'],
    ['a byte order mark', '\ufeff[]'],
    ['a comma at the end', '[1,]'],
    ['no quotes', '{a: 1}'],
    ['a line break in a text', '["\n"]'],
    ['two values', '[] []'],
    ['nothing', ''],
    ['NaN', '[NaN]'],
    ['a comment', '[] // x'],
    ['brackets without end', '['.repeat(100_000)],
  ])('refuses %s', (_, text) => {
    expect(() => parseStrictJson(text)).toThrow(StrictJsonError);
  });

  it('says where', () => {
    expect(() => parseStrictJson('{\n"a": 1,\n"a": 2}')).toThrow('line 3: the key "a" stands twice');
  });

  it('reads a large object in a time that grows with its size', () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `"k${i}": ${i}`).join(',');
    expect(Object.keys(parseStrictJson(`{${keys}}`) as object)).toHaveLength(100_000);
  });
});
