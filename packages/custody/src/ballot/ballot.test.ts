import { toHex } from '@elekto/wire';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { multiplyBase, multiplyPublic } from '../group/multiply.ts';
import { decodePoint, encodePoint, type Point } from '../group/point.ts';
import { decodeScalar, encodeScalar, ORDER } from '../group/scalar.ts';
import { codeOf, flip, KEY, must, rulesFor, runs } from '../testing.ts';
import { checkBallots } from './check-many.ts';
import { checkBallot, checkRetry, checkTag } from './check.ts';
import { deriveBallot } from './derive.ts';
import { openBallot } from './open.ts';
import { challengeOf } from './proof.ts';
import { encodeRecord, handleOf, hashRecord, splitRecord, type BallotRecord } from './record.ts';
import { checkRelease, judgeReceipt, signRelease } from './release.ts';
import { sealBallot, sealWithSeed } from './seal.ts';

const rules = rulesFor();
const long = rulesFor({ candidates: 50, tracker: true });
const binding = new Uint8Array(32).fill(3);
const seed = new Uint8Array(32).fill(7);
const ranks = [2, 1, 0, 1, 5];
const sealed = must(sealBallot(rules, ranks, binding));
const longRanks = Array.from({ length: 50 }, (_, i) => (i * 7) % 51);
const twoPoints = must(sealBallot(long, longRanks, binding));
const parts = (record: Uint8Array, of = rules): BallotRecord => splitRecord(of, record) as BallotRecord;

/** A record with some parts replaced and its handle made to fit. */
function forge(record: Uint8Array, change: Partial<BallotRecord>, of = rules): Uint8Array {
  const changed = { ...parts(record, of), ...change };
  return encodeRecord({ ...changed, handle: handleOf(of, changed.a) });
}

afterEach(() => vi.restoreAllMocks());

describe('a sealed ballot', () => {
  it('passes every check, and its voter reads it again', () => {
    for (const [of, given, ballot] of [
      [rules, ranks, sealed],
      [long, longRanks, twoPoints],
    ] as const) {
      expect(codeOf(checkBallot(of, ballot.record))).toBe('accepted');
      expect(codeOf(checkTag(of, ballot.record, ballot.tagKey, binding))).toBe('accepted');
      expect(must(openBallot(of, ballot.seed, ballot.record)).ranks).toEqual(given);
    }
    expect(must(openBallot(long, twoPoints.seed, twoPoints.record)).tracker).toEqual(
      deriveBallot(long, twoPoints.seed).tracker,
    );
    expect(sealed.record).toHaveLength(177);
    expect(twoPoints.record).toHaveLength(305);
    expect(sealed.record[0]).toBe(2);
  });

  it('is another one each time, for the same ranking of the same voter', () => {
    const again = must(sealBallot(rules, ranks, binding));
    const same = parts(again.record);
    const first = parts(sealed.record);
    for (const part of ['handle', 'tag'] as const) expect(same[part]).not.toEqual(first[part]);
    for (const part of ['a', 'b', 'commitments', 'responses'] as const)
      expect(same[part]).not.toEqual(first[part]);
    expect(again.seed).not.toEqual(sealed.seed);
  });

  it('of one seed has the same handle, key and ciphertext, and another proof', () => {
    const [one, two] = [0, 1].map(() => must(sealWithSeed(rules, ranks, binding, seed)));
    const [first, second] = [parts(one?.record ?? seed), parts(two?.record ?? seed)];
    expect(second.a).toEqual(first.a);
    expect(second.b).toEqual(first.b);
    expect(second.tag).toEqual(first.tag);
    expect(second.commitments).not.toEqual(first.commitments);
  });

  it('uses exponents that are different for each point, each ballot and each election', () => {
    const all = [deriveBallot(long, seed), deriveBallot({ ...long, manifestHash: 'cd'.repeat(32) }, seed)];
    const exponents = all.flatMap((derived) => derived.exponents);
    expect(exponents).toHaveLength(4);
    expect(new Set(exponents).size).toBe(4);
    expect(exponents.every((r) => r > 0n && r < ORDER)).toBe(true);
    expect(toHex(all[0]?.tagKey ?? seed)).not.toBe(toHex(all[1]?.tagKey ?? seed));
    expect(() => deriveBallot(rules, new Uint8Array(31))).toThrow(RangeError);
    expect(() => deriveBallot({ ...rules, manifestHash: 'no' }, seed)).toThrow(RangeError);
  });

  it('gives nothing away when the randomness of the machine repeats', () => {
    vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => array);
    const [one, two] = [ranks, [1, 2, 3, 4, 5]].map((given) => {
      const record = parts(must(sealWithSeed(rules, given, binding, seed)).record);
      return { ...record, c: challengeOf(rules, record), z: decodeScalar(record.responses[0] ?? seed) ?? 0n };
    });
    if (one === undefined || two === undefined) throw new Error('two ballots');
    // Equal nonces under two challenges would be one equation for one unknown.
    expect(one.commitments).not.toEqual(two.commitments);
    const difference = encodePoint(multiplyBase(one.z - two.z));
    const unknown = multiplyPublic(decodePoint(one.a[0] ?? seed) as Point, one.c - two.c);
    expect(difference).not.toEqual(encodePoint(unknown));
  });

  it('is not made for a key that is none', () => {
    for (const electionKey of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(5)])
      expect(codeOf(sealBallot({ ...rules, electionKey }, ranks, binding))).toBe('ballot-key');
    const paper = { ...rules, electionKey: new Uint8Array(32) };
    expect(codeOf(openBallot(paper, sealed.seed, sealed.record))).toBe('ballot-key');
  });
});

