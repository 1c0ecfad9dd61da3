import { describe, expect, it } from 'vitest';

import { ballotsOf } from '../testing.ts';
import { withoutCandidates } from './without-candidates.ts';

describe('ballots without some of the candidates', () => {
  const set = ballotsOf('a b c', ['2: a > b > c', 'b']);

  it('keep the ranks of the others, in every round through them', () => {
    const fewer = withoutCandidates(set, new Set(['b', 'z']));
    for (let round = 0; round < 2; round++) {
      expect([fewer.candidates, Array.from(fewer.ballots)]).toEqual([
        ['a', 'c'],
        [
          { ranks: [1, 3], count: 2 },
          { ranks: [null, null], count: 1 },
        ],
      ]);
    }
  });

  it('are the same where nobody goes', () => {
    expect(withoutCandidates(set, new Set(['z']))).toBe(set);
  });
});
