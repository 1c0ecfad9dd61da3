/** Keys and ceremonies in memory: the app's own code on a keyring and a server that are none. */
import {
  CEREMONY_TAKES_MS,
  type Header,
  headerJson,
  nextPosts,
  type Post,
  postJson,
  readHeader,
  readPost,
  signPost,
  type Waits,
  watchCeremony,
  writeTranscript,
} from '@elekto/custody/ceremony';
import { headerOf, keyOf } from '@elekto/custody/testing';
import { toBase64Url, toHex } from '@elekto/wire';
import type { ServerAnswer } from '../../src/shared/bridge.ts';
import { Ceremonies, type Call, type InGit } from '../../src/main/keys/ceremonies.ts';
import { OfficerKeys, type KeptKey, type Vault } from '../../src/main/keys/officer-keys.ts';
import { valueOf } from '../../src/renderer/host/desktop-keys.ts';
import type { HostKeys } from '../../src/renderer/host/host.ts';
import { NOW } from './fixtures.ts';

/** `none`: no key yet. `no-keyring`: none can be kept. `other-key`: another one than the ceremony's. The others: an officer whose key takes part, at that moment. */
export const KEY_SCENES = [
  'none',
  'no-keyring',
  'lost-keyring',
  'other-key',
  'deal',
  'confirm',
  'wait',
  'silent',
  'disputed',
  'unanswered',
  'void',
  'complete',
  'merged',
  'renamed',
  'renamed-in-git',
  'edited',
  'threshold-1',
  'two-officers',
] as const;
export type KeyScene = (typeof KEY_SCENES)[number];

const DAY = 86_400_000;
const LOGIN = 'edda-lind';
const FILE = 'keys/2026.json';
const NAMES = [LOGIN, 'rui-tavares', 'sam-riva'];
/** What edda-lind was called when the key was made. */
const OLD = 'edda-l';
const IN_GIT: readonly KeyScene[] = ['other-key', 'renamed', 'renamed-in-git', 'edited'];

/** The custody file as it stands in git. */
function fileOf(scene: KeyScene, of: Header, posts: readonly Post[]): string {
  const whole = writeTranscript({ header: of, posts });
  const withHeader = (more: Record<string, unknown>): string =>
    JSON.stringify({ header: { ...headerJson(of), ...more }, posts: [] });
  switch (scene) {
    case 'merged':
    case 'other-key':
    case 'renamed':
    case 'renamed-in-git':
      return whole;
    case 'edited':
      return whole.replace('"until": "2027-12-31"', '"until": "2028-12-31"');
    case 'threshold-1':
      return withHeader({ threshold: 1 });
    case 'two-officers':
      return withHeader({ officers: (headerJson(of)['officers'] as unknown[]).slice(0, 2) });
    default:
      return writeTranscript({ header: of, posts: [] });
  }
}