describe('a bad ballot is refused', () => {
  const identity = new Uint8Array(32);
  const notCanonical = new Uint8Array(32).fill(255);

  it('when it has another suite or length', () => {
    expect(codeOf(checkBallot(rules, flip(sealed.record, 0)))).toBe('ballot-format');
    expect(codeOf(checkBallot(rules, sealed.record.slice(1)))).toBe('ballot-format');
    expect(codeOf(checkBallot(rules, twoPoints.record))).toBe('ballot-format');
    expect(codeOf(checkBallot(rules, new Uint8Array()))).toBe('ballot-format');
  });

  it('when a part of it is the neutral element, not canonical, or a scalar too large', () => {
    for (const part of ['a', 'b'] as const) {
      expect(codeOf(checkBallot(rules, forge(sealed.record, { [part]: [identity] })))).toBe('ballot-group');
      expect(codeOf(checkBallot(rules, forge(sealed.record, { [part]: [notCanonical] })))).toBe(
        'ballot-group',
      );
    }
    expect(codeOf(checkBallot(rules, forge(sealed.record, { commitments: [notCanonical] })))).toBe(
      'ballot-group',
    );
    expect(codeOf(checkBallot(rules, forge(sealed.record, { responses: [notCanonical] })))).toBe(
      'ballot-group',
    );
    const zero = forge(sealed.record, { commitments: [identity], responses: [identity] });
    expect(codeOf(checkBallot(rules, zero))).toBe('ballot-proof');
  });

  it('when any byte of it was changed', () => {
    fc.assert(
      fc.property(fc.nat(sealed.record.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bad = flip(sealed.record, at, by);
        expect(codeOf(checkBallot(rules, bad))).not.toBe('accepted');
        expect(codeOf(checkBallots(rules, [sealed.record, bad]))).toBe(codeOf(checkBallot(rules, bad)));
        expect(openBallot(rules, sealed.seed, bad).ok).toBe(false);
      }),
      { numRuns: runs(60) },
    );
  });

  it('when it is random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(checkBallot(rules, bytes).ok).toBe(false);
        expect(checkTag(rules, bytes, seed, binding).ok).toBe(false);
        expect(openBallot(rules, seed, bytes).ok).toBe(false);
        expect(checkRelease(rules, bytes, null, new Uint8Array(64)).ok).toBe(false);
      }),
    );
  });

  it('when it was made for another election, key, or number of candidates', () => {
    for (const other of [{ manifestHash: 'cd'.repeat(32) }, { electionKey: encodePoint(multiplyBase(5n)) }]) {
      const refused = checkBallot({ ...rules, ...other }, sealed.record);
      expect(['ballot-handle', 'ballot-proof']).toContain(codeOf(refused));
    }
  });

  it('when it is a re-randomised copy of another voter’s', () => {
    const original = parts(sealed.record);
    const shift = 99n;
    const a = encodePoint((decodePoint(original.a[0] ?? seed) as Point).add(multiplyBase(shift)));
    const b = encodePoint((decodePoint(original.b[0] ?? seed) as Point).add(multiplyBase(shift * KEY)));
    const z = encodeScalar((decodeScalar(original.responses[0] ?? seed) ?? 0n) + 1n);
    const copy = forge(sealed.record, { a: [a], b: [b] });
    expect(checkBallot(rules, copy)).toMatchObject({
      ok: false,
      error: { code: 'ballot-proof', step: 'ballot', party: expect.stringContaining('handle') },
    });
    expect(codeOf(checkBallot(rules, forge(copy, { responses: [z] })))).toBe('ballot-proof');
    expect(codeOf(checkBallots(rules, [sealed.record, copy]))).toBe('ballot-proof');
  });

  it('when only one of its two points is right', () => {
    const [z1, z2] = parts(twoPoints.record, long).responses as [Uint8Array, Uint8Array];
    const bump = (z: Uint8Array): Uint8Array => encodeScalar((decodeScalar(z) ?? 0n) + 1n);
    for (const responses of [
      [bump(z1), z2],
      [z1, bump(z2)],
      [z2, z1],
    ])
      expect(codeOf(checkBallot(long, forge(twoPoints.record, { responses }, long)))).toBe('ballot-proof');
    const { a } = parts(twoPoints.record, long);
    const swapped = forge(twoPoints.record, { a: [...a].reverse() }, long);
    expect(codeOf(checkBallot(long, swapped))).toBe('ballot-proof');
  });

  it('among many good ones, by its handle', () => {
    const good = Array.from({ length: 5 }, () => must(sealBallot(long, longRanks, binding)).record);
    expect(must(checkBallots(long, good))).toHaveLength(5);
    const bad = forge(
      good[3] ?? seed,
      { commitments: [...parts(good[3] ?? seed, long).commitments].reverse() },
      long,
    );
    const refused = checkBallots(long, [...good, bad, ...good]);
    expect(refused).toMatchObject({ error: { code: 'ballot-proof' } });
    if (!refused.ok) {
      expect(refused.error.party).toContain(toHex(parts(bad, long).handle));
      expect(refused.error.message).toMatch(/^Ballot, with the handle [0-9a-f]{32}: its proof does not hold/);
    }
    expect(must(checkBallots(long, []))).toEqual([]);
    expect(codeOf(checkBallots(long, [...good, sealed.record]))).toBe('ballot-format');
  });

  it('when its handle is not its own', () => {
    expect(codeOf(checkBallot(rules, flip(sealed.record, 1)))).toBe('ballot-handle');
  });

  it('when its tag is another voter’s', () => {
    expect(codeOf(checkTag(rules, sealed.record, sealed.tagKey, flip(binding, 0)))).toBe('ballot-tag');
    expect(codeOf(checkTag(rules, sealed.record, flip(sealed.tagKey, 31), binding))).toBe('ballot-tag');
    expect(codeOf(checkTag(rules, twoPoints.record, sealed.tagKey, binding))).toBe('ballot-format');
    // A tag that was changed breaks the proof, too: nobody can take a ballot over by a tag of their own.
    expect(codeOf(checkBallot(rules, forge(sealed.record, { tag: flip(parts(sealed.record).tag, 0) })))).toBe(
      'ballot-proof',
    );
  });

  it('when its seed was used before, while a retry is accepted', () => {
    const other = must(sealWithSeed(rules, [1, 1, 1, 1, 1], binding, sealed.seed));
    expect(codeOf(checkRetry(rules, sealed.record, sealed.record))).toBe('accepted');
    expect(codeOf(checkRetry(rules, sealed.record, other.record))).toBe('seed-reused');
    expect(parts(other.record).handle).toEqual(parts(sealed.record).handle);
    expect(checkRetry(rules, sealed.record, other.record)).toMatchObject({
      error: { party: `with the handle ${toHex(parts(other.record).handle)}` },
    });
    expect(codeOf(checkRetry(rules, sealed.record, new Uint8Array(3)))).toBe('seed-reused');
  });
});

