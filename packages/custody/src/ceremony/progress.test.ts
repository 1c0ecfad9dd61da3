import { toBase64Url } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import { encodeScalar } from '../group/scalar.ts';
import { headerOf, keyOf, must, runCeremony } from '../testing.ts';
import { finishedKey } from './finished.ts';
import { wordsToCompare } from './officer-key.ts';
import { type Body, type Post, signPost } from './post.ts';
import { progressOf, stepOf } from './progress.ts';
import { nextPosts } from './take-part.ts';

const header = headerOf(3, 2);
const keys = [1, 2, 3].map(keyOf);
const posts = await runCeremony(header, keys);
const board = must(finishedKey(header, posts));
const deals = posts.slice(0, 3);
const signed = (officer: number, body: Body): Post =>
  signPost(header, officer, body, keyOf(officer).signSecret);
const complaint = signed(3, { kind: 'complaint', dealer: 2 });
/** What each of the three does next. */
const steps = async (some: readonly Post[]): Promise<string[]> => {
  const progress = await progressOf(header, some);
  return [1, 2, 3].map((position) => stepOf(progress, position));
};

describe('how far a ceremony is', () => {
  it('is told of each officer by position and login', async () => {
    const { officers } = await progressOf(header, [deals[1] as Post]);
    expect(officers).toEqual([
      { position: 1, login: 'officer-1', dealt: false, confirmed: false },
      { position: 2, login: 'officer-2', dealt: true, confirmed: false },
      { position: 3, login: 'officer-3', dealt: false, confirmed: false },
    ]);
    const later = await progressOf(header, posts.slice(0, 4));
    expect(later.officers.map(({ dealt }) => dealt)).toEqual([true, true, true]);
    expect(later.officers.map(({ confirmed }) => confirmed)).toEqual([true, false, false]);
  });

  it('says who is waited for, and from when on there is a key with words to compare', async () => {
    expect(await progressOf(header, [])).toMatchObject({
      ...{ state: 'dealing', waitingFor: [1, 2, 3], key: null, words: null, dispute: null, reason: null },
    });
    expect(await progressOf(header, deals.slice(1))).toMatchObject({ waitingFor: [1], words: null });
    const words = wordsToCompare(board.transcriptHash);
    expect(await progressOf(header, deals)).toMatchObject({
      ...{ state: 'confirming', waitingFor: [1, 2, 3], key: board, words, dispute: null, reason: null },
    });
    expect(await progressOf(header, posts.slice(0, 5))).toMatchObject({ waitingFor: [3], words });
    expect(await progressOf(header, posts)).toMatchObject({
      ...{ state: 'complete', waitingFor: [], key: board, words, dispute: null, reason: null },
    });
  });

  it('tells each officer their next step alone', async () => {
    expect(await steps([])).toEqual(['deal', 'deal', 'deal']);
    expect(await steps(deals.slice(1))).toEqual(['deal', 'wait', 'wait']);
    expect(await steps(deals)).toEqual(['confirm', 'confirm', 'confirm']);
    expect(await steps(posts.slice(0, 5))).toEqual(['wait', 'wait', 'confirm']);
    expect(await steps(posts)).toEqual(['complete', 'complete', 'complete']);
  });

  it('waits in a dispute for the dealer alone, and is over once it is judged', async () => {
    const disputed = [...deals, complaint];
    expect(await progressOf(header, disputed)).toMatchObject({
      ...{ state: 'disputed', waitingFor: [2], dispute: { dealer: 2, complainer: 3 } },
      ...{ key: null, words: null, reason: null },
    });
    expect(await steps(disputed)).toEqual(['wait', 'answer', 'wait']);
    const judged = [...disputed, ...(await nextPosts(header, disputed, keyOf(2)))];
    expect(await progressOf(header, judged)).toMatchObject({
      ...{ state: 'void', waitingFor: [], dispute: null, words: null },
      reason: { code: 'complaint-false', party: 'officer-3' },
    });
    expect(await steps(judged)).toEqual(['over', 'over', 'over']);
  });

  it('still asks for a deal where others dispute already', async () => {
    const early = [deals[1] as Post, deals[2] as Post, complaint];
    expect(await steps(early)).toEqual(['deal', 'answer', 'wait']);
  });
});

describe('an answer to a complaint', () => {
  it('is given by the dealer alone and again the same, and shows that share and no other', async () => {
    const disputed = [...deals, complaint];
    for (const officer of [1, 3]) expect(await nextPosts(header, disputed, keyOf(officer))).toEqual([]);
    const [answer] = await nextPosts(header, disputed, keyOf(2));
    expect(await nextPosts(header, disputed, keyOf(2))).toEqual([answer]);
    if (answer?.body.kind !== 'opening') throw new Error('an opening');
    expect(answer.body.complainer).toBe(3);
    expect(toBase64Url(answer.body.share)).not.toBe(toBase64Url(encodeScalar(0n)));
  });
});
