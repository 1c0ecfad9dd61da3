import { join, toBase64Url } from '@elekto/wire';
import { ristretto255_FROST as FROST } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyBase } from '../group/multiply.ts';
import { encodePoint, IDENTITY, type Point } from '../group/point.ts';
import { encodeScalar, ORDER, reduce } from '../group/scalar.ts';
import { sumOfProducts } from '../group/msm.ts';
import { codeOf, flip, headerOf, keyOf, must, runCeremony, runs } from '../testing.ts';
import { addDeals } from './board-key.ts';
import { checkDeal, coefficientsOf, type Deal, dealPolynomial, ekmFor, makeDeal } from './deal.ts';
import { FORMAT, type Header, headerJson, MOST_OFFICERS, officerAt, readHeader } from './header.ts';
import { finishedKey, finishedPosts } from './finished.ts';
import { judgeCeremony } from './judge.ts';
import type { Standing } from './standing.ts';
import { checkHolding, proveHolding } from './liveness.ts';
import {
  officerKey,
  recoveryPhrase,
  rootOfPhrase,
  unknownWords,
  wipe,
  wordsToCompare,
} from './officer-key.ts';
import { evaluate, lagrangeAtZero } from './polynomial.ts';
import { type Body, type Post, postJson, readPost, signPost } from './post.ts';
import { openShare, sealShare } from './seal-share.ts';
import { findShares, judgeOpening } from './shares.ts';
import { nextPosts, positionOf, shareOf } from './take-part.ts';
import { readTranscript, writeTranscript } from './transcript.ts';

const keys = [1, 2, 3].map(keyOf);
const header = headerOf(3, 2);
const posts = await runCeremony(header, keys);
const board = must(finishedKey(header, posts));
const deals = posts.flatMap(({ officer, body }) => (body.kind === 'deal' ? [{ officer, body }] : []));
const dealOf = (position: number): Deal => deals[position - 1]?.body as Deal;
const key = (position: number) => keys[position - 1] ?? keyOf(position);
const signed = (officer: number, body: Body, of = header): Post =>
  signPost(of, officer, body, key(officer).signSecret);
const without = (officer: number, kind: string): Post[] =>
  posts.filter((post) => post.officer !== officer || post.body.kind !== kind);
const blame = (standing: Standing): string =>
  standing.state === 'void' ? `${standing.reason.code} ${standing.reason.party}` : standing.state;
const json = (of: Header = header): Record<string, unknown> => headerJson(of);

describe('a header', () => {
  const withFields = (more: Record<string, unknown>): string => codeOf(readHeader({ ...json(), ...more }));
  const officers = json().officers as { login: string; sign: string; receive: string }[];

  it('is read as it was written', () => {
    const again = must(readHeader(json()));
    expect(again.ceremonyId).toEqual(header.ceremonyId);
    expect(new Set(again.identifiers).size).toBe(3);
    expect(() => officerAt(header, 0)).toThrow(RangeError);
    expect(() => officerAt(header, 4)).toThrow(RangeError);
  });

  it('needs three officers and a threshold of more than half of them', () => {
    expect(withFields({ officers: officers.slice(0, 2), threshold: 2 })).toBe('header-too-few');
    for (const threshold of [0, 1, 4, 1.5, '2', null])
      expect(withFields({ threshold })).toBe('header-threshold');
    for (const threshold of [2, 3]) expect(withFields({ threshold })).toBe('accepted');
    const five = headerOf(5, 3);
    expect(five.threshold).toBe(3);
    expect(codeOf(readHeader({ ...json(five), threshold: 2 }))).toBe('header-threshold');
    expect(codeOf(readHeader({ ...json(headerOf(4, 3)), threshold: 2 }))).toBe('header-threshold');
    const crowd = (n: number) =>
      Array.from({ length: n }, (_, i) => {
        const made = officerKey(new Uint8Array(16).fill(i + 1, 0, 1));
        return { login: `o${i}`, sign: toBase64Url(made.sign), receive: toBase64Url(made.receive) };
      });
    expect(withFields({ officers: crowd(MOST_OFFICERS), threshold: 33 })).toBe('accepted');
    expect(withFields({ officers: crowd(MOST_OFFICERS + 1), threshold: 33 })).toBe('header-format');
  });

  it('names each officer and each key once', () => {
    const [first, second] = officers;
    if (first === undefined || second === undefined) throw new Error('three officers');
    const swap = (changed: object): unknown => [{ ...first, ...changed }, ...officers.slice(1)];
    expect(withFields({ officers: swap({ login: 'OFFICER-2' }) })).toBe('header-twice');
    expect(withFields({ officers: swap({ sign: second.sign }) })).toBe('header-twice');
    expect(withFields({ officers: swap({ receive: second.receive }) })).toBe('header-twice');
  });

  it('takes keys that can be used only: none of small order, none off the curve', () => {
    const swap = (changed: object): unknown => [{ ...officers[0], ...changed }, ...officers.slice(1)];
    const none = toBase64Url(new Uint8Array(32));
    const neutral = toBase64Url(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)));
    for (const sign of [none, neutral, toBase64Url(new Uint8Array(32).fill(255))])
      expect(withFields({ officers: swap({ sign }) })).toBe('header-key');
    for (const receive of [none, neutral])
      expect(withFields({ officers: swap({ receive }) })).toBe('header-key');
  });

  it('of any other form is refused', () => {
    for (const more of [
      { extra: 1 },
      { format: 'elekto-custody/2' },
      { kind: 'other' },
      { until: '2027-02-30' },
      { until: '27-01-01' },
      { until: 20270101 },
      { until: '2027' },
      { until: '2027-01' },
      { until: '2027-1-1' },
      { until: 'soon' },
      { until: '' },
      { nonce: 'short' },
      { officers: 'ada' },
      { officers: [...officers.slice(1), { ...officers[0], login: '-x' }] },
      { officers: [...officers.slice(1), { ...officers[0], login: 5 }] },
      { officers: [...officers.slice(1), { ...officers[0], sign: 'AA' }] },
      { officers: [...officers.slice(1), { ...officers[0], receive: 7 }] },
      { officers: [...officers.slice(1), null] },
    ])
      expect(withFields(more), JSON.stringify(more)).toBe('header-format');
    for (const value of [null, undefined, 5, 'text', [], {}])
      expect(codeOf(readHeader(value))).toBe('header-format');
    expect(withFields({ kind: 'rehearsal' })).toBe('accepted');
  });
});

