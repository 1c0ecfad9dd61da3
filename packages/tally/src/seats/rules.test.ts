import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runs } from '../testing.ts';
import type { Filled } from './fill-seats.ts';
import { fillSeats } from './fill-seats.ts';
import type { SeatRules } from './seat-rules.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

interface Case {
  readonly places: readonly (readonly string[])[];
  readonly rules: SeatRules;
}

/** Places with ties, values X and Y or none, a limit or none, seats kept for X and Y, who is barred, and who sits already. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    order: fc.shuffledSubarray(IDS, { minLength: 1 }),
    level: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    values: fc.array(fc.constantFrom('X', 'X', 'Y', null), { minLength: 6, maxLength: 6 }),
    max: fc.option(fc.integer({ min: 1, max: 3 })),
    kept: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 })),
    barred: fc.subarray(IDS, { maxLength: 2 }),
    keep: fc.oneof(fc.constant<string[]>([]), fc.subarray(IDS, { maxLength: 4 })),
    available: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ order, level, values, max, kept: [x, y], barred, keep, available }) => {
    const places: string[][] = [];
    order.forEach((id, i) => {
      if (level[i] === true && places.length > 0) places.at(-1)?.push(id);
      else places.push([id]);
    });
    const most = Math.min(available, max ?? Infinity);
    const keptX = Math.min(x, most);
    const keptY = Math.min(y, most, available - keptX);
    const valueOf = new Map(
      IDS.flatMap((id, i) => ((values[i] ?? null) === null ? [] : [[id, values[i] ?? ''] as const])),
    );
    // Those who sit already sat under the same rules.
    const sitting = keep.filter((id, i) => {
      const alike = keep.slice(0, i).filter((each) => valueOf.get(each) === valueOf.get(id));
      return order.includes(id) && i < available && (!valueOf.has(id) || alike.length < most);
    });
    return {
      places: places.map((place) => place.toSorted()),
      rules: {
        available,
        limit: max === null ? null : { field: 'f', max, values: valueOf },
        groups: {
          field: 'f',
          seats: new Map(
            [
              ['X', keptX],
              ['Y', keptY],
            ].filter(([, n]) => n !== 0) as [string, number][],
          ),
          values: valueOf,
        },
        sitting: new Set(sitting),
        barred: new Map(
          barred
            .filter((id) => !sitting.includes(id))
            .map((candidate) => [candidate, { code: 'none-of-the-above', candidate }]),
        ),
        decisions: [],
      },
    };
  });

function* ordersOf(items: readonly string[]): Iterable<readonly string[]> {
  if (items.length === 0) yield [];
  for (const first of items)
    for (const rest of ordersOf(items.filter((item) => item !== first))) yield [first, ...rest];
}

function* ordersWithin([place, ...rest]: readonly (readonly string[])[]): Iterable<readonly string[]> {
  if (place === undefined) yield [];
  else for (const head of ordersOf(place)) for (const tail of ordersWithin(rest)) yield [...head, ...tail];
}

const countOf = (ids: readonly string[], value: string, values: ReadonlyMap<string, string>): number =>
  ids.filter((id) => values.get(id) === value).length;

/**
 * The definition: of all sets of candidates that may sit together with those who sit already, those that give the groups most of their seats,
 * and of these the one that the order prefers from its first candidate on.
 */
function seatedIn(
  order: readonly string[],
  { available, limit, groups, barred, sitting }: SeatRules,
): string[] {
  const values = groups?.values ?? new Map<string, string>();
  const sets = Array.from({ length: 2 ** order.length }, (_, bits) =>
    order.filter((_, i) => (bits >> i) & 1),
  );
  const allowed = sets.filter(
    (set) =>
      set.length <= available &&
      set.every((id) => !barred.has(id)) &&
      [...(sitting ?? [])].every((id) => set.includes(id)) &&
      ['X', 'Y'].every((value) => countOf(set, value, values) <= (limit?.max ?? Infinity)),
  );
  const given = (set: readonly string[]): number =>
    [...(groups?.seats ?? [])].reduce(
      (sum, [value, seats]) => sum + Math.min(seats, countOf(set, value, values)),
      0,
    );
  const most = Math.max(...allowed.map(given));
  const key = (set: readonly string[]): string => order.map((id) => (set.includes(id) ? 1 : 0)).join('');
  return (
    allowed
      .filter((set) => given(set) === most)
      .toSorted((a, b) => (key(a) < key(b) ? 1 : -1))[0]
      ?.toSorted() ?? []
  );
}

const allSeated = ({ places, rules }: Case): string[][] => {
  const found = [...ordersWithin(places)].map((order) => seatedIn(order, rules).join(' '));
  return [...new Set(found)].map((ids) => ids.split(' ').filter((id) => id !== ''));
};

