import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CEREMONY_TAKES_MS, makeDeal, nextPosts, type Post, signPost } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { describeCeremony } from '../src/custody/status.ts';
import { waitsFile } from '../src/custody/waits.ts';

const header = headerOf(3, 2);
const keys = [1, 2, 3].map(keyOf);
const posts = await runCeremony(header, keys);
const deals = posts.filter(({ body }) => body.kind === 'deal');
const key = (position: number) => keys[position - 1] ?? keyOf(position);
const complain = (complainer: number, dealer: number): Post =>
  signPost(header, complainer, { kind: 'complaint', dealer }, key(complainer).signSecret);
const told = (some: readonly Post[], login = 'officer-1') =>
  describeCeremony(
    {
      ...{ header, posts: some, inGit: false, unheard: [] },
      ...{ elections: [], waits: { read: () => ({}), keep: () => undefined } },
    },
    login,
  );

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

const home = mkdtempSync(join(tmpdir(), 'elekto-status-'));
afterAll(() => rmSync(home, { recursive: true }));
const MONDAY = Date.UTC(2026, 10, 2, 9);
const day = (n: number): number => MONDAY + n * 86_400_000;
const elections = [{ name: 'Steering\u001b[2J', opensAt: Date.UTC(2026, 11, 1) }];
let session: string;
beforeEach(() => {
  session = join(mkdtempSync(join(home, 'home-')), 'session');
});
/** What is said below the table; each look is a process of its own. */
const said = async (some: readonly Post[], now: number, login = 'officer-1'): Promise<string[]> => {
  const waits = waitsFile(session);
  const all = await describeCeremony(
    { header, posts: some, inGit: false, unheard: [], elections, waits },
    login,
    now,
  );
  return all.trimEnd().split('\n\n').slice(2);
};
const DEADLINE =
  'Steering\ufffd[2J opens on 2026-12-01, and not without a key: begin a new ceremony by 2026-11-24, or move "start_datetime".';
const ON_COURSE =
  'Steering\ufffd[2J opens on 2026-12-01, with this key if it is finished and merged by then.';
const LAST_DAYS = `${ON_COURSE} If somebody stays away for good, move "start_datetime", or take "custody" out, and the server keeps the key.`;
const SPARE = `${ON_COURSE} If somebody stays away for good, begin a new ceremony by 2026-11-24.`;
const WAY_OUT =
  'The way out: "elekto custody new" in a new file, without who stays away; it takes three officers. Then name that file in "custody".';
const ASK = 'Ask them, and not over the server, which could keep back what they sent.';

const disputed = [...deals, complain(3, 2)];

describe('elekto custody status, of somebody who is silent,', () => {
  it('says who does not deal since when, and after a week not to wait any longer', async () => {
    const some = posts.slice(1, 3);
    expect(await said(some, day(0), 'officer-2')).toEqual([
      'Waiting for officer-1 to deal.',
      [
        'officer-1: nothing since 2026-11-02, as this computer has seen it.',
        ASK,
        'After 7 days do not wait any longer: a ceremony gives no key without all of its officers.',
        ...[WAY_OUT, SPARE],
      ].join('\n'),
      'Nothing to do for you now.',
    ]);
    await said(some, day(1), 'officer-2');
    const late = await said(some, day(8), 'officer-2');
    expect(late.at(-1)).toBe(
      'Next: begin again with "elekto custody new" in a new file, without whoever is named.',
    );
    expect(late[1]).toBe(
      [
        'officer-1: nothing since 2026-11-03, as this computer has seen it.',
        ASK,
        '7 days are over for officer-1: do not wait any longer. Without all of its officers this ceremony gives no key.',
        ...[WAY_OUT, DEADLINE],
      ].join('\n'),
    );
  });

  it('names no day that is over as the last one for a new ceremony', async () => {
    const opensAt = elections[0]?.opensAt ?? 0;
    const last = opensAt - CEREMONY_TAKES_MS;
    await said(deals, day(0));
    await said(deals, day(1));
    expect((await said(deals, last - 1)).join('\n')).toContain(DEADLINE);
    for (const now of [last, opensAt - 1]) {
      const all = (await said(deals, now)).join('\n');
      expect(all).not.toContain('2026-11-24, or');
      expect(all).toContain(
        'opens on 2026-12-01, and not without a key: a new ceremony takes 7 days, too long before that. Move "start_datetime", or take "custody" out, and the server keeps the key.',
      );
    }
    expect((await said(deals, opensAt)).join('\n')).toContain(
      'waits for this key, and does not open without one.',
    );
  });

  it.each([
    ['dealing', posts.slice(0, 2)],
    ['confirming', posts.slice(0, 5)],
  ])(
    'says of a ceremony on course (%s) that its key opens the election, and the way out where somebody stays away',
    async (_, some) => {
      const opensAt = elections[0]?.opensAt ?? 0;
      expect((await said(some, opensAt - CEREMONY_TAKES_MS - 1)).join('\n')).toContain(SPARE);
      for (const before of [7, 3, 1]) {
        const lines = (await said(some, opensAt - before * 86_400_000)).join('\n').split('\n');
        expect(lines).toContain(LAST_DAYS);
        expect(lines.join('\n')).not.toContain('too long before that');
      }
    },
  );

  it('says at once what is left to do where a complaint ends the ceremony either way', async () => {
    const all = (await said(disputed, (elections[0]?.opensAt ?? 0) - 3 * 86_400_000)).join('\n');
    expect(all).toContain('too long before that');
  });

  it('says who does not confirm since when', async () => {
    const all = (await said(posts.slice(0, 5), day(0))).join('\n');
    expect(all).toContain('Waiting for officer-3 to confirm.');
    expect(all).toContain('officer-3: nothing since 2026-11-02, as this computer has seen it.');
  });

  it('names who never answers a complaint, with step and code, to everybody but them', async () => {
    expect((await said(disputed, day(0)))[1]).toContain('officer-2: nothing since 2026-11-02');
    expect((await said(disputed, day(1)))[1]).toContain('officer-2: nothing since 2026-11-03');
    const late = await said(disputed, day(8));
    expect(late[0]).toBe(
      'This ceremony gives no key. Deal, officer-2: a complaint about it was not answered. [deal-unanswered]',
    );
    expect(late.at(-1)).toBe(
      'Next: begin again with "elekto custody new" in a new file, without whoever is named.',
    );
    expect((await said(disputed, day(8), 'officer-2')).at(-1)).toBe(
      'Next for you: elekto custody confirm, which answers the complaint',
    );
  });

  it('says nothing of the silence of who reads it, whose next step it names', async () => {
    await said(deals, day(0), 'Officer-1');
    const [first, second] = [await said(deals, day(1), 'Officer-1'), await said(deals, day(8), 'Officer-1')];
    for (const all of [first, second]) {
      expect(all.join('\n')).not.toContain('officer-1: nothing since');
      expect(all.join('\n')).toContain('officer-2: nothing since 2026-11-03');
      expect(all.at(-1)).toBe('Next for you: elekto custody confirm');
    }
    expect(second[1]).toContain('7 days are over for officer-2, officer-3: do not wait any longer.');
    expect((await said(posts.slice(1, 3), day(8), 'officer-1')).join('\n')).not.toMatch(
      /nothing since|Ask them/,
    );
  });

  it('says nothing of silence once all have confirmed', async () => {
    expect(await said(posts, day(0))).toEqual([
      expect.stringContaining('the key exists'),
      'Next: one of you runs "elekto custody finish" and asks for that change in a pull request.',
    ]);
  });
});
