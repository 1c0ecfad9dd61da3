import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE, decodePoint, encodePoint, IDENTITY, type Point } from '../group/point.ts';
import { flip, runs } from '../testing.ts';
import { embed, extract } from './embed.ts';
import { closeGaps, decodePayload, encodePayload } from './payload.ts';
import { pointsPerBallot, rankBytes, recordBytes } from './rules.ts';

const shape = (candidates: number, tracker = false, allowNoOpinion = true) => ({
  candidates,
  tracker,
  allowNoOpinion,
});
const contents = fc
  .record({ candidates: fc.integer({ min: 1, max: 60 }), tracker: fc.boolean() })
  .chain(({ candidates, tracker }) =>
    fc.record({
      rules: fc.constant(shape(candidates, tracker)),
      ranks: fc.array(fc.integer({ min: 0, max: candidates }), {
        minLength: candidates,
        maxLength: candidates,
      }),
      tracker: tracker ? fc.uint8Array({ minLength: 16, maxLength: 16 }) : fc.constant(null),
    }),
  );
/** The smallest counter with which 29 bytes make a point, and the next one. */
function countersOf(payload: Uint8Array): number[] {
  const found: number[] = [];
  for (let counter = 1; counter < 128 && found.length < 2; counter += 1) {
    const bytes = new Uint8Array(32);
    bytes[0] = counter << 1;
    bytes.set(payload, 1);
    if (decodePoint(bytes) !== null) found.push(counter);
  }
  return found;
}
function pointOf(payload: Uint8Array, first: number, last = 0): Point {
  const bytes = new Uint8Array(32);
  bytes[0] = first;
  bytes.set(payload, 1);
  bytes[31] = last;
  return decodePoint(bytes) as Point;
}

