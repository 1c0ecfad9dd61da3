import { join } from '@elekto/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed, readNumber, textOf, unframe } from './frames.ts';
import { bytesOf, exactly, parseJson, wholeOf } from './json.ts';
import { list, pieces, same, sameSecret } from './list.ts';
import { refuse } from './refusal.ts';
import { isSigned, isSigner, sign, signerOf } from './sign.ts';
import { flip } from './testing.ts';

const bytes = fc.uint8Array({ maxLength: 40 });
const text = (data: string): Uint8Array => new TextEncoder().encode(data);

describe('a frame', () => {
  it('is read as it was written, and as nothing else', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (parts) => {
        const frame = framed('domain', ...parts);
        expect(unframe(frame, 'domain', parts.length)).toEqual(parts);
        expect(unframe(frame, 'domains', parts.length)).toBeNull();
        expect(unframe(frame, 'domain', parts.length + 1)).toBeNull();
        if (parts.length > 0) expect(unframe(frame, 'domain', parts.length - 1)).toBeNull();
        for (const end of [1, 2, 3])
          expect(unframe(join([frame, new Uint8Array(end)]), 'domain', parts.length)).toBeNull();
        if (frame.length > 0) expect(unframe(frame.subarray(0, -1), 'domain', parts.length)).toBeNull();
      }),
    );
    for (const length of [0, 1, 2, 3]) expect(unframe(new Uint8Array(length), 'domain', 0)).toBeNull();
    expect(unframe(framed('domain'), 'domain', 0)).toEqual([]);
    expect(unframe(new Uint8Array(100_000), '', 24_999)).toHaveLength(24_999);
    expect(unframe(Uint8Array.of(255, 255, 255, 255, 1), 'domain', 0)).toBeNull();
    // Not even a mark that decoders of text swallow: two files would have one signature.
    expect(unframe(framed('\ufeffdomain'), 'domain', 0)).toBeNull();
    expect(textOf(text('\ufeffa'))).toBe('\ufeffa');
    expect(textOf(Uint8Array.of(255))).toBeNull();
    // A view into a longer buffer.
    expect(unframe(join([text('xx'), framed('d', 'e')]).subarray(2), 'd', 1)).toEqual([text('e')]);
  });

  it('has numbers in one form', () => {
    for (const [good, value] of [
      ['0', 0],
      ['7', 7],
      ['10', 10],
      ['999999999', 999_999_999],
    ] as const)
      expect(readNumber(text(good))).toBe(value);
    for (const bad of [
      '',
      '00',
      '01',
      '-1',
      '+1',
      '1.0',
      '1e3',
      ' 1',
      '1 ',
      '1000000000',
      '٣',
      'x',
      '\ufeff1',
      '1\n',
    ])
      expect(readNumber(text(bad)), bad).toBeNull();
  });
});

