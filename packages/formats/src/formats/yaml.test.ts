import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const wrap = (ballots: string): string => `candidates: [A, B]\nballots:\n${ballots}`;

describe('YAML', () => {
  it.each([
    [
      'ballots on a line',
      wrap('  - {count: 3, ranking: [[A], [B]]}\n  - {ranking: [[B, A]]}\n'),
      'A B\n1 A=B\n3 A>B',
    ],
    [
      'ballots on several lines',
      wrap('  - count: 3\n    ranking: [[A], [B]]\n  - ranking:\n      - B\n      - [A]\n'),
      'A B\n1 B>A\n3 A>B',
    ],
    [
      'JSON on a line',
      wrap('- {"count": 2, "ranking": [["B"], ["A"]]}\n- {"ranking": ["A"]}\n'),
      'A B\n1 A\n2 B>A',
    ],
    [
      'a list in brackets',
      'candidates: [A, B]\nballots: [{ranking: [A]}, {ranking: [B]}]\n',
      'A B\n1 A\n1 B',
    ],
    ['no ballots', 'candidates: [A, B]\nballots: []\n', 'A B'],
    [
      'comments and blank lines',
      wrap('  # the first\n  - {ranking: [A]} # one\n\n  # the second\n  - {ranking: [B]}\n'),
      'A B\n1 A\n1 B',
    ],
    ['candidates after the ballots', 'ballots:\n  - {ranking: [B]}\ncandidates: [A, B]\n', 'A B\n1 B'],
    [
      'ids as they are written',
      'candidates: [on, 007, null]\nballots:\n  - {ranking: [[007, on]]}\n',
      'on 007 null\n1 on=007',
    ],
    ['counts past 2^53', wrap('  - {count: 9007199254740993, ranking: [A]}\n'), 'A B\n9007199254740993 A'],
    [
      'candidates in a list, and CRLF',
      'candidates:\r\n  - A\r\n  - B\r\nballots:\r\n  - {ranking: [A]}\r\n',
      'A B\n1 A',
    ],
    ['the rule after the ballots', wrap('  - {ranking: [A]}\nunranked: last\n'), 'A B\n1 A'],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
    expect(readBallotFile(text).format).toBe('yaml');
  });

  it('reads the rule for the unranked', () => {
    expect(readBallotFile(wrap('  - {ranking: [A]}\nunranked: last\n')).ballots.unranked).toBe('last');
    expect(
      readBallotFile('unranked: no-opinion\ncandidates: [A]\nballots:\n  - ranking: [A]\n').ballots.unranked,
    ).toBe('no-opinion');
  });

  it.each([
    [wrap('  - {ranking: [Z]}\n'), 'line 3, column 16: expected one of the candidates, found "Z"'],
    [
      wrap('  - {ranking: [A]}\n  - {ranking: [A, A]}\n'),
      'line 4, column 19: expected "A" once in a ballot, found it again',
    ],
    [
      wrap('  - ranking: [A]\n    votes: 3\n'),
      'line 4, column 5: expected "count", "ranking", found the key "votes"',
    ],
    [
      wrap('  - {count: three, ranking: [A]}\n'),
      'line 3, column 13: expected a count as a whole number from 1, found three',
    ],
    [wrap('  - {count: 3}\n'), 'line 3, column 5: expected the key "ranking", found none'],
    [wrap('  - A\n'), 'line 3, column 5: expected a ballot with "ranking", found "A"'],
    [wrap('  - {ranking: [A}\n'), 'line 3, column 17: expected YAML: '],
    [
      wrap('  - {ranking: [*a]}\n'),
      'line 3, column 16: expected a value written out, found none or an alias',
    ],
    [
      wrap('  - {ranking: [A]}\nseats: 3\n'),
      'line 4, column 1: expected "candidates", "ballots", "unranked", found the key "seats"',
    ],
    ['candidates: [A, A]\nballots: []\n', 'line 1, column 17: expected another id, found "A" again'],
    ['candidates: [A]\nballots: 3\n', 'line 2, column 10: expected a list of ballots, found "3"'],
    [
      wrap('  - {ranking: [A]}\nunranked: lost\n'),
      'line 4, column 11: expected "no-opinion" or "last", found "lost"',
    ],
  ])('names the place in %j', (text, message) => {
    expect(problem(text)).toContain(message);
  });
});
