import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BallotsFormatError } from '../model.ts';
import { runs } from '../testing.ts';
import { BallotsCsvReader } from './csv-reader.ts';
import type { ColumnRole, CsvOptions, HeaderCell } from './csv-reader.ts';
import { csvCell, formatBallotsCsv, parseBallotsCsv, parseCivsCsv } from './csv.ts';

function read(text: string): { candidates: readonly string[]; ranks: (number | null)[][] } {
  const table = parseBallotsCsv(text);
  return { candidates: table.candidates, ranks: Array.from(table.ballots, ({ ranks }) => Array.from(ranks)) };
}

function problem(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    return (error as BallotsFormatError).message;
  }
  return 'no problem';
}

describe('parseBallotsCsv', () => {
  it.each([
    ['LF', 'a,b\n1,No opinion\n12,3\n'],
    ['CRLF', 'a,b\r\n1,No opinion\r\n12,3\r\n'],
    ['CR', 'a,b\r1,No opinion\r12,3\r'],
    ['a byte-order mark', '\ufeffa,b\n1,No opinion\n12,3\n'],
    ['a byte-order mark before a quote', '\ufeff"a",b\n1,No opinion\n12,3\n'],
    ['quoted cells', '"a","b"\n"1","No opinion"\n"12",3\n'],
    ['outer spaces', ' a ,\tb\n 1 , No opinion \n 12,"3" \n'],
    ['another case', 'a,b\n1,no OPINION\n12,3\n'],
    ['a dash', 'a,b\n1,-\n12,3\n'],
    ['no line end', 'a,b\n1,No opinion\n12,3'],
    ['blank lines at the end', 'a,b\n1,No opinion\n12,3\n\n\r\n\n'],
  ])('reads %s', (_, text) => {
    expect(read(text)).toEqual({
      candidates: ['a', 'b'],
      ranks: [
        [1, null],
        [12, 3],
      ],
    });
  });

  it('reads ids with commas, quotes, line breaks and any script', () => {
    const ids = ['a,b', 'say "x"', 'two\nlines', '徐俊杰', '👩‍💻', '__proto__', 'constructor', '10', 'A', 'a'];
    const text = `${ids.map(csvCell).join(',')}\n${ids.map((_, i) => i + 1).join(',')}\n`;
    expect(read(text)).toEqual({ candidates: ids, ranks: [ids.map((_, i) => i + 1)] });
  });

  it('reads an id that begins with the first two bytes of a byte-order mark', () => {
    expect(read('\ufee0,b\n1,2\n')).toEqual({ candidates: ['\ufee0', 'b'], ranks: [[1, 2]] });
  });

  it('reads the same in pieces of any length', () => {
    const text = '\ufeff"a ""q""",徐,c\r\n1,No opinion,"3"\r\n12,-,7\r\n';
    const bytes = new TextEncoder().encode(text);
    for (let length = 1; length < 9; length++) {
      const reader = new BallotsCsvReader();
      for (let at = 0; at < bytes.length; at += length) reader.push(bytes.subarray(at, at + length));
      const table = reader.end();
      expect(table.candidates).toEqual(['a "q"', '徐', 'c']);
      expect(Array.from(table.ballots, ({ ranks }) => ranks)).toEqual([
        [1, null, 3],
        [12, null, 7],
      ]);
    }
  });

  it('counts blank ballots, ballots that compare nobody and ranks past a byte', () => {
    const table = parseBallotsCsv('a,b\nNo opinion,No opinion\n3,3\n2,9\n9,2\n1000,400\n400,1000\n');
    expect([table.cast, table.blank, table.idle]).toEqual([6, 1, 1]);
    expect(Array.from(table.ballots, ({ ranks }) => ranks).slice(4)).toEqual([
      [2, 1],
      [1, 2],
    ]);
  });

  it('reads text that only begins like no opinion as the text it is', () => {
    expect(problem(() => parseBallotsCsv('a\nNo opinions\n'))).toContain('found "No opinions"');
    expect(problem(() => parseBallotsCsv('No opinion\n"No opinion"\n'))).toBe('no problem');
  });

  it('hands ballots on to a sink, the last block too, and keeps what unranked means', () => {
    const rows: number[] = [];
    const reader = new BallotsCsvReader({
      unranked: 'last',
      sink: { block: (block) => rows.push(block.rows), row: () => {} },
    });
    reader.push('a,b\n1,2\n2,1\n');
    const table = reader.end();
    expect([rows, table.cast, table.unranked, Array.from(table.ballots)]).toEqual([[2], 2, 'last', []]);
    expect(parseBallotsCsv('a\n').unranked).toBeUndefined();
  });

  it('reads a header without ballots', () => {
    expect(read('a,b')).toEqual({ candidates: ['a', 'b'], ranks: [] });
  });

  it.each([
    ['', 'line 1, column 1: expected a header of candidate ids, found nothing'],
    ['\n\na\n', 'line 1, column 1: expected a header of candidate ids, found an empty line'],
    ['a,,b\n', 'line 1, column 3: expected a candidate id, found an empty cell'],
    ['a,b,a\n', 'line 1, column 5: expected another id, found "a" again'],
    ['a,b\n1,x\n', 'line 2, column 3: expected a whole number from 1 or "No opinion", found "x"'],
    [
      'a,b\n1,2\n1,\n',
      'line 3, column 3: expected a whole number from 1 or "No opinion", found an empty cell',
    ],
    ['a,b\n0,1\n', 'line 2, column 1: expected a whole number from 1 or "No opinion", found "0"'],
    ['a,b\n1,"0"\n', 'line 2, column 3: expected a whole number from 1 or "No opinion", found "0"'],
    ['a,b\n1,-1\n', 'line 2, column 3: expected a whole number from 1 or "No opinion", found "-1"'],
    ['a,b\n1,1.5\n', 'line 2, column 3: expected a whole number from 1 or "No opinion", found "1.5"'],
    [
      'a,b\n1,9007199254740992\n',
      'line 2, column 3: expected a whole number from 1 or "No opinion", found "9007199254740992"',
    ],
    ['a,b\n1\n', 'line 2, column 2: expected 2 cells, one a candidate, found 1'],
    ['a,b\n1,2,3\n', 'line 2, column 5: expected 2 cells, one a candidate, found more'],
    ['a,b\n1,2\n\n1,2\n', 'line 3, column 1: expected a ballot, found an empty line'],
    ['a,b\n1,"2\n', 'line 3, column 1: expected the closing quote of a cell, found the end of the file'],
    ['a,b\n"1"x,2\n', 'line 2, column 4: expected a comma or the end of the line after a closing quote'],
    ['徐,👩‍💻,c\n1,2,x\n', 'line 2, column 5: expected a whole number from 1 or "No opinion", found "x"'],
    ['"徐👩",b,b\n', 'line 1, column 9: expected another id, found "b" again'],
    ['"two\nlines",b\n1,y\n', 'line 3, column 3: expected a whole number from 1 or "No opinion", found "y"'],
  ])('refuses %j', (text, message) => {
    expect(problem(() => parseBallotsCsv(text))).toBe(message);
  });

  it('refuses bytes that are no UTF-8', () => {
    const bytes = Uint8Array.from([0x61, 0x2c, 0xff, 0x0a]);
    expect(problem(() => parseBallotsCsv(bytes))).toBe('line 1, column 3: expected text in UTF-8');
  });

  it('reads empty cells as no opinion in files of the CIVS era only', () => {
    const table = parseCivsCsv('A B,C\n1,\n,2\n');
    expect(Array.from(table.ballots, ({ ranks }) => ranks)).toEqual([
      [1, null],
      [null, 2],
    ]);
  });

  it('reads a cell longer than any rank', () => {
    expect(problem(() => parseBallotsCsv(`a\n${'x'.repeat(200)}\n`))).toContain(`found "${'x'.repeat(200)}"`);
  });
});