/** Decides every tie for those of a set, one after the other. */
function decidedFor(set: readonly string[], { places, rules }: Case): Filled {
  const decisions: { candidates: readonly string[]; winners: readonly string[]; how: string }[] = [];
  for (;;) {
    const filled = fillSeats(places, { ...rules, decisions });
    const [tie] = filled.ties;
    if (tie === undefined || decisions.length > 6) return filled;
    const winners = tie.candidates.filter((id) => set.includes(id));
    decisions.push({ candidates: tie.candidates, winners, how: 'lots' });
  }
}

describe('the rules about seats together, against their definition', () => {
  it('seat for certain exactly those who sit however ties are broken, and tie the others who might', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const sets = allSeated(each);
        const { elected, ties } = fillSeats(each.places, each.rules);
        expect([...elected].sort()).toEqual(IDS.filter((id) => sets.every((set) => set.includes(id))));
        expect([...elected, ...ties.flatMap(({ candidates }) => candidates)].sort()).toEqual(
          IDS.filter((id) => sets.some((set) => set.includes(id))),
        );
      }),
      runs(1000),
    );
  });

  it('let decisions reach every result that breaking the ties leads to, and no other', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        for (const set of allSeated(each)) {
          const { elected, ties } = decidedFor(set, each);
          expect(ties).toEqual([]);
          expect([...elected].sort()).toEqual(set);
        }
        const [tie] = fillSeats(each.places, each.rules).ties;
        if (tie === undefined) return;
        const reached = new Set(
          allSeated(each).map((set) => tie.candidates.filter((id) => set.includes(id)).join(' ')),
        );
        const sets = Array.from({ length: 2 ** tie.candidates.length }, (_, bits) =>
          tie.candidates.filter((_, i) => (bits >> i) & 1),
        );
        for (const winners of sets.filter(({ length }) => length === tie.seats)) {
          const decision = { candidates: tie.candidates, winners, how: 'lots' };
          const used =
            fillSeats(each.places, { ...each.rules, decisions: [decision] }).decisions.length === 1;
          expect(used, winners.join(' ')).toBe(reached.has(winners.join(' ')));
        }
      }),
      runs(600),
    );
  });

  it('tell a reason that holds for everybody who is passed over', () => {
    fc.assert(
      fc.property(anyCase, ({ places, rules }) => {
        const { elected, skipped, ties } = fillSeats(places, rules);
        const names = [...elected, ...ties.flatMap(({ candidates }) => candidates)];
        for (const each of skipped) {
          expect(names).not.toContain(each.candidate);
          if (each.code === 'limit') expect(each.elected.length).toBeLessThanOrEqual(rules.limit?.max ?? 0);
          else if (each.code === 'kept') expect(each.values).not.toEqual([]);
          else expect(rules.barred.has(each.candidate)).toBe(true);
        }
      }),
      runs(600),
    );
  });
});

describe('seats kept for a group', () => {
  const values = new Map([
    ['c', 'EMEA'],
    ['e', 'EMEA'],
  ]);
  const rules = (available: number, kept: number, decisions: SeatRules['decisions'] = []): SeatRules => ({
    available,
    limit: null,
    groups: { field: 'region', seats: new Map([['EMEA', kept]]), values },
    barred: new Map(),
    decisions,
  });

  it('pass over those who would take the last of them, and tell for whom it is kept', () => {
    expect(fillSeats([['a'], ['b'], ['d'], ['e'], ['c']], rules(2, 1))).toMatchObject({
      elected: ['a', 'e'],
      skipped: [
        { code: 'kept', candidate: 'b', seats: 1, values: ['EMEA'] },
        { code: 'kept', candidate: 'd', seats: 1, values: ['EMEA'] },
      ],
    });
    expect(fillSeats([['c'], ['b'], ['d']], rules(2, 1))).toMatchObject({ elected: ['c', 'b'], skipped: [] });
  });

  it('are anybody’s where the group has nobody left', () => {
    expect(fillSeats([['a'], ['b'], ['d']], rules(2, 1)).elected).toEqual(['a', 'b']);
    expect(fillSeats([['a'], ['c'], ['b'], ['d']], rules(3, 2)).elected).toEqual(['a', 'c', 'b']);
  });

  it('are a tie of the group where its members are level', () => {
    const places = [['a'], ['b', 'c', 'e']];
    expect(fillSeats(places, rules(2, 1)).ties).toEqual([
      { candidates: ['c', 'e'], seats: 1, value: 'EMEA' },
    ]);
    expect(fillSeats(places, rules(3, 1)).ties).toEqual([
      { candidates: ['b', 'c', 'e'], seats: 2, value: null },
    ]);
    const decided = fillSeats(places, rules(2, 1, [{ winners: ['e'], how: 'lots' }]));
    expect(decided).toMatchObject({ elected: ['a', 'e'], skipped: [{ code: 'kept', candidate: 'b' }] });
  });
});