describe('an officer’s key', () => {
  it('comes back from its twelve words, however they are typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (root) => {
        const phrase = recoveryPhrase(root);
        expect(phrase.split(' ')).toHaveLength(12);
        expect(rootOfPhrase(phrase)).toEqual(root);
        expect(rootOfPhrase(`  ${phrase.toUpperCase().replaceAll(' ', '\n ')} `)).toEqual(root);
      }),
      { numRuns: runs(20) },
    );
    const words = recoveryPhrase(new Uint8Array(16).fill(1)).split(' ');
    expect(rootOfPhrase(words.slice(1).join(' '))).toBeNull();
    expect(rootOfPhrase([...words.slice(0, 11), 'elekto'].join(' '))).toBeNull();
    expect(rootOfPhrase([...words].reverse().join(' '))).toBeNull();
    expect(rootOfPhrase([...words, ...words].join(' '))).toBeNull();
    // Right in itself, and of no officer: 24 words are another kind of key.
    expect(rootOfPhrase(`${'abandon '.repeat(23)}art`)).toBeNull();
    expect(() => officerKey(new Uint8Array(15))).toThrow(RangeError);
  });

  it('says which words are in no phrase, as they were typed', () => {
    expect(unknownWords(recoveryPhrase(new Uint8Array(16).fill(1)).toUpperCase())).toEqual([]);
    expect(unknownWords('  abandon Elekto\n ABILITY zzz ')).toEqual(['Elekto', 'zzz']);
    expect(unknownWords('  ')).toEqual([]);
  });

  it('has parts that are all different, and is overwritten when asked', () => {
    const made = officerKey(new Uint8Array(16).fill(9));
    const parts = [made.signSecret, made.receiveSecret, made.dealSecret, made.sign, made.receive].map(
      toBase64Url,
    );
    expect(new Set(parts).size).toBe(5);
    wipe(made);
    for (const secret of [made.signSecret, made.receiveSecret, made.dealSecret])
      expect(secret).toEqual(new Uint8Array(32));
  });
});

