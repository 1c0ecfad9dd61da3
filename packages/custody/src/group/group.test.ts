import { uint32 } from '@elekto/wire';
import { ristretto255_hasher } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { runs } from '../testing.ts';
import { decodeFast } from './decode-fast.ts';
import { encodeDoubles, encodeFast } from './encode-many.ts';
import { add, double, isNeutral, subtractCached, toCached, toExtended, toPoints, ZERO } from './extended.ts';
import { type Equation, firstFalse } from './equations.ts';
import { P, SQRT_M1 } from './field.ts';
import { addMultiples, fixBase, windowFor } from './fixed-base.ts';
import { ADDEND } from './flat.ts';
import { generators } from './generators.ts';
import { halved, sumOfProducts, sumsAlike, sumsToNothing } from './msm.ts';
import { nonce } from './nonce.ts';
import { powerForRoot } from './power.ts';
import { multiply, multiplyBase, multiplyPublic } from './multiply.ts';
import { BASE, decodeNonIdentity, decodePoint, encodePoint, IDENTITY, type Point } from './point.ts';
import {
  decodeScalar,
  encodeScalar,
  hashToScalar,
  invert,
  littleEndian,
  ORDER,
  randomScalar,
  randomWeight,
  reduce,
} from './scalar.ts';
import { cheapestWindow } from './window.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const scalar = fc.bigInt({ min: 0n, max: ORDER - 1n });
const edge = fc.constantFrom(
  0n,
  1n,
  2n,
  ORDER - 1n,
  ORDER - 2n,
  1n << 252n,
  (1n << 128n) - 1n,
  128n,
  255n,
  256n,
);
const anyScalar = fc.oneof(scalar, edge);
const plain = (points: readonly Point[], scalars: readonly bigint[]): Point =>
  points.reduce((sum, point, i) => sum.add(multiplyPublic(point, scalars[i] ?? 0n)), IDENTITY);

describe('an element', () => {
  it('has the encodings of RFC 9496, appendix A.1', () => {
    const multiples = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76',
      '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919',
      '94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259',
    ];
    multiples.forEach((text, k) => {
      expect(hex(encodePoint(multiplyBase(BigInt(k))))).toBe(text);
      expect(decodePoint(bytes(text))?.equals(multiplyBase(BigInt(k)))).toBe(true);
    });
  });

  it('has no other encoding: the bad ones of RFC 9496, appendix A.2, and other lengths are refused', () => {
    const bad = [
      '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      '0100000000000000000000000000000000000000000000000000000000000000',
      '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20',
      '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
    ];
    for (const text of bad) expect(decodePoint(bytes(text)), text).toBeNull();
    for (const length of [0, 31, 33, 64]) expect(decodePoint(new Uint8Array(length))).toBeNull();
    expect(decodeNonIdentity(new Uint8Array(32))).toBeNull();
    expect(decodeNonIdentity(encodePoint(BASE))?.equals(BASE)).toBe(true);
    expect(decodeNonIdentity(new Uint8Array(31))).toBeNull();
  });

  it('is decoded in lists exactly as by itself, whatever the bytes are', () => {
    const agrees = (encoding: Uint8Array): void => {
      const [one, other] = [decodePoint(encoding), decodeFast(encoding)];
      expect(other === null, hex(encoding)).toBe(one === null);
      if (one !== null) expect(other?.toAffine(), hex(encoding)).toEqual(one.toAffine());
    };
    // Even and below 2^255, or almost none of them would be one.
    const likely = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((all) => {
      const copy = Uint8Array.from(all);
      copy[0] = (copy[0] ?? 0) & 254;
      copy[31] = (copy[31] ?? 0) & 127;
      return copy;
    });
    fc.assert(fc.property(likely, agrees), { numRuns: runs(300) });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), agrees), { numRuns: runs(100) });
    const near = [
      0n,
      1n,
      2n,
      P - 2n,
      P - 1n,
      P,
      P + 1n,
      P + 2n,
      2n ** 255n - 2n,
      2n ** 255n,
      SQRT_M1,
      P - SQRT_M1,
    ];
    for (const value of near) agrees(bytes(value.toString(16).padStart(64, '0').slice(0, 64)).reverse());
    for (let k = 0n; k < 40n; k += 1n) agrees(encodePoint(multiplyBase(k)));
    agrees(Uint8Array.of(...encodePoint(multiplyBase(3n)), 0));
    agrees(encodePoint(multiplyBase(3n)).slice(0, 31));
    // What stands for the same number otherwise, and its negative, is no encoding.
    const littleEnd = (value: bigint): Uint8Array => bytes(value.toString(16).padStart(64, '0')).reverse();
    const ofBase = (k: bigint): bigint => BigInt(`0x${hex(encodePoint(multiplyBase(k)).toReversed())}`);
    for (let s = 0n; s < 19n; s += 1n) agrees(littleEnd(P + s));
    for (let k = 1n; k < 20n; k += 1n) {
      expect(decodeFast(littleEnd(ofBase(k)))?.equals(multiplyBase(k))).toBe(true);
      expect(decodeFast(littleEnd(P - ofBase(k)))).toBeNull();
    }
  });

  it('multiplied by nothing, or nothing multiplied, is nothing and no exception', () => {
    for (const times of [multiply, multiplyPublic]) {
      for (const k of [0n, ORDER, -ORDER]) expect(times(BASE, k).is0()).toBe(true);
      expect(times(IDENTITY, 5n).is0()).toBe(true);
      expect(times(BASE, -1n).add(BASE).is0()).toBe(true);
    }
  });
});

