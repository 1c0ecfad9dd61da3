import { describe, expect, it } from 'vitest';

import { BLOCK_ROWS } from '../ballots/ballot-table.ts';
import { count } from '../count.ts';
import type { CountOptions, Outcome } from '../model.ts';
import { ballotsOf, eventsOf } from '../testing.ts';
import type { Branch, Counting, Question } from './explore.ts';
import { explore } from './explore.ts';
import { compareFractions, fraction, minus, plus, scale, showFraction, toDecimal } from './fraction.ts';

const options = (method: CountOptions['method'], seats: number): CountOptions =>
  ({ method, seats }) as CountOptions;

/** Twenty people choose three foods; the usual example of a transferred surplus. */
const FOOD = ballotsOf('Orange Pear Chocolate Strawberry Sweets', [
  '4: Orange',
  '2: Pear > Orange',
  '8: Chocolate > Strawberry',
  '4: Chocolate > Sweets',
  '1: Strawberry',
  '1: Sweets',
]);

function votes(outcome: Outcome): Record<string, string>[] {
  return outcome.rounds.map((round) => ({ ...round.votes }));
}

describe('fractions', () => {
  const half = fraction(1n, 2n);
  const third = fraction(2n, 6n);

  it('are exact and in lowest terms', () => {
    expect(showFraction(third)).toBe('1/3');
    expect(showFraction(plus(half, third))).toBe('5/6');
    expect(showFraction(plus(half, half))).toBe('1');
    expect(showFraction(minus(half, third))).toBe('1/6');
    expect(showFraction(scale(half, third, fraction(5n)))).toBe('1/30');
    expect([
      compareFractions(half, third),
      compareFractions(third, half),
      compareFractions(half, half),
    ]).toEqual([1, -1, 0]);
  });

  it.each([
    ['7', 2, '7'],
    ['25/3', 2, '8.33'],
    ['2/3', 2, '0.67'],
    ['1/200', 2, '0.01'],
    ['1/201', 2, '0.00'],
    ['5/2', 0, '3'],
  ])('show %s with %i decimals as %s', (shown, decimals, expected) => {
    expect(toDecimal(shown, decimals)).toBe(expected);
  });
});

describe('ballots in blocks', () => {
  it('are all heard, and none twice, where a block is exactly full', () => {
    for (const ballots of [BLOCK_ROWS - 1, BLOCK_ROWS, BLOCK_ROWS + 1]) {
      const rows = Array.from({ length: ballots }, () => ({ ranks: [1, 2] }));
      const { rounds } = count({ candidates: ['a', 'b'], ballots: rows }, options('scottish-stv', 1));
      expect(rounds[0]?.votes['a']).toBe(String(ballots));
    }
  });
});