describe('a ceremony that goes well', () => {
  it('gives one key, of which any quorum holds the secret and no fewer do', async () => {
    for (const [n, t] of [
      [3, 2],
      [5, 3],
      [4, 4],
    ] as const) {
      const some = Array.from({ length: n }, (_, i) => keyOf(i + 1));
      const of = headerOf(n, t);
      const all = await runCeremony(of, some);
      const made = must(finishedKey(of, all));
      const shares = await Promise.all(some.map((one) => shareOf(of, all, one)));
      shares.forEach((share, i) => {
        expect(share?.position).toBe(i + 1);
        expect(multiplyBase(share?.secret ?? 0n).equals(made.verificationKeys[i] as Point)).toBe(true);
      });
      const combine = (positions: readonly number[]): Point => {
        const factors = lagrangeAtZero(positions.map((p) => of.identifiers[p] ?? 0n));
        return multiplyBase(
          positions.reduce((sum, p, i) => sum + (shares[p]?.secret ?? 0n) * (factors[i] ?? 0n), 0n),
        );
      };
      const everybody = shares.map((_, i) => i);
      for (let skip = 0; skip < n; skip += 1) {
        const some = [...everybody.slice(skip), ...everybody.slice(0, skip)];
        expect(combine(some.slice(0, t)).equals(made.electionKey)).toBe(true);
        expect(combine(some.slice(0, t - 1)).equals(made.electionKey)).toBe(false);
      }
    }
  });

  it('is the same from its file, and words are compared that follow from all of it', async () => {
    const text = writeTranscript({ header, posts });
    const again = must(readTranscript(text));
    const same = must(finishedKey(again.header, again.posts));
    expect(same.transcriptHash).toEqual(board.transcriptHash);
    expect(wordsToCompare(same.transcriptHash).split(' ')).toHaveLength(12);
    expect(wordsToCompare(flip(same.transcriptHash, 15))).not.toBe(wordsToCompare(same.transcriptHash));
  });

  it('gives the share again on another computer, from the words and the file alone', async () => {
    const root = rootOfPhrase(recoveryPhrase(new Uint8Array(16).fill(2)));
    const { header: of, posts: read } = must(readTranscript(writeTranscript({ header, posts })));
    const recovered = await shareOf(of, read, officerKey(root ?? new Uint8Array(16)));
    expect(recovered).toEqual(await shareOf(header, posts, key(2)));
    expect(await shareOf(header, posts, keyOf(9))).toBeNull();
    expect(await shareOf(header, without(1, 'confirm'), key(2))).toBeNull();
    expect(positionOf(header, keyOf(9))).toBeNull();
    expect(positionOf(header, { ...key(1), receive: key(2).receive })).toBeNull();
    await expect(nextPosts(header, [], keyOf(9))).rejects.toThrow(RangeError);
  });

  it('has the key and shares that FROST’s key generation has, from the same polynomials', async () => {
    const ids = header.identifiers.map((x) => Buffer.from(encodeScalar(x)).toString('hex'));
    const signers = { min: 2, max: 3 };
    const first = ids.map((id) => FROST.DKG.round1(id, signers));
    const coefficients = first.map(({ secret }) => [...(secret.coefficients ?? [])]);
    const others = (mine: number) => first.filter((_, j) => j !== mine).map((one) => one.public);
    const second = first.map(({ secret }, i) => FROST.DKG.round2(secret, others(i)));
    const theirs = first.map(({ secret }, i) =>
      FROST.DKG.round3(
        secret,
        others(i),
        second.filter((_, j) => j !== i).map((messages) => messages[ids[i] ?? '']) as never,
      ),
    );
    const ours = await Promise.all(
      coefficients.map(async (polynomial, i) => {
        const deal = await dealPolynomial(header, i + 1, polynomial, key(i + 1));
        return { dealer: i + 1, deal, commitments: must(checkDeal(header, i + 1, deal)) };
      }),
    );
    const made = addDeals(header, ours);
    if (made === null) throw new Error('a key');
    expect(Buffer.from(theirs[0]?.public.commitments[0] ?? [])).toEqual(
      Buffer.from(encodePoint(made.electionKey)),
    );
    for (const [i, id] of ids.entries()) {
      expect(Buffer.from(theirs[0]?.public.verifyingShares[id] ?? [])).toEqual(
        Buffer.from(encodePoint(made.verificationKeys[i] as Point)),
      );
      const { share, wrong } = await findShares(header, ours, i + 1, key(i + 1));
      expect(wrong).toEqual([]);
      expect(Buffer.from(theirs[i]?.secret.signingShare ?? [])).toEqual(
        Buffer.from(encodeScalar(share.secret)),
      );
    }
  });

  it('deals other polynomials in every ceremony, and the same ones again in the same', async () => {
    const other = headerOf(3, 2, { nonce: toBase64Url(new Uint8Array(16).fill(6)) });
    const all = [
      ...coefficientsOf(header, key(1)),
      ...coefficientsOf(header, key(2)),
      ...coefficientsOf(other, key(1)),
    ];
    expect(new Set(all).size).toBe(6);
    expect(await makeDeal(header, 1, key(1))).toEqual(dealOf(1));
    expect(new Set([1, 2, 3].map((j) => toBase64Url(ekmFor(header, key(1), j)))).size).toBe(3);
  });

  it('gets there whenever computers crash, forget and start again, and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.integer({ min: 1, max: 3 }), lost: fc.boolean(), shuffle: fc.nat() }), {
          maxLength: 12,
        }),
        async (steps) => {
          const published: Post[] = [];
          const turn = async (who: number, lost: boolean, at: number): Promise<void> => {
            // A new process each time: it knows its root and what is published, in any order, and nothing else.
            const seen = [
              ...published.slice(at % (published.length + 1)),
              ...published.slice(0, at % (published.length + 1)),
            ];
            const next = await nextPosts(header, seen, officerKey(new Uint8Array(16).fill(who)));
            if (!lost) published.push(...next);
          };
          for (const { who, lost, shuffle } of steps) await turn(who, lost, shuffle);
          for (let round = 0; round < 2; round += 1) for (const who of [1, 2, 3]) await turn(who, false, 0);
          const standing = await judgeCeremony(header, published);
          expect(standing.state).toBe('complete');
          expect(finishedPosts(published).map(postJson)).toEqual(posts.map(postJson));
        },
      ),
      { numRuns: runs(12) },
    );
  });
});

