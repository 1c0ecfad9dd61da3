/** A ballot that somebody offers in the place of what an officer proves: nothing of it is decrypted. */
import { toBase64Url } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import { sealBallot } from '../ballot/seal.ts';
import { multiply } from '../group/multiply.ts';
import { decodePoint, encodePoint, type Point } from '../group/point.ts';
import { headerOf, keyOf, must, openAsIfKnown, rulesFor, runCeremony, secretOf } from '../testing.ts';
import { finishedKey } from './finished.ts';
import { checkHolding, proveHolding } from './liveness.ts';
import { lagrangeAtZero } from './polynomial.ts';
import type { KeyShare } from './shares.ts';
import { shareOf } from './take-part.ts';

const header = headerOf(3, 2);
const posts = await runCeremony(header, [1, 2, 3].map(keyOf));
const board = must(finishedKey(header, posts));
const shareAt = async (position: number): Promise<KeyShare> => {
  const share = await shareOf(header, posts, keyOf(position));
  if (share === null) throw new Error('a share');
  return share;
};
const rules = rulesFor({ electionKey: encodePoint(board.electionKey) });
const { record } = must(sealBallot(rules, [3, 1, 2, 0, 4], new Uint8Array(32).fill(8)));
/** The point of the ballot that its voter alone and a quorum make anything of: suite, handle and tag stand before it. */
const a = record.slice(49, 81);
const point = decodePoint(a) as Point;

describe('a ballot that is offered in the place of what an officer proves', () => {
  it('would be opened by the parts of two: these must not come', async () => {
    const [one, two] = [await shareAt(1), await shareAt(2)];
    const factors = lagrangeAtZero(header.identifiers.slice(0, 2));
    const parts = [one, two].map(({ secret }, i) => multiply(multiply(point, secret), factors[i] ?? 0n));
    const secret = secretOf(header, [one, two]);
    const whole = parts.reduce((sum, part) => sum.add(part));
    expect(encodePoint(whole)).toEqual(
      encodePoint(multiply(point, BigInt(`0x${Buffer.from(secret).reverse().toString('hex')}`))),
    );
    expect(openAsIfKnown(rules, record, secret)).toEqual([3, 1, 2, 0, 4]);
  });

  it.each([
    ['alive', { kind: 'alive', election: toBase64Url(record), manifestHash: a }],
    ['ready', { kind: 'ready', election: toBase64Url(record) }],
  ] as const)(
    'gets no part of it as %s: a signature, and by keys of the server none',
    async (step, about) => {
      const share = await shareAt(2);
      const part = encodePoint(multiply(point, share.secret));
      const forged = {
        ...board,
        electionKey: point,
        verificationKeys: [point, point, point],
        transcriptHash: a,
      };
      for (const key of [board, forged]) {
        const proof = proveHolding(key, share, about);
        expect(proof).toHaveLength(64);
        expect([proof.slice(0, 32), proof.slice(32)]).not.toContainEqual(part);
        expect(checkHolding(key, 2, about, proof).ok).toBe(key === board);
      }
      expect(checkHolding(forged, 2, about, proveHolding(forged, share, about))).toMatchObject({
        error: {
          ...{ code: 'liveness-proof', step, party: 'officer-2' },
          message: `${step === 'alive' ? 'Alive' : 'Ready'}, officer-2: it does not prove that they hold their share of this key for this election.`,
        },
      });
      // Nor is what came a part of any ballot by its own form: it is refused as an encoding or as a proof.
      const proof = proveHolding(board, share, about);
      expect(checkHolding(board, 2, about, part)).toMatchObject({
        error: { code: 'liveness-format', party: 'officer-2' },
      });
      expect(checkHolding(board, 2, about, Uint8Array.of(...part, ...proof.slice(32)))).toMatchObject({
        error: { code: 'liveness-proof', party: 'officer-2' },
      });
    },
  );
});
