import { describe, expect, it } from 'vitest';

import type { AppliedDecision, TieDecision } from '../model.ts';
import { unspent } from './unspent.ts';

const coin = (...winners: string[]): TieDecision => ({ winners, how: 'a coin' });
const applied = (decision: TieDecision): AppliedDecision => ({
  ...decision,
  candidates: ['a', 'b', 'c'],
  seats: decision.winners.length,
  value: null,
});

describe('recorded decisions', () => {
  it('are spent once each, though two of them say the same', () => {
    expect(unspent([coin('a'), coin('a')], [applied(coin('a'))])).toEqual([coin('a')]);
    expect(unspent([coin('a'), coin('a')], [applied(coin('a')), applied(coin('a'))])).toEqual([]);
    expect(unspent([coin('b'), coin('a'), coin('b')], [applied(coin('b'))])).toEqual([coin('a'), coin('b')]);
  });

  it('are the same where they name the same winners in any order and say how in the same words', () => {
    const lots: TieDecision = { winners: ['a', 'b'], how: 'lots' };
    expect(unspent([coin('b', 'a')], [applied(coin('a', 'b'))])).toEqual([]);
    expect(unspent([lots], [applied(coin('a', 'b'))])).toEqual([lots]);
    expect(unspent([coin('a')], [applied(coin('a', 'b'))])).toEqual([coin('a')]);
  });
});
