import { describe, expect, it } from 'vitest';

import { parseBallotsCsv } from './ballots/csv.ts';
import { count, Counter } from './count.ts';
import { METHODS } from './methods/registry.ts';
import type { CountOptions, MethodName } from './model.ts';
import { toJson } from './report/json.ts';
import { toCsv } from './report/csv.ts';
import { toYaml } from './report/yaml.ts';
import { ballotsOf } from './testing.ts';

const ALL = METHODS.map(({ name }) => name);
const NASTY_IDS = ['__proto__', 'constructor', 'toString', '10', '9', '007', 'alice', 'Alice', 'ALICE'];

describe('count', () => {
  it('orders by the number of candidates that beat you, so places repeat and skip', () => {
    const outcome = count(parseBallotsCsv('b,A,c\n1,2,3\n2,1,3\n'), { seats: 1 });
    expect(outcome.places).toEqual([
      { place: 1, candidates: ['A', 'b'] },
      { place: 3, candidates: ['c'] },
    ]);
    expect(outcome.seats.openTies).toEqual([{ candidates: ['A', 'b'], seats: 1, value: null }]);
  });

  it('writes the same bytes for the same ballots in any order of rows and columns', () => {
    const one = count(parseBallotsCsv('b,A,10\n1,2,3\nNo opinion,1,2\n3,2,1\n'));
    const two = count(parseBallotsCsv('10,A,b\r\n1,2,3\r\n3,2,1\r\n2,1,No opinion\r\n'));
    expect(toJson(two)).toBe(toJson(one));
  });

  it.each(ALL)('counts by %s ballots fed one by one as it counts a set', (method) => {
    const set = ballotsOf('a b c', ['3: a > b', '2: b > c', 'c > a', '', '2: b = c']);
    const counter = new Counter(set.candidates, { method, seats: 2 });
    for (const { ranks, count: times } of set.ballots) counter.add(ranks, times);
    expect(toJson(counter.outcome())).toBe(toJson(count(set, { method, seats: 2 })));
    counter.add([1, 2, 3]);
    expect(counter.outcome().counts.cast).toBe(10);
  });

  it('lets an option go before what the file says about unranked candidates', () => {
    const set = { ...ballotsOf('a b', ['a']), unranked: 'last' as const };
    expect(count(set).options.unranked).toBe('last');
    expect(count(set).pairwise['a']?.['b']).toBe(1);
    expect(count(set, { unranked: 'no-opinion' }).pairwise['a']?.['b']).toBe(0);
    const table = parseBallotsCsv('a,b\n1,No opinion\n');
    expect(count(table, { unranked: 'last' }).pairwise['a']?.['b']).toBe(1);
  });

  it.each([
    [{ seats: -1 }, 'seats must be a whole number from 0, not -1'],
    [{ seats: 1.5 }, 'seats must be a whole number'],
    [{ strength: 'weak' }, 'strength is one of winning, margins, ratio, opposition, not "weak"'],
    [{ unranked: 'first' }, 'unranked is one of no-opinion, last, not "first"'],
    [{ order: 'up' }, 'order is one of losses, wins, layers, not "up"'],
    [{ decisions: [{ winners: ['z'], how: '' }] }, 'a recorded decision names z, who is no candidate'],
    [{ decisions: [{ candidates: ['a', 'z'], winners: ['a'], how: '' }] }, 'names z'],
  ])('refuses %j', (options, message) => {
    expect(() => count(ballotsOf('a b', []), options as CountOptions)).toThrow(message);
  });
});

