import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

describe('CIVS lines', () => {
  it.each([
    ['commas', '1,2,3\n3,2,1\n', '1 1>2>3\n1 3>2>1'],
    ['spaces', '1 2 2\n3  2\t1\n', '1 1>2=3\n1 3>2>1'],
    ['ballots that stand for more', '3x 1,2,3\n2 X 2,1,1\n', '3 1>2>3\n2 2=3>1'],
    ['no opinion as a dash', '1,-,2\n-,-,-\n', '1 1>3\n1 -'],
    ['no opinion in words', '1,No opinion,2\n', '1 1>3'],
    ['comments and blank lines', '# ours\n\n1,1,2 # level\n', '1 1=2>3'],
    ['CRLF and outer spaces', ' 1,1,2\r\n 2 , 1 , 1 \r\n', '1 1=2>3\n1 2=3>1'],
    ['no end of the last line', '1,1,2', '1 1=2>3'],
    ['zero times a ballot', '0x 3,2,1\n1x 1,1,2\n', '1 1=2>3'],
    ['high ranks', '1,9999999,20\n', '1 1>3>2'],
  ])('reads %s', (_, text, ballots) => {
    const [names, ...rows] = read(text, { from: 'civs', best: 'lowest' }).split('\n');
    expect(names).toBe('1 2 3');
    expect(rows.sort()).toEqual(ballots.split('\n').sort());
  });

  it('is told from CSV where the first line cannot be names', () => {
    expect(readBallotFile('1,1,2\n1,2,3\n', { best: 'lowest' }).format).toBe('civs');
    expect(readBallotFile('-,1,2\n1,2,3\n').format).toBe('civs');
    expect(problem('1,2,3\n3,2,1\n')).toContain(
      'may be CSV (a line of names above rows of numbers; --from csv) or CIVS lines',
    );
  });

  it('reads them the other way round', () => {
    expect(read('1,2,0\n5,-,5\n', { from: 'civs', best: 'highest' })).toBe('1 2 3\n1 2>1>3\n1 1=3');
  });

  it('asks which number is best where nothing tells', () => {
    expect(problem('3,2,1\n3,2,1\n', { from: 'civs' })).toBe(
      'line 1, column 1: expected it to be clear which number is best, found numbers that read as well either way: ' +
        '1 may be best (--low-is-best) or 3, the highest number (--high-is-best)',
    );
    expect(read('3,2,1\n', { from: 'civs', best: 'lowest' })).toBe('1 2 3\n1 3>2>1');
    expect(read('3,2,1\n', { from: 'civs', best: 'highest' })).toBe('1 2 3\n1 1>2>3');
    expect(read(`${'1 2 -\n'.repeat(3)}1 3 2\n`, { from: 'civs' })).toContain('1 1>2\n');
  });

  it('says that it has no names, and what is best', () => {
    expect(readBallotFile('1,-,2\n1,2,3\n').notes).toEqual([
      'these lines have no names, so the candidates are called 1, 2, 3 ... in their order',
      'the lowest number is best (--high-is-best for the other way)',
    ]);
  });

  it.each([
    [
      '1,2,3\n1,2\n',
      'line 2, column 4: expected 3 ranks, as on the lines above, and not 2, found the end of the line',
    ],
    ['1,0,3\n', 'line 1, column 3: expected a whole number from 1 or "-", found "0"'],
    ['1,,3\n', 'line 1, column 3: expected a whole number from 1 or "-", found ","'],
    ['1,2,x\n', 'line 1, column 5: expected a whole number from 1 or "-", found "x"'],
    ['1,2.5,3\n', 'line 1, column 4: expected a comma or a space between ranks, found ".5"'],
    ['x 1,2,3\n', 'line 1, column 1: expected a whole number from 1 or "-", found "x"'],
    ['2x\n', 'line 1, column 3: expected a whole number from 1 or "-", found the end of the line'],
    ['1,2,3,\n', 'line 1, column 7: expected a whole number from 1 or "-", found the end of the line'],
    ['1;2;3\n', 'line 1, column 2: expected a comma or a space between ranks, found ";"'],
    ['# nothing\n', 'line 2, column 1: expected a row of ranks, found the end of the file'],
    [
      '1,99999999999999999,2\n',
      'line 1, column 3: expected a whole number from 1 or "-", found "99999999999999999"',
    ],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'civs' })).toBe(message);
  });
});