describe('a list', () => {
  it('tells how many there are and where each ends', () => {
    expect([...list([])]).toEqual([0, 0, 0, 0]);
    expect([...list([Uint8Array.of(7), new Uint8Array()])]).toEqual([0, 0, 0, 2, 0, 0, 0, 1, 7, 0, 0, 0, 0]);
    fc.assert(
      fc.property(fc.array(bytes), fc.array(bytes), (one, two) => {
        const equal =
          one.length === two.length && one.every((item, i) => same(item, two[i] ?? flip(item, 0)));
        expect(same(list(one), list(two))).toBe(equal);
      }),
    );
  });

  it('is joined and cut into pieces', () => {
    const many = Array.from({ length: 1500 }, (_, i) => Uint8Array.of(i & 255, 1));
    expect(pieces(join(many), 2)).toEqual(many);
    expect(join(many.slice(0, 999))).toEqual(join(many).subarray(0, 1998));
    expect(join([])).toHaveLength(0);
    expect(() => pieces(new Uint8Array(5), 2)).toThrow(RangeError);
    expect(pieces(new Uint8Array(), 2)).toEqual([]);
  });

  it('of bytes is the same only when all of them are', () => {
    for (const equal of [same, sameSecret]) {
      expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
      expect(equal(new Uint8Array(), new Uint8Array())).toBe(true);
      for (const other of [[1, 3], [0, 2], [1], [1, 2, 0], []])
        expect(equal(Uint8Array.of(1, 2), Uint8Array.from(other))).toBe(false);
      expect(equal(new Uint8Array(), Uint8Array.of(0))).toBe(false);
      expect(equal(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    }
  });
});

describe('values from JSON', () => {
  it('are taken only in the form that is asked for', () => {
    expect(exactly({ a: 1, b: 2 }, ['a', 'b'])).toEqual({ a: 1, b: 2 });
    for (const bad of [null, undefined, 5, 'ab', [], [1, 2], { a: 1 }, { a: 1, b: 2, c: 3 }, { a: 1, c: 2 }])
      expect(exactly(bad, ['a', 'b'])).toBeNull();
    expect(exactly([], [])).toBeNull();
    expect(exactly({ a: 1, toString: 2 }, ['a', 'constructor'])).toBeNull();
    expect(bytesOf('AQ', 1)).toEqual(Uint8Array.of(1));
    for (const bad of [1, null, 'AR', 'AQ==', 'A', 'AQI']) expect(bytesOf(bad, 1)).toBeNull();
    expect([1, 3, 5].map((value) => wholeOf(value, 1, 5))).toEqual([1, 3, 5]);
    for (const bad of [0, 6, 1.5, '1', null, NaN]) expect(wholeOf(bad, 1, 5)).toBeNull();
    expect(parseJson('{"a":1}')).toEqual({ a: 1 });
    expect(parseJson('{')).toBeUndefined();
  });
});

describe('a signature', () => {
  const secret = new Uint8Array(32).fill(3);
  const key = signerOf(secret);
  const message = text('message');
  const signature = sign(secret, message);

  it('is good for one key, one message, one set of bytes', () => {
    expect(isSigned(key, message, signature)).toBe(true);
    expect(sign(secret, message)).toEqual(signature);
    expect(isSigned(key, text('other'), signature)).toBe(false);
    expect(isSigned(signerOf(flip(secret, 0)), message, signature)).toBe(false);
    for (let at = 0; at < 64; at += 7) expect(isSigned(key, message, flip(signature, at))).toBe(false);
    expect(isSigned(key, message, signature.slice(1))).toBe(false);
    expect(isSigned(key.slice(1), message, signature)).toBe(false);
  });

  it('is refused with S above the order, and with points of small order', () => {
    // S + order: the same equation, other bytes (RFC 8032 §5.1.7 refuses it).
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = 0n;
    for (let i = 63; i >= 32; i -= 1) s = s * 256n + BigInt(signature[i] ?? 0);
    const more = Uint8Array.from(signature);
    for (let i = 32, rest = s + order; i < 64; i += 1, rest >>= 8n) more[i] = Number(rest & 255n);
    expect(isSigned(key, message, more)).toBe(false);
    const neutral = Uint8Array.of(1, ...new Uint8Array(31));
    const small = [
      neutral,
      new Uint8Array(32),
      Uint8Array.from([0xec, ...new Array<number>(30).fill(255), 0x7f]),
    ];
    for (const point of small) {
      expect(isSigner(point)).toBe(false);
      expect(isSigned(point, message, join([point, new Uint8Array(32)]))).toBe(false);
    }
    expect(isSigner(key)).toBe(true);
    expect(isSigner(new Uint8Array(32).fill(255))).toBe(false);
    expect(isSigner(new Uint8Array(31))).toBe(false);
  });
});

describe('a refusal', () => {
  it('begins with step and party', () => {
    expect(refuse('mix-length', { step: 'mix 2', party: 'grace' }, 'too short.')).toEqual({
      ok: false,
      error: { code: 'mix-length', step: 'mix 2', party: 'grace', message: 'Mix 2, grace: too short.' },
    });
  });
});
