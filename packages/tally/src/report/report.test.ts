import { describe, expect, it } from 'vitest';

import { count } from '../count.ts';
import type { CountOptions } from '../model.ts';
import { ballotsOf } from '../testing.ts';
import { toCsv } from './csv.ts';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { toText } from './text.ts';
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

describe('toText', () => {
  it('tells the result first and ends with a sentence for every pair', () => {
    expect(toText(outcome(['3: a > b', '2: b > a', 'c > a'], { seats: 2 }))).toBe(`c and a are elected.
Schulze, 6 ballots, 0 blank.
strength winning, unranked no-opinion, secondary off, order losses

Note: c is elected on the word of 1 of 6 ballots; the others have no opinion and count neither for nor against.

Places
  1  c  elected
  2  a  elected
  3  b

Condorcet winner: none; Condorcet loser: none
Smith set: a, b, c
Schwartz set: c

Ballots that prefer the row to the column
       1  2  3
  1 c  -  1  0
  2 a  0  -  3
  3 b  0  2  -

Steps
  c is beaten by nobody: place 1.
  a is beaten by c: place 2.
  b is beaten by a and c: place 3.

Pairs
  a over b: 3 prefer a, 2 prefer b.
  c over a: 1 prefer c, 0 prefer a.
  c over b: no ballot prefers either; the path c > a > b holds 1 and there is no path back.
`);
  });

  it('shows rounds with two decimals', () => {
    const text = toText(outcome(['3: a = b = c', '2: b > c'], { method: 'irv' }));
    expect(text).toContain('             1  2     3\n  b          3  3.50  5\n');
    expect(text).toContain('exhausted');
  });

  it('names ties, decisions and candidates passed over', () => {
    expect(toText(outcome(['a > b = c'], { seats: 2 }))).toMatch(
      /^a is elected\.\nb and c are tied for 1 seat\. The ballots do not decide it\.\n/,
    );
    expect(
      toText(outcome(['a > b = c'], { seats: 2, decisions: [{ winners: ['c'], how: 'a coin' }] })),
    ).toMatch(/^a and c are elected\.\nb and c were tied; c by recorded decision: a coin\.\n/);
    const values = new Map([
      ['a', 'X'],
      ['b', 'X'],
    ]);
    expect(
      toText(outcome(['a > b > c'], { seats: 2, limit: { field: 'employer', max: 1, values } })),
    ).toMatch(
      /^a and c are elected\.\nb is passed over\. At most 1 seat may go to candidates whose employer is "X", and a has been elected\.\n/,
    );
    expect(toText(outcome(['a > b > c'], { seats: 0 }))).toMatch(/^Nobody is elected; there are 0 seats\.\n/);
    expect(toText(outcome(['a > b = c'], { seats: 2 }))).toContain('  2 =  b  tied for a seat\n');
  });

  it('aligns ids to the left, numbers to the right, and says who was passed over', () => {
    const values = new Map([
      ['anna', 'X'],
      ['b', 'X'],
    ]);
    const set = ballotsOf('anna b', ['12: anna > b']);
    const text = toText(count(set, { seats: 2, limit: { field: 'employer', max: 1, values } }));
    expect(text).toContain('  1  anna  elected\n  2  b     passed over\n');
    expect(text).toContain('          1   2\n  1 anna  -  12\n  2 b     0   -\n');
    expect(text).toContain('Smith set: anna\n');
    expect(text).not.toContain('Rounds');
    expect(toText(count({ candidates: [], ballots: [] }))).not.toMatch(/Steps|Pairs/);
    const three = ballotsOf('anna b c', ['12: anna > b > c']);
    const more = toText(count(three, { seats: 2, limit: { field: 'employer', max: 1, values } }));
    expect(more).toContain('  1  anna  elected\n  2  b     passed over\n  3  c     elected\n');
  });

  it('has nothing to compare with fewer than two candidates', () => {
    expect(toText(count({ candidates: [], ballots: [] }))).not.toContain('Smith');
    expect(toText(count(ballotsOf('a', ['a'])))).not.toContain('prefer');
  });
});

describe('toMarkdown', () => {
  it('drafts results.md with turnout and names', () => {
    const text = toMarkdown(outcome(['3: a > b > c'], { seats: 2 }), {
      title: 'Results of the *Steering* election',
      eligible: 8,
      names: new Map([
        ['a', 'Ada | Lovelace'],
        ['b', 'b'],
      ]),
    });
    expect(text).toMatch(
      /^# Results of the \\\*Steering\\\* election\n\n- Number of seats open: 2\n- Number of eligible voters: 8\n- Number of votes cast: 3\n- Turnout: 37\.5%\n/,
    );
    expect(text).toContain('## Winners\n\n1. Ada \\| Lovelace (a)\n2. b\n');
    expect(text).toContain('| 1 | Ada \\| Lovelace (a) | elected |\n');
    expect(text).toContain('| c | 0 | 0 |  |\n');
  });

  it('has rounds, steps and notes where there are any', () => {
    const stv = toMarkdown(outcome(['2: a', 'b'], { method: 'irv', seats: 4 }));
    expect(stv).toContain('## Rounds\n\n|  | 1 | 2 | 3 |\n');
    expect(stv).toContain('## Steps\n\n- Round 1: ');
    expect(stv).toContain('## Notes\n\n- There are 4 seats and 3 candidates.\n');
    const plain = toMarkdown(outcome(['3: a > b > c']));
    expect(plain).not.toContain('## Rounds');
    expect(plain).not.toContain('## Notes');
    expect(toMarkdown(count({ candidates: [], ballots: [] }))).not.toContain('## Steps');
  });

  it('says what is open, and leaves out what it is not told', () => {
    const text = toMarkdown(outcome([], { seats: 1 }));
    expect(text).toContain(
      'No seat is decided by the ballots.\n\na, b and c are tied for 1 seat. The ballots do not decide it.\n',
    );
    expect(text).not.toContain('Turnout');
    expect(toMarkdown(outcome([]), { eligible: 0 })).not.toContain('Turnout');
  });
});

describe('toCsv', () => {
  it('has a row a candidate, best first, with the pairwise counts', () => {
    const set = { candidates: ['x,y', 'b'], ballots: [{ ranks: [2, 1], count: 3 }, { ranks: [1, null] }] };
    expect(toCsv(count(set))).toBe(
      'place,candidate,standing,opinions,over b,"over x,y"\n1,b,elected,3,,3\n2,"x,y",,4,0,\n',
    );
  });
});
