import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

describe('CVR CSV', () => {
  it.each(['Count', 'weight', 'votes'])(
    'asks whether a column "%s" says how many ballots a row stands for',
    (name) => {
      const text = `rank1,rank2,${name}\nAnn,Bob,12\nBob,,3\n`;
      expect(problem(text)).toBe(
        `line 1, column 13: expected the columns to be clear, found "${name}", which may be how many ballots a row stands for (--weights "${name}") or something else (--ignore "${name}")`,
      );
      expect(read(text, { weights: name })).toBe('Ann Bob\n12 Ann>Bob\n3 Bob');
      expect(read(text, { ignore: [name] })).toBe('Ann Bob\n1 Ann>Bob\n1 Bob');
    },
  );

  it('refuses ranks that start at 0', () => {
    expect(problem('rank0,rank1\nAnn,Bob\n')).toBe('line 1, column 1: expected ranks from 1, found "rank0"');
  });

  it('takes no word for nobody for a candidate', () => {
    expect(read('rank1,rank2,rank3\nAnn,exhausted,NA\nBob,no selection,undervotes\n')).toBe(
      'Ann Bob\n1 Ann\n1 Bob',
    );
  });

  it('reads the line that Excel writes first', () => {
    expect(read('sep=;\nrank1;rank2\nAnn;Bob\n')).toBe('Ann Bob\n1 Ann>Bob');
    expect(problem('sep=;\nrank1;rank2\nAnn\n')).toContain('line 3, column 4: ');
  });

  it.each([
    [
      'rank columns',
      'rank1,rank2,rank3\nAnn,Bob,Cyd\nCyd,skipped,Ann\n',
      'Ann Bob Cyd\n1 Ann>Bob>Cyd\n1 Cyd>Ann',
    ],
    [
      'columns of ids',
      'Cast Vote Record,Precinct,Rank 1,Rank 2\n17,North,Ann,Bob\n18,South,Bob,undervote\n',
      'Ann Bob\n1 Ann>Bob\n1 Bob',
    ],
    ['choices', '1st Choice,2nd Choice,3rd Choice\nAnn,Bob,\n', 'Ann Bob\n1 Ann>Bob'],
    ['contests in the names', 'Ballot ID,Mayor: RANK 1,Mayor: RANK 2\n1,Ann,Bob\n', 'Ann Bob\n1 Ann>Bob'],
    [
      'the records of Maine',
      'Cast Vote Record,Precinct,Rep. to Congress 1st Choice District 2,Rep. to Congress 2nd Choice District 2\n1,X,"DEM Golden, Jared F. (5471)",undervote\n2,X,"REP Poliquin, Bruce (5931)","DEM Golden, Jared F. (5471)"\n',
      'DEM Golden, Jared F. (5471) REP Poliquin, Bruce (5931)\n1 DEM Golden, Jared F. (5471)\n1 REP Poliquin, Bruce (5931)>DEM Golden, Jared F. (5471)',
    ],
    [
      'the records of New York',
      'Cast Vote Record,DEM Mayor Choice 1 of 5 Citywide (026916),DEM Mayor Choice 2 of 5 Citywide (226916)\n1,Ann,Bob\n2,Bob,undervote\n',
      'Ann Bob\n1 Ann>Bob\n1 Bob',
    ],
    [
      'questions of a form',
      'Timestamp,Vote [1st choice],Vote [2nd choice]\n9:00,Ann,Bob\n',
      'Ann Bob\n1 Ann>Bob',
    ],
    ['ranks in words', 'First Choice,Second Choice,Third preference\nAnn,,Bob\n', 'Ann Bob\n1 Ann>Bob'],
    ['columns in another order', 'rank2,rank1\nBob,Ann\n', 'Ann Bob\n1 Ann>Bob'],
    ['somebody ranked twice', 'rank1,rank2,rank3\nAnn,Ann,Bob\n', 'Ann Bob\n1 Ann>Bob'],
    [
      'quotes, semicolons and CRLF',
      'rank1;rank2\r\n"Smith; Ann";Bob, Jr\r\n',
      'Smith; Ann Bob, Jr\n1 Smith; Ann>Bob, Jr',
    ],
    ['blank ballots', 'choice_1,choice_2\nAnn,Bob\n,\nskipped,blank\n', 'Ann Bob\n1 Ann>Bob\n1 -\n1 -'],
    ['write-ins as a candidate', 'rank1,rank2\nWrite-in,Ann\n', 'Write-in Ann\n1 Write-in>Ann'],
    ['UTF-16', Buffer.from('\ufeffrank1\trank2\nAnn\tZoë\n', 'utf16le'), 'Ann Zoë\n1 Ann>Zoë'],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
    expect(readBallotFile(text).format).toBe('cvr');
  });

  it('reads a column of counts, and overvotes either way', () => {
    expect(read('n,rank1,rank2\n3,Ann,Bob\n0,Bob,Ann\n', { weights: 'n' })).toBe('Ann Bob\n3 Ann>Bob');
    const over = 'rank1,rank2,rank3\nAnn,overvote,Bob\n';
    expect(read(over, { overvote: 'stop' })).toBe('Ann\n1 Ann');
    expect(read(over, { overvote: 'skip' })).toBe('Ann Bob\n1 Ann>Bob');
  });

  it('leaves out the columns of another contest, and asks about two names in a cell', () => {
    const two = 'Mayor rank 1,Mayor rank 2,Clerk rank 1\nAnn,Bob,Zed\n';
    expect(read(two, { ignore: ['Clerk rank 1'] })).toBe('Ann Bob\n1 Ann>Bob');
    expect(problem(two, { ignore: ['Clerk'] })).toContain(
      'expected a column "Clerk", found none of this name',
    );
    const marks = 'rank1,rank2\nAnn|Bob,Cyd\nAnn,Cyd\n';
    expect(problem(marks)).toBe(
      'line 2, column 1: expected it to be clear what two marks at one rank mean, found "Ann|Bob": the ballot may end there ' +
        '(--overvote stop) or go on with the next rank (--overvote skip), or it is one name (--candidate "Ann|Bob")',
    );
    expect(read(marks, { overvote: 'skip' })).toBe('Cyd Ann\n1 Cyd\n1 Ann>Cyd');
    expect(read(marks, { candidates: ['Ann|Bob'] })).toBe('Ann|Bob Cyd Ann\n1 Ann|Bob>Cyd\n1 Ann>Cyd');
  });

  it('says which columns it left out, and what it took for granted', () => {
    expect(readBallotFile('id,rank1,rank2\n1,Ann,Ann\n').notes).toEqual([
      'where a ballot ranks somebody twice, the better rank counts',
      '"id" left out',
    ]);
    expect(readBallotFile('rank1\nUWI\nAnn\n').notes).toEqual([
      '"UWI" is taken for one candidate (--without "UWI" leaves it out)',
    ]);
  });

  it.each([
    ['rank1,rank2\nAnn\n', 'line 2, column 4: expected 2 cells, found 1'],
    ['rank1,rank2\nAnn,Bob,Cyd\n', 'line 2, column 9: expected 2 cells, found more'],
    [
      'rank1,rank2\nAnn,overvote\n',
      'line 2, column 5: expected it to be clear what two marks at one rank mean, found "overvote": the ballot may end there (--overvote stop) or go on with the next rank (--overvote skip)',
    ],
    [
      'rank1,Rank 1\nAnn,Bob\n',
      'line 1, column 7: expected one column for rank 1, found "Rank 1": a file holds one contest (--ignore leaves out a column of another one)',
    ],
    ['rank2,rank3\nAnn,Bob\n', 'line 1, column 1: expected a column such as "rank1", found none'],
    [
      'rank1,rank2\n"Ann,Bob\n',
      'line 3, column 1: expected the closing quote of a cell, found the end of the file',
    ],
    [
      'rank1,rank2\n"Ann"x,Bob\n',
      'line 2, column 6: expected a comma or the end of the line after a closing quote',
    ],
    ['rank1,rank2\n\nAnn,Bob\n', 'line 2, column 1: expected a ballot, found an empty line'],
    ['', 'line 1, column 1: expected a header, found nothing'],
    [Buffer.from('rank1,rank2\nAnn,\xff\n', 'latin1'), 'line 2, column 5: expected text in UTF-8'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'cvr' })).toBe(message);
  });

  it('refuses counts that are none', () => {
    expect(problem('n,rank1\nx,Ann\n', { weights: 'n' })).toBe(
      'line 2, column 1: expected a whole number of ballots, found "x"',
    );
    expect(problem('n,rank1\n1,Ann\n', { weights: 'm' })).toBe(
      'line 1, column 1: expected a column "m", found none of this name',
    );
  });
});
