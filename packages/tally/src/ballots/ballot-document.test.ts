import { describe, expect, it } from 'vitest';

import type { BallotsFormatError } from '../model.ts';
import { parseBallotsJson } from './ballot-document.ts';
import { formatBallotsJson } from './format-json.ts';

function problem(text: string): string {
  try {
    parseBallotsJson(text);
  } catch (error) {
    return (error as BallotsFormatError).message;
  }
  return 'no problem';
}

const HEAD = '{"candidates":["A","B"],"ballots":';

describe('parseBallotsJson', () => {
  it('reads ties, counts of any size and what unranked means', () => {
    const table = parseBallotsJson(
      '\ufeff{"candidates":["A","B","C"], "unranked":"last",\n "ballots":[{"count":340282366920938463463374607431768211456,"ranking":[["A"],["B","C"]]},{"ranking":["C"]}]}',
    );
    expect(table.unranked).toBe('last');
    expect(Array.from(table.ballots)).toEqual([
      { ranks: [null, null, 1] },
      { ranks: [1, 2, 2], count: 2n ** 128n },
    ]);
  });

  it('reads white space wherever JSON allows it, and writes an empty list as one', () => {
    expect(parseBallotsJson(' { "candidates" : [ ] ,\r\n\t"ballots" : [ ] } ').cast).toBe(0);
    expect(formatBallotsJson({ candidates: ['a'], ballots: [] })).toBe(
      '{\n  "candidates": ["a"],\n  "ballots": []\n}\n',
    );
  });

  it('reads what formatBallotsJson writes', () => {
    const table = parseBallotsJson(
      `${HEAD}[{"count":9007199254740993,"ranking":[["B"],["A"]]},{"ranking":[]}],"unranked":"no-opinion"}`,
    );
    const again = parseBallotsJson(formatBallotsJson(table));
    expect(Array.from(again.ballots)).toEqual(Array.from(table.ballots));
    expect(again.unranked).toBe('no-opinion');
    expect(parseBallotsJson(formatBallotsJson({ candidates: [], ballots: [] })).candidates).toEqual([]);
  });

  it.each([
    ['', 'line 1, column 1: expected a JSON value, found the end of the file'],
    ['[1]', 'line 1, column 1: expected an object with "candidates" and "ballots", found a list'],
    ['{}', 'line 1, column 1: expected the key "candidates", found none'],
    ['{"candidates":["A"]}', 'line 1, column 1: expected the key "ballots", found none'],
    [
      '{"candidates":["A",""],"ballots":[]}',
      'line 1, column 20: expected a candidate id, found an empty string',
    ],
    ['{"candidates":["A","A"],"ballots":[]}', 'line 1, column 20: expected another id, found "A" again'],
    ['{"candidates":[1],"ballots":[]}', 'line 1, column 16: expected a candidate id as a string, found 1'],
    ['{"candidates":[],"ballots":{}}', 'line 1, column 28: expected a list of ballots, found an object'],
    [
      `${HEAD}[],"more":1}`,
      'line 1, column 38: expected "candidates", "ballots", "unranked", found the key "more"',
    ],
    [`${HEAD}[],"unranked":"x"}`, 'line 1, column 49: expected "no-opinion" or "last", found "x"'],
    [
      `${HEAD}[\n  {"count":0,"ranking":[]}]}`,
      'line 2, column 12: expected a count as a whole number from 1, found 0',
    ],
    [
      `${HEAD}[\n  {"count":1.5,"ranking":[]}]}`,
      'line 2, column 12: expected a count as a whole number from 1, found 1.5',
    ],
    [
      `${HEAD}[\n  {"count":1e3,"ranking":[]}]}`,
      'line 2, column 12: expected a count as a whole number from 1, found 1e3',
    ],
    [
      `${HEAD}[\n  {"count":"3","ranking":[]}]}`,
      'line 2, column 12: expected a count as a whole number from 1, found "3"',
    ],
    [`${HEAD}[\n  {"count":3}]}`, 'line 2, column 3: expected the key "ranking", found none'],
    [
      `${HEAD}[\n  {"ranking":[["A"],["Z"]]}]}`,
      'line 2, column 22: expected one of the candidates, found "Z"',
    ],
    [
      `${HEAD}[\n  {"ranking":[["A"],["B","A"]]}]}`,
      'line 2, column 26: expected "A" once in a ballot, found it again',
    ],
    [
      `${HEAD}[\n  {"ranking":[["A"],null]}]}`,
      'line 2, column 21: expected a list of candidate ids, found null',
    ],
    [`${HEAD}[],}`, 'line 1, column 38: expected a string, found "}"'],
    [`${HEAD}[}`, 'line 1, column 36: expected a JSON value, found "}"'],
    [`${HEAD}[{}{}]`, 'line 1, column 38: expected "," or "]", found "{"'],
    [`${HEAD}[] "x"`, 'line 1, column 38: expected "," or "}", found "\\""'],
    [`${HEAD}[]} x`, 'line 1, column 39: expected the end of the file, found "x"'],
    ['{"a" 1}', 'line 1, column 6: expected ":", found "1"'],
    ['{"a":"x\n"}', 'line 1, column 6: expected a string that ends on its line, found "\\""'],
    ['{"a":1,"a":2}', 'line 1, column 8: expected each key once, found "a" again'],
    ['['.repeat(100), 'line 1, column 66: expected fewer brackets inside each other, found "["'],
  ])('refuses %j', (text, message) => {
    expect(problem(text)).toBe(message);
  });
});