describe('Scottish STV', () => {
  it('moves a surplus at a fraction, excludes the last and fills the last seat', () => {
    const outcome = count(FOOD, options('scottish-stv', 3));
    expect(outcome.seats.elected).toEqual(['Chocolate', 'Orange', 'Strawberry']);
    expect(
      outcome.rounds.map(({ quota, elected, excluded, exhausted }) => [quota, elected, excluded, exhausted]),
    ).toEqual([
      ['6', ['Chocolate'], [], '0'],
      ['6', [], [], '0'],
      ['6', ['Orange'], ['Pear'], '0'],
      ['6', ['Strawberry'], ['Sweets'], '3'],
    ]);
    expect(votes(outcome)[1]).toEqual({
      Chocolate: '6',
      Orange: '4',
      Pear: '2',
      Strawberry: '5',
      Sweets: '3',
    });
    expect(eventsOf(outcome)).toEqual([
      'first-preferences; reached-quota Chocolate',
      'surplus Chocolate (6)',
      'excluded Pear (2); reached-quota Orange',
      'excluded Sweets (3); last-seats Strawberry',
    ]);
    expect(outcome.steps).toMatchObject([
      { code: 'round', round: 1, candidates: ['Chocolate'] },
      { code: 'round', round: 2, candidates: [] },
      { code: 'round', round: 3, candidates: ['Orange', 'Pear'] },
      { code: 'round', round: 4, candidates: ['Strawberry', 'Sweets'] },
    ]);
  });

  it('counts a surplus in exact fractions, papers of every value with it', () => {
    // Quota 26. The surplus of a, 24 of 50, makes b 44; of b's 18, papers of both values move at 9/22.
    const set = ballotsOf('a b c d', ['50: a > b > c', '20: b > d', '18: c', '12: d']);
    const outcome = count(set, options('scottish-stv', 3));
    expect(votes(outcome)).toEqual([
      { a: '50', b: '20', c: '18', d: '12' },
      { a: '26', b: '44', c: '18', d: '12' },
      { a: '26', b: '26', c: '306/11', d: '222/11' },
    ]);
    expect(outcome.seats.elected).toEqual(['a', 'b', 'c']);
  });

  it('shares a ballot that ties its best, and passes its part on to the other', () => {
    const set = ballotsOf('a b c', ['2: a = b > c', '3: c', 'b']);
    const outcome = count(set, options('scottish-stv', 1));
    expect(votes(outcome)).toEqual([{ a: '1', b: '2', c: '3' }, { b: '3', c: '3' }, { c: '5' }]);
    expect(outcome.rounds.at(-1)).toMatchObject({ elected: ['c'], excluded: ['b'], exhausted: '1' });
  });

  it('looks back for who was last before, and so leaves no tie', () => {
    const set = ballotsOf('a b c d', ['5: a', '3: b', '2: c', '1: d > c']);
    for (const method of ['irv', 'scottish-stv', 'meek-stv'] as const) {
      const outcome = count(set, options(method, 1));
      expect(outcome.rounds.flatMap(({ excluded }) => excluded)).toEqual(
        method === 'meek-stv' ? ['d', 'c'] : ['d', 'c', 'b'],
      );
      expect(outcome.steps.filter(({ code }) => code === 'tie')).toEqual([]);
    }
  });

  it('says that a tie does not matter when it does not', () => {
    const set = ballotsOf('a b c', ['5: a', 'b > a', 'c > a']);
    const outcome = count(set, { method: 'irv', seats: 1 });
    expect(outcome.seats).toMatchObject({ elected: ['a'], openTies: [] });
    expect(outcome.places).toEqual([
      { place: 1, candidates: ['a'] },
      { place: 2, candidates: ['b', 'c'] },
    ]);
    expect(outcome.steps[0]).toMatchObject({
      code: 'tie',
      candidates: ['b', 'c'],
      round: 1,
      purpose: 'exclusion',
      effect: 'harmless',
      how: null,
    });
  });

  it.each(['irv', 'scottish-stv', 'meek-stv'] as const)(
    'names by %s those for whom a tie matters, and takes a recorded decision',
    (method) => {
      const set = ballotsOf('a b c d', ['4: a > b', '4: b > a', '1: c > a', '1: d > b']);
      const open = count(set, options(method, 1));
      expect(open.seats).toMatchObject({
        elected: [],
        openTies: [{ candidates: ['a', 'b'], seats: 1, value: null }],
      });
      expect(open.warnings.map(({ code }) => code)).toContain('open-tie');
      expect(open.steps.find(({ code }) => code === 'tie')).toMatchObject({
        effect: 'open',
        how: null,
      });
      const decided = count(set, { ...options(method, 1), decisions: [{ winners: ['b'], how: 'a coin' }] });
      expect(decided.seats).toEqual({
        available: 1,
        elected: ['b'],
        openTies: [],
        skipped: [],
        decisions: [{ candidates: ['a', 'b'], seats: 1, value: null, winners: ['b'], how: 'a coin' }],
      });
      expect(decided.places[0]).toEqual({ place: 1, candidates: ['b'] });
      expect(decided.steps.find(({ code }) => code === 'tie')).toMatchObject({
        effect: 'decided',
        how: 'a coin',
      });
      const wrong = count(set, { ...options(method, 1), decisions: [{ winners: ['c'], how: 'a coin' }] });
      expect(wrong.seats.openTies).toEqual([{ candidates: ['a', 'b'], seats: 1, value: null }]);
      expect(wrong.warnings.map(({ code }) => code)).toContain('decision-unused');
    },
  );

  it.each(['irv', 'scottish-stv', 'meek-stv'] as const)(
    'gives up on %s with more ties than can be followed, and names everyone left',
    (method) => {
      const ids = Array.from({ length: 12 }, (_, i) => `c${String(i).padStart(2, '0')}`);
      const set = {
        candidates: ids,
        ballots: ids.map((_, i) => ({ ranks: ids.map((_, j) => (i === j ? 1 : null)) })),
      };
      const outcome = count(set, options(method, 3));
      expect(outcome.seats).toMatchObject({
        elected: [],
        openTies: [{ candidates: ids, seats: 3, value: null }],
      });
      const winners = ['c03', 'c05', 'c11'];
      const decided = count(set, { ...options(method, 3), decisions: [{ winners, how: 'lots' }] });
      expect(decided.seats.elected).toEqual(winners);
    },
  );

  it('excludes candidates without a vote together', () => {
    const set = ballotsOf('a b c d', ['3: a', '2: b']);
    expect(count(set, options('scottish-stv', 1)).rounds).toHaveLength(1);
    const two = count(ballotsOf('a b c d', ['3: a', '3: b']), options('irv', 1));
    expect(two.rounds[0]?.excluded).toEqual(['c', 'd']);
  });
});