describe('one’s own ballot', () => {
  it('is not shown when the server changed it, or shows another one', () => {
    const doctored = forge(sealed.record, { b: [encodePoint(multiplyBase(77n))] });
    expect(codeOf(openBallot(rules, sealed.seed, doctored))).toBe('ballot-proof');
    const other = must(sealBallot(rules, [5, 5, 5, 5, 5], binding));
    expect(codeOf(openBallot(rules, sealed.seed, other.record))).toBe('ballot-not-yours');
    expect(codeOf(openBallot(rules, flip(seed, 0), sealed.record))).toBe('ballot-not-yours');
  });

  it('that holds no ranking is said to hold none', () => {
    // A proof that holds, over a point that is no payload: b = r Y + G.
    const [r = 0n] = deriveBallot(rules, seed).exponents;
    const a = [encodePoint(multiplyBase(r))];
    const b = [encodePoint(multiplyBase(1n + r * KEY))];
    const draft = { ...parts(sealed.record), a, b, handle: handleOf(rules, a), commitments: a };
    const c = challengeOf(rules, draft);
    const record = encodeRecord({ ...draft, responses: [encodeScalar(r + c * r)] });
    expect(codeOf(checkBallot(rules, record))).toBe('accepted');
    expect(codeOf(openBallot(rules, seed, record))).toBe('ballot-payload');
  });
});

