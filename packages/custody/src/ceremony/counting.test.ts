import { describe, expect, it } from 'vitest';
import { codeOf, headerOf, keyOf, must, runCeremony } from '../testing.ts';
import { countingPosts } from './counting.ts';
import { makeDeal } from './deal.ts';
import { finishedIn, finishedKey } from './finished.ts';
import { judgeCeremony } from './judge.ts';
import { type Body, type Post, signPost } from './post.ts';

const header = headerOf(3, 2);
const posts = await runCeremony(header, [1, 2, 3].map(keyOf));
const signed = (officer: number, body: Body): Post =>
  signPost(header, officer, body, keyOf(officer).signSecret);
const otherDeal = signed(
  2,
  await makeDeal(header, 2, { ...keyOf(2), dealSecret: new Uint8Array(32).fill(9) }),
);
const complaints = [1, 3].map((dealer) => signed(2, { kind: 'complaint', dealer }));
const otherConfirm = signed(1, { kind: 'confirm', transcript: new Uint8Array(32) });

describe('what a ceremony is judged by', () => {
  it('is the file alone where that gives the key; whatever else is signed is told and takes it not back', async () => {
    const more = [...complaints, otherDeal, ...posts, otherConfirm];
    const { posts: counting, inGit, unheard } = countingPosts(header, posts, more);
    expect([counting, inGit]).toEqual([posts, true]);
    expect(unheard).toEqual([
      { login: 'officer-1', kind: 'confirm' },
      { login: 'officer-2', kind: 'deal' },
      { login: 'officer-2', kind: 'complaint' },
    ]);
    expect(countingPosts(header, posts, more.toReversed()).unheard).toEqual(unheard);
    expect(await judgeCeremony(header, counting)).toMatchObject({ state: 'complete' });
    expect(countingPosts(header, posts, posts).unheard).toEqual([]);
  });

  it('is every post there is while the file gives none', async () => {
    const file = posts.slice(0, 3);
    const found = countingPosts(header, file, [...posts.slice(3), otherDeal]);
    expect(found).toEqual({ posts: [...posts, otherDeal], inGit: false, unheard: [] });
    expect(await judgeCeremony(header, found.posts)).toMatchObject({ state: 'void' });
  });
});

describe('the file of a ceremony', () => {
  it('is written of the posts that all would judge as finished, and of no others', () => {
    const made = { key: must(finishedKey(header, posts)), posts };
    for (const some of [posts, posts.toReversed(), [...posts, ...complaints]])
      expect(must(finishedIn(header, some))).toEqual(made);
    expect(codeOf(finishedIn(header, [...posts, otherDeal]))).toBe('post-twice');
    expect(codeOf(finishedIn(header, [...posts, otherConfirm]))).toBe('post-twice');
    expect(codeOf(finishedIn(header, posts.slice(1)))).toBe('key-unfinished');
  });
});