describe('a ceremony that does not finish', () => {
  it('names those who are silent, without blame', async () => {
    expect(await judgeCeremony(header, [])).toEqual({ state: 'dealing', missing: [1, 2, 3] });
    expect(await judgeCeremony(header, [posts[1] as Post])).toEqual({ state: 'dealing', missing: [1, 3] });
    expect(await judgeCeremony(header, without(2, 'confirm'))).toMatchObject({
      state: 'confirming',
      missing: [2],
    });
    expect(finishedKey(header, without(2, 'confirm'))).toMatchObject({
      error: { code: 'key-unfinished', party: 'officer-2' },
    });
    expect(finishedKey(header, [])).toMatchObject({
      error: { party: 'officer-1, officer-2, officer-3' },
    });
  });

  it('by a bad signature blames nobody: the post is not taken', () => {
    const post = postJson(posts[0] as Post);
    expect(codeOf(readPost(header, post))).toBe('accepted');
    const bad = { ...post, signature: toBase64Url(new Uint8Array(64)) };
    expect(readPost(header, bad)).toMatchObject({
      error: { code: 'post-signature', party: 'whoever wrote it down' },
    });
    expect(readPost(header, { ...post, officer: 2 })).toMatchObject({ error: { code: 'post-signature' } });
    expect(
      codeOf(readTranscript(writeTranscript({ header, posts: [{ ...(posts[0] as Post), officer: 3 }] }))),
    ).toBe('post-signature');
  });

  it('does not take a deal of an earlier ceremony again', () => {
    const later = headerOf(3, 2, { nonce: toBase64Url(new Uint8Array(16).fill(6)) });
    expect(codeOf(readPost(later, postJson(posts[0] as Post)))).toBe('post-signature');
    // Nor one that its dealer signs again: the proof is bound to the ceremony as well.
    expect(codeOf(checkDeal(later, 1, dealOf(1)))).toBe('deal-proof');
    expect(codeOf(checkDeal(header, 2, dealOf(1)))).toBe('deal-proof');
  });

  it('by a bad proof, length or point names the dealer', async () => {
    const deal = dealOf(2);
    for (const [change, code] of [
      [{ proof: flip(deal.proof, 40) }, 'deal-proof'],
      [{ proof: new Uint8Array(64).fill(255) }, 'deal-proof'],
      [{ proof: new Uint8Array(64) }, 'deal-proof'],
      [{ proof: deal.proof.slice(1) }, 'deal-length'],
      [{ commitments: deal.commitments.slice(1) }, 'deal-length'],
      [{ commitments: [...deal.commitments, encodePoint(multiplyBase(3n))] }, 'deal-length'],
      [{ shares: deal.shares.slice(1) }, 'deal-length'],
      [{ shares: [...deal.shares.slice(1), new Uint8Array(79)] }, 'deal-length'],
      [{ commitments: [deal.commitments[0], new Uint8Array(32)] }, 'deal-group'],
      [{ commitments: [new Uint8Array(32), deal.commitments[1]] }, 'deal-group'],
      [{ commitments: [deal.commitments[0], new Uint8Array(32).fill(255)] }, 'deal-group'],
      [{ commitments: [deal.commitments[1], deal.commitments[0]] }, 'deal-proof'],
      [{ commitments: [deal.commitments[0], encodePoint(multiplyBase(3n))] }, 'deal-proof'],
    ] as const) {
      const bad = { ...deal, ...change } as Deal;
      const standing = await judgeCeremony(header, [posts[0] as Post, signed(2, bad), posts[2] as Post]);
      expect(blame(standing), code).toBe(`${code} officer-2`);
      // Also when it came by file.
      expect(codeOf(readPost(header, postJson(signed(2, bad))))).toBe('accepted');
    }
  });

  it('by a proof of which one half cannot be read names the dealer, too', async () => {
    const { proof } = dealOf(2);
    const none = new Uint8Array(32).fill(255);
    for (const bad of [join([none, proof.subarray(32)]), join([proof.subarray(0, 32), none])]) {
      const dealt = [posts[0] as Post, signed(2, { ...dealOf(2), proof: bad }), posts[2] as Post];
      expect(blame(await judgeCeremony(header, dealt))).toBe('deal-proof officer-2');
    }
  });

  it('makes no key of fewer deals, although everybody confirms that one', async () => {
    const some = [1, 2].map((dealer) => {
      const commitments = must(checkDeal(header, dealer, dealOf(dealer)));
      return { dealer, deal: dealOf(dealer), commitments };
    });
    const transcript = addDeals(header, some)?.transcriptHash;
    if (transcript === undefined) throw new Error('a key');
    const confirms = [1, 2, 3].map((officer) => signed(officer, { kind: 'confirm', transcript }));
    const all = [...posts.slice(0, 2), ...confirms];
    expect(await judgeCeremony(header, all)).toEqual({ state: 'dealing', missing: [3] });
    expect(codeOf(finishedKey(header, all))).toBe('key-unfinished');
  });

  it('makes no key where the election’s or an officer’s would be neutral, and blames nobody', async () => {
    const x = header.identifiers[0] ?? 0n;
    // What the last dealer would take to make the sum nothing, at 0 or at the first officer's place.
    for (const last of [
      [-12n, 3n],
      [-12n - 17n * x, 3n],
    ]) {
      const made = await Promise.all(
        [[5n, 6n], [7n, 8n], last].map((polynomial, i) =>
          dealPolynomial(header, i + 1, polynomial, key(i + 1)),
        ),
      );
      const dealt = made.map((deal, i) => signed(i + 1, deal));
      const confirm = signed(1, { kind: 'confirm', transcript: new Uint8Array(32) });
      for (const all of [dealt, [...dealt, confirm]])
        expect(blame(await judgeCeremony(header, all))).toBe('key-neutral nobody');
      expect(codeOf(finishedKey(header, dealt))).toBe('key-neutral');
    }
  });

  it('by two words in several places names the first place, in whatever order they are listed', async () => {
    const other = signed(2, { ...dealOf(2), proof: flip(dealOf(2).proof, 1) });
    const confirm = signed(2, { kind: 'confirm', transcript: new Uint8Array(32) });
    const openings = [1, 2].map((byte) => {
      const scalar = new Uint8Array(32).fill(byte);
      return signed(2, { kind: 'opening', complainer: 1, share: scalar, ekm: scalar });
    });
    const all = [...openings, confirm, ...posts, other];
    for (const some of [all, all.toReversed()])
      expect(await judgeCeremony(header, some)).toMatchObject({
        reason: { code: 'post-twice', party: 'officer-2', step: 'deal' },
      });
  });

  it('by two words in one place names who signed both', async () => {
    const other = await dealPolynomial(header, 2, [5n, 6n], key(2));
    expect(blame(await judgeCeremony(header, [...posts, signed(2, other)]))).toBe('post-twice officer-2');
    expect(blame(await judgeCeremony(header, [...posts, ...posts]))).toBe('complete');
    const confirm = signed(3, { kind: 'confirm', transcript: new Uint8Array(32) });
    expect(blame(await judgeCeremony(header, [...posts, confirm]))).toBe('post-twice officer-3');
    const complaints = [1, 2].map((dealer) => signed(3, { kind: 'complaint', dealer }));
    expect(blame(await judgeCeremony(header, [...without(3, 'confirm'), ...complaints]))).toBe('disputed');
  });

  it('by a confirmation of something else names who gave it', async () => {
    const confirm = signed(3, { kind: 'confirm', transcript: new Uint8Array(32) });
    expect(blame(await judgeCeremony(header, [...without(3, 'confirm'), confirm]))).toBe(
      'confirm-differs officer-3',
    );
    expect(finishedKey(header, [...without(3, 'confirm'), confirm])).toMatchObject({
      error: {
        code: 'confirm-differs',
        message: 'Confirm, officer-3: it is not for these deals and this key.',
      },
    });
  });

  it('has each post once in its file, however often it came', () => {
    expect(finishedPosts([...posts].reverse().concat(posts))).toEqual(posts);
  });

  it('has a file with its deals and confirmations only', async () => {
    const complaint = signed(3, { kind: 'complaint', dealer: 1 });
    expect(codeOf(finishedKey(header, [...posts, complaint]))).toBe('transcript-extra');
    expect(codeOf(finishedKey(header, [...posts].reverse()))).toBe('transcript-extra');
    expect(codeOf(finishedKey(header, [...posts, posts[0] as Post]))).toBe('transcript-extra');
    expect(codeOf(finishedKey(header, posts))).toBe('accepted');
  });
});

