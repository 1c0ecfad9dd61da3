import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  compareBytes,
  compareCodePoints,
  framed,
  fromBase64Url,
  fromHex,
  merkleTree,
  merkleRoot,
  rootFromPath,
  toBase64Url,
  toHex,
} from '@elekto/wire';
import { decodeRanking, encodeRanking, normaliseRanking, rankingLength } from '@elekto/protocol/ballot';

const bytes = fc.uint8Array({ maxLength: 80 });

describe('bytes', () => {
  it('survive hex and base64url', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(fromHex(toHex(data), data.length)).toEqual(data);
        expect(fromBase64Url(toBase64Url(data), data.length)).toEqual(data);
        expect(toBase64Url(data)).toBe(Buffer.from(data).toString('base64url'));
      }),
    );
  });

  it('have one text only: padding, white space, stray bits and other lengths are refused', () => {
    expect(fromBase64Url('AB', 1)).toBeNull();
    expect(fromBase64Url('AA', 1)).toEqual(Uint8Array.of(0));
    for (const text of ['AA==', ' AA', 'A', 'AAA', 'A+', 'ä']) expect(fromBase64Url(text, 1)).toBeNull();
    for (const text of ['0', '0G', 'FF', '00 ', '']) expect(fromHex(text, 1)).toBeNull();
  });

  it('framed in parts tell where each part ends', () => {
    fc.assert(
      fc.property(fc.array(bytes), fc.array(bytes), (one, two) => {
        const same =
          one.length === two.length &&
          one.every((part, at) => compareBytes(part, two[at] ?? part.slice(1)) === 0);
        expect(compareBytes(framed('d', ...one), framed('d', ...two)) === 0).toBe(same);
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys, sorts by code point and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x'], '😀': 0, '￿': -0, gone: undefined })).toBe(
      '{"a":[true,null,"x"],"b":1,"￿":0,"😀":0}',
    );
    expect(compareCodePoints('￿', '😀')).toBeLessThan(0);
  });

  it('refuses what it cannot write in one way', () => {
    for (const value of [0.5, NaN, Infinity, 2 ** 53, 1n, () => 1])
      expect(() => canonicalJson(value)).toThrow();
  });

  it('reads back as what was written', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const whole = JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
          typeof inner === 'number' ? Math.trunc(inner) % 2 ** 50 || 0 : inner,
        ) as unknown;
        expect(JSON.parse(canonicalJson(whole))).toEqual(whole);
      }),
    );
  });
});

describe('a ranking', () => {
  const candidates = Array.from({ length: 7 }, (_, index) => `c${index}`);
  const ranking = fc.dictionary(fc.constantFrom(...candidates), fc.integer({ min: 1, max: 7 }));

  it('stays as it is through encoding; closing its gaps keeps order and ties', () => {
    fc.assert(
      fc.property(ranking, (given) => {
        const encoded = encodeRanking(candidates, given);
        expect(encoded.length).toBe(rankingLength(7));
        const decoded = decodeRanking(encoded, 7);
        if (!decoded.ok) throw new Error(decoded.problem);
        const rankOf = (id: string): number => decoded.ranks[candidates.indexOf(id)] ?? 0;
        for (const id of candidates) expect(rankOf(id)).toBe(given[id] ?? 0);
        const closed = normaliseRanking(given);
        for (const [a, x] of Object.entries(given)) {
          for (const [b, y] of Object.entries(given))
            expect(Math.sign((closed[a] ?? 0) - (closed[b] ?? 0))).toBe(Math.sign(x - y));
        }
        const used = new Set(Object.values(closed));
        if (used.size > 0) expect(Math.max(...used)).toBe(used.size);
        expect(normaliseRanking(closed)).toEqual(closed);
      }),
    );
  });

  it('with any problem is refused by name', () => {
    const of = (...ranks: number[]): Uint8Array => {
      const data = new Uint8Array(16);
      ranks.forEach((rank, at) => new DataView(data.buffer).setUint16(at * 2, rank));
      return data;
    };
    const problem = (data: Uint8Array): string => {
      const decoded = decodeRanking(data, 3);
      return decoded.ok ? 'none' : decoded.problem;
    };
    expect(problem(of(1, 2, 2))).toBe('none');
    expect(problem(of())).toBe('none');
    expect(problem(of(1, 3))).toBe('none');
    expect(problem(of(2))).toBe('none');
    expect(problem(of(4))).toBe('range');
    expect(problem(of(1, 2, 3, 1))).toBe('padding');
    expect(problem(new Uint8Array(15))).toBe('length');
  });
});

describe('the Merkle tree', () => {
  it('proves every leaf, and no other at no other place', () => {
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 40 }), fc.nat(), (leaves, pick) => {
        const index = pick % leaves.length;
        const leaf = leaves[index] ?? new Uint8Array();
        const path = merkleTree(leaves).path(index);
        const root = toHex(merkleRoot(leaves));
        const climb = (at: number, data: Uint8Array, way: Uint8Array[]): string =>
          toHex(rootFromPath(data, at, leaves.length, way) ?? new Uint8Array());
        expect(climb(index, leaf, path)).toBe(root);
        expect(climb(index, Uint8Array.of(...leaf, 1), path)).not.toBe(root);
        expect(rootFromPath(leaf, leaves.length, leaves.length, path)).toBeNull();
        expect(rootFromPath(leaf, index, leaves.length, [...path, leaf])).toBeNull();
      }),
    );
  });

  it('has the roots of RFC 6962 for no leaf and for one empty leaf', () => {
    expect(toHex(merkleRoot([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(toHex(merkleRoot([new Uint8Array()]))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });
});
