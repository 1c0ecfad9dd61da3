import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { count } from './count.ts';
import { METHODS } from './methods/registry.ts';
import type { BallotSet, CountOptions, MethodName, Outcome } from './model.ts';
import { anySet, ballotsOf, runs } from './testing.ts';

const NAMES = METHODS.map(({ name }) => name);
const ROUNDS: readonly MethodName[] = ['irv', 'scottish-stv', 'meek-stv'];

/** The same ballots without these columns. */
const without = ({ candidates, ballots }: BallotSet, gone: readonly string[]): BallotSet => {
  const columns = [...candidates.keys()].filter((i) => !gone.includes(candidates[i] as string));
  return {
    candidates: columns.map((i) => candidates[i] as string),
    ballots: [...ballots].map((ballot) => ({
      ...ballot,
      ranks: columns.map((i) => ballot.ranks[i] ?? null),
    })),
  };
};

/** Ballots that prefer one to another, one by one. */
const prefers = ({ candidates, ballots }: BallotSet, a: string, b: string): number => {
  const [x, y] = [candidates.indexOf(a), candidates.indexOf(b)];
  return [...ballots].reduce((sum, { ranks, count: times = 1 }) => {
    const [p, q] = [ranks[x] ?? null, ranks[y] ?? null];
    return sum + (p !== null && q !== null && p < q ? Number(times) : 0);
  }, 0);
};

const seated = ({ seats }: Outcome) => [...seats.elected, ...seats.openTies.flatMap((tie) => tie.candidates)];

describe('a quorum', () => {
  const set = ballotsOf('a b', ['3: a > b', '1:']);

  it('elects nobody where fewer ballots are cast, blank ones counted, and says so first', () => {
    for (const method of NAMES) {
      const { seats, warnings, places } = count(set, { method, quorum: 5 });
      expect(seats).toMatchObject({ available: 1, elected: [], openTies: [], skipped: [] });
      expect(warnings[0]).toEqual({ code: 'quorum-missed', quorum: 5, cast: 4 });
      expect(places[0]?.candidates).toEqual(['a']);
      const reached = count(set, { method, quorum: 4 });
      expect(reached).toEqual({ ...count(set, { method }), options: { ...reached.options, quorum: 4 } });
    }
  });

  it('passes over nobody where it is missed, also of those who were dropped before the count', () => {
    const ballots = ballotsOf('a b none', ['3: a > none > b', '1: a > b']);
    for (const method of NAMES) {
      const noneOfTheAbove = { candidate: 'none', rule: 'drop' } as const;
      const { seats, places, steps } = count(ballots, { method, quorum: 5, noneOfTheAbove });
      expect(seats, method).toMatchObject({ elected: [], openTies: [], skipped: [] });
      expect(places.at(-1)?.candidates, method).toEqual(['b']);
      expect(steps[0]?.code, method).toBe('dropped');
      const reached = count(ballots, { method, quorum: 4, noneOfTheAbove });
      expect(reached.seats.elected, method).toEqual(['a']);
      expect(reached.places, method).toEqual(places);
    }
  });

  it('of no ballot is met by none', () => {
    expect(count(ballotsOf('a', []), { quorum: 0 }).warnings).not.toContainEqual(
      expect.objectContaining({ code: 'quorum-missed' }),
    );
  });

  it.each([-1, 1.5, Number.NaN])('of %d is refused', (quorum) => {
    expect(() => count(set, { quorum })).toThrow('a quorum is a whole number of ballots');
  });
});

describe('a minimum share', () => {
  it('seats nobody whom fewer of the ballots that are not blank rank', () => {
    fc.assert(
      fc.property(
        anySet(4),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        (set, part, seats) => {
          const ranked = set.ballots.filter(({ ranks }) => ranks.some((rank) => rank !== null));
          const total = ranked.reduce((sum, { count: times }) => sum + Number(times), 0);
          const isEnough = (id: string): boolean => {
            const column = set.candidates.indexOf(id);
            const opinions = ranked.reduce(
              (sum, { ranks, count: times }) => sum + (ranks[column] === null ? 0 : Number(times)),
              0,
            );
            return opinions >= (total * part) / 4;
          };
          for (const method of NAMES) {
            const outcome = count(set, { method, seats, minimumShare: { part, whole: 4 } });
            expect(seated(outcome).every(isEnough), method).toBe(true);
            const most = Math.min(seats, set.candidates.filter(isEnough).length);
            const open = outcome.seats.openTies.reduce((sum, tie) => sum + tie.seats, 0);
            expect(outcome.seats.elected.length + open, method).toBe(most);
          }
        },
      ),
      runs(80),
    );
  });

  it('tells how many ranked them', () => {
    const set = ballotsOf('a b', ['9: b', '1: a > b']);
    expect(count(set, { minimumShare: { part: 1, whole: 2 } }).seats).toMatchObject({
      elected: ['b'],
      skipped: [{ code: 'below-minimum', candidate: 'a', opinions: 1, ballots: 10 }],
    });
  });

  it('of all the ballots is met by whom every ballot ranks', () => {
    const outcome = count(ballotsOf('a b', ['3: a', '1: a > b']), { minimumShare: { part: 1, whole: 1 } });
    expect(outcome.seats.elected).toEqual(['a']);
  });

  it.each([
    [2, 1],
    [-1, 2],
    [1, 0],
    [0.5, 1],
  ])('of %d/%d is refused', (part, whole) => {
    expect(() => count(ballotsOf('a', []), { minimumShare: { part, whole } })).toThrow('the minimum share');
  });
});