describe('a complaint', () => {
  /** The deals with one share for officer 3 replaced by another sealing, and what officer 3 then posts. */
  async function dealBadly(share: Uint8Array, receive = key(3).receive): Promise<Post[]> {
    const deal = dealOf(1);
    const context = { ceremonyId: header.ceremonyId, dealer: 1, receiver: 3, commitments: deal.commitments };
    const bad = await sealShare(context, receive, share, ekmFor(header, key(1), 3));
    return [
      signed(1, { ...deal, shares: [...deal.shares.slice(0, 2), bad] }),
      posts[1] as Post,
      posts[2] as Post,
    ];
  }

  it('that is true names the dealer, whether they answer or not', async () => {
    for (const dealt of [
      await dealBadly(
        encodeScalar(evaluate(coefficientsOf(header, key(1)), header.identifiers[2] ?? 0n) + 1n),
      ),
      await dealBadly(new Uint8Array(32).fill(255)),
      await dealBadly(
        encodeScalar(evaluate(coefficientsOf(header, key(1)), header.identifiers[2] ?? 0n)),
        key(2).receive,
      ),
    ]) {
      const next = await nextPosts(header, dealt, key(3));
      expect(next.map(({ body }) => body)).toEqual([{ kind: 'complaint', dealer: 1 }]);
      const disputed = [...dealt, ...next];
      expect(await judgeCeremony(header, disputed)).toEqual({ state: 'disputed', dealer: 1, complainer: 3 });
      expect(codeOf(finishedKey(header, disputed))).toBe('key-unfinished');
      expect(blame(await judgeCeremony(header, disputed, true))).toBe('deal-unanswered officer-1');
      expect(await nextPosts(header, disputed, key(2))).toEqual([]);
      const answer = await nextPosts(header, disputed, key(1));
      expect(answer.map(({ body }) => body.kind)).toEqual(['opening']);
      expect(blame(await judgeCeremony(header, [...disputed, ...answer]))).toBe('deal-share officer-1');
      expect(await nextPosts(header, [...disputed, ...answer], key(2))).toEqual([]);
    }
  });

  it('that is false names the complainer', async () => {
    const complaint = signed(3, { kind: 'complaint', dealer: 2 });
    const dealt = [...posts.slice(0, 3), complaint];
    const answer = await nextPosts(header, dealt, key(2));
    expect(blame(await judgeCeremony(header, [...dealt, ...answer]))).toBe('complaint-false officer-3');
    expect(blame(await judgeCeremony(header, [...answer, ...dealt].reverse()))).toBe(
      'complaint-false officer-3',
    );
  });

  it('that was answered with something else names the dealer', async () => {
    const complaint = signed(3, { kind: 'complaint', dealer: 2 });
    const [answer] = await nextPosts(header, [...posts.slice(0, 3), complaint], key(2));
    if (answer?.body.kind !== 'opening') throw new Error('an opening');
    for (const change of [
      { ekm: flip(answer.body.ekm, 0) },
      { share: encodeScalar(1n) },
      { share: new Uint8Array(32).fill(255) },
    ]) {
      const bad = signed(2, { ...answer.body, ...change });
      expect(blame(await judgeCeremony(header, [...posts.slice(0, 3), complaint, bad]))).toBe(
        'deal-share officer-2',
      );
    }
    // Nor does an answer of somebody else, or of the dealer to somebody else.
    const others = signed(1, answer.body);
    expect(blame(await judgeCeremony(header, [...posts.slice(0, 3), complaint, others]))).toBe('disputed');
    const aside = signed(2, { ...answer.body, complainer: 1 });
    expect(blame(await judgeCeremony(header, [...posts.slice(0, 3), complaint, aside]))).toBe('disputed');
    // Two answers to two people are no two words of one.
    expect(blame(await judgeCeremony(header, [...posts.slice(0, 3), complaint, aside, answer]))).toBe(
      'complaint-false officer-3',
    );
  });

  it('by who also confirmed, or about no deal, names the complainer', async () => {
    const complaint = signed(3, { kind: 'complaint', dealer: 2 });
    const both = [...without(1, 'confirm'), complaint];
    expect(blame(await judgeCeremony(header, both))).toBe('complaint-and-confirm officer-3');
    expect(blame(await judgeCeremony(header, [posts[0] as Post, complaint]))).toBe(
      'complaint-without-deal officer-3',
    );
  });

  it('does not keep who made it from their own deal', async () => {
    const complaint = signed(3, { kind: 'complaint', dealer: 2 });
    const next = await nextPosts(header, [posts[1] as Post, complaint], key(3));
    expect(next.map(({ body }) => body.kind)).toEqual(['deal']);
  });

  it('left unsaid gives no share of a key that was confirmed all the same', async () => {
    const dealt = await dealBadly(encodeScalar(1n));
    const transcript = addDeals(
      header,
      dealt.map(({ officer, body }) => {
        const deal = body as Deal;
        return { dealer: officer, deal, commitments: must(checkDeal(header, officer, deal)) };
      }),
    )?.transcriptHash;
    if (transcript === undefined) throw new Error('a key');
    const all = [...dealt, ...[1, 2, 3].map((who) => signed(who, { kind: 'confirm', transcript }))];
    expect(blame(await judgeCeremony(header, all))).toBe('complete');
    expect(await shareOf(header, all, key(3))).toBeNull();
    expect((await shareOf(header, all, key(2)))?.position).toBe(2);
  });

  it('comes too late when the key exists', async () => {
    const complaint = signed(3, { kind: 'complaint', dealer: 2 });
    expect(blame(await judgeCeremony(header, [...posts, complaint]))).toBe('complete');
  });

  it('is judged by the sealing itself: neither dealer nor complainer can bend it', async () => {
    const checked = { dealer: 1, deal: dealOf(1), commitments: must(checkDeal(header, 1, dealOf(1))) };
    const share = encodeScalar(evaluate(coefficientsOf(header, key(1)), header.identifiers[1] ?? 0n));
    const ekm = ekmFor(header, key(1), 2);
    expect(await judgeOpening(header, checked, 2, { share, ekm })).toBe('complainer');
    expect(await judgeOpening(header, checked, 3, { share, ekm })).toBe('dealer');
    expect(await judgeOpening(header, checked, 2, { share, ekm: ekmFor(header, key(1), 3) })).toBe('dealer');
  });
});

