/** What the console says where nothing could be sent: a press that does nothing without a word is the worst answer. */
import {
  makeDeal,
  type Post,
  postJson,
  progressOf,
  signPost,
  writeTranscript,
} from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { toBase64Url, toHex } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import type { Ceremonies as Shown } from '../../shared/keys.ts';
import { nextOf, notShown, standingOf } from '../../renderer/views/keys/ceremony-words.ts';
import { Ceremonies, type InGit } from './ceremonies.ts';
import { OfficerKeys } from './officer-keys.ts';

const header = headerOf(3, 2);
const posts = await runCeremony(header, [1, 2, 3].map(keyOf));
const own = keyOf(1);
const elections = [{ key: 'steering', name: 'Steering', opensAt: Date.now() + 86_400_000, ready: [] }];

/** The ceremonies of officer 1, on a computer whose keyring opens or not, with what was sent. */
function open(
  text: string,
  opens = true,
  served: readonly Post[] = [],
  inGit: Awaited<ReturnType<InGit>> = null,
) {
  const sent: string[] = [];
  const kept = { login: 'officer-1', sign: toBase64Url(own.sign), receive: toBase64Url(own.receive) };
  const keys = new OfficerKeys(
    { remembers: true, seal: (one) => one, open: (sealed) => (opens ? sealed : null) },
    { get: () => [{ ...kept, sealed: toHex(new Uint8Array(16).fill(1)) }], set: async () => undefined },
  );
  const ceremonies = new Ceremonies(
    async (type, path) => {
      if (type === 'mutation') sent.push(path);
      const meta = { url: null, host: null, branch: null, commit: 'a'.repeat(40) };
      const officers = [1, 2, 3].map((number) => ({
        login: `officer-${number}`,
        sign: toBase64Url(keyOf(number).sign),
        receive: toBase64Url(keyOf(number).receive),
      }));
      const files = text === '' ? [] : [{ file: 'keys/2026.json', text }];
      const boards = { boards: files, officers, folder: 'elections', meta };
      const board = { text, path: 'elections/keys/2026.json', posts: served.map(postJson), elections };
      return { kind: 'data', data: path === 'custody.boards' ? boards : board };
    },
    keys,
    { get: () => ({}), set: async () => undefined },
    async () => inGit,
  );
  return { ceremonies, sent };
}
const ready = async (text: string, opens = true) => {
  const { ceremonies, sent } = open(text, opens);
  return [await ceremonies.sayReady('keys/2026.json', 'steering'), sent];
};
const why = (said: string | null) => ({ kind: 'data', data: { why: said } });

describe('that a share is held', () => {
  it('is shown', async () => {
    expect(await ready(writeTranscript({ header, posts }))).toEqual([why(null), ['custody.ready']]);
  });

  it('is not shown, and it is said why not', async () => {
    const finished = writeTranscript({ header, posts });
    expect(await ready(writeTranscript({ header, posts: posts.slice(0, 5) }))).toEqual([
      why('unfinished'),
      [],
    ]);
    expect(await ready(finished, false)).toEqual([why('no-key'), []]);
    // Dealer 2 sealed to officer 1 what was meant for officer 3, and all confirmed what they see of it.
    const deal = posts[1]?.body;
    if (deal?.kind !== 'deal') throw new Error('a deal');
    const [, second, third] = deal.shares;
    const shares = [third, second, third].flatMap((share) => share ?? []);
    const wrong = signPost(header, 2, { ...deal, shares }, keyOf(2).signSecret);
    const dealt = [posts[0], wrong, posts[2]].flatMap((post) => post ?? []);
    const { key } = await progressOf(header, dealt);
    const confirms = [1, 2, 3].map((officer) => {
      const transcript = key?.transcriptHash ?? new Uint8Array();
      return signPost(header, officer, { kind: 'confirm', transcript }, keyOf(officer).signSecret);
    });
    const all = writeTranscript({ header, posts: [...dealt, ...confirms] });
    expect(await ready(all)).toEqual([why('wrong-shares'), []]);
  });
});

