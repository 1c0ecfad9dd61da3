import { join } from '@elekto/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFalse } from '../group/equations.ts';
import { multiplyBase } from '../group/multiply.ts';
import { decodeScalar, encodeScalar, invert, randomScalar } from '../group/scalar.ts';
import { BASE, decodePoint, encodePoint, type Point } from '../group/point.ts';
import { codeOf, flip, must, runs } from '../testing.ts';
import { encodeMix, mixBytes, type MixParts, splitMix } from './body.ts';
import { checkMix } from './check-mix.ts';
import { type Ciphertext, readCiphertexts } from './ciphertext.ts';
import { randomPermutation } from './permutation.ts';
import type { MixPlace } from './place.ts';
import { prove, shuffle } from './shuffle.ts';

const SECRET = 1234567n;
const place = (points = 1, more: Partial<MixPlace> = {}): MixPlace => ({
  manifestHash: new Uint8Array(32).fill(1),
  boxHash: new Uint8Array(32).fill(2),
  prevHash: new Uint8Array(32).fill(3),
  position: 1,
  officer: 2,
  electionKey: multiplyBase(SECRET),
  points,
  ...more,
});
const where = { step: 'mix 1', party: 'grace' };
/** Ciphertexts of the messages i G, one for each component. */
function ballots(count: number, w = 1): Ciphertext[] {
  const rows = Array.from({ length: count }, (_, i) => {
    const r = Array.from({ length: w }, randomScalar);
    const a = r.map((one) => encodePoint(multiplyBase(one)));
    const b = r.map((one, k) => encodePoint(multiplyBase(one * SECRET + BigInt(100 * i + k + 1))));
    return join([...a, ...b]);
  });
  return readCiphertexts(join(rows), w) as Ciphertext[];
}
const open = ({ a, b }: Ciphertext): string =>
  b
    .map((point, k) => {
      const message = point.subtract((a[k] as Point).multiply(SECRET));
      return Array.from({ length: 1000 }, (_, m) => m + 1).find((m) => multiplyTable(m).equals(message));
    })
    .join(',');
const table: Point[] = [];
function multiplyTable(m: number): Point {
  while (table.length <= m) table.push(multiplyBase(BigInt(table.length)));
  return table[m] as Point;
}
const check = (before: readonly Ciphertext[], body: Uint8Array, at = place()): string =>
  codeOf(checkMix(at, before, body, where));
const parts = (body: Uint8Array, count: number, w = 1): MixParts => splitMix(body, count, w) as MixParts;
const plus = (bytes: Uint8Array, by: bigint): Uint8Array => encodeScalar((decodeScalar(bytes) ?? 0n) + by);
const set = <T>(list: readonly T[], at: number, value: T): T[] =>
  list.map((one, i) => (i === at ? value : one));

const five = ballots(5);
const good = shuffle(place(), five);
const pieces = parts(good, 5);
const long = ballots(4, 2);
const longGood = shuffle(place(2), long);
const longPieces = parts(longGood, 4, 2);

describe('a mix', () => {
  it.each([
    [1, 1],
    [2, 1],
    [7, 1],
    [1, 2],
    [6, 3],
  ])('of %i ballots of %i points has the same ballots in it, and nothing looks the same', (count, w) => {
    const before = ballots(count, w);
    const body = shuffle(place(w), before);
    const after = must(checkMix(place(w), before, body, where));
    expect(after.map(open).toSorted()).toEqual(before.map(open).toSorted());
    const points = (rows: readonly Ciphertext[]): string[] =>
      rows.flatMap(({ a, b }) => [...a, ...b]).map((point) => point.toHex());
    expect(new Set([...points(before), ...points(after)]).size).toBe(4 * w * count);
  });

  it('puts ballots in every order, each about as often', () => {
    const seen = new Map<string, number>();
    for (let i = 0; i < 600; i += 1) {
      const order = randomPermutation(3).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const times of seen.values()) expect(times).toBeGreaterThan(50);
    expect(randomPermutation(1)).toEqual([0]);
    expect(randomPermutation(0)).toEqual([]);
  });

  it('gives each component an exponent of its own', () => {
    const before = ballots(3, 2);
    const after = must(checkMix(place(2), before, shuffle(place(2), before), where));
    const differences = [...before, ...after].map(({ a: [one, two] }) =>
      (one as Point).subtract(two as Point).toHex(),
    );
    expect(new Set(differences).size).toBe(6);
  });

  it('of nothing is none: a sentence for who checks, an error for who mixes', () => {
    expect(() => shuffle(place(), [])).toThrow(RangeError);
    expect(check([], good)).toBe('mix-of-nothing');
    expect(check([], new Uint8Array())).toBe('mix-of-nothing');
  });

  it('tells its checker how far it is, in steps of which none is long', () => {
    const told: number[] = [];
    expect(checkMix(place(), five, good, where, (done) => told.push(done)).ok).toBe(true);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    const steps = told.map((done, i) => done - (told[i - 1] ?? 0));
    expect(Math.max(...steps)).toBeLessThan(0.12);
  });

  it('passes the checks of the specification one by one, with every sum done by itself', () => {
    expect(check(five, good)).toBe('accepted');
    expect(encodeMix(pieces)).toEqual(good);
    expect(good.length).toBe(mixBytes(5, 1));
  });
});

