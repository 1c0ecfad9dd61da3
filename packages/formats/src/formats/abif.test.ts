import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

describe('ABIF', () => {
  it.each([
    ['plain rankings', '27:A>B=C\n26:C>A\n', 'A B C\n27 A>B=C\n26 C>A'],
    ['spaces', ' 27 : A > B = C # most\n\n# all\n1:B\n', 'A B C\n27 A>B=C\n1 B'],
    [
      'names of tokens',
      '=DGM:[Doña García Márquez]\n=A:[Ann Smith]\n2:A>DGM\n',
      'Doña García Márquez Ann Smith\n2 Ann Smith>Doña García Márquez',
    ],
    ['names in the ballots', '2:[蘇業]>"Ann Smith"\n1:B\n', '蘇業 Ann Smith B\n2 蘇業>Ann Smith\n1 B'],
    ['metadata', '{version: "0.1"}\n{title: "Dinner"}\n{"max_rating": 5}\n3:A>B\n', 'A B\n3 A>B'],
    ['blank ballots', '10:\n3:A>B\n', 'A B\n3 A>B\n10 -'],
    ['scores', '3:A/5,B/2,C/5\n', 'A B C\n3 A=C>B'],
    ['scores beside an order', '3:A/5>B/2=C/2\n', 'A B C\n3 A>B=C'],
    ['an older header', 'ABIF 1.0\nballot_type: ordinal\n27: D > S\n', 'D S\n27 D>S'],
    ['names after the ballots', '2:A>B\n=B:[Bob]\n=A:A\n1:B\n', 'A Bob\n2 A>Bob\n1 Bob'],
    ['candidates nobody ranks', '=A:Ann\n=B:Bob\n5:A\n', 'Ann Bob\n5 Ann'],
    ['counts past 2^53', '9007199254740993:A>B\n', 'A B\n9007199254740993 A>B'],
  ])('reads %s', (_, text, expected) => {
    const sort = (short: string): string[] => short.split('\n').sort();
    expect(sort(read(text))).toEqual(sort(expected));
  });

  it('tells the title, the seats, and what it took for granted', () => {
    const file = readBallotFile('{title: "Dinner"}\n{seats: 2}\n3:A/5,B/2\n1:A,B\n');
    expect([file.format, file.title, file.seats]).toEqual(['abif', 'Dinner', 2]);
    expect(file.notes).toEqual([
      'the highest score is best',
      'candidates with commas between them are level',
    ]);
    expect(readBallotFile('{ballotcount: 7}\n5:A>B\n').notes).toEqual([
      'the file says that it has 7 ballots',
    ]);
    expect(readBallotFile('{ballotcount: 5}\n5:A>B\n').notes).toEqual([]);
  });

  it.each([
    [
      'a line without a number',
      '27:A>B>C\n26:C>A\nA>B *12\n5:B\n',
      'line 3, column 1: expected a number of ballots and a colon',
    ],
    [
      'two lines',
      '27:A>B>C\n26:C>A\nfoo bar\nA>B *12\n',
      'line 3, column 1: expected a number of ballots and a colon',
    ],
    [
      'a part of a ballot',
      '2.5:A>B\n1:B>A\n1:A>B\n',
      'line 1, column 1: expected a number of ballots and a colon',
    ],
  ])('is told by its other lines where %s is wrong', (_, text, message) => {
    expect(problem(text)).toContain(message);
    expect(problem(text)).toContain('; the file looks like ABIF (--from abif)');
  });

  it.each([
    [
      '27:A>B\nmore\n',
      'line 2, column 1: expected a number of ballots and a colon, "=token:[Name]", "{key: value}" or "#", found "more"',
    ],
    [
      '27:A>>B\n',
      'line 1, column 6: expected a candidate: a word, or a name in square brackets or quotes, found ">"',
    ],
    ['27:A>B>A\n', 'line 1, column 8: expected a candidate once on a ballot, found "A"'],
    ['27:A<B\n', 'line 1, column 5: expected ">", "=" or ",", found "<"'],
    ['0:A>B\n', 'line 1, column 1: expected a number of ballots from 1, found "0"'],
    [
      '2:[Ann>B\n',
      'line 1, column 3: expected a candidate: a word, or a name in square brackets or quotes, found "["',
    ],
    ['=A:[Ann]\n=A:[Bob]\n1:A\n', 'line 2, column 2: expected the token A once, found "A"'],
    [
      '=A:[Ann]\n=B:[Ann]\n1:A\n',
      'line 2, column 4: expected another name than the candidate before, found "["',
    ],
    ['1:A>Ann\n=A:[Ann]\n', 'line 2, column 4: expected another name than the candidate before, found "["'],
    [
      '1:A>B\n=A:[Ann]\n=B:[Ann]\n',
      'line 3, column 4: expected another name than the candidate before, found "["',
    ],
    [
      '1:A/5,B\n',
      'line 1, column 7: expected a score for every candidate of the ballot or for none, found "B"',
    ],
    ['1:A/2>B/5\n', 'line 1, column 7: expected scores that say the same as the order, found "B"'],
    ['1:A/x,B/5\n', 'line 1, column 5: expected a score after "/", found "x"'],
    ['{title "x"}\n1:A>B\n', 'line 1, column 1: expected {key: value} on one line, found "{"'],
    ['# nothing\n', 'line 2, column 1: expected a ballot such as "27:A>B=C", found the end of the line'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'abif' })).toBe(message);
  });
});
