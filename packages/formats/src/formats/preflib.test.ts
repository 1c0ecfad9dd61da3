import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const header = (type: string, voters: number, names = ['Ann', 'Bob', 'Cyd']): string =>
  `# FILE NAME: x.${type}\n# TITLE: A vote\n# DATA TYPE: ${type}\n# NUMBER ALTERNATIVES: ${names.length}\n` +
  `# NUMBER VOTERS: ${voters}\n# NUMBER UNIQUE ORDERS: 2\n` +
  names.map((name, i) => `# ALTERNATIVE NAME ${i + 1}: ${name}\n`).join('');

describe('PrefLib', () => {
  it.each([
    ['soc', `${header('soc', 3)}2: 1,2,3\n1: 3,1,2\n`, '2 Ann>Bob>Cyd\n1 Cyd>Ann>Bob'],
    ['soi', `${header('soi', 3)}2: 1\n1: 3,1\n`, '2 Ann\n1 Cyd>Ann'],
    ['toc', `${header('toc', 3)}2: {1,2},3\n1: 3,{1,2}\n`, '2 Ann=Bob>Cyd\n1 Cyd>Ann=Bob'],
    ['toi', `${header('toi', 3)}2: {1,2}\n1: 3\n`, '2 Ann=Bob\n1 Cyd'],
    [
      'spaces and CRLF',
      `${header('toi', 3)}2: { 1 , 2 } , 3\n1:3\n`.replaceAll('\n', '\r\n'),
      '2 Ann=Bob>Cyd\n1 Cyd',
    ],
    [
      'only the names',
      '# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bob\n# ALTERNATIVE NAME 3: Cyd\n4: 3,1\n',
      '4 Cyd>Ann',
    ],
    ['the older header', '3\n1,Ann\n2,Bob\n3,Cyd\n3,3,2\n2,1,{2,3}\n1,3\n', '2 Ann>Bob=Cyd\n1 Cyd'],
    ['names in quotes of the older header', '3\n1,"Ann"\n2,"Bob"\n3,Cyd\n1,1,1\n1,3\n', '1 Cyd'],
    ['other fields and comments', `# NOTE: from 1, 2\n#\n${header('toi', 1)}1: 2\n`, '1 Bob'],
    [
      'counts past 2^53',
      `# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bob\n# ALTERNATIVE NAME 3: Cyd\n9007199254740993: 2,1\n`,
      '9007199254740993 Bob>Ann',
    ],
  ])('reads %s', (_, text, ballots) => {
    const [names, ...rows] = read(text).split('\n');
    expect(names).toBe('Ann Bob Cyd');
    expect(rows.sort()).toEqual(ballots.split('\n').sort());
  });

  it('tells the title', () => {
    const { format, title, seats } = readBallotFile(`${header('soi', 1)}1: 1\n`);
    expect([format, title, seats]).toEqual(['preflib', 'A vote', null]);
  });

  it.each([
    [
      `${header('soc', 1)}1: 1,2\n`,
      'line 10, column 3: expected all 3 alternatives, since the file says soc, found "1"',
    ],
    [
      `${header('soi', 1)}1: {1,2}\n`,
      'line 10, column 4: expected no ties, since the file says soi, found "{"',
    ],
    [`${header('toi', 1)}1: {1,2\n`, 'line 10, column 8: expected "," or "}", found the end of the line'],
    [`${header('toi', 1)}1: 4\n`, 'line 10, column 4: expected a number from 1 to 3, found "4"'],
    [
      `${header('toi', 1)}1: 1,2,1\n`,
      'line 10, column 8: expected each alternative once in an order, found "1"',
    ],
    [`${header('toi', 1)}1 1,2\n`, 'line 10, column 3: expected ":", found "1"'],
    [
      `${header('toi', 5)}1: 1,2\n`,
      'line 5, column 1: expected 5 ballots, as this line says, found 1: the file may be cut',
    ],
    [
      `${header('cat', 1)}1: 1\n`,
      'line 3, column 14: expected soc, soi, toc or toi: other kinds hold no orders, found "cat"',
    ],
    [header('toi', 1, ['Ann', 'Ann']), 'line 8, column 23: expected each name once, found "Ann"'],
    [
      `${header('toi', 1)}# NUMBER VOTERS: 1\n0: 1\n`,
      'line 11, column 1: expected a number of ballots from 1, found "0"',
    ],
    [header('toi', 1), 'line 10, column 1: expected orders such as "3: 1,2", found the end of the file'],
    [
      '# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Ann\n1: 1\n',
      'line 3, column 1: expected names of 3 alternatives before the orders; there are 1, found "1"',
    ],
    ['3\n1,Ann\n3,Cyd\n', 'line 3, column 1: expected "2," and a name, found "3"'],
    [
      '2\n1,Ann\n2,Bob\n1,1\n1,2\n',
      'line 4, column 1: expected three totals: voters, ballots, different orders, found "1"',
    ],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'preflib' })).toBe(message);
  });
});