describe('a sealed share', () => {
  it('opens for its receiver, dealer, ceremony and commitments only', async () => {
    const context = {
      ceremonyId: header.ceremonyId,
      dealer: 1,
      receiver: 2,
      commitments: dealOf(1).commitments,
    };
    const share = encodeScalar(77n);
    const sealed = await sealShare(context, key(2).receive, share, new Uint8Array(32).fill(4));
    expect(await openShare(context, key(2).receiveSecret, sealed)).toEqual(share);
    for (const other of [
      { ...context, dealer: 2 },
      { ...context, receiver: 3 },
      { ...context, ceremonyId: flip(header.ceremonyId, 0) },
      { ...context, commitments: dealOf(2).commitments },
    ])
      expect(await openShare(other, key(2).receiveSecret, sealed)).toBeNull();
    expect(await openShare(context, key(3).receiveSecret, sealed)).toBeNull();
    expect(await openShare(context, key(2).receiveSecret, flip(sealed, 50))).toBeNull();
    expect(await openShare(context, key(2).receiveSecret, new Uint8Array(3))).toBeNull();
  });
});

describe('the proof of holding a share', () => {
  const ready = { kind: 'ready', election: '2026---steering' } as const;
  const alive = {
    kind: 'alive',
    election: '2026---steering',
    manifestHash: new Uint8Array(32).fill(1),
  } as const;

  it('is none for the neutral key, of which anybody would hold the share', () => {
    const nobody = { ...board, verificationKeys: board.verificationKeys.map(() => IDENTITY) };
    const forged = join([encodePoint(multiplyBase(5n)), encodeScalar(5n)]);
    for (const about of [ready, alive])
      expect(codeOf(checkHolding(nobody, 2, about, forged))).toBe('liveness-format');
  });

  it('holds for one officer, one key, one election, one moment', async () => {
    const share = await shareOf(header, posts, key(2));
    if (share === null) throw new Error('a share');
    for (const about of [ready, alive]) {
      const proof = proveHolding(board, share, about);
      expect(codeOf(checkHolding(board, 2, about, proof))).toBe('accepted');
      expect(proveHolding(board, share, about)).not.toEqual(proof);
      expect(codeOf(checkHolding(board, 1, about, proof))).toBe('liveness-proof');
      expect(codeOf(checkHolding(board, 2, { ...about, election: 'other' }, proof))).toBe('liveness-proof');
      expect(codeOf(checkHolding(board, 2, about, flip(proof, 33)))).toBe('liveness-proof');
      expect(codeOf(checkHolding(board, 2, about, proof.slice(1)))).toBe('liveness-format');
      const none = new Uint8Array(32).fill(255);
      for (const half of [join([none, proof.subarray(32)]), join([proof.subarray(0, 32), none])])
        expect(codeOf(checkHolding(board, 2, about, half))).toBe('liveness-format');
      expect(codeOf(checkHolding(board, 2, about, new Uint8Array(64).fill(255)))).toBe('liveness-format');
      const later = { ...board, transcriptHash: flip(board.transcriptHash, 0) };
      expect(codeOf(checkHolding(later, 2, about, proof))).toBe('liveness-proof');
    }
    const proof = proveHolding(board, share, alive);
    const drifted = { ...alive, manifestHash: new Uint8Array(32).fill(2) };
    expect(checkHolding(board, 2, drifted, proof)).toMatchObject({
      error: { code: 'liveness-proof', step: 'alive', party: 'officer-2' },
    });
    expect(codeOf(checkHolding(board, 2, ready, proof))).toBe('liveness-proof');
    const wrong = proveHolding(board, { position: 2, secret: share.secret + 1n }, ready);
    expect(codeOf(checkHolding(board, 2, ready, wrong))).toBe('liveness-proof');
  });
});

