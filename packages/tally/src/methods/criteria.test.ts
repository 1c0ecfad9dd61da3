import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import type { MethodName, Outcome } from '../model.ts';
import { toJson } from '../report/json.ts';
import type { RandomSet } from '../testing.ts';
import { anySet, runs, strictSet } from '../testing.ts';
import { METHODS } from './registry.ts';

const ALL = METHODS.map(({ name }) => name);
const by = (set: RandomSet, method: MethodName, seats = 1): Outcome => count(set, { method, seats });
const first = (outcome: Outcome): readonly string[] => outcome.places[0]?.candidates ?? [];
const placeOf = (outcome: Outcome, id: string): number =>
  outcome.places.find(({ candidates }) => candidates.includes(id))?.place ?? 0;

function mapBallots(
  set: RandomSet,
  change: (ranks: readonly number[], ballot: number) => readonly (number | null)[],
): RandomSet {
  return {
    ...set,
    ballots: set.ballots.map((ballot, i) => ({ ...ballot, ranks: change(ballot.ranks as number[], i) })),
  };
}

describe.each(ALL)('%s', (method) => {
  it('does not care who cast which ballot, nor how counts are split', () => {
    fc.assert(
      fc.property(anySet(4, 8), fc.integer({ min: 0, max: 7 }), (set, cut) => {
        const whole = toJson(by(set, method, 2));
        const turned = {
          ...set,
          ballots: [...set.ballots.slice(cut), ...set.ballots.slice(0, cut)].reverse(),
        };
        expect(toJson(by(turned, method, 2))).toBe(whole);
        const split = {
          ...set,
          ballots: set.ballots.flatMap(({ ranks, count: times }) =>
            new Array<number>(Number(times)).fill(1).map((one) => ({ ranks, count: one })),
          ),
        };
        expect(toJson(by(split, method, 2))).toBe(whole);
      }),
      runs(40),
    );
  });

  it('does not care what candidates are called', () => {
    fc.assert(
      fc.property(anySet(4, 8), fc.integer({ min: 1, max: 3 }), (set, seats) => {
        // Reversing the alphabet changes every index inside the count.
        const rename = (id: string): string => String.fromCharCode(0x61 + 0x7a - id.charCodeAt(0));
        const renamed = { ...set, candidates: set.candidates.map(rename) };
        const [one, two] = [by(set, method, seats), by(renamed, method, seats)];
        const mapped = (ids: readonly string[]): string[] => ids.map(rename).sort();
        expect(two.places.map(({ place, candidates }) => [place, [...candidates].sort()])).toEqual(
          one.places.map(({ place, candidates }) => [place, mapped(candidates)]),
        );
        expect([...two.seats.elected].sort()).toEqual(mapped(one.seats.elected));
        expect(two.seats.openTies.flatMap(({ candidates }) => candidates).sort()).toEqual(
          mapped(one.seats.openTies.flatMap(({ candidates }) => candidates)),
        );
      }),
      runs(40),
    );
  });

  it('accounts for every seat: filled, or named in the tie that holds it', () => {
    fc.assert(
      fc.property(anySet(5, 8), fc.integer({ min: 0, max: 6 }), (set, seats) => {
        const { elected, openTies } = by(set, method, seats).seats;
        expect(elected.length + openTies.reduce((sum, tie) => sum + tie.seats, 0)).toBe(
          Math.min(seats, set.candidates.length),
        );
        for (const tie of openTies) {
          expect(tie.candidates.length).toBeGreaterThan(tie.seats);
          expect(tie.candidates.filter((id) => elected.includes(id))).toEqual([]);
        }
      }),
      runs(60),
    );
  });

  it('gives every candidate one place, which is 1 for the best', () => {
    fc.assert(
      fc.property(anySet(5, 8), (set) => {
        const { places } = by(set, method);
        expect(places.flatMap(({ candidates }) => candidates).sort()).toEqual([...set.candidates].sort());
        expect(places[0]?.place).toBe(1);
        places.slice(1).forEach(({ place }, i) => expect(place).toBeGreaterThan(places[i]?.place ?? 0));
      }),
      runs(40),
    );
  });
});

describe.each(['schulze', 'ranked-pairs', 'minimax', 'copeland', 'kemeny-young'] as const)('%s', (method) => {
  it('puts a Condorcet winner first, alone', () => {
    fc.assert(
      fc.property(anySet(5, 8), (set) => {
        const outcome = by(set, method);
        fc.pre(outcome.condorcetWinner !== null);
        expect(first(outcome)).toEqual([outcome.condorcetWinner]);
        expect(outcome.smith).toEqual([outcome.condorcetWinner]);
        expect(outcome.schwartz).toEqual([outcome.condorcetWinner]);
      }),
      runs(60),
    );
  });
});

describe.each(['schulze', 'ranked-pairs', 'copeland', 'kemeny-young'] as const)('%s', (method) => {
  it('puts nobody from outside the Smith set before anybody inside', () => {
    fc.assert(
      fc.property(anySet(5, 8), (set) => {
        const outcome = by(set, method);
        const inside = outcome.smith.map((id) => placeOf(outcome, id));
        const outside = set.candidates
          .filter((id) => !outcome.smith.includes(id))
          .map((id) => placeOf(outcome, id));
        expect(Math.max(...inside)).toBeLessThan(Math.min(Infinity, ...outside));
      }),
      runs(100),
    );
  });

  it('turns the winner into no winner when every ballot is turned', () => {
    fc.assert(
      fc.property(strictSet(2, 5), (set) => {
        const [winner, ...others] = first(by(set, method));
        fc.pre(winner !== undefined && others.length === 0);
        const turned = mapBallots(set, (ranks) => ranks.map((rank) => ranks.length + 1 - rank));
        expect(first(by(turned, method))).not.toContain(winner);
      }),
      runs(100),
    );
  });
});

