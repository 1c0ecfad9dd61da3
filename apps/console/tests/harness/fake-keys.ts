/** Keys and ceremonies in memory: the app's own code on a keyring and a server that are none. */
import {
  type Header,
  headerJson,
  nextPosts,
  type Post,
  postJson,
  readHeader,
  readPost,
  signPost,
  writeTranscript,
} from '@elekto/custody/ceremony';
import { headerOf, keyOf } from '@elekto/custody/testing';
import { toBase64Url, toHex } from '@elekto/wire';
import type { ServerAnswer } from '../../src/shared/bridge.ts';
import { Ceremonies, type Call } from '../../src/main/keys/ceremonies.ts';
import { OfficerKeys, type KeptKey, type Vault } from '../../src/main/keys/officer-keys.ts';
import { valueOf } from '../../src/renderer/host/desktop-keys.ts';
import type { HostKeys } from '../../src/renderer/host/host.ts';

/** `none`: no key yet. `no-keyring`: none can be kept. The others: an officer whose key takes part, at that moment. */
export const KEY_SCENES = [
  'none',
  'no-keyring',
  'lost-keyring',
  'deal',
  'confirm',
  'wait',
  'disputed',
  'void',
  'complete',
  'merged',
] as const;
export type KeyScene = (typeof KEY_SCENES)[number];

const LOGIN = 'edda-lind';
const FILE = 'keys/2026.json';
const NAMES = [LOGIN, 'rui-tavares', 'sam-riva'];

function header(): Header {
  const officers = NAMES.map((login, i) => ({
    login,
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
  if (scene === 'wait') await say(1, 2);
  if (['confirm', 'disputed', 'void', 'complete', 'merged'].includes(scene)) await say(1, 2, 3);
  if (scene === 'confirm') await say(2);
  if (scene === 'disputed' || scene === 'void')
    posts.push(signPost(of, 3, { kind: 'complaint', dealer: 1 }, keyOf(3).signSecret));
  if (scene === 'void') await say(1);
  if (scene === 'complete' || scene === 'merged') await say(1, 2, 3);
  return posts;
}

export interface FakeKeys {
  readonly keys: HostKeys;
  /** What the other officers do next, in their own apps. */
  othersAct(): Promise<void>;
}

export async function createFakeKeys(scene: KeyScene): Promise<FakeKeys> {
  const of = header();
  const posts = await postsAt(of, scene);
  const vault: Vault = {
    remembers: scene !== 'no-keyring',
    seal: (text) => text,
    open: (sealed) => (scene === 'lost-keyring' ? null : sealed),
  };
  const own = keyOf(1);
  const mine: KeptKey = {
    login: LOGIN,
    sign: toBase64Url(own.sign),
    receive: toBase64Url(own.receive),
    sealed: toHex(new Uint8Array(16).fill(1)),
  };
  let kept: readonly KeptKey[] = scene === 'none' || scene === 'no-keyring' ? [] : [mine];
  const shelf = {
    get: () => kept,
    set: async (next: readonly KeptKey[]) => {
      kept = next;
    },
  };
  const officers = NAMES.map((login, i) => ({
    login,
    sign: toBase64Url(keyOf(i + 1).sign),
    receive: toBase64Url(keyOf(i + 1).receive),
  }));
  const begun = scene !== 'none' && scene !== 'no-keyring';
  const text = writeTranscript({ header: of, posts: scene === 'merged' ? posts : [] });
  const meta = {
    url: 'https://github.com/driftwood/meta',
    host: 'github' as const,
    branch: null,
    commit: 'a'.repeat(40),
  };
  const elections = [
    { key: 'steering---term-5', name: 'Steering Committee, fifth term', opensAt: 0, ready: [2] },
  ];
  const call: Call = async (_type, path, input): Promise<ServerAnswer> => {
    const data = (value: unknown): ServerAnswer => ({
      kind: 'data',
      data: JSON.parse(JSON.stringify(value)) as unknown,
    });
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
  const ceremonies = new Ceremonies(call, all);
  return {
    keys: {
      state: async () => all.state(),
      begin: async () => all.begin(LOGIN),
      prove: (words) => all.prove(words),
      recover: async (phrase) => all.recover(LOGIN, phrase, await ceremonies.published()),
      ceremonies: () => valueOf(ceremonies.list()),
      takePart: (file) => valueOf(ceremonies.takePart(file)),
      sayReady: (file, election) => valueOf(ceremonies.sayReady(file, election)),
      beginCeremony: (wanted) => valueOf(ceremonies.begin(wanted)),
    },
    othersAct: async () => {
      for (const position of [2, 3]) posts.push(...(await nextPosts(of, posts, keyOf(position))));
    },
  };
}
