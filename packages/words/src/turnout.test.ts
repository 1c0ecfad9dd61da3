import { describe, expect, it } from 'vitest';

import { turnoutPercent, turnoutShare } from './turnout.ts';

describe('turnout', () => {
  it('is a percentage with one decimal, as the language writes it', () => {
    expect(turnoutShare(1, 3, 'en')).toBe('33.3%');
    expect(turnoutShare(1n, 3, 'de')).toMatch(/^33,3\s%$/);
    expect(turnoutPercent(1, 4)).toBe(25);
  });
  it('is nothing where it may not be shown or nobody may vote', () => {
    expect(turnoutShare(null, 3, 'en')).toBeNull();
    expect(turnoutShare(0, 0, 'en')).toBeNull();
  });
});
