import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const HEAD = '#/Candidates: Candidate A ; Candidate B;Candidate C\n';
const NAMES = 'Candidate A Candidate B Candidate C';

describe('CEF', () => {
  it.each([
    [
      'its own example',
      `# My beautiful election\n${HEAD}#/Implicit Ranking: true\n#/Weight allowed: true\n\nCandidate A > Candidate B > Candidate C * 42\nCandidate C > Candidate A = Candidate B ^7 * 8\n`,
      `${NAMES}\n42 Candidate A>Candidate B>Candidate C\n56 Candidate C>Candidate A=Candidate B`,
    ],
    [
      'tags and comments',
      `${HEAD}julien@condorcet.vote , signature:5507 || Candidate A > Candidate B # same\n`,
      `${NAMES}\n1 Candidate A>Candidate B`,
    ],
    [
      'no spaces',
      `${HEAD}Candidate A>Candidate B=Candidate C*2\n`,
      `${NAMES}\n2 Candidate A>Candidate B=Candidate C`,
    ],
    [
      'a weight that is not allowed',
      `${HEAD}Candidate A > Candidate B ^7 *2\n`,
      `${NAMES}\n2 Candidate A>Candidate B`,
    ],
    [
      'blank ballots',
      `${HEAD}/EMPTY_RANKING/ * 2\nCandidate A\n/empty/\n`,
      `${NAMES}\n1 Candidate A\n1 -\n2 -`,
    ],
    ['candidates as they come up', 'A > B\nC > A = B * 3\n', 'A B C\n1 A>B\n3 C>A=B'],
    [
      'names that are no candidates',
      `${HEAD}Other > Candidate B > Nobody = Candidate A\n`,
      `${NAMES}\n1 Candidate B>Candidate A`,
    ],
    ['CRLF', HEAD.replace('\n', '\r\n') + 'Candidate B\r\n', `${NAMES}\n1 Candidate B`],
    ['parameters in another case', `#/CANDIDATES: X;Y\n#/implicit ranking: FALSE\nX > Y\n`, 'X Y\n1 X>Y'],
    ['any script', '#/Candidates: 徐俊杰 ; Zoë\n徐俊杰 > Zoë\n', '徐俊杰 Zoë\n1 徐俊杰>Zoë'],
  ])('reads %s', (_, text, expected) => {
    const sort = (short: string): string[] => short.split('\n').sort();
    expect(sort(read(text))).toEqual(sort(expected));
  });

  it('tells seats, the rule for the unranked, and what it left out', () => {
    const file = readBallotFile(
      `${HEAD}#/Number of Seats: 3\n#/Implicit Ranking: false\nx || Candidate A ^2\nNobody > Candidate B\n`,
    );
    expect([file.format, file.seats, file.ballots.unranked]).toEqual(['cef', 3, 'no-opinion']);
    expect(file.notes).toEqual([
      'the tags of the ballots are left out',
      'weights are ignored, since the file does not say "#/Weight Allowed: true"',
      'names that are no candidates are left out of the ballots',
    ]);
    expect(readBallotFile('A > B\n').ballots.unranked).toBe('last');
  });

  it.each([
    [
      `${HEAD}Candidate A < Candidate B\n`,
      'line 2, column 13: expected ">", "=", "^weight", "* number" or the end of the line, in this order, found "<"',
    ],
    [
      `${HEAD}Candidate A > Candidate B > Candidate A\n`,
      'line 2, column 29: expected Candidate A once on a ballot, found "Candidate"',
    ],
    [
      `${HEAD}Candidate A > Candidate B * 8 ^7\n`,
      'line 2, column 31: expected ">", "=", "^weight", "* number" or the end of the line, in this order, found "^"',
    ],
    [`${HEAD}Candidate A > > Candidate B\n`, 'line 2, column 15: expected a candidate, found ">"'],
    [`${HEAD}Candidate A > /EMPTY/\n`, 'line 2, column 15: expected a candidate, found "/"'],
    [
      `${HEAD}   #/Implicit Ranking: false\nCandidate A\n`,
      'line 2, column 4: expected parameters at the start of the line, found "#"',
    ],
    [
      `${HEAD}#/Implicit Ranking: perhaps\nCandidate A\n`,
      'line 2, column 21: expected true or false, found "perhaps"',
    ],
    [
      `${HEAD}Candidate A\n#/Implicit Ranking: false\n`,
      'line 3, column 1: expected parameters before the ballots, found "#"',
    ],
    ['#/Candidates: A;;B\nA\n', 'line 1, column 17: expected a name between semicolons, found ";"'],
    ['#/Candidates: A;B;A\nA\n', 'line 1, column 19: expected each name once, found "A"'],
    [
      `${HEAD}Candidate A * x\n`,
      'line 2, column 15: expected a number of ballots after "*", a whole number from 1, found "x"',
    ],
    [
      `${HEAD}Candidate A ^0\n`,
      'line 2, column 14: expected a weight after "^", a whole number from 1, found "0"',
    ],
    ['#/Number of Seats: many\nA\n', 'line 1, column 20: expected a whole number, found "many"'],
    [HEAD, 'line 2, column 1: expected a ballot such as "A > B = C", found the end of the file'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'cef' })).toBe(message);
  });
});
