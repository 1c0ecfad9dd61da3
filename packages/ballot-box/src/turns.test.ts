import { expect, it } from 'vitest';
import { bytesInTurns } from './turns.ts';

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