describe('a second deal that an officer signed once all had confirmed', () => {
  const view = async (inGit: readonly Post[]) => {
    const key = { ...keyOf(2), dealSecret: new Uint8Array(32).fill(9) };
    const second = signPost(header, 2, await makeDeal(header, 2, key), key.signSecret);
    const { ceremonies } = open(writeTranscript({ header, posts: inGit }), true, [...posts, second]);
    const answer = await ceremonies.list();
    const [found] = answer.kind === 'data' ? (answer.data as Shown).ceremonies : [];
    if (found === undefined) throw new Error('a ceremony');
    return { found, ready: await ceremonies.sayReady('keys/2026.json', 'steering') };
  };

  it('changes nothing where the file in git has the key: it is told, and the share can be shown', async () => {
    const { found, ready: said } = await view(posts);
    expect(found).toMatchObject({ state: 'complete', inGit: true, step: 'complete', reason: null });
    expect(standingOf(found)).toEqual({
      ...{ tone: 'good', title: 'The key exists' },
      text: 'Beside the file in git, officer-2 signed another deal. It changes nothing: the key is that of the file in git.',
    });
    expect(nextOf(found)).toContain('Show it for each election below');
    expect(notShown(found)).toHaveLength(1);
    expect(said).toEqual(why(null));
  });

  it('ends the ceremony before that, and no file of it is proposed', async () => {
    const { found, ready: said } = await view([]);
    expect(found).toMatchObject({ state: 'void', inGit: false, transcript: null, unheard: [] });
    expect(found.reason).toContain('Deal, officer-2: two different ones are signed for one place.');
    expect(said).toEqual(why('unfinished'));
  });
});

describe('a ceremony with somebody who has no key in the repository any more', () => {
  it('is not begun without them, and they are named', async () => {
    const { ceremonies } = open('');
    const wanted = { threshold: 2, until: '2027-12-31', rehearsal: false };
    const officers = ['officer-1', 'officer-2', 'officer-3', 'officer-4'];
    expect(await ceremonies.begin({ ...wanted, officers })).toEqual({
      kind: 'data',
      data: { text: null, why: null, unknown: ['officer-4'], unchecked: [] },
    });
    expect(await ceremonies.begin({ ...wanted, officers: officers.slice(0, 3) })).toMatchObject({
      data: { why: null, unknown: [] },
    });
  });
});

describe('keys that a server lists', () => {
  const wanted = { threshold: 2, until: '2027-12-31', rehearsal: false };
  const officers = ['officer-1', 'officer-2', 'officer-3'];
  const inGit = (...numbers: number[]): Awaited<ReturnType<InGit>> => ({
    ok: true,
    value: {
      inFiles: [],
      officers: numbers.map((number, i) => ({
        login: `officer-${i + 1}`,
        sign: toBase64Url(keyOf(number).sign),
        receive: toBase64Url(keyOf(number).receive),
      })),
    },
  });

  it('begin a ceremony when git has the same, and are the word of the server where this computer knows no repository', async () => {
    expect(await open('', true, [], inGit(1, 2, 3)).ceremonies.begin({ ...wanted, officers })).toMatchObject({
      data: { text: expect.stringContaining('officer-3') as string, unchecked: [] },
    });
    const unchecked = officers.map((login, i) => ({ login, sign: toBase64Url(keyOf(i + 1).sign) }));
    expect(await open('').ceremonies.begin({ ...wanted, officers })).toMatchObject({
      data: { text: expect.stringContaining('officer-3') as string, unchecked },
    });
  });

  it.each([
    [
      inGit(1, 3, 2),
      'Officers\u2019 keys, the server: it lists the key of officer-3 under the login officer-2. Nothing was done with it: tell the other officers.',
    ],
    [
      inGit(1, 9, 3),
      'Officers\u2019 keys, the server: under the login officer-2 it lists a key that is not in officers/officer-2.json of the repository. Nothing was done with it. If that file was changed a moment ago, try again; else tell the other officers.',
    ],
    [
      inGit(1, 2),
      'Officers\u2019 keys, the server: under the login officer-3 it lists a key that is not in officers/officer-3.json of the repository. Nothing was done with it. If that file was changed a moment ago, try again; else tell the other officers.',
    ],
  ])('begin none where git has others (%#)', async (git, why) => {
    expect(await open('', true, [], git).ceremonies.begin({ ...wanted, officers })).toEqual({
      kind: 'data',
      data: { text: null, why, unknown: [], unchecked: [] },
    });
  });
});

describe('a press in a ceremony', () => {
  it('posts what it says, and nothing where the server has gone on since', async () => {
    const begun = writeTranscript({ header, posts: [] });
    const dealt = posts.slice(0, 3);
    for (const [served, step, sends] of [
      [[], 'deal', 1],
      [[], 'confirm', 0],
      [dealt, 'deal', 0],
      [dealt, 'confirm', 1],
    ] as const) {
      const { ceremonies, sent } = open(begun, true, served);
      await ceremonies.takePart('keys/2026.json', step);
      expect([step, sent]).toEqual([step, new Array(sends).fill('custody.post')]);
    }
  });
});
