import { expect, it, vi } from 'vitest';
import { remembering } from './remember.ts';

const bytes = (...all: number[]): Uint8Array => Uint8Array.from(all);

it('what was found valid is not looked at again, and all else is, each time', () => {
  const check = vi.fn((...[first]: Uint8Array[]) => first?.[0] !== 0);
  const asked = remembering(2, check);
  expect([asked(bytes(1), bytes(2)), asked(bytes(1), bytes(2))]).toEqual([true, true]);
  expect(check).toHaveBeenCalledTimes(1);
  // The same bytes in other parts are another question.
  expect([asked(bytes(1, 2)), asked(bytes(1), bytes(3)), asked(bytes(1, 2))]).toEqual([true, true, true]);
  expect(check).toHaveBeenCalledTimes(3);
  expect([asked(bytes(0)), asked(bytes(0)), asked(bytes(0))]).toEqual([false, false, false]);
  expect(check).toHaveBeenCalledTimes(6);
  // Of two that are kept the older one was forgotten.
  expect(asked(bytes(1), bytes(3))).toBe(true);
  expect(check).toHaveBeenCalledTimes(6);
  expect(asked(bytes(1), bytes(2))).toBe(true);
  expect(check).toHaveBeenCalledTimes(7);
});