describe.each(ALL)('%s with nasty input', (method: MethodName) => {
  it('leaves everything open without ballots', () => {
    for (const lines of [[], ['', '3: ']]) {
      const outcome = count(ballotsOf('a b c', lines), { method, seats: 2 });
      expect(outcome.places).toEqual([{ place: 1, candidates: ['a', 'b', 'c'] }]);
      expect(outcome.seats).toMatchObject({
        elected: [],
        openTies: [{ candidates: ['a', 'b', 'c'], seats: 2, value: null }],
      });
      expect(outcome.warnings[0]?.code).toBe(lines.length === 0 ? 'no-ballots' : 'all-blank');
      expect([outcome.condorcetWinner, outcome.condorcetLoser]).toEqual([null, null]);
      expect(count(ballotsOf('a b c', lines), { method, seats: 3 }).seats.elected).toEqual(['a', 'b', 'c']);
    }
  });

  it('has nothing to do without candidates and no choice with one', () => {
    const none = count({ candidates: [], ballots: [{ ranks: [], count: 2 }] }, { method });
    expect(none).toMatchObject({ places: [], smith: [], seats: { elected: [], openTies: [] } });
    const one = count(ballotsOf('a', ['a', '']), { method });
    expect(one).toMatchObject({
      places: [{ place: 1, candidates: ['a'] }],
      condorcetWinner: null,
      condorcetLoser: null,
      smith: ['a'],
      schwartz: ['a'],
      seats: { elected: ['a'] },
    });
  });

  it('ties a perfect circle', () => {
    const outcome = count(ballotsOf('a b c', ['a > b > c', 'b > c > a', 'c > a > b']), { method });
    expect(outcome.places).toEqual([{ place: 1, candidates: ['a', 'b', 'c'] }]);
    expect(outcome.seats).toMatchObject({
      elected: [],
      openTies: [{ candidates: ['a', 'b', 'c'], seats: 1, value: null }],
    });
    expect(outcome.condorcetWinner).toBeNull();
  });

  it('keeps ids apart that a program might confuse, in every format', () => {
    const set = {
      candidates: NASTY_IDS,
      ballots: [
        { ranks: NASTY_IDS.map((_, i) => i + 1) },
        { ranks: NASTY_IDS.map((_, i) => (i === 0 ? 1 : null)) },
      ],
    };
    const outcome = count(set, { method, seats: 2 });
    expect(outcome.places.flatMap(({ candidates }) => candidates)).toHaveLength(NASTY_IDS.length);
    expect(outcome.seats.elected).toContain('__proto__');
    expect(outcome.pairwise['__proto__']?.['constructor']).toBe(1);
    expect(outcome.counts.opinions['__proto__']).toBe(2);
    const parsed = JSON.parse(toJson(outcome)) as {
      pairwise: Record<string, Record<string, number>>;
      candidates: string[];
    };
    expect(Object.keys(parsed.pairwise).sort()).toEqual([...NASTY_IDS].sort());
    expect(parsed.candidates).toEqual([...NASTY_IDS].sort());
    expect(parsed.pairwise['alice']?.['ALICE']).toBe(1);
    for (const text of [toCsv(outcome), toYaml(outcome)]) {
      expect(text).toContain('constructor');
      expect(text).not.toContain('undefined');
      expect(text).not.toContain('[object');
    }
    expect(Object.prototype).not.toHaveProperty('10');
  });

  it.each([2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 90n])('counts %s ballots exactly', (many) => {
    const set = ballotsOf('a b c', [`${many}: a > b > c`, `${many + 1n}: b > a > c`]);
    const outcome = count(set, { method });
    expect(BigInt(outcome.counts.cast)).toBe(2n * many + 1n);
    expect(BigInt(outcome.pairwise['b']?.['a'] ?? 0)).toBe(many + 1n);
    expect(BigInt(outcome.pairwise['a']?.['b'] ?? 0)).toBe(many);
    expect(outcome.places[0]).toEqual({ place: 1, candidates: ['b'] });
    expect(toJson(outcome)).toContain(`"cast": ${2n * many + 1n}`);
  });
});

describe.each(ALL.filter((method) => method !== 'kemeny-young'))('%s with a hundred candidates', (method) => {
  it('ranks them all', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `c${i}`);
    const outcome = count(
      {
        candidates: ids,
        ballots: [
          { ranks: ids.map((_, i) => i + 1), count: 3 },
          { ranks: ids.map((_, i) => 100 - i), count: 2 },
        ],
      },
      { method, seats: 1 },
    );
    expect(outcome.seats.elected).toEqual(['c0']);
    expect(outcome.places.flatMap(({ candidates }) => candidates)).toHaveLength(100);
  });
});