describe('a scalar', () => {
  it('has exactly one encoding, little-endian', () => {
    fc.assert(
      fc.property(anyScalar, (value) => {
        expect(decodeScalar(encodeScalar(value))).toBe(value);
      }),
    );
    expect(hex(encodeScalar(258n))).toBe(`0201${'00'.repeat(30)}`);
    const order = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
    expect(decodeScalar(order)).toBeNull();
    expect(decodeScalar(bytes(`ec${hex(order).slice(2)}`))).toBe(ORDER - 1n);
    expect(decodeScalar(new Uint8Array(32).fill(255))).toBeNull();
    expect(decodeScalar(new Uint8Array(31))).toBeNull();
    expect(decodeScalar(new Uint8Array(33))).toBeNull();
    // By eight bytes at a time and then one by one.
    for (let length = 0; length <= 40; length += 1) {
      const some = Uint8Array.from({ length }, (_, i) => 200 - 3 * i);
      expect(littleEndian(some)).toBe(BigInt(`0x0${hex(some.toReversed())}`));
    }
  });

  it('of a message is SHA-512, little-endian, modulo the order', () => {
    // By Python: int.from_bytes(hashlib.sha512(b'elekto').digest(), 'little') % L
    expect(hex(encodeScalar(hashToScalar(new TextEncoder().encode('elekto'))))).toBe(
      '7a687d3520b830602cca57f1f901f9760d5724a0837b4254d7fe9998b37b6f02',
    );
  });

  it('is inverted and reduced', () => {
    expect(reduce(-1n)).toBe(ORDER - 1n);
    expect(reduce(invert(7n) * 7n)).toBe(1n);
    expect(() => invert(0n)).toThrow();
  });

  it('at random is never 0 and fills its range; a weight has 128 bits', () => {
    const scalars = Array.from({ length: 200 }, randomScalar);
    expect(new Set(scalars).size).toBe(200);
    expect(scalars.every((value) => value > 0n && value < ORDER)).toBe(true);
    expect(scalars.some((value) => value > ORDER / 2n)).toBe(true);
    const weights = Array.from({ length: 200 }, randomWeight);
    expect(new Set(weights).size).toBe(200);
    expect(weights.every((value) => value > 0n && value < 1n << 128n)).toBe(true);
    expect(weights.some((value) => value > 1n << 126n)).toBe(true);
  });

  it('is drawn again where chance gave 0, and what it was made of is wiped', () => {
    const drawn: Uint8Array[] = [];
    const random = crypto.getRandomValues.bind(crypto);
    const spy = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      drawn.push(array as unknown as Uint8Array);
      return drawn.length % 2 === 1 ? array : random(array);
    });
    try {
      for (const draw of [randomScalar, randomWeight]) expect(draw()).toBeGreaterThan(0n);
      const [, scalarBytes] = drawn;
      expect(drawn.map(({ length }) => length)).toEqual([64, 64, 16, 16]);
      expect(scalarBytes).toEqual(new Uint8Array(64));
      drawn.length = 1;
      nonce('test', 5n);
      expect(drawn[1]).toEqual(new Uint8Array(32));
    } finally {
      spy.mockRestore();
    }
  });
});

