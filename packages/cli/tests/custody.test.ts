import { makeDeal, nextPosts, type Post, signPost } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { describe, expect, it } from 'vitest';

import { describeCeremony } from '../src/custody/status.ts';

const header = headerOf(3, 2);
const keys = [1, 2, 3].map(keyOf);
const posts = await runCeremony(header, keys);
const deals = posts.filter(({ body }) => body.kind === 'deal');
const key = (position: number) => keys[position - 1] ?? keyOf(position);
const complain = (complainer: number, dealer: number): Post =>
  signPost(header, complainer, { kind: 'complaint', dealer }, key(complainer).signSecret);
const told = (some: readonly Post[], login = 'officer-1') => describeCeremony({ header, posts: some }, login);

/** The answer that a dealer's own program gives to a complaint. */
async function answered(some: readonly Post[], dealer: number): Promise<Post[]> {
  return [...some, ...(await nextPosts(header, some, key(dealer)))];
}

describe('elekto custody status', () => {
  it('names who is silent, without blame', async () => {
    const text = await told(deals.filter(({ officer }) => officer !== 2));
    expect(text).toContain('Waiting for officer-2 to deal.');
    expect(text).toContain('Nothing to do for you now.');
    expect(await told([])).toContain('Next for you: elekto custody deal');
  });

  it('gives twelve words to compare once all have dealt, the same to everybody', async () => {
    const [one, other] = [await told(deals), await told([...deals].reverse(), 'officer-3')];
    const words = /aloud:\n {2}([a-z ]+)\n/.exec(one)?.[1];
    expect(words?.split(' ')).toHaveLength(12);
    expect(other).toContain(words);
    expect(one).toContain('Next for you: elekto custody confirm');
    expect(await told(posts)).toContain('All officers have confirmed: the key exists.');
  });

  it('names the complainer of a false complaint', async () => {
    const disputed = [...deals, complain(3, 1)];
    expect(await told(disputed)).toContain(
      'officer-3 says that the share which officer-1 dealt to them is wrong.',
    );
    expect(await told(disputed)).toContain('which answers the complaint');
    const text = await told(await answered(disputed, 1));
    expect(text).toContain(
      'This ceremony gives no key. Complaint, officer-3: the share that officer-1 dealt is right.',
    );
  });

  it('names the dealer of a wrong share', async () => {
    // A dealer whose program seals to officer-3 what was meant for officer-2.
    const deal = await makeDeal(header, 1, key(1));
    const [first, second] = deal.shares;
    const wrong = { ...deal, shares: [first, second, second].flatMap((share) => share ?? []) };
    const forged = [signPost(header, 1, wrong, key(1).signSecret), ...deals.slice(1)];
    const disputed = [...forged, complain(3, 1)];
    const text = await told(await answered(disputed, 1));
    expect(text).toContain('Deal, officer-1: the share for officer-3 is not what the commitments say.');
    expect(text).toContain('begin again');
  });

  it('names who signed two different deals', async () => {
    const other = await makeDeal(header, 2, { ...key(2), dealSecret: new Uint8Array(32).fill(9) });
    const text = await told([...deals, signPost(header, 2, other, key(2).signSecret)]);
    expect(text).toContain('Deal, officer-2: two different ones are signed for one place.');
  });
});