describe('Meek STV', () => {
  it('passes surpluses on through candidates already elected', () => {
    const set = ballotsOf('a b c d', ['40: a > b > c', '40: b > a > c', '11: c', '20: d']);
    const outcome = count(set, options('meek-stv', 3));
    expect(outcome.seats.elected).toEqual(['a', 'b', 'c']);
    expect(outcome.rounds.map(({ elected }) => elected)).toEqual([['a', 'b'], ['c']]);
  });

  it('leaves the elected exactly the quota before it excludes anybody', () => {
    const set = ballotsOf('a b c d e', ['400: a > b', '400: b > a', '40: c', '35: d', '30: e']);
    const { rounds, seats } = count(set, options('meek-stv', 3));
    const settled = rounds[1];
    for (const id of ['a', 'b']) {
      const held = Number(toDecimal(settled?.votes[id] ?? '0', 9));
      expect(held).toBeCloseTo(Number(toDecimal(settled?.quota ?? '0', 9)), 5);
    }
    expect(seats.elected).toEqual(['a', 'b', 'c']);
  });

  it('lowers the quota as votes exhaust', () => {
    const set = ballotsOf('a b c', ['10: a', '6: b', '5: c']);
    const outcome = count(set, options('meek-stv', 2));
    const quotas = outcome.rounds.map(({ quota }) => Number(toDecimal(quota ?? '0', 6)));
    expect(quotas[0]).toBeCloseTo(7, 5);
    expect(quotas.at(-1)).toBeLessThan(6.001);
    expect(outcome.seats.elected).toEqual(['a', 'b']);
  });

  it('counts the example of three foods', () => {
    // The quota is 5 and not 6, so the surplus seats Strawberry before Pear is excluded.
    expect(count(FOOD, options('meek-stv', 3)).seats.elected).toEqual(['Chocolate', 'Strawberry', 'Orange']);
  });
});

describe('explore', () => {
  const question = (tied: number[]): Question => ({
    purpose: 'exclusion',
    tied,
    soFar: end([]),
    continuing: tied,
  });
  const end = (elected: number[]): Branch => ({ order: [], elected, skipped: [], rounds: [] });

  function* twoTies(): Counting {
    const one = yield question([1, 2]);
    const two = one === 2 ? yield question([3, 4, 5]) : 0;
    return end([one, two]);
  }

  it('follows every way to break ties, in order', () => {
    const { branches, firstTie } = explore(twoTies);
    expect(branches.map(({ elected }) => elected)).toEqual([
      [1, 0],
      [2, 3],
      [2, 4],
      [2, 5],
    ]);
    expect(firstTie?.tied).toEqual([1, 2]);
  });

  it('stops past the limit, with the first tie alone', () => {
    expect(explore(twoTies, 4).branches).toHaveLength(4);
    expect(explore(twoTies, 3)).toMatchObject({ branches: [], firstTie: { tied: [1, 2] } });
  });
});

describe('a count in rounds', () => {
  it('places those who are left when the seats are filled by their votes, equal ones level', () => {
    const set = ballotsOf('a b c d e', ['9: a', '1: b', '3: c', 'd', '2: e']);
    expect(count(set, options('scottish-stv', 1)).places.map(({ candidates }) => candidates)).toEqual([
      ['a'],
      ['c'],
      ['e'],
      ['b', 'd'],
    ]);
  });

  it('tells how many ballots have nobody left', () => {
    const set = ballotsOf('a b c', ['5: a', '4: b', '2: c', 'c > b']);
    expect(count(set, options('irv', 1)).rounds.map(({ exhausted }) => exhausted)).toEqual(['0', '2']);
  });
});
