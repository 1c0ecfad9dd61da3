import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count } from './count.ts';
import { anySet, ballotsOf, eventsOf, runs } from './testing.ts';

/** The same ballots with everybody ranked: whom a ballot leaves out stands level below the others. */
const filledIn = (set: ReturnType<typeof ballotsOf>) => ({
  ...set,
  ballots: Array.from(set.ballots, ({ ranks, ...rest }) => {
    const given = Array.from(ranks);
    const blank = given.every((rank) => rank === null);
    return { ...rest, ranks: blank ? given : given.map((rank) => rank ?? 99) };
  }),
});

describe('edition 1 of the rules, by which results were published', () => {
  it('shares in rounds what a ballot does not rank, with unranked: last', () => {
    fc.assert(
      fc.property(anySet(4, 8), (set) => {
        for (const method of ['irv', 'scottish-stv', 'meek-stv'] as const) {
          const { rounds, seats } = count(set, { method, unranked: 'last', edition: 1 });
          const filled = count(filledIn(set), { method, edition: 1 });
          expect([rounds, seats]).toEqual([filled.rounds, filled.seats]);
        }
      }),
      runs(60),
    );
  });

  it('looks at defeats only in minimax by opposition', () => {
    const set = ballotsOf('X Y Z', ['30: X > Y > Z', '27: Y > Z > X', '4: Z > X = Y', '3: X = Y > Z']);
    const first = (edition: 1 | 2) =>
      count(set, { method: 'minimax', strength: 'opposition', edition }).places[0]?.candidates;
    expect(first(2)).toEqual(['Y']);
    expect(first(1)).not.toEqual(['Y']);
  });
});

describe('edition 2 of the rules', () => {
  it('told a round of instant-runoff in which one candidate is left', () => {
    const set = ballotsOf('a b c', ['5: a', '4: b', '2: c']);
    const told = (edition: 2 | 3) => eventsOf(count(set, { method: 'irv', edition }));
    expect(told(3)).toEqual(['excluded c (2)', 'excluded b (4); left a']);
    expect(told(2)).toEqual(['excluded c (2)', 'excluded b (4)', 'left a']);
  });

  it('gives the same places and seats as the present one', () => {
    fc.assert(
      fc.property(anySet(4, 8), (set) => {
        const of = (edition: 2 | 3) => {
          const { places, seats } = count(set, { method: 'irv', seats: 2, edition });
          return { places, seats };
        };
        expect(of(2)).toEqual(of(3));
      }),
      runs(60),
    );
  });
});
