import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import type { CountOptions, Outcome } from '../model.ts';
import { ballotsOf, eventsOf } from '../testing.ts';

const limited = (
  method: 'irv' | 'scottish-stv' | 'meek-stv',
  seats: number,
  max: number,
  values: Record<string, string>,
): CountOptions => ({
  method,
  seats,
  limit: { field: 'employer', max, values: new Map(Object.entries(values)) },
});

const skipped = ({ seats }: Outcome): string[] => seats.skipped.map(({ candidate }) => candidate);

const SET = ballotsOf('a b c d', ['50: a > b > c', '30: b > c', '15: c', '5: d']);

describe('a seat limit in STV', () => {
  it('takes barred candidates out at once, and their votes move on (Scottish)', () => {
    const outcome = count(SET, limited('scottish-stv', 2, 1, { a: 'X', b: 'X', c: 'Y', d: 'Y' }));
    expect(outcome.seats.elected).toEqual(['a', 'c']);
    expect(outcome.seats.skipped).toMatchObject([
      {
        candidate: 'b',
        value: 'X',
        elected: ['a'],
      },
    ]);
    expect(eventsOf(outcome)).toEqual(['first-preferences; reached-quota a', 'barred b; reached-quota c']);
    expect(outcome.rounds[1]?.votes).toEqual({ a: '50', c: '45', d: '5' });
    expect(outcome.rounds.map(({ excluded }) => excluded)).toEqual([[], ['b']]);
  });

  it('takes barred candidates out at once, and their votes pass on (Meek)', () => {
    const outcome = count(SET, limited('meek-stv', 2, 1, { a: 'X', b: 'X', c: 'Y', d: 'Y' }));
    expect(outcome.seats.elected).toEqual(['a', 'c']);
    expect(skipped(outcome)).toEqual(['b']);
    expect(eventsOf(outcome)).toEqual(['first-count; reached-quota a', 'barred b; reached-quota c']);
    expect(outcome.rounds.map(({ excluded }) => excluded)).toEqual([[], ['b']]);
  });

  it('passes over candidates by place in instant-runoff', () => {
    const outcome = count(SET, limited('irv', 2, 1, { a: 'X', b: 'X' }));
    expect(outcome.seats.elected).toEqual(['a', 'c']);
    expect(skipped(outcome)).toEqual(['b']);
  });

  it.each(['scottish-stv', 'meek-stv'] as const)(
    'passes over nobody by %s once the seats are full',
    (method) => {
      const outcome = count(SET, limited(method, 1, 1, { a: 'X', b: 'X', c: 'X', d: 'X' }));
      expect(outcome.seats).toMatchObject({ elected: ['a'], skipped: [] });
      expect(outcome.rounds.at(-1)?.elected).toEqual(['a']);
    },
  );

  it.each(['scottish-stv', 'meek-stv'] as const)(
    'leaves a seat empty by %s when the limit bars all who are left',
    (method) => {
      const outcome = count(
        ballotsOf('a b c', ['5: a', '3: b', '2: c']),
        limited(method, 3, 1, { a: 'X', b: 'X', c: 'X' }),
      );
      expect(outcome.seats).toMatchObject({ elected: ['a'], openTies: [] });
      expect(skipped(outcome)).toEqual(['b', 'c']);
      const last = count(
        ballotsOf('a b c', ['5: a', '3: b', '2: c']),
        limited(method, 3, 1, { b: 'X', c: 'X' }),
      );
      expect(last.seats.elected).toEqual(['a', 'b']);
      expect(skipped(last)).toEqual(['c']);
    },
  );

  it.each(['scottish-stv', 'meek-stv'] as const)(
    'names by %s those whom the limit makes compete while level',
    (method) => {
      const set = ballotsOf('a b c', ['5: a', '5: b', '1: c']);
      const outcome = count(set, limited(method, 2, 1, { a: 'X', b: 'X' }));
      expect(outcome.seats).toMatchObject({
        elected: ['c'],
        openTies: [{ candidates: ['a', 'b'], seats: 1, value: null }],
      });
      const decided = count(set, {
        ...limited(method, 2, 1, { a: 'X', b: 'X' }),
        decisions: [{ winners: ['b'], how: 'lots' }],
      });
      expect([...decided.seats.elected].sort()).toEqual(['b', 'c']);
      expect(skipped(decided)).toEqual(['a']);
    },
  );
});

describe('seats that are kept in STV', () => {
  const groups = {
    field: 'region',
    seats: new Map([['X', 1]]),
    values: new Map([
      ['c', 'X'],
      ['d', 'X'],
    ]),
  };

  it.each(['scottish-stv', 'meek-stv'] as const)(
    'are not lost by %s when one of a group after the other is last',
    (method) => {
      const set = ballotsOf('a b c d e', ['5: a', '4: b', '3: e', '2: c', '1: d']);
      const outcome = count(set, { method, seats: 2, groups });
      expect(outcome.seats).toMatchObject({ elected: ['a', 'c'], openTies: [] });
    },
  );

  it.each(['scottish-stv', 'meek-stv'] as const)(
    'by who sits already pass over nobody by %s, when they are all that is left',
    (method) => {
      const set = ballotsOf('a b c', ['6: a', '3: c', '1: b']);
      const { seats } = count(set, { method, seats: 2, sitting: ['b'] });
      expect(seats).toMatchObject({ elected: ['a', 'b'], skipped: [] });
    },
  );
});

