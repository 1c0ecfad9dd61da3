import { count } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { electedOf, headline, listNames, namer, rankedIds, tieSentence } from './outcome-text.ts';

const name = namer([
  { id: 'ada', name: 'Ada Lovelace', fields: [] },
  { id: 'grace', name: 'Grace Hopper', fields: [] },
]);
const outcome = (ballots: (number | null)[][], seats = 1) =>
  count({ candidates: ['ada', 'grace', 'linus'], ballots: ballots.map((ranks) => ({ ranks })) }, { seats });

describe('the result in words', () => {
  it('names people, and ids where no name is known', () =>
    expect(listNames(['ada', 'grace', 'linus'], name)).toBe('Ada Lovelace, Grace Hopper and linus'));

  it('begins with who is elected', () => {
    expect(headline(outcome([[1, 2, 3]]), null, name)).toBe('Ada Lovelace is elected.');
    expect(headline(outcome([[1, 2, 3]], 2), null, name)).toBe('Ada Lovelace and Grace Hopper are elected.');
  });

  it('names a tie at the last seat and leaves it open', () => {
    const tied = outcome([
      [1, 2, 3],
      [2, 1, 3],
    ]);
    expect(tieSentence(tied, name)).toBe('Ada Lovelace and Grace Hopper are tied for the last seat.');
    expect(headline(tied, null, name)).toBe('No seat is filled by the count alone.');
    const decision = { winners: ['grace'], how: 'by lot' };
    expect(electedOf(tied, decision)).toEqual(['grace']);
    expect(headline(tied, decision, name)).toBe('Grace Hopper is elected.');
  });

  it('has no tie where there is none', () => expect(tieSentence(outcome([[1, 2, 3]]), name)).toBeNull());
  it('lists candidates by their places', () =>
    expect(rankedIds(outcome([[3, 1, 2]]))).toEqual(['grace', 'linus', 'ada']));
  it('does not elect anybody to no seat', () =>
    expect(headline(outcome([[1, 2, 3]], 0), null, name)).toBe('Nobody is elected.'));
});
