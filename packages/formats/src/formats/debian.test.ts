import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const SHEET = `                 Tally Sheet for the votes cast.

   The format is:
       "V: vote 	Login	Name"
 The vote block represents the ranking given to each of the
 candidates by the voter.
 -=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=

     Option 1---------->: Ann Ample
   /  Option 2--------->: Bob
   |/  Option 3-------->: None Of The Above
   ||/
`;
const NAMES = 'Ann Ample Bob None Of The Above';

describe('a Debian tally sheet without its options', () => {
  it('is told by its votes', () => {
    expect(problem('V: 12\tabc\nV: 21\tdef\n')).toContain(
      'line 1, column 1: expected "Option 1: ..." before the votes',
    );
  });
});

describe('Debian tally sheets', () => {
  it.each([
    [
      'votes with logins',
      `${SHEET}V: 132	    93sam	Steve M\nV: 2-1	  abartus	Anna B\n`,
      '1 Ann Ample>None Of The Above>Bob\n1 None Of The Above>Ann Ample',
    ],
    [
      'votes with hashes',
      `${SHEET}V: 112  d41d8cd98f00b204e9800998ecf8427e\n`,
      '1 Ann Ample=Bob>None Of The Above',
    ],
    ['votes alone', `${SHEET}V: 321\n`, '1 None Of The Above>Bob>Ann Ample'],
    ['blank votes', `${SHEET}V: ---\tx\n`, '1 -'],
    ['gaps between ranks', `${SHEET}V: 1-9\tx\n`, '1 Ann Ample>None Of The Above'],
    ['ranks past 9', `${SHEET}V: A9b\tx\n`, '1 Bob>Ann Ample>None Of The Above'],
    ['CRLF', `${SHEET}V: 123\tx\n`.replaceAll('\n', '\r\n'), '1 Ann Ample>Bob>None Of The Above'],
    [
      'prose after the votes',
      `${SHEET}V: 123\tx\n\n-- \nThe secretary\n`,
      '1 Ann Ample>Bob>None Of The Above',
    ],
    ['a byte-order mark', `\ufeff${SHEET}V: 123\tx\n`, '1 Ann Ample>Bob>None Of The Above'],
    ['no end of the last line', `${SHEET}V: 123\tx`, '1 Ann Ample>Bob>None Of The Above'],
  ])('reads %s', (_, text, ballots) => {
    const [names, ...rows] = read(text).split('\n');
    expect(names).toBe(NAMES);
    expect(rows.sort()).toEqual(ballots.split('\n').sort());
  });

  it('places options without a rank below the others, as the constitution does', () => {
    const file = readBallotFile(`${SHEET}V: 1--\tx\n`);
    expect([file.format, file.ballots.unranked]).toEqual(['debian', 'last']);
    expect(file.notes).toEqual(['options without a rank are below the others']);
  });

  it('reads options past the ninth by number or letter', () => {
    const names = Array.from({ length: 11 }, (_, i) => `  Option ${i + 1}--->: N${i + 1}\n`).join('');
    expect(read(`${names}V: 123456789AB\tx\n`)).toContain('N9>N10>N11');
    const letters = Array.from(
      { length: 11 },
      (_, i) => `  Option ${(i + 1).toString(36).toUpperCase()}--->: N${i + 1}\n`,
    );
    expect(read(`${letters.join('')}V: 123456789AB\tx\n`)).toContain('N9>N10>N11');
  });

  it.each([
    [`${SHEET}V: 12\tx\n`, 'line 13, column 4: expected 3 ranks, one an option, found "12"'],
    [`${SHEET}V: 1234\tx\n`, 'line 13, column 4: expected 3 ranks, one an option, found "1234"'],
    [`${SHEET}V: 1?3\tx\n`, 'line 13, column 5: expected a rank from 1 or "-", found "?"'],
    [`${SHEET}V: 103\tx\n`, 'line 13, column 5: expected a rank from 1 or "-", found "03"'],
    [`${SHEET}V:\n`, 'line 13, column 3: expected 3 ranks, one an option, found the end of the line'],
    ['V: 12\tx\nOption 1: A\n', 'line 1, column 1: expected "Option 1: ..." before the votes, found "V"'],
    [
      `${SHEET}V: 123\tx\nOption 4: D\n`,
      'line 14, column 1: expected the options before the votes, found "Option"',
    ],
    ['Option 1: A\nOption 3: B\nV: 12\n', 'line 2, column 8: expected option 2, found "3"'],
    ['Option 1: A\nOption 2: A\nV: 12\n', 'line 2, column 11: expected each name once, found "A"'],
    [
      'Option 1: A\nOption 2:\nV: 12\n',
      'line 2, column 10: expected the name of the option, found the end of the line',
    ],
    [SHEET, 'line 13, column 1: expected votes such as "V: 12-3", found the end of the file'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'debian' })).toBe(message);
  });
});
