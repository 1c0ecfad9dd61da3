import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { canonicalPieces, jsonPieces } from './json-pieces.ts';

const whole = (pieces: Iterable<string>): string => [...pieces].join('');

const inner = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(undefined),
  fc.array(fc.oneof(fc.string(), fc.array(fc.nat(), { maxLength: 3 }), fc.constant([]), fc.constant({})), {
    maxLength: 4,
  }),
);

it('gives the text of JSON.stringify in pieces, whatever it is of', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), inner), fc.nat(1_700), (some, length) => {
      const value = {
        ...some,
        rows: Array.from({ length }, (_, at) => ({ tracker: `t${at}`, ranks: [at, []] })),
      };
      for (const indent of [0, 2] as const)
        expect(whole(jsonPieces(value, indent))).toBe(JSON.stringify(value, null, indent));
    }),
    { numRuns: 60 },
  );
  expect(whole(jsonPieces({}, 2))).toBe('{}');
});

it('gives canonical JSON in pieces', () => {
  const wholeNumbers = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.nat(), fc.boolean(), fc.constant(undefined)),
  );
  fc.assert(
    fc.property(wholeNumbers, fc.nat(1_700), (some, length) => {
      const value = {
        ...some,
        z: some,
        list: Array.from({ length }, (_, at) => (at % 2 ? `"${at}"` : { b: at, a: [] })),
      };
      expect(whole(canonicalPieces(value))).toBe(canonicalJson(value));
    }),
    { numRuns: 60 },
  );
});

it('makes no piece of more than some hundred elements of a list', () => {
  const value = { list: Array.from({ length: 20_000 }, (_, at) => `tracker ${at}`), last: true };
  const most = whole(jsonPieces(value, 2)).length / 30;
  for (const pieces of [jsonPieces(value, 0), jsonPieces(value, 2), canonicalPieces(value)])
    for (const piece of pieces) expect(piece.length).toBeLessThan(most);
});