describe('the content of a ballot', () => {
  it('comes back from its points, ties, gaps, blanks and trackers as they were', () => {
    fc.assert(
      fc.property(contents, ({ rules, ranks, tracker }) => {
        const payload = encodePayload(rules, { ranks, tracker });
        const points = embed(payload);
        expect(points).toHaveLength(pointsPerBallot(rules));
        const again = extract(points);
        expect(again).toEqual(payload);
        expect(decodePayload(rules, again ?? new Uint8Array())).toEqual({ ranks, tracker });
      }),
      { numRuns: runs(60) },
    );
  });

  it('takes the fewest bytes: one point for 42 candidates, or for 22 with a tracker', () => {
    expect([1, 2, 3, 14, 15, 42, 43].map(rankBytes)).toEqual([1, 1, 1, 7, 8, 29, 30]);
    for (let n = 1; n <= 64; n += 1) {
      expect(256n ** BigInt(rankBytes(n)) >= BigInt(n + 1) ** BigInt(n)).toBe(true);
      expect(256n ** BigInt(rankBytes(n) - 1) < BigInt(n + 1) ** BigInt(n)).toBe(true);
    }
    expect(pointsPerBallot(shape(42))).toBe(1);
    expect(pointsPerBallot(shape(43))).toBe(2);
    expect(pointsPerBallot(shape(22, true))).toBe(1);
    expect(pointsPerBallot(shape(23, true))).toBe(2);
    expect([1, 2].map(recordBytes)).toEqual([177, 305]);
    for (const none of [0, -1, 1.5]) expect(() => rankBytes(none)).toThrow(RangeError);
  });

  it('puts the first candidate first and the tracker after the ranks', () => {
    const ranks = [1, 0, 3];
    const payload = encodePayload(shape(3, true), { ranks, tracker: new Uint8Array(16).fill(9) });
    expect([...payload]).toEqual([
      1 * 16 + 3,
      ...new Array<number>(16).fill(9),
      ...new Array<number>(12).fill(0),
    ]);
  });

  it('that the election does not allow is not encoded', () => {
    const encode = (ranks: number[], rules = shape(3), tracker: Uint8Array | null = null) =>
      encodePayload(rules, { ranks, tracker });
    for (const ranks of [
      [1, 2],
      [1, 2, 3, 1],
      [1, 2, 4],
      [1, 2, -1],
      [1, 2, 0.5],
    ])
      expect(() => encode(ranks)).toThrow(RangeError);
    expect(() => encode([1, 2, 0], shape(3, false, false))).toThrow('from 1 to 3');
    expect(encode([1, 2, 3], shape(3, false, false))).toHaveLength(29);
    expect(() => encode([1, 2, 3], shape(3, true))).toThrow('tracker');
    expect(() => encode([1, 2, 3], shape(3), new Uint8Array(16))).toThrow('tracker');
    expect(() => encode([1, 2, 3], shape(3, true), new Uint8Array(15))).toThrow('tracker');
  });

  it('is one number below (n + 1)^n, zeros after it, and an opinion where one is needed', () => {
    const payload = encodePayload(shape(3), { ranks: [3, 3, 3], tracker: null });
    expect(payload[0]).toBe(63);
    expect(decodePayload(shape(3), payload)?.ranks).toEqual([3, 3, 3]);
    expect(decodePayload(shape(3), flip(payload, 0, 63 ^ 64))).toBeNull();
    expect(decodePayload(shape(3), flip(payload, 0, 63 ^ 255))).toBeNull();
    expect(decodePayload(shape(3), flip(payload, 1))).toBeNull();
    expect(decodePayload(shape(3), flip(payload, 28))).toBeNull();
    expect(decodePayload(shape(3), new Uint8Array(30))).toBeNull();
    expect(decodePayload(shape(3), new Uint8Array(28))).toBeNull();
    const blank = new Uint8Array(29);
    expect(decodePayload(shape(3), blank)?.ranks).toEqual([0, 0, 0]);
    expect(decodePayload(shape(3, false, false), blank)).toBeNull();
    expect(decodePayload(shape(3, false, false), payload)?.ranks).toEqual([3, 3, 3]);
  });

  it('has one point only: no second counter, no counter 0, no bit elsewhere, never the neutral element', () => {
    const payload = encodePayload(shape(5), { ranks: [1, 2, 3, 4, 5], tracker: null });
    const [smallest = 0, next = 0] = countersOf(payload);
    expect(extract([pointOf(payload, smallest << 1)])).toEqual(payload);
    expect(extract([pointOf(payload, next << 1)])).toBeNull();
    expect(extract([IDENTITY])).toBeNull();
    // With counter 0 where that is a point at all: 29 bytes of which the smallest counter is another.
    for (let i = 0; i < 40; i += 1) {
      const piece = new Uint8Array(29).fill(i);
      const bytes = new Uint8Array(32);
      bytes.set(piece, 1);
      const point = decodePoint(bytes);
      if (point !== null) expect(extract([point])).toBeNull();
    }
    let seen = 0;
    for (let counter = 1; counter < 128; counter += 1) {
      const bytes = new Uint8Array(32);
      bytes[0] = counter << 1;
      bytes.set(payload, 1);
      bytes[31] = 1;
      const point = decodePoint(bytes);
      if (point === null) continue;
      seen += 1;
      expect(extract([point])).toBeNull();
    }
    expect(seen).toBeGreaterThan(0);
    expect(extract([BASE])).toBeNull();
  });

  it('of all zeros, the last piece of a long ballot or a blank one, is a point like any other', () => {
    const points = embed(new Uint8Array(58));
    expect(points).toHaveLength(2);
    for (const point of points) {
      expect(point.is0()).toBe(false);
      expect(encodePoint(point)[0]).toBe((countersOf(new Uint8Array(29))[0] ?? 0) << 1);
    }
    expect(extract(points)).toEqual(new Uint8Array(58));
    expect(() => embed(new Uint8Array(30))).toThrow(RangeError);
  });
});

describe('gaps', () => {
  it('are closed, ties and missing opinions stay', () => {
    expect(closeGaps([5, 0, 2, 5, 9])).toEqual([2, 0, 1, 2, 3]);
    expect(closeGaps([0, 0])).toEqual([0, 0]);
    expect(closeGaps([2, 10, 1])).toEqual([2, 3, 1]);
  });
});
