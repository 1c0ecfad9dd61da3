import { count, type TieDecision } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { decidedSentence, headline, listNames, namer, rankedIds, tieSentence } from './outcome-text.ts';

const name = namer([
  { id: 'ada', name: 'Ada Lovelace', fields: [] },
  { id: 'grace', name: 'Grace Hopper', fields: [] },
]);
const outcome = (ballots: (number | null)[][], seats = 1, decisions: TieDecision[] = []) =>
  count(
    { candidates: ['ada', 'grace', 'linus'], ballots: ballots.map((ranks) => ({ ranks })) },
    { seats, decisions },
  );

describe('the result in words', () => {
  it('names people, and ids where no name is known', () =>
    expect(listNames(['ada', 'grace', 'linus'], name)).toBe('Ada Lovelace, Grace Hopper and linus'));

  it('begins with who is elected', () => {
    expect(headline(outcome([[1, 2, 3]]), name)).toBe('Ada Lovelace is elected.');
    expect(headline(outcome([[1, 2, 3]], 2), name)).toBe('Ada Lovelace and Grace Hopper are elected.');
  });

  it('names a tie at the last seat and leaves it open', () => {
    const ballots = [
      [1, 2, 3],
      [2, 1, 3],
    ];
    const tied = outcome(ballots);
    expect(tied.seats.openTies.map((tie) => tieSentence(tie, name))).toEqual([
      'Ada Lovelace and Grace Hopper are tied for the last seat.',
    ]);
    expect(headline(tied, name)).toBe('No seat is filled by the count alone.');
    const decided = outcome(ballots, 1, [{ winners: ['grace'], how: 'by lot' }]);
    expect(headline(decided, name)).toBe('Grace Hopper is elected.');
    expect(decided.seats.decisions.map((decision) => decidedSentence(decision, name))).toEqual([
      'Ada Lovelace and Grace Hopper were tied for the last seat; decided for Grace Hopper: by lot',
    ]);
  });

  it('lists candidates by their places', () =>
    expect(rankedIds(outcome([[3, 1, 2]]))).toEqual(['grace', 'linus', 'ada']));
  it('does not elect anybody to no seat', () =>
    expect(headline(outcome([[1, 2, 3]], 0), name)).toBe('Nobody is elected.'));
});
