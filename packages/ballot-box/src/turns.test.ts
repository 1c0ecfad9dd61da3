import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesInTurns, sortedInTurns } from './turns.ts';

it('makes the bytes of a text of its pieces, with spaces to a multiple of a length', async () => {
  expect((await bytesInTurns(['{"ä":', '1', '}'])).toString()).toBe('{"ä":1}');
  expect((await bytesInTurns(['{"ä":', '1', '}'], 5)).toString()).toBe('{"ä":1}  ');
  expect((await bytesInTurns(['abcde'], 5)).toString()).toBe('abcde');
  expect(await bytesInTurns([], 5)).toHaveLength(0);
});

it('lets others have their turn while the pieces are made', async () => {
  function* slow(): Generator<string> {
    for (let i = 0; i < 4; i += 1) {
      const until = performance.now() + 15;
      while (performance.now() < until);
      yield 'x';
    }
  }
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  expect((await bytesInTurns(slow())).toString()).toBe('xxxx');
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('puts in order as a sort at once does, whatever is there and however much', async () => {
  const lengths = fc.constantFrom(0, 1, 2, 999, 1000, 1001, 2000, 3500, 7001);
  await fc.assert(
    fc.asyncProperty(lengths, fc.nat(), fc.nat(20_000), async (length, seed, kinds) => {
      const items = Array.from({ length }, (_, at) => {
        const key = Math.imul(at + 1, seed | 1) % (kinds + 1);
        return { at, text: key % 3 === 0 ? `ä${key}` : key.toString(36) };
      });
      const wanted = items.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
      const before = [...items];
      expect(await sortedInTurns(items, ({ text }) => text)).toEqual(wanted);
      expect(items).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

it('lets others have their turn while tens of thousands are put in order', async () => {
  const items = Array.from({ length: 40_000 }, (_, at) => (Math.imul(at + 1, 0x9e3779b1) >>> 0).toString(16));
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  const slow = (text: string): string => {
    for (let i = 0; i < 20; i += 1) text.charCodeAt(i);
    return text;
  };
  expect(await sortedInTurns(items, slow)).toEqual(items.toSorted());
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(2);
});
