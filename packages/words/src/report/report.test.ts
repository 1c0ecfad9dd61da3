import { count, METHODS } from '@elekto/tally';
import type { CountOptions, Outcome } from '@elekto/tally';
import { describe, expect, it } from 'vitest';

import { LANGS } from '../languages.ts';
import { toResultsMarkdown } from './results-md.ts';
import { toText } from './text.ts';

const counted = (rows: readonly (readonly (number | null)[])[], options: CountOptions = {}): Outcome =>
  count({ candidates: ['a', 'b', 'c'], ballots: rows.map((ranks) => ({ ranks })) }, options);

describe('the text of a count', () => {
  it('tells the result first and ends with a sentence for every pair', () => {
    const rows = [...Array.from({ length: 3 }, () => [1, 2, null]), [2, 1, null], [2, 1, null], [2, null, 1]];
    expect(toText(counted(rows, { seats: 2 }))).toBe(`c and a are elected.
Schulze method, 6 ballots, 0 blank.
strength winning, unranked no-opinion, secondary off, order losses

Note: c is elected on the word of 1 of 6 ballots; the others do not rank them and count neither for nor against.

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
  c over a: 1 prefers c, 0 prefer a.
  c over b: no ballot prefers either; the path c > a > b holds 1 and there is no path back.
`);
  });

  it('shows ties, rounds and names', () => {
    const text = toText(
      counted(
        [
          [1, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
          [null, 1, 2],
          [null, 1, 2],
        ],
        { method: 'irv' },
      ),
      {
        b: 'Grace',
      },
    );
    expect(text).toContain('             1  2\n  Grace      3  3.50\n');
    expect(text).toContain('exhausted');
    expect(toText(counted([[1, 2, 2]], { seats: 2 }))).toContain('  2 =  b  tied for a seat\n');
  });

  it('has nothing to compare with fewer than two candidates', () => {
    const nobody = toText(count({ candidates: [], ballots: [] }));
    expect(nobody).not.toMatch(/Smith|Steps|Pairs|Places/);
    expect(toText(count({ candidates: ['a'], ballots: [{ ranks: [1] }] }))).not.toContain('prefer');
  });
});

const NASTY_IDS = ['__proto__', 'constructor', 'toString', '10', '9', '007', 'alice', 'Alice', '{n}'];

describe.each(METHODS.map(({ name }) => name))('a count by %s of candidates with awkward ids', (method) => {
  it.each(LANGS)('is told in %s, at any size', (lang) => {
    const ballots = [
      { ranks: NASTY_IDS.map((_, i) => i + 1), count: 2n ** 70n },
      { ranks: NASTY_IDS.map((_, i) => NASTY_IDS.length - i), count: 2n ** 69n },
      { ranks: NASTY_IDS.map(() => 1) },
    ];
    const outcome = count({ candidates: NASTY_IDS, ballots }, { method, seats: 3 });
    for (const text of [toText(outcome, {}, lang), toResultsMarkdown({ outcome, full: true }, lang)]) {
      for (const id of ['__proto__', 'constructor', '007']) expect(text.replaceAll('\\', '')).toContain(id);
      expect(text).not.toMatch(/undefined|NaN|\[object|native code/);
    }
  });
});

describe('results.md', () => {
  const names = { a: 'Ada | *Lovelace*', b: 'b', c: '5. Linus' };

  it('begins with who is elected and shows names with ids as text', () => {
    const text = toResultsMarkdown({
      outcome: counted(
        [
          [1, 2, 3],
          [1, 2, 3],
          [1, 2, 3],
        ],
        { seats: 2 },
      ),
      election: 'Steering #1',
      eligible: 8,
      names,
    });
    expect(text).toBe(`# Steering \\#1: results

**Ada \\| \\*Lovelace\\* (a) and b are elected.**

2 seats were to be filled. Ada \\| \\*Lovelace\\* (a) is preferred to every other candidate, one against one.

## Ranking

| Place | Candidate | Seat |
| --- | --- | --- |
| 1 | Ada \\| \\*Lovelace\\* (a) | elected |
| 2 | b | elected |
| 3 | 5\\. Linus (c) |  |

Counting method: Schulze method.

## Turnout

3 of 8 people on the roll cast a ballot (37.5%).
`);
  });

  it('keeps places that repeat and skip, and sentences that begin with a number, through Markdown', () => {
    const text = toResultsMarkdown({
      outcome: counted([[2, 1, 1]], { seats: 1 }),
      names: { ...names, b: '3. Bea' },
    });
    expect(text).toContain(
      '| 1 (tied) | 3\\. Bea (b) | tied for a seat |\n| 1 (tied) | 5\\. Linus (c) | tied for a seat |\n| 3 | Ada',
    );
    expect(text).toContain(
      '**3\\. Bea (b) and 5. Linus (c) are tied for the seat. The ballots do not decide between them.**',
    );
    expect(text).not.toMatch(/^\d+[.)]/m);
  });

  it('says how a tie was decided and who was passed over, hostile words as text', () => {
    const how = 'lot\n\n# <img src=x onerror=alert(1)>';
    const values = new Map([
      ['a', 'X'],
      ['b', 'X'],
    ]);
    const decided = toResultsMarkdown({
      outcome: counted([[2, 1, 1]], { decisions: [{ winners: ['c'], how }] }),
    });
    expect(decided).toContain(
      'b and c were tied for the seat. Decided for c: lot \\# \\<img src=x onerror=alert(1)\\>\n',
    );
    const limited = counted([[1, 2, 3]], { seats: 2, limit: { field: 'em_ployer', max: 1, values } });
    expect(toResultsMarkdown({ outcome: limited })).toContain('whose em\\_ployer is "X", and a has it.');
  });

  it('has rounds and notes where there are any, the whole count when asked, and how to check', () => {
    const stv = counted(
      [
        [1, null, null],
        [1, null, null],
        [null, 1, null],
      ],
      { method: 'irv', seats: 4 },
    );
    const plain = toResultsMarkdown({ outcome: stv });
    expect(plain).toContain('## Rounds\n\n|  | 1 | 2 |\n');
    expect(plain).toContain('## Notes\n\n- There are 4 seats and 3 candidates.\n');
    expect(plain).not.toMatch(/## Steps|## Pair|## Check/);
    const full = toResultsMarkdown({ outcome: stv, full: true, commands: ['elekto verify .'] });
    expect(full).toContain('## Steps\n\n- Round 1: ');
    expect(full).toContain('## Pairwise comparison\n\nEach cell');
    expect(full).toContain('## Pairs\n\n- a and b are level: ');
    expect(full).toMatch(/## Check it yourself\n\n.+\n\n```sh\nelekto verify \.\n```\n$/);
    const short = toResultsMarkdown({ outcome: counted([[1, 2, 3]]), full: false });
    expect(short).not.toMatch(/Rounds|Notes/);
    expect(toResultsMarkdown({ outcome: count({ candidates: [], ballots: [] }), full: true })).not.toMatch(
      /Steps|Pair/,
    );
  });

  it('says how many voted where nobody knows the roll', () => {
    expect(toResultsMarkdown({ outcome: counted([[1, 2, 3]]) })).toContain(
      '## Turnout\n\n1 ballot was cast.\n',
    );
  });
});