describe('a mix that cheats is refused:', () => {
  it('a ballot replaced, doubled, dropped, or two swapped with the proof unchanged', () => {
    const [first, second, ...rest] = pieces.rows as [Uint8Array, Uint8Array, ...Uint8Array[]];
    const stranger = ballots(1)[0]?.bytes as Uint8Array;
    for (const rows of [
      [stranger, second, ...rest],
      [second, second, ...rest],
      [second, first, ...rest],
    ])
      expect(check(five, encodeMix({ ...pieces, rows }))).toMatch(/^mix-(permutation|ballots)$/);
    expect(check(five, encodeMix({ ...pieces, rows: [second, ...rest] }))).toBe('mix-length');
    expect(check(five, encodeMix({ ...pieces, rows: [first, ...pieces.rows] }))).toBe('mix-length');
    expect(check(five.slice(1), good)).toBe('mix-length');
  });

  it('the same by somebody who makes the proof anew for what they did', () => {
    // The proof is made for other ballots than those that came, with all challenges as they have to be.
    const order = [0, 1, 2, 3, 4];
    const exponents = order.map(() => [randomScalar()]);
    const replaced = set(five, 2, ballots(1)[0] as Ciphertext);
    const doubled = set(five, 2, five[1] as Ciphertext);
    for (const other of [replaced, doubled]) {
      const body = prove(place(), other, order, exponents, five);
      expect(check(five, body)).toBe('mix-ballots');
    }
    expect(check(five, prove(place(), five, order, exponents, five))).toBe('accepted');
    expect(check(five, prove(place(), five, [0, 1, 1, 3, 4], exponents))).toBe('mix-permutation');
  });

  it('components in different orders, or one copied from another voter', () => {
    const exponents = long.map(() => [randomScalar(), randomScalar()]);
    const order = [2, 0, 3, 1];
    const rearrange = (second: readonly number[]): Ciphertext[] =>
      long.map(({ a, b }, i) => {
        const other = long[second[i] as number] as Ciphertext;
        const row = { a: [a[0] as Point, other.a[1] as Point], b: [b[0] as Point, other.b[1] as Point] };
        return { ...row, bytes: join([...row.a, ...row.b].map(encodePoint)) };
      });
    for (const second of [
      [1, 0, 2, 3],
      [0, 0, 2, 3],
    ])
      expect(check(long, prove(place(2), rearrange(second), order, exponents, long), place(2))).toBe(
        'mix-ballots',
      );
    expect(check(long, prove(place(2), rearrange([0, 1, 2, 3]), order, exponents, long), place(2))).toBe(
      'accepted',
    );
  });

  it('one exponent for two components, or none: anybody could follow the ballot', () => {
    const order = [2, 0, 3, 1];
    const own = long.map(() => [randomScalar(), randomScalar()]);
    const shared = set(own, 1, [7n, 7n]);
    expect(check(long, prove(place(2), long, order, shared), place(2))).toBe('mix-linkable');
    expect(check(long, prove(place(2), long, order, set(own, 3, [0n, 5n])), place(2))).toBe('mix-linkable');
    expect(check(long, prove(place(2), long, order, own), place(2))).toBe('accepted');
    expect(
      check(
        five,
        prove(
          place(),
          five,
          order.concat(4),
          five.map(() => [0n]),
        ),
      ),
    ).toBe('mix-linkable');
    const three = ballots(2, 3);
    const last = [
      [3n, 5n, 5n],
      [6n, 7n, 8n],
    ];
    expect(check(three, prove(place(3), three, [1, 0], last), place(3))).toBe('mix-linkable');
    // Two equal components of one ballot are the voter's own affair.
    const [one] = ballots(1) as [Ciphertext];
    const twin = readCiphertexts(
      join([one.a[0], one.a[0], one.b[0], one.b[0]].map((p) => encodePoint(p as Point))),
      2,
    );
    const body = shuffle(place(2), twin as Ciphertext[]);
    expect(check(twin as Ciphertext[], body, place(2))).toBe('accepted');
  });

  it('a proof of another election, box, file, position, officer or key', () => {
    const elsewhere: Partial<MixPlace>[] = [
      { manifestHash: new Uint8Array(32) },
      { boxHash: new Uint8Array(32) },
      { prevHash: new Uint8Array(32) },
      { position: 2 },
      { officer: 1 },
      { electionKey: multiplyBase(SECRET + 1n) },
    ];
    for (const more of elsewhere)
      expect(check(five, good, place(1, more))).toMatch(/^mix-(permutation|ballots)$/);
    expect(check(ballots(5), good)).toMatch(/^mix-(permutation|ballots)$/);
    expect(check([...five].reverse(), good)).toMatch(/^mix-(permutation|ballots)$/);
  });

  it('any part of the proof changed', () => {
    for (const [name, list] of Object.entries(longPieces) as [keyof MixParts, Uint8Array[]][]) {
      list.forEach((item, at) => {
        const isScalar = /esponses$/.test(name);
        const changed = isScalar
          ? plus(item, 1n)
          : join(
              [...Array(item.length / 32).keys()].map((k) => {
                const piece = item.subarray(32 * k, 32 * k + 32);
                return k === item.length / 32 - 1
                  ? encodePoint((decodePoint(piece) as Point).add(BASE))
                  : piece;
              }),
            );
        const body = encodeMix({ ...longPieces, [name]: set(list, at, changed) });
        expect(check(long, body, place(2)), `${name} ${at}`).toMatch(/^mix-(permutation|ballots)$/);
      });
    }
  });

  it('errors in the chain that cancel when all are weighed alike, or by nothing', () => {
    const { chainResponses } = pieces;
    const shift = (by: readonly bigint[]): Uint8Array =>
      encodeMix({ ...pieces, chainResponses: chainResponses.map((one, i) => plus(one, by[i] ?? 0n)) });
    for (let times = 0; times < 10; times += 1) {
      expect(check(five, shift([9n, -9n]))).toBe('mix-permutation');
      expect(check(five, shift([1n, 1n, 1n, 1n, -4n]))).toBe('mix-permutation');
      expect(check(five, shift([0n, 5n, 0n, -10n, 5n]))).toBe('mix-permutation');
    }
  });

  it('responses that are all zero, points that are all neutral', () => {
    const zero = (list: readonly Uint8Array[]): Uint8Array[] => list.map(() => new Uint8Array(32));
    const zeroed = {
      ...pieces,
      responses: zero(pieces.responses),
      chainResponses: zero(pieces.chainResponses),
      rowResponses: zero(pieces.rowResponses),
    };
    expect(check(five, encodeMix(zeroed))).toBe('mix-permutation');
    const neutral = { ...zeroed, permutation: zero(pieces.permutation), chain: zero(pieces.chain) };
    expect(check(five, encodeMix({ ...neutral, chainTs: zero(pieces.chainTs), ts: zero(pieces.ts) }))).toBe(
      'mix-permutation',
    );
    expect(check(five, encodeMix({ ...pieces, rows: pieces.rows.map(() => new Uint8Array(64)) }))).toBe(
      'mix-group',
    );
  });

  it('encodings that are not canonical, scalars too large, lists of other lengths', () => {
    const bad = new Uint8Array(32).fill(255);
    for (const name of Object.keys(longPieces) as (keyof MixParts)[]) {
      const list = longPieces[name];
      const item = list[0] as Uint8Array;
      const replaced = set(list, 0, join([bad, item.subarray(32)]));
      expect(check(long, encodeMix({ ...longPieces, [name]: replaced }), place(2)), name).toBe('mix-group');
      const shorter = list.slice(1);
      expect(check(long, encodeMix({ ...longPieces, [name]: shorter }), place(2)), name).toBe('mix-length');
    }
    expect(check(five, good.slice(0, -1))).toBe('mix-length');
    expect(check(five, join([good, new Uint8Array(1)]))).toBe('mix-length');
    expect(check(five, longGood)).toBe('mix-length');
    expect(check(five, new Uint8Array())).toBe('mix-length');
  });

  it('any byte changed, and any bytes at all, without an exception', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        expect(check(five, flip(good, at, by))).toMatch(/^mix-(length|group|permutation|ballots)$/);
      }),
      { numRuns: runs(40) },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(check(five, bytes)).toBe('mix-length');
      }),
    );
  });

  it('and says who, at which step', () => {
    expect(checkMix(place(), five, flip(good, good.length - 1, 1), where)).toMatchObject({
      ok: false,
      error: { step: 'mix 1', party: 'grace', message: expect.stringMatching(/^Mix 1, grace: /) },
    });
  });
});

describe('the halves of points', () => {
  it('double to the points', () => {
    const half = invert(2n);
    expect(
      firstFalse([
        [
          [multiplyBase(half * 7n), 2n],
          [BASE, -7n],
        ],
      ]),
    ).toBe(-1);
  });
});
