import { expect, it } from 'vitest';

import { oneOf, wholeNumber } from '../bench/support/choice.ts';

it('a part of a benchmark is named in any capitals', () => {
  expect(oneOf('only', 'postgresql', ['casts', 'PostgreSQL'])).toBe('PostgreSQL');
  expect(oneOf('only', 'Casts', ['casts', 'PostgreSQL'])).toBe('casts');
  expect(oneOf('only', undefined, ['casts'])).toBeNull();
});

it('a part that there is not is refused with those that there are', () => {
  expect(() => oneOf('only', 'postgres', ['casts', 'PostgreSQL'])).toThrow(
    '--only postgres: known are casts, PostgreSQL',
  );
});

it.each(['', 'ten', '1', '41', '3.5', '1e1'])('"%s" is no number of instances', (given) => {
  expect(() => wholeNumber('instances', given, [2, 40])).toThrow('a whole number from 2 to 40 is needed');
});

it('a number of instances is taken', () => expect(wholeNumber('instances', '10', [2, 40])).toBe(10));
