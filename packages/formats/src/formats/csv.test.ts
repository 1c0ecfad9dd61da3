import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';
import { csv } from './csv.ts';

const many = (row: string, times = 12): string => `${row}\n`.repeat(times);

describe('CSV', () => {
  it.each([
    ['ballots.csv', 'Ann,Bob,Cyd\n1,2,No opinion\n3,2,1\n', {}, '1 Ann>Bob\n1 Cyd>Bob>Ann'],
    ['CRLF, quotes and a byte-order mark', '\ufeff"Ann","Bob",Cyd\r\n1,"2",3\r\n', {}, '1 Ann>Bob>Cyd'],
    [
      'whole numbers as fractions, and missing values in words',
      'Ann,Bob,Cyd\n1.0,2.0,NaN\n2,1,NA\nnull,1.00,n/a\n',
      {},
      '1 Ann>Bob\n1 Bob\n1 Bob>Ann',
    ],
    ['names of voters', 'Voter name,Ann,Bob,Cyd\nJo,1,2,\n', {}, '1 Ann>Bob'],
    ['semicolons', 'Ann;Bob;Cyd\n1;2;3\n', {}, '1 Ann>Bob>Cyd'],
    ['tabs', 'Ann\tBob\tCyd\n1\t2\t-\n', {}, '1 Ann>Bob'],
    ['UTF-16', Buffer.from('\ufeffAnn\tBob\tCyd\r\n1\t2\t3\r\n', 'utf16le'), {}, '1 Ann>Bob>Cyd'],
    ['UTF-16 without a mark', Buffer.from('Ann,Bob,Cyd\n1,2,3\n', 'utf16le'), {}, '1 Ann>Bob>Cyd'],
    [
      'ids and blanks of RCTab',
      'ballot_id,precinct,Ann,Bob,Cyd\n1,7,1,,2\n2,7,,,1\n',
      {},
      '1 Ann>Cyd\n1 Cyd',
    ],
    [
      'the highest as the best',
      'Ann,Bob,Cyd\n3,2,1\n0,-1,4.5\n',
      { best: 'highest' },
      '1 Ann>Bob>Cyd\n1 Cyd>Ann>Bob',
    ],
    ['decimal commas', 'Ann;Bob;Cyd\n1,5;2,25;-\n', { best: 'highest' }, '1 Bob>Ann'],
    [
      'counts',
      'n;Ann;Bob;Cyd\n3;1;2;3\n9007199254740993;2;1;3\n0;3;2;1\n',
      { weights: 'n' },
      '3 Ann>Bob>Cyd\n9007199254740993 Bob>Ann>Cyd',
    ],
    ['columns to leave out', 'Ann,x,Bob,Cyd\n1,who,2,3\n', { ignore: ['x'] }, '1 Ann>Bob>Cyd'],
    ['the line that Excel writes first', 'sep=;\r\nAnn;Bob;Cyd\r\n1;2;\r\n', {}, '1 Ann>Bob'],
    ['the same in quotes, with a comma', '"sep=,"\nAnn,Bob,Cyd\n1,2,\n', {}, '1 Ann>Bob'],
    [
      'ranks in words, as forms have them',
      'Ann,Bob,Cyd\n1st choice,2nd,\nSecond choice,1.,Choice 3\n',
      {},
      '1 Ann>Bob\n1 Bob>Ann>Cyd',
    ],
    ['another sign between cells', 'Ann|Bob|Cyd\n1|2|3\n', {}, '1 Ann>Bob>Cyd'],
    ['a comma in a name before semicolons', 'Ann;"Bob";Cyd\n1;1;2\n', {}, '1 Ann=Bob>Cyd'],
  ] as const)('reads %s', (_, text, options, ballots) => {
    const [names, ...rows] = read(text, { best: 'lowest', ...options }).split('\n');
    expect(names).toBe('Ann Bob Cyd');
    expect(rows.sort()).toEqual(ballots.split('\n').sort());
  });

  it('reads names that go over two lines in quotes, as questions of forms do', () => {
    expect(read('"Please rank\n[Ann]",Bob\n1,\n2,1\n')).toBe(
      'Please rank\n[Ann] Bob\n1 Please rank\n[Ann]\n1 Bob>Please rank\n[Ann]',
    );
  });

  it('does not ask which number is best where ranks are words', () => {
    expect(read('A,B\n1st,2nd\n')).toBe('A B\n1 A>B');
  });

  it('counts the line that Excel writes first in the places that it names', () => {
    expect(problem('sep=;\nAnn;Bob\n1;x\n')).toContain('line 3, column 3: expected a whole number from 1');
    expect(problem('sep=;\nAnn;Bob\n1;2\n')).toContain(
      'line 3, column 1: expected it to be clear which number is best',
    );
    expect(problem('sep=;\nid;Bob\n1;2\n')).toContain('line 2, column 1: expected the columns to be clear');
  });

  it('takes no list of rankings for names without ballots', () => {
    expect(problem('A>B>C * 3; B>A * 2; C\n')).toContain('found none');
  });

  it('names the text above the ballots that is in the way', () => {
    expect(problem('Board election 2024\n\nAnn,Bob,Cyd\n1,2,\n2,1,3\n')).toBe(
      'line 1, column 1: expected ballots, found "Board election 2024": from line 3 on it looks like CSV, so take out what stands above it',
    );
  });

  it('says what it took for granted', () => {
    expect(readBallotFile('ballot_id,Ann,Bob\n1,1,\n2,2,1\n').notes).toEqual([
      '"ballot_id" is no candidate',
      'empty cells are not ranked',
      '1 is best (--high-is-best for the other way)',
    ]);
    expect(readBallotFile('n,Ann,Bob\n1,1,2\n', { weights: 'n', best: 'highest' }).notes).toEqual([
      'each row counts as often as "n" says',
      'the highest number is best',
    ]);
  });

  it.each(['id', 'ID', '#', 'voter', 'No.'])('asks what a column "%s" is', (name) => {
    const text = `${name},Ann,Bob,Cyd\n1,1,2,-\n2,2,1,3\n`;
    expect(problem(text)).toBe(
      `line 1, column 1: expected the columns to be clear, found "${name}", which may be a column of ids (--ignore "${name}") or a candidate (--candidate "${name}")`,
    );
    expect(read(text, { ignore: [name] })).toBe('Ann Bob Cyd\n1 Ann>Bob\n1 Bob>Ann>Cyd');
    expect(read(text, { candidates: [name] })).toBe(
      `${name} Ann Bob Cyd\n1 ${name}=Ann>Bob\n1 Bob>${name}=Ann>Cyd`,
    );
  });

  it('asks whether a column counts ballots', () => {
    expect(problem('weight,Ann,Bob\n1,1,2\n')).toContain(
      'how many ballots a row stands for (--weights "weight") or a candidate',
    );
  });

  it('asks about a column that numbers the rows, whatever its name', () => {
    const text = 'key,Ann,Bob\n1,1,2\n2,2,1\n3,1,2\n4,1,2\n5,2,1\n';
    expect(problem(text)).toContain('found "key", which numbers the rows');
    expect(read(text, { candidates: ['key'], best: 'lowest' })).toContain('key Ann Bob\n');
    expect(problem('key,Ann,Bob\n7,1,2\n8,2,1\n9,1,2\n')).toContain('found "key", which numbers the rows');
    expect(read('key,Ann,Bob\n1,2,3\n2,1,3\n3,1,2\n', { best: 'lowest' })).toContain('key Ann Bob\n');
    expect(read('key,Ann,Bob\n7,1,2\n8,2,1\n', { best: 'lowest' })).toContain('key Ann Bob\n');
    expect(read('Ann,Bob,Cyd,Dan,Eve\n1,2,3,4,-\n2,1,3,4,5\n3,1,2,4,5\n4,1,2,3,5\n5,1,2,3,4\n')).toContain(
      'Ann Bob',
    );
  });

  it('asks which number is best where ranks look like scores', () => {
    const piled = `Ann,Bob,Cyd,Dan\n${many('1,4,1,1')}${many('1,1,1,4')}`;
    expect(problem(piled)).toContain(
      'on many ballots several candidates share the lowest number: 1 may be best (--low-is-best) or 4, the highest number (--high-is-best)',
    );
    expect(read(piled, { best: 'highest' })).toContain('1 Bob>Ann=Cyd=Dan');
    expect(read(piled, { best: 'lowest' })).toContain('1 Ann=Cyd=Dan>Bob');
    const ratings = `Ann,Bob,Cyd\n${many('5,4,2')}${many('3,5,4')}${many('5,5,2', 3)}`;
    expect(problem(ratings)).toContain('many ballots have the highest number on them and no 1');
    expect(problem('Ann,Bob\n0,5\n')).toBe(
      'line 2, column 1: expected a whole number from 1 or "No opinion", found "0": ranks start at 1, and 1 is best (if these are scores, --high-is-best)',
    );
  });

  it.each([
    ['whole orders', 'A,B,C\n3,2,1\n3,2,1\n'],
    ['many whole orders', `A,B,C\n${many('3,2,1', 600)}${many('1,3,2', 500)}`],
    ['a single ballot', 'A,B\n1,2\n'],
    ['a few ties at the end', `A,B,C\n${many('1,2,2', 9)}`],
    ['stars from 1 to 5', `A,B,C\n${many('5,3,1')}${many('4,1,2', 2)}${many('5,2,4', 2)}`],
    ['as many with 1 alone as with the highest alone', 'A,B,C\n1,2,-\n2,3,-\n1,2,3\n'],
  ])('asks which number is best where nothing tells: %s', (_, text) => {
    expect(problem(text)).toMatch(
      /^line 2, column 1: expected it to be clear which number is best, found .*: 1 may be best \(--low-is-best\) or \d, the highest number \(--high-is-best\)$/,
    );
    const [low, high] = (['lowest', 'highest'] as const).map((best) => readBallotFile(text, { best }));
    expect(low?.notes.join()).toContain('1 is best');
    expect(high?.notes.join()).toContain('the highest number is best');
  });

  it.each([
    ['a ballot that stopped early', 'A,B,C\n1,2,-\n3,2,1\n', '1 A>B'],
    ['one number a ballot, which is the same both ways', 'A,B,C\n1,-,1\n-,1,-\n', '1 A=C'],
    ['blank ballots', 'A,B\n-,-\n', '1 -'],
    ['ten ballots with ties at the end', `A,B,C\n${many('1,2,2', 10)}`, '1 A>B=C'],
  ])('does not ask where the ballots tell: %s', (_, text, first) => {
    expect(read(text)).toContain(first);
    expect(readBallotFile(text).notes.at(-1)).toBe('1 is best (--high-is-best for the other way)');
  });

  it('says of what it writes that it does not show which number is best', () => {
    const told = (text: string): readonly string[] =>
      csv.write(readBallotFile(text, { best: 'lowest' })).lost;
    expect(told('A,B\n1,2\n')).toEqual([
      'CSV does not say that 1 is best, and nothing in these ballots shows it: read it with --low-is-best',
    ]);
    expect(told('A,B,C\n1,2,-\n1,2,3\n')).toEqual([]);
  });

  it('does not ask where those without a rank are last', () => {
    expect(read(`Ann,Bob,Cyd,Dan\n${many('4,1,4,4')}${many('1,4,2,4')}`)).toContain('1 Bob>Ann=Cyd=Dan');
  });

  it('takes an empty cell for damage in a file that says no opinion in words', () => {
    const text = 'Ann,Bob\n1,No opinion\n,1\n';
    expect(problem(text)).toContain(
      'line 3, column 1: expected a whole number from 1 or "No opinion", found an empty cell',
    );
    expect(read(text, { civs: true })).toBe('Ann Bob\n1 Ann\n1 Bob');
  });

  it.each([
    ['Ann,Bob\n1\n', 'line 2, column 2: expected 2 cells, one a candidate, found 1'],
    ['Ann,Bob\n1,2,3\n', 'line 2, column 5: expected 2 cells, one a candidate, found more'],
    ['Ann,Bob\n1,x\n', 'line 2, column 3: expected a whole number from 1 or "No opinion", found "x"'],
    ['Ann,Ann\n1,2\n', 'line 1, column 5: expected another id, found "Ann" again'],
    [
      'Ann,\n1,2\n',
      'line 1, column 5: expected a candidate id, found an empty cell (--ignore "" leaves the column out)',
    ],
    ['Ann,Bob\n\n1,2\n', 'line 2, column 1: expected a ballot, found an empty line'],
    ['Ann,Bob\n"1,2\n', 'line 3, column 1: expected the closing quote of a cell, found the end of the file'],
    [
      'Ann;Bob\n"1"x;2\n',
      'line 2, column 4: expected a semicolon or the end of the line after a closing quote',
    ],
    ['Ann;Bob\n1,500;2\n', 'line 2, column 1: expected a number or "No opinion", found "1,500"'],
    [Buffer.from('Ann,B\xf6b\n1,2\n', 'latin1'), 'line 1, column 5: expected text in UTF-8'],
    ['Ann,Bob\n1,1e3\n', 'line 2, column 3: expected a whole number from 1 or "No opinion", found "1e3"'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'csv', ...(String(text).includes(';') ? { best: 'highest' } : {}) })).toBe(
      message,
    );
  });

  it('is not what JSON of another kind is taken for', () => {
    expect(problem('[["A","B"],["B","A"]]')).toContain('expected ballots in a format that is known');
  });

  it('refuses a column that is not there, and counts that are none', () => {
    expect(problem('Ann,Bob\n1,2\n', { ignore: ['x'] })).toBe(
      'line 1, column 1: expected a column "x", found none of this name',
    );
    expect(problem('n,Ann\nx,1\n', { weights: 'n' })).toContain(
      'line 2, column 1: expected how many ballots the row stands for',
    );
  });

  it('says nothing of ranks or scores where a number of ballots is broken', () => {
    expect(problem('n;Ann;Bob\n1,5;1;2\n', { weights: 'n' })).toBe(
      'line 2, column 1: expected how many ballots the row stands for, a whole number, found "1,5"',
    );
  });
});

const shared = join(fileURLToPath(new URL('../../../../', import.meta.url)), '../shared/data/real');
const present = existsSync(shared);
if (!present) console.warn('NOTICE: ../shared is absent, so published ballots are not read in this run.');

describe.runIf(present)('published ballots', () => {
  const files = present
    ? readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((path) => /ballots\.csv$/i.test(path))
    : [];
  it.each(files)('%s is read without a question, unless all of its few ballots are whole orders', (path) => {
    const whole = path.includes('2023-GB');
    const text = readFileSync(join(shared, path));
    if (whole) expect(problem(text)).toContain('numbers that read as well either way');
    const file = readBallotFile(text, whole ? { best: 'lowest' } : {});
    expect(file.format).toBe('csv');
    expect(Number(file.ballots.cast)).toBeGreaterThan(4);
  });
});