describe('the stages of STV', () => {
  it('moves the larger surplus first, and asks when surpluses are level', () => {
    // Quota 21: a over by 9, b by 19.
    const set = ballotsOf('a b c d e', ['30: a > c', '40: b > d', '5: c', '5: d', '3: e']);
    const { rounds } = count(set, { method: 'scottish-stv', seats: 3 });
    expect(eventsOf({ rounds: rounds.slice(0, 2) })).toEqual([
      'first-preferences; reached-quota b a',
      'surplus b (19); reached-quota d',
    ]);
    const level = count(ballotsOf('a b c d e', ['40: a > c', '40: b > d', '3: c', '3: d', '3: e']), {
      method: 'scottish-stv',
      seats: 3,
    });
    expect(level.steps.find(({ code }) => code === 'tie')).toMatchObject({
      candidates: ['a', 'b'],
      round: 2,
      purpose: 'surplus',
      effect: 'open',
      how: null,
    });
    expect(level.seats).toMatchObject({
      elected: ['a', 'b'],
      openTies: [{ candidates: ['c', 'd'], seats: 1, value: null }],
    });
  });

  it('has no surplus to move for a candidate exactly at the quota', () => {
    const set = ballotsOf('a b c', ['4: a', '3: b', '2: c']);
    const outcome = count(set, { method: 'scottish-stv', seats: 2 });
    expect(eventsOf(outcome)).toEqual(['first-preferences; reached-quota a', 'excluded c (2); last-seats b']);
    expect(outcome.rounds[1]?.exhausted).toBe('2');
  });

  it.each(['scottish-stv', 'meek-stv'] as const)('seats level candidates by %s on one place', (method) => {
    const outcome = count(ballotsOf('a b c', ['5: a', '5: b', '1: c']), { method, seats: 2 });
    expect(outcome.places).toEqual([
      { place: 1, candidates: ['a', 'b'] },
      { place: 3, candidates: ['c'] },
    ]);
    expect(outcome.steps.filter(({ code }) => code === 'tie')).toEqual([]);
  });

  it('fills several last seats in the order of votes, and says so', () => {
    for (const method of ['scottish-stv', 'meek-stv'] as const) {
      const outcome = count(ballotsOf('a b c', ['1: c', '2: a', '3: b']), { method, seats: 5 });
      expect(outcome.seats.elected).toEqual(['b', 'a', 'c']);
      expect(eventsOf(outcome)[0]).toMatch(/^first-(count|preferences); (reached-quota .+; )?last-seats /);
    }
    const none = count(ballotsOf('a b c', []), { method: 'scottish-stv', seats: 4 });
    expect(eventsOf(none)).toEqual(['first-preferences; last-seats a b c']);
    const meek = count(ballotsOf('a b c', []), { method: 'meek-stv', seats: 4 });
    expect(eventsOf(meek)).toEqual(['first-count; last-seats a b c']);
  });

  it('excludes everyone without a vote at once where enough are left, and one by one where not', () => {
    const set = ballotsOf('a b c d e', ['5: a', '4: b', '3: a > b']);
    for (const method of ['scottish-stv', 'meek-stv', 'irv'] as const) {
      const outcome = count(set, { method, seats: 1 });
      expect(outcome.seats.elected).toEqual(['a']);
    }
    const two = ballotsOf('a b c d', ['5: a > b', '4: b > a', '4: b']);
    const runoff = count(ballotsOf('a b c d', ['5: a', '5: b > a', '5: c > b']), {
      method: 'scottish-stv',
      seats: 1,
    });
    expect(eventsOf(runoff)[1]).toMatch(/^excluded d \(0\)/);
    const both = count(ballotsOf('a b c d e', ['5: a', '5: b > a', '4: c > b']), {
      method: 'scottish-stv',
      seats: 1,
    });
    expect(eventsOf(both)[1]).toMatch(/^excluded d e \(0\)/);
    const meek = count(ballotsOf('a b c d e', ['5: a', '5: b > a', '4: c > b']), {
      method: 'meek-stv',
      seats: 1,
    });
    expect(eventsOf(meek)[1]).toMatch(/^excluded d e$/);
    expect(eventsOf(meek)[2]).toBe('excluded c; reached-quota b');
    const irv = count(ballotsOf('a b c d e', ['5: a', '5: b > a', '4: c > b']), { method: 'irv', seats: 1 });
    expect(eventsOf(irv)).toEqual(['excluded d e (0)', 'excluded c (4)', 'excluded a (5); left b']);
    // a is seated, and of the three nobody voted for one more is: not all of them may go.
    const open = count(ballotsOf('a b c d', ['5: a']), { method: 'scottish-stv', seats: 2 });
    expect(open.seats).toMatchObject({
      elected: ['a'],
      openTies: [{ candidates: ['b', 'c', 'd'], seats: 1, value: null }],
    });
    const meekOpen = count(ballotsOf('a b c d', ['5: a']), { method: 'meek-stv', seats: 2 });
    expect(meekOpen.seats).toMatchObject({
      elected: ['a'],
      openTies: [{ candidates: ['b', 'c', 'd'], seats: 1, value: null }],
    });
    expect(count(two, { method: 'scottish-stv', seats: 2 }).seats.elected).toEqual(['b', 'a']);
  });

  it('excludes everyone without a vote also where exactly the last seats are left', () => {
    const set = ballotsOf('a b c d e', ['9: a', '2: b', '1: c']);
    const { rounds, seats } = count(set, { method: 'scottish-stv', seats: 3 });
    expect(rounds.map(({ excluded }) => excluded)).toEqual([[], [], ['d', 'e']]);
    expect(seats.elected).toEqual(['a', 'b', 'c']);
  });

  it.each(['irv', 'scottish-stv', 'meek-stv'] as const)(
    '%s transfers no ballot to somebody it does not rank',
    (method) => {
      const set = ballotsOf('Ann Bob Cyd Dan Eve Fay', [
        '7: Eve > Dan',
        '29: Bob',
        '1: Ann > Dan',
        '1: Bob > Dan',
      ]);
      const [plain, last] = (['no-opinion', 'last'] as const).map((unranked) =>
        count(set, { method, unranked, seats: 3 }),
      );
      expect(last?.seats).toEqual(plain?.seats);
      expect(last?.rounds).toEqual(plain?.rounds);
      if (method === 'scottish-stv') expect(last?.seats.elected).toEqual(['Bob', 'Eve', 'Ann']);
      expect(last?.warnings.map(({ code }) => code)).toContain('unranked-not-transferred');
      expect(plain?.warnings.map(({ code }) => code)).not.toContain('unranked-not-transferred');
    },
  );

  it('puts those still in the count between elected and excluded, by their votes', () => {
    const { places } = count(ballotsOf('a b c d e f', ['20: a', '5: b', '3: c', '3: d', '1: e']), {
      method: 'scottish-stv',
      seats: 1,
    });
    expect(places.map(({ place, candidates }) => [place, candidates])).toEqual([
      [1, ['a']],
      [2, ['b']],
      [3, ['c', 'd']],
      [5, ['e']],
      [6, ['f']],
    ]);
  });

  it('asks nothing where the limit has room for all who are level', () => {
    for (const method of ['scottish-stv', 'meek-stv'] as const) {
      const outcome = count(
        ballotsOf('a b c', ['5: a', '5: b', '1: c']),
        limited(method, 2, 2, { a: 'X', b: 'X' }),
      );
      expect(outcome.seats.elected).toEqual(['a', 'b']);
      expect(outcome.steps.filter(({ code }) => code === 'tie')).toEqual([]);
      expect(outcome.places[0]).toEqual({ place: 1, candidates: ['a', 'b'] });
    }
  });

  it('passes over whom the limit bars among the last', () => {
    for (const method of ['scottish-stv', 'meek-stv'] as const) {
      const outcome = count(
        ballotsOf('a b c', ['40: a', '5: b', '3: c']),
        limited(method, 3, 1, { b: 'X', c: 'X' }),
      );
      expect(outcome.seats.elected).toEqual(['a', 'b']);
      expect(skipped(outcome)).toEqual(['c']);
      expect(eventsOf(outcome).at(-1)).toMatch(/last-seats b$/);
    }
  });

  it('has no tie where everyone can sit, however many are level', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `c${String(i).padStart(2, '0')}`);
    for (const method of ['irv', 'scottish-stv', 'meek-stv'] as const) {
      const { seats } = count({ candidates: ids, ballots: [] }, { method, seats: 12 });
      expect(seats).toMatchObject({ elected: ids, openTies: [] });
    }
  });

  it('seats nobody on no seats', () => {
    for (const method of ['irv', 'scottish-stv', 'meek-stv'] as const) {
      const outcome = count(ballotsOf('a b', ['2: a', 'b']), { method, seats: 0 });
      expect(outcome.seats).toMatchObject({ elected: [], openTies: [] });
    }
  });

  it('may leave a seat empty in Scottish STV: whoever the limit will bar competes until it does', () => {
    const set = ballotsOf('a b c d', ['31: a', '30: b', '25: c', '15: d']);
    const scottish = count(set, limited('scottish-stv', 2, 1, { a: 'X', b: 'X', c: 'Y', d: 'Z' }));
    expect(scottish.seats).toMatchObject({ available: 2, elected: ['a'], openTies: [] });
    expect(skipped(scottish)).toEqual(['b']);
    const meek = count(set, limited('meek-stv', 2, 1, { a: 'X', b: 'X', c: 'Y', d: 'Z' }));
    expect(meek.seats.elected).toEqual(['a', 'c']);
  });
});