describe('the exponent of a proof', () => {
  it('is another each time, and never nothing', () => {
    const made = Array.from({ length: 8 }, () => nonce('test', 5n, 'about'));
    expect(new Set(made).size).toBe(8);
    for (const each of made) {
      expect(each).toBeGreaterThan(0n);
      expect(each).toBeLessThan(ORDER);
    }
  });
});

describe('the power of a root', () => {
  it('is that of plain multiplication, at the edges of its limbs, too', () => {
    const plainly = (value: bigint): bigint => {
      let [result, square] = [1n, value];
      for (let rest = 2n ** 252n - 3n; rest > 0n; rest >>= 1n) {
        if ((rest & 1n) === 1n) result = (result * square) % P;
        square = (square * square) % P;
      }
      return result;
    };
    const limbs = Array.from({ length: 12 }, (_, i) => 2n ** BigInt(Math.ceil(21.25 * i)));
    const edges = limbs.flatMap((unit) => [unit - 1n, unit, P - unit, P - unit + 1n, (P - 1n) / unit]);
    for (const value of [...edges, P - 1n, P - 2n, 2n ** 255n - 20n])
      expect(powerForRoot(value)).toBe(plainly(value));
    const field = fc.bigInt({ min: 0n, max: P - 1n });
    fc.assert(
      fc.property(field, (value) => powerForRoot(value) === plainly(value)),
      { numRuns: runs(100) },
    );
  });
});

describe('fast sums', () => {
  const point = scalar.map((k) => multiplyPublic(BASE, k));

  it('add, double and subtract as the library does', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const [A, B] = [toExtended(a), toExtended(b)];
        const [sum, less, twice] = toPoints([
          add(A, B),
          subtractCached(double(A), toCached(b)),
          double(A),
        ]) as [Point, Point, Point];
        expect(sum.equals(a.add(b))).toBe(true);
        expect(less.equals(a.add(a).subtract(b))).toBe(true);
        expect(twice.equals(a.add(a))).toBe(true);
        expect(isNeutral(subtractCached(A, toCached(a)))).toBe(true);
        expect(isNeutral(A)).toBe(a.is0());
      }),
      { numRuns: runs(30) },
    );
  });

  it.each([0, 1, 2, 3, 8, 9, 17, 100])('of %i products are those of one product after the other', (count) => {
    fc.assert(
      fc.property(
        fc.array(anyScalar, { minLength: count, maxLength: count }),
        fc.array(scalar, { minLength: count, maxLength: count }),
        (scalars, seeds) => {
          const points = seeds.map((k, i) => (i % 9 === 4 ? IDENTITY : multiplyPublic(BASE, k)));
          const sum = plain(points, scalars);
          expect(sumOfProducts(points, scalars).equals(sum)).toBe(true);
          expect(sumsToNothing(points, scalars)).toBe(sum.is0());
          expect(sumsToNothing([...points, sum], [...scalars, -1n])).toBe(true);
        },
      ),
      { numRuns: runs(count > 20 ? 2 : 8) },
    );
  });

  it('of lists of different lengths are a mistake', () => {
    expect(() => sumOfProducts([BASE], [])).toThrow(RangeError);
  });

  it.each([1, 50, 5000])('with a point fixed for %i of them are multiplications', (times) => {
    const base = fixBase(multiplyBase(12345n), times);
    expect(base.table).toHaveLength(Math.ceil(254 / base.window) * 2 ** (base.window - 1) * ADDEND);
    fc.assert(
      fc.property(anyScalar, point, (k, start) => {
        const [sum] = toPoints([addMultiples(toExtended(start), [base, k])]) as [Point];
        expect(sum.equals(start.add(multiplyPublic(base.point, k)))).toBe(true);
      }),
      { numRuns: runs(20) },
    );
  });

  it('take a scalar from the side from which it is smaller', () => {
    expect(halved(5n)).toEqual({ size: 5n, sign: 1 });
    expect(halved(-5n)).toEqual({ size: 5n, sign: -1 });
    const half = (ORDER - 1n) / 2n;
    expect(halved(half)).toEqual({ size: half, sign: 1 });
    expect(halved(half + 1n)).toEqual({ size: half, sign: -1 });
  });

  it('take the window with the least work, the smallest of several', () => {
    expect(cheapestWindow(5, () => 1)).toBe(1);
    expect(cheapestWindow(5, (window) => -window)).toBe(5);
    expect(cheapestWindow(5, (window) => Math.abs(window - 3))).toBe(3);
    expect(cheapestWindow(1, () => 1)).toBe(1);
  });

  it('take larger windows for more multiplications', () => {
    const windows = [1, 100, 10_000, 1_000_000].map(windowFor);
    expect(windows.toSorted((a, b) => a - b)).toEqual(windows);
    expect(new Set(windows).size).toBe(4);
    expect(windows[0]).toBeGreaterThan(0);
    expect(windows[3]).toBeLessThanOrEqual(12);
  });

  it('of lists with the same factors are those of one list after the other', () => {
    const lists = [3n, 5n, 0n].map((k) => [multiplyBase(k), multiplyBase(7n), IDENTITY]);
    const factors = [1n, ORDER - 4n, 1n << 200n];
    expect(sumsAlike(lists, factors).map(encodeFast).map(hex)).toEqual(
      lists.map((points) => hex(encodePoint(plain(points, factors)))),
    );
  });

  it('are encoded in lists as by themselves, in each form of an element', () => {
    for (let k = 0n; k < 60n; k += 1n) {
      const point = toExtended(multiplyBase(k * k));
      const scaled = { X: point.X * 5n, Y: point.Y * 5n, Z: point.Z * 5n, T: point.T * 5n };
      for (const form of [point, scaled, add(point, toExtended(BASE))])
        expect(hex(encodeFast(form))).toBe(hex(encodePoint(toPoints([form])[0] as Point)));
    }
    // The neutral element in its four forms (RFC 9496 §4.5).
    for (const [X, Y] of [
      [0n, 1n],
      [0n, P - 1n],
      [SQRT_M1, 0n],
      [P - SQRT_M1, 0n],
    ] as const)
      expect(hex(encodeFast({ X, Y, Z: 1n, T: 0n }))).toBe('00'.repeat(32));
  });

  it('are encoded all at once, doubled, like one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(point, fc.constant(IDENTITY)), { maxLength: 20 }), (points) => {
        const extended = points.map((one) => double(double(toExtended(one))));
        const eights = points.map((one) => hex(encodePoint(multiplyPublic(one, 8n))));
        expect(encodeDoubles(extended).map(hex)).toEqual(eights);
      }),
      { numRuns: runs(40) },
    );
    // The neutral element has four forms: x or y is 0.
    const forms = [
      ZERO,
      { ...ZERO, Y: -1n },
      ...[SQRT_M1, -SQRT_M1].map((X) => ({ X, Y: 0n, Z: 1n, T: 0n })),
    ];
    expect(encodeDoubles(forms).map(hex)).toEqual(forms.map(() => '00'.repeat(32)));
  });
});

