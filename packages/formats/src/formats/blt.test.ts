import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const NAMES = '0\n"Ann"\n"Bob"\n"Cyd"\n"The title"\n';

describe('BLT', () => {
  it('is told by its sizes and names where a ballot is wrong', () => {
    const names = '0\n"Ann"\n"Bob"\n"Cyd"\n"T"\n';
    expect(problem(`3 1\n2 1 B 0\n${names}`)).toBe(
      'line 2, column 5: expected a number of a candidate from 1 to 3, found "B"; the file looks like BLT (--from blt)',
    );
    expect(problem(`3 1 tie 1 2\n2 1 2 0\n${names}`)).toContain('line 1, column 5: ');
  });

  it('tells what stands after the title, as where there are more names than candidates', () => {
    const file = readBallotFile('2 1\n2 1 2 0\n0\n"Ann"\n"Bob"\n"Cyd"\n"Title"\n');
    expect([file.title, file.notes]).toEqual(['Cyd', ['what follows the title "Cyd" is left out']]);
  });

  it.each([
    ['the plain format', `3 2\n3 1 2 3 0\n1 3 0\n${NAMES}`, '3 Ann>Bob>Cyd\n1 Cyd'],
    ['CRLF, a byte-order mark and blank lines', `\ufeff3 2\r\n\r\n3 1 2 0\r\n${NAMES}`, '3 Ann>Bob'],
    ['comments', `3 2 # sizes\n# all\n3 1 2 0 # three\n${NAMES}# end\n`, '3 Ann>Bob'],
    ['equal ranks', `3 2\n2 1=3 2 0\n${NAMES}`, '2 Ann=Cyd>Bob'],
    ['equal ranks in brackets', `3 2\n2 (1 3) 2 0\n${NAMES}`, '2 Ann=Cyd>Bob'],
    ['skipped ranks', `3 2\n2 1 - 2 0\n${NAMES}`, '2 Ann>Bob'],
    ['blank ballots', `3 2\n4 0\n1 1 0\n${NAMES}`, '1 Ann\n4 -'],
    ['ballot ids', `3 2\n(x1) 1 2 0\n(x2) 1 3 0\n${NAMES}`, '1 Bob\n1 Cyd'],
    ['everything on one line', `3 2 1 1 2 0 1 3 0 0 Ann Bob Cyd "The title"`, '1 Ann>Bob\n1 Cyd'],
    ['names without quotes', `3 2\n1 2 0\n0\nAnn\nBob\nCyd\n`, '1 Bob'],
    [
      'a party behind each name',
      `3 2\n1 2 0\n0\n"Ann" "Scottish Greens"\n"Bob","SNP"\n"Cyd" Labour # new\n"Ward 1"\n`,
      '1 Bob',
    ],
    ['weights with a decimal point', `3 2\n2.0 2 0\n${NAMES}`, '2 Bob'],
    ['no title, and no end of the last line', `3 2\n1 2 0\n0\n"Ann"\n"Bob"\n"Cyd"`, '1 Bob'],
    ['a count past 2^53', `3 2\n9007199254740993 2 0\n${NAMES}`, '9007199254740993 Bob'],
  ])('reads %s', (_, text, ballots) => {
    const lines = read(text).split('\n');
    expect(lines[0]).toBe('Ann Bob Cyd');
    expect(lines.slice(1).sort()).toEqual(ballots.split('\n').sort());
  });

  it('reads names of several words, with and without quotes, and quotes in them', () => {
    const candidates = (names: string): readonly string[] =>
      readBallotFile(`2 1\n1 1 2 0\n0\n${names}`).ballots.candidates;
    expect(candidates('Ann Smith # her\nBob van Doe\nThe title\n')).toEqual(['Ann Smith', 'Bob van Doe']);
    expect(candidates("'Ann Smith'\nBob O'Neil\n")).toEqual(['Ann Smith', "Bob O'Neil"]);
    expect(candidates('"Ann \\"Jo\\" Smith"\n"Bob ""B"" Doe"\n""\n')).toEqual([
      'Ann "Jo" Smith',
      'Bob "B" Doe',
    ]);
    expect(candidates('"Ann #1"\n"C:\\"\n')).toEqual(['Ann #1', 'C:\\']);
    expect(readBallotFile('2 1\n1 1 2 0\n0\n"A" "X"\n"B" "Y"\n"T"\n').notes).toEqual([
      'what follows a name on its line, such as a party, is left out',
    ]);
  });

  it('is told although a line of it is wrong, which is named then', () => {
    const start = (ballots: string): string => problem(`2 1\n${ballots}0\n"Ann"\n"Bob"\n`);
    expect(start('1.5 1 2 0\n')).toContain(
      'line 2, column 1: expected how many ballots are like this one, a whole number',
    );
    expect(start('[nick a b]\n1 1 2 0\n')).toContain('line 2, column 1: expected how many ballots');
    expect(start('1 1\n2 0\n')).toContain(
      'line 2, column 4: expected a 0 at the end of the ballot, on its line',
    );
    expect(start('(a 1) 1 1 2 0\n')).toBe('no problem');
  });

  it('tells seats, title and who withdrew', () => {
    const { seats, title, withdrawn, format } = readBallotFile(`3 2\n-2 -3\n-1\n1 2 0\n${NAMES}`);
    expect([format, seats, title, withdrawn]).toEqual(['blt', 2, 'The title', ['Bob', 'Cyd', 'Ann']]);
  });

  it.each([
    ['3\n1 1 0\n', 'line 1, column 2: expected the number of seats, found the end of the line'],
    ['0 1\n0\n', 'line 1, column 1: expected a number of candidates from 1 to 65534, found "0"'],
    [`3 2\n1 4 0\n${NAMES}`, 'line 2, column 3: expected a number of a candidate from 1 to 3, found "4"'],
    [`3 2\n1 1 2 1 0\n${NAMES}`, 'line 2, column 7: expected candidate 1 once on a ballot, found "1"'],
    [
      `3 2\n1 1 2\n${NAMES}`,
      'line 2, column 6: expected a 0 at the end of the ballot, on its line, found the end of the line',
    ],
    [
      '3 2\n1 1 2 0\n',
      'line 3, column 1: expected another ballot, or a 0 after the last one, found the end of the file',
    ],
    [
      '3 2\n1 1 2 0\n0\n"Ann"\n',
      'line 5, column 1: expected a name for each of 3 candidates, found the end of the file',
    ],
    [
      '3 2\n1 1 0\n0\n"Ann"\n"Ann"\n"Cyd"\n',
      'line 5, column 1: expected another name than that of candidate 1, found "\\"Ann\\""',
    ],
    [
      `3 2\n1 1 0\n-2\n${NAMES}`,
      'line 3, column 1: expected withdrawn candidates before the ballots, found "-2"',
    ],
    [
      `3 2\n1.5 1 0\n${NAMES}`,
      'line 2, column 1: expected how many ballots are like this one, a whole number, found "1.5"',
    ],
    [`3 2\n1 1x 0\n${NAMES}`, 'line 2, column 4: expected a number of a candidate, or 0, found "x"'],
    [
      '3 2\n1 1 0\n0\n"Ann" "Bob"\n"Cyd"\n"Title"\n',
      'line 4, column 7: expected one name a line, since there are as many names as candidates, but not a line for each, found "\\"Bob\\""',
    ],
    [
      '3 2\n1 1 0\n0\n"Ann"\n""\n"Cyd"\n',
      'line 5, column 1: expected a name that is not empty, found "\\"\\""',
    ],
    [
      '3 2\n1 1 0\n0\n"Ann\n"Bob"\n',
      'line 4, column 1: expected a name in quotes that end on its line, found "\\"Ann"',
    ],
    ['3 2\n1 1 0\n0\n“Ann”\n"Bob"\n', 'line 4, column 1: expected a name in straight quotes, found "“"'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'blt' })).toBe(message);
  });
});