describe('none of the above', () => {
  const none = (more: Partial<NonNullable<CountOptions['noneOfTheAbove']>> = {}): CountOptions => ({
    noneOfTheAbove: { candidate: 'a', ...more },
  });

  it('and those without a majority over it take no seat, with every method', () => {
    fc.assert(
      fc.property(
        anySet(5),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 4 }),
        (set, seats, part) => {
          const isOver = (id: string): boolean => {
            const [over, under] = [prefers(set, id, 'a'), prefers(set, 'a', id)];
            return id !== 'a' && over > under && over * 2 >= under * part && over >= 3;
          };
          for (const method of NAMES) {
            for (const rule of ['seats', 'drop'] as const) {
              const outcome = count(set, {
                method,
                seats,
                ...none({ rule, support: 3, majority: { part, whole: 2 } }),
              });
              expect(seated(outcome).every(isOver), method).toBe(true);
              const open = outcome.seats.openTies.reduce((sum, tie) => sum + tie.seats, 0);
              const most = Math.min(seats, set.candidates.filter(isOver).length);
              expect(outcome.seats.elected.length + open, `${method} ${rule}`).toBe(most);
            }
          }
        },
      ),
      runs(80),
    );
  });

  it('by the rule of seats leaves every place as it is', () => {
    fc.assert(
      fc.property(anySet(4), (set) => {
        for (const method of NAMES.filter((each) => !ROUNDS.includes(each)))
          expect(count(set, { method, ...none() }).places).toEqual(count(set, { method }).places);
      }),
      runs(40),
    );
  });

  it('by the rule of dropping is the count of the ballots without those who are dropped, who share the last place', () => {
    fc.assert(
      fc.property(anySet(5), fc.integer({ min: 1, max: 3 }), (set, seats) => {
        const gone = set.candidates.filter(
          (id) => id !== 'a' && prefers(set, id, 'a') <= prefers(set, 'a', id),
        );
        for (const method of NAMES) {
          const outcome = count(set, { method, seats, ...none({ rule: 'drop' }) });
          const among = count(without(set, gone), { method, seats, ...none() });
          const last = gone.length === 0 ? [] : [{ place: among.candidates.length + 1, candidates: gone }];
          expect(outcome.places).toEqual([...among.places, ...last]);
          expect(outcome.rounds).toEqual(among.rounds);
          expect(outcome.seats.elected).toEqual(among.seats.elected);
          expect(outcome.seats.openTies).toEqual(among.seats.openTies);
          for (const id of among.candidates)
            expect(outcome.strongestPaths[id]).toMatchObject(among.strongestPaths[id] ?? {});
          for (const id of among.candidates)
            expect(outcome.relation[id]).toEqual([...(among.relation[id] ?? []), ...gone].sort());
          for (const id of gone) expect(outcome.relation[id]).toEqual([]);
          const isAmong = ({ first, second }: { first: string; second: string }): boolean =>
            !gone.includes(first) && !gone.includes(second);
          expect(outcome.explanation.filter(isAmong)).toEqual(among.explanation);
        }
      }),
      runs(40),
    );
  });

  it('by the rule of dropping tells the way between those who are counted, and none from or to the dropped', () => {
    // The example of Schulze's paper, with an option that nobody likes before it in the alphabet.
    const orders = [
      '5: ACBED',
      '5: ADECB',
      '8: BEDAC',
      '3: CABED',
      '7: CAEBD',
      '2: CBADE',
      '7: DCEBA',
      '8: EBADC',
    ];
    const lines = orders.map((line) => `${line.slice(0, 3)}${[...line.slice(3), 'n', '0z'].join(' > ')}`);
    const set = ballotsOf('0z A B C D E n', lines);
    const { explanation } = count(set, { noneOfTheAbove: { candidate: 'n', rule: 'drop' } });
    const pair = (a: string, b: string) =>
      explanation.find(({ first, second }) => first === a && second === b);
    expect(pair('A', 'C')).toMatchObject({ code: 'path', path: ['A', 'D', 'C'] });
    expect(pair('A', '0z')).toMatchObject({ code: 'dropped', path: null });
  });

  it('as Debian counts: a victory that leads through who is dropped is none', () => {
    // d goes before b and c by a circle, and most prefer further discussion (a) to d.
    const set = ballotsOf('a b c d', ['4: d > b > c > a', '3: b > c > a > d', '3: c > a > d > b']);
    expect(count(set).seats.elected).toEqual(['d']);
    expect(count(set, none()).seats).toMatchObject({
      elected: ['b'],
      skipped: [{ code: 'not-over-none', candidate: 'd', for: 4, against: 6 }],
    });
    const { places, steps, explanation, relation, seats } = count(set, none({ rule: 'drop' }));
    expect(places.flatMap(({ candidates }) => candidates)).toEqual(['b', 'c', 'a', 'd']);
    expect(seats.elected).toEqual(['b']);
    expect(steps[0]).toEqual({ code: 'dropped', candidates: ['d'], place: 4 });
    expect(relation['b']).toEqual(['a', 'c', 'd']);
    const codes = explanation.map(({ first, second, code, for: given, against }) => [
      first,
      second,
      code,
      given,
      against,
    ]);
    expect(codes).toContainEqual(['b', 'd', 'dropped', 3, 7]);
    expect(codes).toContainEqual(['b', 'c', 'direct', 7, 3]);
  });

  it('as Debian counts: support and majority are reached by exactly as many, and whom a ballot leaves out it places last', () => {
    // 30 prefer b to a and 20 a to b; 10 leave both out, which says nothing of them.
    const set = ballotsOf('a b c', ['30: b', '20: a', '10: c']);
    const electedBy = (
      support: number,
      part: number,
      whole: number,
      unranked: 'last' | 'no-opinion' = 'last',
    ) =>
      count(set, { unranked, ...none({ rule: 'drop', support, majority: { part, whole } }) }).seats.elected;
    expect(electedBy(30, 3, 2)).toEqual(['b']);
    expect(electedBy(31, 1, 1)).toEqual([]);
    expect(electedBy(0, 8, 5)).toEqual([]);
    expect(electedBy(0, 1, 1, 'no-opinion'), 'no ballot compares anybody with it').toEqual([]);
  });

  it('leaves STV after the first count, so that its votes go on, and is passed over at the end of instant-runoff', () => {
    const set = ballotsOf('a b c', ['6: a > c', '5: b > c > a', '4: c > b > a']);
    const of = (method: MethodName) => count(set, { method, ...none() });
    for (const method of ['scottish-stv', 'meek-stv'] as const) {
      const { seats, rounds, places } = of(method);
      expect(seats.elected, method).toEqual(['c']);
      expect(rounds[1]?.events[0], method).toEqual({ code: 'barred', candidates: ['a'] });
      expect(places.at(-1)?.candidates, method).toEqual(['a']);
    }
    const { seats, places } = of('irv');
    expect([seats.elected, places.map(({ candidates }) => candidates[0])]).toEqual([['b'], ['b', 'a', 'c']]);
  });

  it('is nobody who stands: seats that nobody is left for are told', () => {
    const set = ballotsOf('a b c', ['3: b > a > c', '1: c > a > b']);
    const { seats, warnings } = count(set, { seats: 3, ...none() });
    expect(seats).toMatchObject({ available: 3, elected: ['b'], openTies: [] });
    expect(warnings).toContainEqual({ code: 'too-few-candidates', seats: 3, standing: 2 });
  });

  it.each([
    [{ candidate: 'zed' }, 'there is no such candidate'],
    [{ majority: { part: 1, whole: 2 } }, 'is a ratio from 1'],
    [{ majority: { part: 1, whole: 0 } }, 'is a ratio from 1'],
    [{ support: -1 }, 'is a number of ballots'],
    [{ rule: 'other' as 'seats' }, 'is seats or drop'],
  ])('refuses %j', (more, message) => {
    expect(() => count(ballotsOf('a b', ['a > b']), none(more))).toThrow(message);
  });
});

