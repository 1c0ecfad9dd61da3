import { describe, expect, it } from 'vitest';

import { BallotTable, BLOCK_ROWS } from './ballot-table.ts';

const ranksOf = (table: BallotTable): (number | null)[][] =>
  Array.from(table.ballots, ({ ranks }) => Array.from(ranks));

describe('BallotTable', () => {
  it('gives back what was added, over the end of a block', () => {
    const table = new BallotTable(['a', 'b']);
    for (let r = 0; r <= BLOCK_ROWS; r++) table.add([1 + (r % 7), r % 2 === 0 ? null : 3]);
    const rows = ranksOf(table);
    expect(rows).toHaveLength(BLOCK_ROWS + 1);
    expect(rows.every(([a, b], r) => a === 1 + (r % 7) && b === (r % 2 === 0 ? null : 3))).toBe(true);
  });

  it('keeps the order of ranks too large for a byte, and small ranks as they are', () => {
    const table = new BallotTable(['a', 'b', 'c']);
    table.add([254, 1, null]);
    table.add([1_000_000_000, 255, null]);
    table.add([255, 255, 1]);
    expect(ranksOf(table)).toEqual([
      [254, 1, null],
      [2, 1, null],
      [2, 2, 1],
    ]);
  });

  it('counts blank ballots, opinions and ballots that compare nobody', () => {
    const table = new BallotTable(['a', 'b']);
    table.add([null, null]);
    table.add([1, null], 3);
    table.add([2, 2]);
    table.add([2, 1], 2n ** 60n);
    table.add([null, null], 2);
    expect(table.blank).toBe(3);
    expect(table.idle).toBe(4);
    expect(table.cast).toBe(2n ** 60n + 7n);
    expect(table.opinions(0)).toBe(2n ** 60n + 4n);
    expect(table.opinions(1)).toBe(2n ** 60n + 1n);
  });

  it('holds one byte a cell up to 254 candidates and two past it', () => {
    for (const [size, bytes] of [
      [254, 1],
      [255, 2],
    ] as const) {
      const table = new BallotTable(Array.from({ length: size }, (_, i) => `c${i}`));
      table.add(table.candidates.map(() => 1));
      expect(Array.from(table.blocks(), ({ cells }) => cells.BYTES_PER_ELEMENT)).toEqual([bytes]);
    }
  });

  it('counts in numbers up to 2^53 - 1 and in bigints past it', () => {
    const table = new BallotTable(['a']);
    table.add([1], Number.MAX_SAFE_INTEGER);
    expect(table.cast).toBe(Number.MAX_SAFE_INTEGER);
    table.add([1]);
    expect(table.cast).toBe(2n ** 53n);
  });

  it('refuses more candidates than two bytes can rank', () => {
    const ids = Array.from({ length: 65535 }, (_, i) => `c${i}`);
    expect(() => new BallotTable(ids)).toThrow('at most 65534 candidates');
  });

  it('keeps counted ballots as one row', () => {
    const table = new BallotTable(['a']);
    table.add([1], 2n);
    expect(Array.from(table.ballots)).toEqual([{ ranks: [1], count: 2 }]);
  });

  it.each([
    [[1], 'a ballot of 1 ranks for 2 candidates'],
    [[1, 0], 'not 0'],
    [[1, -1], 'not -1'],
    [[1, 1.5], 'not 1.5'],
    [[1, NaN], 'not NaN'],
    [[1, 2 ** 53], 'not 9007199254740992'],
  ])('refuses the ballot %j', (ranks, message) => {
    const table = new BallotTable(['a', 'b']);
    expect(() => table.add(ranks)).toThrow(message);
    expect(table.cast).toBe(0);
  });

  it.each([1, 1n])('takes the count %s', (count) => {
    const table = new BallotTable(['a']);
    table.add([1], count);
    expect(table.cast).toBe(1);
  });

  it.each([0, -1, 0n, -5n, 1.5, 2 ** 53])('refuses the count %s', (count) => {
    const table = new BallotTable(['a']);
    expect(() => table.add([1], count)).toThrow('a count must be');
    expect(table.cast).toBe(0);
  });

  it('refuses ids that are empty or repeated', () => {
    expect(() => new BallotTable(['a', ''])).toThrow('empty');
    expect(() => new BallotTable(['a', 'b', 'a'])).toThrow('"a" appears twice');
    expect(() => new BallotTable(['a', 'A', '__proto__', 'constructor'])).not.toThrow();
  });

  it('hands full blocks to a sink and the rest on flush, keeping nothing', () => {
    const seen: number[] = [];
    const table = new BallotTable(['a'], {
      sink: { block: ({ rows }) => seen.push(rows), row: () => seen.push(-1) },
    });
    for (let r = 0; r < BLOCK_ROWS + 5; r++) table.add([1]);
    table.add([1], 9);
    expect(seen).toEqual([BLOCK_ROWS, -1]);
    table.flush();
    table.flush();
    expect(seen).toEqual([BLOCK_ROWS, -1, 5]);
    expect(ranksOf(table)).toEqual([]);
    expect(table.cast).toBe(BLOCK_ROWS + 14);
  });

  it('takes candidates that come up later, on whom earlier ballots have no opinion', () => {
    const table = new BallotTable([]);
    const names = Array.from({ length: 300 }, (_, i) => `c${i}`);
    names.forEach((name, i) => {
      expect(table.addCandidate(name)).toBe(i);
      table.add(names.slice(0, i + 1).map((_, k) => (k === i ? 1 : k === 0 ? 2 : null)));
      if (i % 50 === 0)
        table.add(
          names.slice(0, i + 1).map((_, k) => (k === i ? 3 : null)),
          5,
        );
    });
    const rows = Array.from(table.ballots, ({ ranks, count }) => [Array.from(ranks), count ?? 1] as const);
    expect(rows.every(([ranks]) => ranks.length === 300)).toBe(true);
    expect(rows.filter(([ranks]) => ranks[7] !== null)).toEqual([[expect.anything(), 1]]);
    expect(rows.filter(([, count]) => count === 5)).toHaveLength(6);
    expect([table.opinions(0), table.opinions(50), table.opinions(299), table.cast]).toEqual([
      305, 6, 1, 330,
    ]);
    expect(() => table.addCandidate('c7')).toThrow('candidate "c7" appears twice');
    expect(() => table.addCandidate('')).toThrow('a candidate id is empty');
  });

  it('takes them also after blocks are full', () => {
    const table = new BallotTable(['a']);
    for (let i = 0; i < BLOCK_ROWS + 3; i++) table.add([1]);
    table.addCandidate('b');
    table.add([2, 1]);
    const grown = Array.from(table.ballots, ({ ranks }) => Array.from(ranks));
    expect(grown).toHaveLength(BLOCK_ROWS + 4);
    expect(grown.at(0)).toEqual([1, null]);
    expect(grown.at(-1)).toEqual([2, 1]);
    const sink = { block: () => undefined, row: () => undefined };
    expect(() => new BallotTable(['a'], { sink }).addCandidate('b')).toThrow('cannot grow');
  });

  it('keeps the counted rows from before a candidate came, and many of them', () => {
    const table = new BallotTable(['a']);
    table.add([2], 5n);
    table.addCandidate('b');
    for (let i = 0; i < 1500; i++) table.add([2, 1], 2);
    const rows = Array.from(
      table.weightedRows(),
      ({ ranks, count }) => `${count} ${Array.from(ranks).join(' ')}`,
    );
    expect(rows).toHaveLength(1501);
    expect([rows[0], rows[1], rows[1500]]).toEqual(['5 2 0', '2 2 1', '2 2 1']);
    expect([table.cast, table.opinions(0), table.opinions(1)]).toEqual([3005, 3005, 3000]);
  });

  it('leaves candidates out, and calls them otherwise', () => {
    const table = new BallotTable(['a', 'b', 'c'], { unranked: 'last' });
    table.add([1, 2, null]);
    table.add([null, 4, null], 3);
    const fewer = table.withColumns([2, 0]);
    expect([fewer.candidates, fewer.unranked, fewer.cast, fewer.blank]).toEqual([['c', 'a'], 'last', 4, 3]);
    expect(Array.from(fewer.ballots, ({ ranks }) => ranks)).toEqual([
      [null, 1],
      [null, null],
    ]);
    expect(table.withColumns([1], ['x'], 'no-opinion')).toMatchObject({
      candidates: ['x'],
      unranked: 'no-opinion',
    });
    table.rename(['x', 'y', 'z']);
    expect(table.candidates).toEqual(['x', 'y', 'z']);
    expect(() => table.rename(['x'])).toThrow('1 names for 3 candidates');
    expect(() => table.rename(['x', 'x', 'z'])).toThrow('appears twice');
  });
});
