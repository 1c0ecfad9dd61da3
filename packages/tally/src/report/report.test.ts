import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import type { CountOptions } from '../model.ts';
import { ballotsOf } from '../testing.ts';
import { toCsv } from './csv.ts';
import { toJson } from './json.ts';
import { toYaml } from './yaml.ts';

const outcome = (lines: readonly string[], options: CountOptions = {}) =>
  count(ballotsOf('a b c', lines), options);

describe('toJson', () => {
  it('is the outcome and nothing else', () => {
    const counted = outcome(['3: a > b', '2: b > c = a'], { seats: 2, method: 'scottish-stv' });
    expect(JSON.parse(toJson(counted))).toEqual(JSON.parse(JSON.stringify(counted)));
    expect(toJson(counted).endsWith('}\n')).toBe(true);
  });

  it('has the keys of the contract first to last', () => {
    expect(Object.keys(JSON.parse(toJson(outcome(['a > b']))) as object)).toEqual([
      'method',
      'options',
      'counts',
      'candidates',
      'pairwise',
      'strongestPaths',
      'relation',
      'places',
      'condorcetWinner',
      'condorcetLoser',
      'smith',
      'schwartz',
      'seats',
      'rounds',
      'warnings',
      'steps',
      'explanation',
    ]);
  });

  it('gives lists of values a line and lists of objects lines', () => {
    const text = toJson(outcome(['3: a > b = c'], { seats: 2 }));
    expect(text).toContain(`  "places": [
    {
      "place": 1,
      "candidates": ["a"]
    },
    {
      "place": 2,
      "candidates": ["b", "c"]
    }
  ],
  "condorcetWinner": "a",`);
    expect(text).toContain('  "rounds": [],\n');
  });

  it('writes candidates in their order, also number-like ones, and big counts in full', () => {
    const counted = count({
      candidates: ['b', '2', '10'],
      ballots: [{ ranks: [1, 2, 3], count: 2n ** 70n }],
    });
    expect(toJson(counted)).toContain(`"opinions": {
      "10": ${2n ** 70n},
      "2": ${2n ** 70n},
      "b": ${2n ** 70n}
    }`);
  });
});

describe('toYaml', () => {
  it('writes blocks, and one line where one line does', () => {
    const text = toYaml(outcome(['3: a > b > c'], { seats: 2 }));
    expect(text).toContain('method: "schulze"\n');
    expect(text).toContain('  limit: null\n');
    expect(text).toContain('candidates: ["a", "b", "c"]\n');
    expect(text).toContain('pairwise:\n  "a":\n    "b": 3\n    "c": 3\n');
    expect(text).toContain('places:\n  - place: 1\n    candidates: ["a"]\n  - place: 2\n');
    expect(text).toContain('rounds: []\n');
  });

  it('writes an empty object on its line', () => {
    expect(toYaml(count({ candidates: [], ballots: [] }))).toContain('pairwise: {}\n');
  });
});

describe('toCsv', () => {
  it('hands no formula to a spreadsheet', () => {
    const ids = ['=1+1', '+x', '-x', '@x', 'safe=1'];
    const set = { candidates: ids, ballots: [{ ranks: [1, 2, 3, 4, 5] }] };
    const cells = toCsv(count(set))
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1]);
    expect(cells).toEqual(["'=1+1", "'+x", "'-x", "'@x", 'safe=1']);
  });

  it('has a row a candidate, best first, with the pairwise counts', () => {
    const set = { candidates: ['x,y', 'b'], ballots: [{ ranks: [2, 1], count: 3 }, { ranks: [1, null] }] };
    expect(toCsv(count(set))).toBe(
      'place,candidate,standing,opinions,over b,"over x,y"\n1,b,elected,3,,3\n2,"x,y",,4,0,\n',
    );
  });

  it('says of each candidate what became of them', () => {
    const limit = { field: 'employer', max: 1, values: new Map([...'ab'].map((id) => [id, 'X'])) };
    const set = ballotsOf('a b c d e', ['2: a > b > c = d > e']);
    const rows = toCsv(count(set, { seats: 2, limit }))
      .split('\n')
      .slice(1, -1);
    expect(rows.map((row) => row.split(',').slice(0, 3).join(' '))).toEqual([
      '1 a elected',
      '2 b passed over',
      '3 c tied',
      '3 d tied',
      '5 e ',
    ]);
  });
});