describe('seats for groups', () => {
  const groups = (seats: Record<string, number>, values: Record<string, string>): CountOptions => ({
    groups: {
      field: 'region',
      seats: new Map(Object.entries(seats)),
      values: new Map(Object.entries(values)),
    },
  });

  it('are given as far as the group has candidates, with every method', () => {
    const values = { b: 'X', c: 'X', d: 'Y' };
    fc.assert(
      fc.property(anySet(5), fc.integer({ min: 2, max: 4 }), fc.boolean(), (set, seats, limited) => {
        for (const method of NAMES) {
          const limit = { field: 'region', max: 1, values: new Map(Object.entries(values)) };
          const outcome = count(set, {
            method,
            seats,
            ...groups({ X: 1, Y: 1 }, values),
            ...(limited ? { limit } : {}),
          });
          const { elected, openTies } = outcome.seats;
          for (const [value, members] of [
            ['X', ['b', 'c']],
            ['Y', ['d']],
          ] as const) {
            const standing = members.filter((id) => set.candidates.includes(id));
            const certain = standing.filter((id) => elected.includes(id)).length;
            const open = openTies.some(({ candidates }) => standing.some((id) => candidates.includes(id)));
            expect(standing.length === 0 || certain > 0 || open, `${method} ${value}`).toBe(true);
            if (limited) expect(certain).toBeLessThanOrEqual(1);
          }
        }
      }),
      runs(120),
    );
  });

  it('pass over others once only kept seats are left, also who is level with somebody of the group', () => {
    const { seats } = count(ballotsOf('a b c d', ['a > b > c > d']), {
      seats: 3,
      ...groups({ X: 1 }, { d: 'X' }),
    });
    expect(seats).toMatchObject({ elected: ['a', 'b', 'd'], skipped: [{ code: 'kept', candidate: 'c' }] });
    const level = count(ballotsOf('a b c', ['a > b = c']), { seats: 2, ...groups({ X: 1 }, { c: 'X' }) });
    expect(level.seats).toMatchObject({ elected: ['a', 'c'], openTies: [] });
    const tied = count(ballotsOf('a b c d', ['a = b = c = d']), {
      seats: 2,
      ...groups({ X: 1 }, { c: 'X', d: 'X' }),
    });
    expect(tied.seats).toMatchObject({
      elected: [],
      openTies: [{ candidates: ['a', 'b', 'c', 'd'], seats: 2 }],
    });
    const decided = (winners: string[]) =>
      count(ballotsOf('a b c d', ['a = b = c = d']), {
        seats: 2,
        decisions: [{ winners, how: 'lots' }],
        ...groups({ X: 1 }, { c: 'X', d: 'X' }),
      }).seats.elected;
    expect([decided(['a', 'b']), decided(['a', 'c']), decided(['c', 'd'])]).toEqual([
      [],
      ['a', 'c'],
      ['c', 'd'],
    ]);
  });

  it('keep a member of the group in a count by rounds, and bar others from its seat', () => {
    const set = ballotsOf('a b c d', ['9: a > b', '6: b > a', '4: d > b', '1: c']);
    for (const method of ROUNDS) {
      const { seats } = count(set, { method, seats: 2, ...groups({ X: 1 }, { c: 'X' }) });
      expect([...seats.elected].sort(), method).toEqual([method === 'irv' ? 'b' : 'a', 'c']);
      expect(
        seats.skipped.map(({ code }) => code),
        method,
      ).toContain('kept');
    }
  });

  it('say which group is short of candidates', () => {
    const { seats, warnings } = count(ballotsOf('a b', ['a > b']), {
      seats: 2,
      ...groups({ X: 2 }, { b: 'X' }),
    });
    expect(seats.elected).toEqual(['a', 'b']);
    expect(warnings).toContainEqual({
      code: 'group-short',
      field: 'region',
      value: 'X',
      seats: 2,
      elected: 1,
    });
  });

  it.each([
    [{ seats: 1, ...groups({ X: 1, Y: 1 }, {}) }, 'promised more than the 1 seats'],
    [{ ...groups({ X: 0 }, {}) }, 'whole number from 1'],
    [{ ...groups({ X: 1 }, {}), limit: { field: 'employer', max: 1, values: new Map() } }, 'the same field'],
    [
      { seats: 3, ...groups({ X: 2 }, {}), limit: { field: 'region', max: 1, values: new Map() } },
      'the limit of 1',
    ],
  ])('refuse what contradicts itself', (options, message) => {
    expect(() => count(ballotsOf('a b', []), options)).toThrow(message);
  });
});