describe('the generators', () => {
  it('depend on their index alone, and are all different', () => {
    const few = generators(3).map(encodePoint).map(hex);
    const many = generators(40).map(encodePoint).map(hex);
    expect(many.slice(0, 3)).toEqual(few);
    expect(generators(2)).toHaveLength(2);
    expect(new Set([...many, hex(encodePoint(BASE))]).size).toBe(41);
  });

  it('are those of the library', () => {
    const DST = 'elekto/generators/1';
    for (const [i, point] of generators(60).entries())
      expect(hex(encodePoint(point))).toBe(
        hex(ristretto255_hasher.hashToCurve(uint32(i), { DST }).toBytes()),
      );
  });
});

describe('equations checked as one', () => {
  const [H, J] = [multiplyBase(11n), multiplyBase(13n)];
  const good: Equation = [
    [BASE, 11n],
    [H, -1n],
  ];
  const wrong = (by: bigint): Equation => [
    [BASE, 11n + by],
    [H, -1n],
  ];

  it('hold when each holds, none included', () => {
    expect(firstFalse([])).toBe(-1);
    expect(
      firstFalse([
        good,
        [
          [J, 1n],
          [BASE, -13n],
        ],
        good,
        [],
      ]),
    ).toBe(-1);
  });

  it('name the first that does not, also when the errors cancel in a plain sum', () => {
    expect(firstFalse([good, good, wrong(1n)])).toBe(2);
    for (let times = 0; times < 20; times += 1)
      expect(firstFalse([good, wrong(5n), good, wrong(-5n)])).toBe(1);
    expect(firstFalse([wrong(1n), wrong(1n), wrong(-2n)])).toBe(0);
  });
});
