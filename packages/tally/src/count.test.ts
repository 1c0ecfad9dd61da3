import { describe, expect, it } from 'vitest';

import { count } from './count.ts';
import { parseBallotsCsv } from './ballots/csv.ts';
import { toJson } from './report/json.ts';

describe('count', () => {
  it('orders by the number of candidates that beat you, so places repeat and skip', () => {
    const outcome = count(parseBallotsCsv('b,A,c\n1,2,3\n2,1,3\n'), { seats: 1 });
    expect(outcome.places).toEqual([
      { place: 1, candidates: ['A', 'b'] },
      { place: 3, candidates: ['c'] },
    ]);
    expect(outcome.seats.boundaryTie).toEqual({ candidates: ['A', 'b'], seats: 1 });
  });

  it('writes the same bytes for the same ballots in any order of rows and columns', () => {
    const one = count(parseBallotsCsv('b,A,10\n1,2,3\nNo opinion,1,2\n3,2,1\n'));
    const two = count(parseBallotsCsv('10,A,b\r\n1,2,3\r\n3,2,1\r\n2,1,No opinion\r\n'));
    expect(toJson(two)).toBe(toJson(one));
  });
});