function header(scene: KeyScene): Header {
  const officers = NAMES.map((login, i) => ({
    login: i === 0 && scene.startsWith('renamed') ? OLD : login,
    sign: toBase64Url(keyOf(i + 1).sign),
    receive: toBase64Url(keyOf(i + 1).receive),
  }));
  const read = readHeader({ ...headerJson(headerOf(3, 2)), officers });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

/** The posts of a ceremony at a moment of it. */
async function postsAt(of: Header, scene: KeyScene): Promise<Post[]> {
  const posts: Post[] = [];
  const say = async (...positions: number[]): Promise<void> => {
    for (const position of positions) posts.push(...(await nextPosts(of, posts, keyOf(position))));
  };
  if (scene === 'deal') await say(2);
  if (scene === 'wait' || scene === 'silent') await say(1, 2);
  if (['confirm', 'disputed', 'unanswered', 'void', 'complete', 'merged', ...IN_GIT].includes(scene))
    await say(1, 2, 3);
  if (scene === 'confirm') await say(2);
  if (scene === 'unanswered')
    posts.push(signPost(of, 3, { kind: 'complaint', dealer: 2 }, keyOf(3).signSecret));
  if (scene === 'disputed' || scene === 'void')
    posts.push(signPost(of, 3, { kind: 'complaint', dealer: 1 }, keyOf(3).signSecret));
  if (scene === 'void') await say(1);
  if (['complete', 'merged', ...IN_GIT].includes(scene)) await say(1, 2, 3);
  return posts;
}

export interface FakeKeys {
  readonly keys: HostKeys;
  /** What the other officers do next, in their own apps. */
  othersAct(): Promise<void>;
}

export async function createFakeKeys(scene: KeyScene): Promise<FakeKeys> {
  const of = header(scene);
  const posts = await postsAt(of, scene);
  const vault: Vault = {
    remembers: scene !== 'no-keyring',
    seal: (text) => text,
    open: (sealed) => (scene === 'lost-keyring' ? null : sealed),
  };
  const seed = scene === 'other-key' ? 9 : 1;
  const own = keyOf(seed);
  const mine: KeptKey = {
    login: scene.startsWith('renamed') ? OLD : LOGIN,
    sign: toBase64Url(own.sign),
    receive: toBase64Url(own.receive),
    sealed: toHex(new Uint8Array(16).fill(seed)),
  };
  let kept: readonly KeptKey[] = scene === 'none' || scene === 'no-keyring' ? [] : [mine];
  const shelf = {
    get: () => kept,
    set: async (next: readonly KeptKey[]) => {
      kept = next;
    },
  };
  const officers = NAMES.map((login, i) => ({
    login: i === 0 && scene === 'renamed' ? OLD : login,
    sign: toBase64Url(keyOf(i + 1).sign),
    receive: toBase64Url(keyOf(i + 1).receive),
  }));
  const begun = scene !== 'none' && scene !== 'no-keyring';
  const text = fileOf(scene, of, posts);
  const meta = {
    url: 'https://github.com/driftwood/meta',
    host: 'github' as const,
    branch: null,
    commit: 'a'.repeat(40),
  };
  const elections = [
    {
      ...{ key: 'steering---term-5', name: 'Steering Committee, fifth term', ready: [2] },
      opensAt: NOW + 10 * CEREMONY_TAKES_MS,
    },
  ];
  const call: Call = async (_type, path, input): Promise<ServerAnswer> => {
    const data = (value: unknown): ServerAnswer => ({
      kind: 'data',
      data: JSON.parse(JSON.stringify(value)) as unknown,
    });
    if (path === 'custody.boards' && document.documentElement.dataset['away'] !== undefined)
      return { kind: 'unreachable', reason: 'ECONNREFUSED' };
    if (path === 'custody.boards')
      return data({
        boards: begun ? [{ file: FILE, text }] : [],
        officers: begun ? officers : officers.slice(1),
        folder: 'elections',
        meta,
      });
    if (path === 'custody.board')
      return data({ text, path: `elections/${FILE}`, posts: posts.map(postJson), elections });
    if (path === 'custody.ready') {
      elections[0]?.ready.push((input as { officer: number }).officer);
      return data({ ready: elections[0]?.ready });
    }
    const post = readPost(of, (input as { post: unknown }).post);
    if (post.ok) posts.push(post.value);
    return data({ kept: 'kept' });
  };
  const all = new OfficerKeys(vault, shelf);
  let waits: Waits = {};
  // A wait counts by its second look, a day or more after the first.
  if (scene === 'silent' || scene === 'unanswered')
    for (const at of [NOW - CEREMONY_TAKES_MS - DAY, NOW - CEREMONY_TAKES_MS])
      ({ waits } = await watchCeremony(of, posts, waits, at));
  const keptWaits = {
    get: () => waits,
    set: async (next: Waits) => {
      waits = next;
    },
  };
  // As git has them where the page says that this computer knows it: two of them the other way round.
  const exchanged = officers.map((one, i) => ({ ...one, login: officers[i === 0 ? 0 : 3 - i]?.login ?? '' }));
  const inGit: InGit = async () =>
    document.documentElement.dataset['git'] === undefined
      ? null
      : { ok: true, value: { inFiles: [], officers: exchanged } };
  const ceremonies = new Ceremonies(call, all, keptWaits, inGit, () => NOW);
  return {
    keys: {
      state: async () => all.state(),
      begin: async () => all.begin(LOGIN),
      prove: (words) => all.prove(words),
      recover: async (phrase) => all.recover(LOGIN, phrase, await ceremonies.named()),
      ceremonies: () => valueOf(ceremonies.list()),
      takePart: (file, step) => valueOf(ceremonies.takePart(file, step)),
      sayReady: (file, election) => valueOf(ceremonies.sayReady(file, election)),
      beginCeremony: (wanted) => valueOf(ceremonies.begin(wanted)),
    },
    othersAct: async () => {
      for (const position of [2, 3]) posts.push(...(await nextPosts(of, posts, keyOf(position))));
    },
  };
}