describe('a release', () => {
  const oldHash = hashRecord(rules.manifestHash, sealed.record);
  const next = must(sealBallot(rules, ranks, binding));
  const newHash = hashRecord(rules.manifestHash, next.record);
  const replaced = signRelease(rules, sealed.seed, oldHash, newHash);
  const withdrawn = signRelease(rules, sealed.seed, oldHash, null);

  it('is the voter’s word for one record, one successor, one election', () => {
    expect(codeOf(checkRelease(rules, sealed.record, newHash, replaced))).toBe('accepted');
    expect(codeOf(checkRelease(rules, sealed.record, null, withdrawn))).toBe('accepted');
    for (const [record, hash, release] of [
      [sealed.record, null, replaced],
      [sealed.record, newHash, withdrawn],
      [sealed.record, oldHash, replaced],
      [next.record, newHash, replaced],
      [sealed.record, newHash, flip(replaced, 33)],
      [sealed.record, newHash, signRelease(rules, next.seed, oldHash, newHash)],
    ] as const)
      expect(codeOf(checkRelease(rules, record, hash, release))).toBe('release-proof');
    const elsewhere = { ...rules, manifestHash: 'cd'.repeat(32) };
    expect(codeOf(checkRelease(elsewhere, sealed.record, newHash, replaced))).toBe('release-proof');
  });

  it('of the wrong form is refused', () => {
    for (const bad of [new Uint8Array(), replaced.slice(1), new Uint8Array(64).fill(255), new Uint8Array(65)])
      expect(codeOf(checkRelease(rules, sealed.record, newHash, bad))).toBe('release-format');
    for (const at of [0, 32]) {
      const bad = Uint8Array.from(replaced);
      bad.fill(255, at, at + 32);
      expect(codeOf(checkRelease(rules, sealed.record, newHash, bad))).toBe('release-format');
    }
    expect(codeOf(checkRelease(rules, sealed.record, 'no hash', replaced))).toBe('release-format');
    expect(codeOf(checkRelease(rules, sealed.record.slice(1), newHash, replaced))).toBe('ballot-format');
    expect(
      codeOf(checkRelease(rules, forge(sealed.record, { a: [new Uint8Array(32)] }), null, replaced)),
    ).toBe('ballot-format');
  });

  it('tells a replaced ballot from one that the server dropped', () => {
    const hashes = new Set([newHash]);
    const shown = { record: sealed.record, newHash, release: replaced };
    expect(judgeReceipt(rules, newHash, hashes, null)).toBe('counted');
    expect(judgeReceipt(rules, oldHash, hashes, shown)).toBe('released');
    expect(
      judgeReceipt(rules, oldHash, hashes, { record: sealed.record, newHash: null, release: withdrawn }),
    ).toBe('released');
    expect(judgeReceipt(rules, oldHash, hashes, null)).toBe('dropped');
    // What a server can make up without the voter: a release by another's seed, or for another record.
    const madeUp = signRelease(rules, next.seed, oldHash, newHash);
    expect(judgeReceipt(rules, oldHash, hashes, { ...shown, release: madeUp })).toBe('dropped');
    const others = signRelease(rules, next.seed, newHash, null);
    expect(
      judgeReceipt(rules, oldHash, new Set(), { record: next.record, newHash: null, release: others }),
    ).toBe('dropped');
  });
});