describe('formatBallotsCsv', () => {
  it('writes what parseBallotsCsv reads', () => {
    const id = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text === text.trim() && text !== '');
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { minLength: 1, maxLength: 5 }).chain((candidates) =>
          fc.record({
            candidates: fc.constant(candidates),
            rows: fc.array(
              fc.array(fc.option(fc.integer({ min: 1, max: 254 })), {
                minLength: candidates.length,
                maxLength: candidates.length,
              }),
            ),
          }),
        ),
        ({ candidates, rows }) => {
          const text = formatBallotsCsv({ candidates, ballots: rows.map((ranks) => ({ ranks })) });
          expect(read(text)).toEqual({ candidates, ranks: rows });
        },
      ),
      runs(100),
    );
  });

  it('repeats counted ballots and refuses counts that are no file', () => {
    const set = { candidates: ['a', 'b'], ballots: [{ ranks: [1, null], count: 2 }] };
    expect(formatBallotsCsv(set)).toBe('a,b\n1,No opinion\n1,No opinion\n');
    const many = { candidates: ['a'], ballots: [{ ranks: [1], count: 2n ** 40n }] };
    expect(() => formatBallotsCsv(many)).toThrow('do not fit');
  });
});

describe('BallotsCsvReader with options', () => {
  const told = (text: string, options: CsvOptions): (string | number | bigint)[] => {
    const reader = new BallotsCsvReader(options);
    reader.push(text);
    const table = reader.end();
    return Array.from(
      table.ballots,
      ({ ranks, count = 1 }) => `${count} ${Array.from(ranks, (rank) => rank ?? '-').join(' ')}`,
    );
  };
  const columns = (header: readonly HeaderCell[]): ColumnRole[] =>
    header.map(({ text }) => (text === 'n' ? 'count' : text === 'x' ? 'left-out' : 'candidate'));

  it('counts a row as often as its column of counts says, exactly, and passes over columns that are left out', () => {
    const text = 'n,Ann,x,Bob\n3,1,777,2\n0,2,1,1\n9007199254740993,2,y,1\n1,1,,No opinion\n';
    expect(told(text, { columns }).sort()).toEqual(['1 1 -', '3 1 2', '9007199254740993 2 1']);
    expect(told('x,Ann\n0,1\n', { columns })).toEqual(['1 1']);
    expect(problem(() => told('n,Ann\n,1\n', { columns }))).toBe(
      'line 2, column 1: expected how many ballots the row stands for, a whole number, found an empty cell',
    );
    expect(problem(() => told('n,Ann\n1.5,1\n', { columns }))).toContain('found "1.5"');
    expect(problem(() => told('n,Ann\n1\n', { columns }))).toBe(
      'line 2, column 2: expected 2 cells, found 1',
    );
  });

  it('takes the highest number for the best where it is told so', () => {
    const text = 'Ann,Bob,Cyd\n5,3,5\n-1,0.5,No opinion\n0,2,1\n';
    expect(told(text, { highIsBest: true })).toEqual(['1 1 2 1', '1 2 1 -', '1 3 1 2']);
    expect(problem(() => told('Ann\n1,500\n', { highIsBest: true, delimiter: ';' }))).toBe(
      'line 2, column 1: expected a number or "No opinion", found "1,500"',
    );
  });

  it('reads what other programs write only where it is told so', () => {
    expect(told('Ann,Bob\n1.0,NA\nNaN,2\n', { civs: true })).toEqual(['1 1 -', '1 - 2']);
    expect(problem(() => told('Ann,Bob\n1.0,2\n', {}))).toBe(
      'line 2, column 1: expected a whole number from 1 or "No opinion", found "1.0"',
    );
    expect(problem(() => told('Ann,Bob\n1,NA\n', {}))).toContain('found "NA"');
    expect(problem(() => told('Ann,Bob\n1,1.5\n', { civs: true }))).toContain('found "1.5"');
  });

  it('tells where the first empty cell is, and whether no opinion is said in words', () => {
    const seen = (text: string): unknown => {
      const reader = new BallotsCsvReader({ civs: true });
      reader.push(text);
      reader.end();
      return reader.seen;
    };
    expect(seen('Ann,Bob\n1,2\n')).toEqual({ empty: null, words: false });
    expect(seen('Ann,Bob\n1,2\n1,\n,1\n')).toEqual({ empty: { text: '', line: 3, column: 3 }, words: false });
    expect(seen('Ann,Bob\n1,-\n')).toEqual({ empty: null, words: true });
    expect(seen('Ann,Bob\n1,nO oPiNiOn\n')).toEqual({ empty: null, words: true });
  });
});
