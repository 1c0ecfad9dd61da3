import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, encodeText, framed, uint32 } from './bytes.ts';

it('frames texts of every length and letter as their UTF-8, each after its length', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'binary-ascii', maxLength: 80 }),
  );
  const part = fc.oneof(text, fc.uint8Array({ maxLength: 80 }));
  fc.assert(
    fc.property(text, fc.array(part, { maxLength: 6 }), (domain, parts) => {
      const all = [domain, ...parts].map((one) => (typeof one === 'string' ? encodeText(one) : one));
      expect(framed(domain, ...parts)).toEqual(concat(...all.flatMap((one) => [uint32(one.length), one])));
    }),
  );
});

it('frames the same bytes as ever', () => {
  const bytes = framed('elekto/x/1', 'ä', 'a'.repeat(65), '', Uint8Array.of(7));
  expect(Buffer.from(bytes).toString('latin1')).toBe(
    `\0\0\0\x0aelekto/x/1\0\0\0\x02\xc3\xa4\0\0\0\x41${'a'.repeat(65)}\0\0\0\0\0\0\0\x01\x07`,
  );
});