describe.each([
  'schulze',
  'ranked-pairs',
  'copeland',
  'kemeny-young',
  'borda',
  'irv',
  'scottish-stv',
  'meek-stv',
] as const)('%s', (method) => {
  it('does not elect a Condorcet loser', () => {
    fc.assert(
      fc.property(strictSet(2, 5), (set) => {
        const outcome = by(set, method);
        fc.pre(outcome.condorcetLoser !== null);
        expect(outcome.seats.elected).not.toContain(outcome.condorcetLoser);
      }),
      runs(60),
    );
  });
});

describe.each(['schulze', 'ranked-pairs', 'minimax', 'copeland', 'kemeny-young', 'borda'] as const)(
  '%s',
  (method) => {
    it('does not punish a winner for being ranked higher', () => {
      fc.assert(
        fc.property(strictSet(2, 5), fc.nat(), fc.nat(), (set, pick, target) => {
          const [winner, ...others] = first(by(set, method));
          fc.pre(winner !== undefined && others.length === 0);
          const index = set.candidates.indexOf(winner);
          const raised = mapBallots(set, (ranks, ballot) => {
            const from = ranks[index] ?? 1;
            const to = 1 + (target % from);
            if (ballot !== pick % set.ballots.length) return ranks;
            return ranks.map((rank, i) => (i === index ? to : rank >= to && rank < from ? rank + 1 : rank));
          });
          expect(first(by(raised, method))).toEqual([winner]);
        }),
        runs(100),
      );
    });
  },
);

describe.each(['schulze', 'ranked-pairs', 'irv'] as const)('%s', (method) => {
  it('gives a candidate nothing for being joined by clones, and takes nothing away', () => {
    fc.assert(
      fc.property(
        strictSet(2, 4, 8),
        fc.nat(),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (set, pick, turned) => {
          const original = pick % set.candidates.length;
          const cloned: RandomSet = {
            candidates: [...set.candidates, 'clone'],
            ballots: set.ballots.map((ballot, i) => {
              const ranks = ballot.ranks.map((rank) => (rank as number) * 2);
              const clone = (ranks[original] as number) + (turned[i] === true ? 1 : -1);
              return { ...ballot, ranks: [...ranks, clone] };
            }),
          };
          const before = by(set, method);
          const after = by(cloned, method);
          fc.pre(before.seats.elected.length === 1 && after.seats.elected.length === 1);
          const origin = set.candidates[original] as string;
          expect(after.seats.elected.map((id) => (id === 'clone' ? origin : id))).toEqual(
            before.seats.elected,
          );
        },
      ),
      runs(100),
    );
  });
});

describe.each(['irv', 'scottish-stv', 'meek-stv'] as const)('%s', (method) => {
  it('elects whoever most ballots put first', () => {
    fc.assert(
      fc.property(strictSet(2, 5), (set) => {
        const votes = set.candidates.map((_, i) =>
          set.ballots.reduce((sum, { ranks, count: times }) => sum + (ranks[i] === 1 ? Number(times) : 0), 0),
        );
        const total = votes.reduce((sum, each) => sum + each, 0);
        const most = votes.findIndex((each) => each * 2 > total);
        fc.pre(most >= 0);
        expect(by(set, method).seats.elected).toEqual([set.candidates[most]]);
      }),
      runs(60),
    );
  });

  it('loses no vote in any round', () => {
    fc.assert(
      fc.property(anySet(5, 8), fc.integer({ min: 1, max: 3 }), (set, seats) => {
        const outcome = by(set, method, seats);
        const valid = Number(outcome.counts.cast) - Number(outcome.counts.blank);
        for (const { votes, exhausted } of outcome.rounds) {
          const total = [...Object.values(votes), exhausted].map(parse).reduce(add, [0n, 1n]);
          expect(total[0]).toBe(BigInt(valid) * total[1]);
        }
      }),
      runs(80),
    );
  });
});

describe.each(['scottish-stv', 'meek-stv'] as const)('%s', (method) => {
  it('gives a group that votes as a block the seats of its quotas', () => {
    fc.assert(
      fc.property(strictSet(3, 6, 8), fc.integer({ min: 1, max: 3 }), (set, seats) => {
        const { elected, openTies } = by(set, method, seats).seats;
        fc.pre(openTies.length === 0 && seats <= set.candidates.length);
        const total = set.ballots.reduce((sum, { count: times }) => sum + Number(times), 0);
        for (let mask = 1; mask < 2 ** set.candidates.length; mask++) {
          const group = set.candidates.filter((_, i) => (mask >>> i) & 1);
          const block = set.ballots
            .filter(({ ranks }) =>
              set.candidates.every((id, i) => group.includes(id) === (ranks[i] as number) <= group.length),
            )
            .reduce((sum, { count: times }) => sum + Number(times), 0);
          // Scotland rounds its quota up to whole votes; Meek's is a billionth of a vote over the exact one.
          const whole = Math.floor(total / (seats + 1)) + 1;
          const reaches = (k: number): boolean =>
            method === 'scottish-stv' ? block >= k * whole : block * (seats + 1) > k * total;
          const quotas = [1, 2, 3].filter(reaches).length;
          const held = elected.filter((id) => group.includes(id)).length;
          expect(held).toBeGreaterThanOrEqual(Math.min(quotas, group.length, seats));
        }
      }),
      runs(80),
    );
  });
});

function parse(shown: string): [bigint, bigint] {
  const [n = '0', d = '1'] = shown.split('/');
  return [BigInt(n), BigInt(d)];
}

function add([a, b]: [bigint, bigint], [c, d]: [bigint, bigint]): [bigint, bigint] {
  return [a * d + c * b, b * d];
}