describe('polynomials', () => {
  it('add up at zero from as many values as they have coefficients', () => {
    const scalar = fc.bigInt({ min: 1n, max: ORDER - 1n });
    fc.assert(
      fc.property(
        fc.array(scalar, { minLength: 1, maxLength: 5 }),
        fc.array(scalar, { minLength: 5, maxLength: 5 }),
        (f, xs) => {
          fc.pre(new Set(xs).size === 5);
          const some = xs.slice(0, f.length);
          const factors = lagrangeAtZero(some);
          const sum = some.reduce((total, x, i) => total + evaluate(f, x) * (factors[i] ?? 0n), 0n);
          expect(reduce(sum)).toBe(f[0]);
        },
      ),
      { numRuns: runs(20) },
    );
    expect(() => lagrangeAtZero([3n, 3n])).toThrow();
    expect(sumOfProducts([], []).equals(IDENTITY)).toBe(true);
  });
});

describe('a custody file', () => {
  it('gives every kind of post back as it was written', () => {
    const [share, ekm] = [encodeScalar(5n), new Uint8Array(32).fill(4)];
    const bodies: Body[] = [
      dealOf(1),
      { kind: 'confirm', transcript: board.transcriptHash },
      { kind: 'complaint', dealer: 3 },
      { kind: 'opening', complainer: 2, share, ekm },
      // A deal of any size is its dealer's, as far as a list may go.
      {
        kind: 'deal',
        commitments: [],
        proof: new Uint8Array(150),
        shares: new Array(100).fill(ekm) as Uint8Array[],
      },
    ];
    for (const body of bodies) {
      const post = signed(1, body);
      expect(must(readPost(header, postJson(post)))).toEqual(post);
    }
  });

  it('of any other form is refused and never throws', async () => {
    for (const text of ['', 'null', '[]', '{}', '{"header":{},"posts":[]}', '{"header":1,"posts":{}}'])
      expect(readTranscript(text).ok, text).toBe(false);
    expect(readTranscript('{"header":{},\n"posts":1.5}')).toMatchObject({
      error: {
        message:
          'Custody file, whoever wrote it: it is not the JSON that signed files are made of, line 2: 1.5 is not a whole number.',
      },
    });
    const good = JSON.parse(writeTranscript({ header, posts })) as { header: object; posts: object[] };
    const change = (posts: unknown): string =>
      codeOf(readTranscript(JSON.stringify({ header: good.header, posts })));
    expect(change([null])).toBe('post-format');
    expect(change([{ ...good.posts[0], officer: 0 }])).toBe('post-format');
    expect(change([{ ...good.posts[0], officer: 4 }])).toBe('post-format');
    expect(change([{ ...good.posts[0], body: null }])).toBe('post-format');
    expect(change([{ ...good.posts[0], body: { kind: 'other' } }])).toBe('post-format');
    expect(change([{ ...good.posts[0], more: 1 }])).toBe('post-format');
    expect(change([{ ...good.posts[0], signature: 'AA' }])).toBe('post-format');
    for (const body of [
      { kind: 'deal', commitments: 'x', proof: '', shares: [] },
      { kind: 'deal', commitments: [], proof: 5, shares: [] },
      { kind: 'deal', commitments: [], proof: '', shares: [1] },
      { kind: 'deal', commitments: [], proof: '', shares: new Array(101).fill('AA') },
      { kind: 'deal', commitments: [], proof: 'A'.repeat(204), shares: [] },
      { kind: 'confirm', transcript: 'AA' },
      { kind: 'complaint', dealer: 9 },
      { kind: 'complaint' },
      { kind: 'opening', complainer: 1, share: 'AA', ekm: toBase64Url(new Uint8Array(32)) },
      { kind: 'opening', complainer: 1, share: toBase64Url(new Uint8Array(32)), ekm: 'AA' },
      {
        kind: 'opening',
        complainer: 0,
        share: toBase64Url(new Uint8Array(32)),
        ekm: toBase64Url(new Uint8Array(32)),
      },
    ])
      expect(change([{ ...good.posts[0], body }]), JSON.stringify(body).slice(0, 60)).toBe('post-format');
    expect(codeOf(readTranscript(JSON.stringify({ ...good, posts: new Array(10_001).fill(null) })))).toBe(
      'transcript-format',
    );
    expect(
      codeOf(readTranscript(JSON.stringify({ ...good, header: { ...good.header, threshold: 1 } }))),
    ).toBe('header-threshold');
  });

  it('of random values, or with any value exchanged, is refused or read, never an exception', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readTranscript(text).ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('officer', 'body', 'signature'), (value, field) => {
        readPost(header, { ...postJson(posts[0] as Post), [field]: value });
      }),
    );
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('commitments', 'proof', 'shares', 'kind'),
        (value, field) => {
          const post = postJson(posts[0] as Post);
          expect(readPost(header, { ...post, body: { ...(post.body as object), [field]: value } }).ok).toBe(
            false,
          );
        },
      ),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(json())), (value, field) => {
        readHeader({ ...json(), [field]: value });
      }),
    );
  });

  it('names its format', () => {
    expect(FORMAT).toBe('elekto-custody/1');
  });
});
