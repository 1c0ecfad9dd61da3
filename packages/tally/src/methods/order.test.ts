import { describe, expect, it } from 'vitest';

import { orderByScore, orderRelation, tieUnordered } from './order.ts';

const relation =
  (...pairs: readonly string[]) =>
  (a: number, b: number): boolean =>
    pairs.includes(`${a}${b}`);

describe('orderRelation', () => {
  // 0 beats 1 and 2, 3 beats 2, 1 and 4 stand apart.
  const beats = relation('01', '02', '32');

  it('counts who beats you', () => {
    expect(orderRelation(5, beats, 'losses')).toEqual([
      { place: 1, members: [0, 3, 4] },
      { place: 2, members: [1] },
      { place: 3, members: [2] },
    ]);
  });

  it('counts whom you beat', () => {
    expect(orderRelation(5, beats, 'wins')).toEqual([
      { place: 1, members: [0] },
      { place: 2, members: [3] },
      { place: 3, members: [1, 2, 4] },
    ]);
  });

  it('takes off layers', () => {
    expect(orderRelation(5, beats, 'layers')).toEqual([
      { place: 1, members: [0, 3, 4] },
      { place: 4, members: [1, 2] },
    ]);
  });

  it('keeps a circle as one layer', () => {
    expect(orderRelation(3, relation('01', '12', '20'), 'layers')).toEqual([
      { place: 1, members: [0, 1, 2] },
    ]);
  });
});

describe('orderByScore', () => {
  it('shares places and skips after them', () => {
    expect(orderByScore([3n, 1n, 3n, 2n])).toEqual([
      { place: 1, members: [1] },
      { place: 2, members: [3] },
      { place: 3, members: [0, 2] },
    ]);
    expect(orderByScore([])).toEqual([]);
  });
});

describe('tieUnordered', () => {
  it('joins tiers until everyone beats the next', () => {
    // 1 is unordered with 2 and 3; 2 beats 3; all are beaten by 0 and beat 4.
    const beats = relation('01', '02', '03', '04', '23', '14', '24', '34');
    expect(tieUnordered(orderRelation(5, beats, 'losses'), beats)).toEqual([
      { place: 1, members: [0] },
      { place: 2, members: [1, 2, 3] },
      { place: 5, members: [4] },
    ]);
  });
});
