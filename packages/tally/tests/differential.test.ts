import { describe, expect, it } from 'vitest';

import { compareMany } from './differential/compare.ts';

describe('every method', () => {
  it('agrees with its definition and with other engines on random elections', () => {
    const { tally, differences } = compareMany(400, 7);
    expect(differences).toEqual([]);
    // Each comparison was made, and often: an answer on both sides is not the exception.
    expect([...tally.keys()]).toHaveLength(24);
    for (const [what, times] of tally) expect([what, times > 30]).toEqual([what, true]);
  });
});
