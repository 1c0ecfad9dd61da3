import { expect, it } from 'vitest';

import { momentUtc } from './moment.ts';

it('a moment is written as the language writes it, in UTC', () => {
  const at = Date.UTC(2024, 8, 27, 23, 59);
  expect(momentUtc(at, 'en')).toBe('Friday, 27 September 2024, 23:59 UTC');
  expect(momentUtc(at, 'de')).toBe('Freitag, 27. September 2024, 23:59 UTC');
});
