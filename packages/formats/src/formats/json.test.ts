import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const wrap = (ballots: string): string => `{"candidates":["A","B"],\n"ballots":[${ballots}]}`;

describe('JSON', () => {
  it.each([
    [
      'plain ballots',
      wrap('{"count":3,"ranking":[["A"],["B"]]},{"ranking":[["B","A"]]}'),
      'A B\n1 A=B\n3 A>B',
    ],
    ['bare ids', wrap('{"ranking":["B","A"]}'), 'A B\n1 B>A'],
    ['no ballots', wrap(''), 'A B'],
    ['blank ballots', wrap('{"count":2,"ranking":[]}'), 'A B\n2 -'],
    [
      'white space everywhere',
      ' {\n "candidates" : [ "A" , "B" ] ,\r\n "ballots" : [\n { "ranking" : [ [ "A" ] ] }\n , {"ranking":[]} ] } \n',
      'A B\n1 A\n1 -',
    ],
    ['candidates after the ballots', '{"ballots":[{"ranking":["B"]}],"candidates":["A","B"]}', 'A B\n1 B'],
    ['counts past 2^53', wrap('{"count":9007199254740993,"ranking":["A"]}'), 'A B\n9007199254740993 A'],
    [
      'ids with brackets, quotes and commas',
      '{"candidates":["a],{\\"b","}"],"ballots":[{"ranking":["}",["a],{\\"b"]]}]}',
      'a],{"b }\n1 }>a],{"b',
    ],
    ['a byte-order mark', `\ufeff${wrap('{"ranking":["A"]}')}`, 'A B\n1 A'],
    ['UTF-16', Buffer.from(`\ufeff${wrap('{"ranking":["A"]}')}`, 'utf16le'), 'A B\n1 A'],
    ['empty tiers', wrap('{"ranking":[[],["A"],[],"B"]}'), 'A B\n1 A>B'],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
    expect(readBallotFile(text).format).toBe('json');
  });

  it.each(['before', 'after'])('reads the rule for the unranked %s the ballots', (where) => {
    const rule = '"unranked":"last"';
    const ballots = '"ballots":[{"ranking":["A"]}]';
    const text = `{"candidates":["A","B"],${where === 'before' ? `${rule},${ballots}` : `${ballots},${rule}`}}`;
    const { ballots: table } = readBallotFile(text);
    expect([table.unranked, table.cast]).toEqual(['last', 1]);
  });

  it.each([
    [wrap('{"ranking":["Z"]}'), 'line 2, column 24: expected one of the candidates, found "Z"'],
    [wrap('{"ranking":["A","A"]}'), 'line 2, column 28: expected "A" once in a ballot, found it again'],
    [
      wrap('{"ranking":["A"]},\n{"ranking":["A"],"x":1}'),
      'line 3, column 18: expected "count", "ranking", found the key "x"',
    ],
    [
      wrap('{"count":0,"ranking":[]}'),
      'line 2, column 21: expected a count as a whole number from 1, found 0',
    ],
    [
      wrap('{"count":1.5,"ranking":[]}'),
      'line 2, column 21: expected a count as a whole number from 1, found 1.5',
    ],
    [wrap('{"ranking":[],"ranking":[]}'), 'line 2, column 26: expected each key once, found "ranking" again'],
    [wrap('{}'), 'line 2, column 12: expected the key "ranking", found none'],
    [wrap('"A"'), 'line 2, column 12: expected a ballot with "ranking", found "A"'],
    [wrap('{"ranking":[]} {"ranking":[]}'), 'line 2, column 27: expected "," or "]", found "{"'],
    [wrap('{"ranking":[]},'), 'line 2, column 27: expected a JSON value, found "]"'],
    [wrap('{"ranking":[}'), 'line 2, column 24: expected a JSON value, found "}"'],
    [
      '{"candidates":["A"],"ballots":[{"ranking":["A"]}',
      'line 1, column 49: expected "," or "]", found the end of the file',
    ],
    [
      '{"candidates":["A"],"ballots":[{"ranking":["A"',
      'line 1, column 47: expected "," or "]", found the end of the file',
    ],
    [
      '{"candidates":["A"],"ballots":[],\n"seats":1}',
      'line 2, column 1: expected "candidates", "ballots", "unranked", found the key "seats"',
    ],
    ['{"candidates":["A","A"],"ballots":[]}', 'line 1, column 20: expected another id, found "A" again'],
    ['{"candidates":["A"],"ballots":3}', 'line 1, column 31: expected a list of ballots, found 3'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text)).toBe(message);
  });
});
