import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { must } from '@elekto/custody/testing';
import { Accounts } from '../accounts.ts';
import { SettingsStore } from '../settings.ts';
import type { OfficerKeys } from '../keys/officer-keys.ts';
import type { TokenStore } from '../token-store.ts';
import { Counts } from './counts.ts';
import { openMemory } from './open-memory.ts';

vi.mock('electron', () => ({ app: {}, safeStorage: {} }));

const SERVER = 'https://vote.example.org';
const MAIN = { source: 'https://github.com/org/elections', branch: null, folder: 'elections' };
const SIDE = { ...MAIN, branch: 'side' };
const [RUN, BOX, OTHER] = ['a', 'b', 'c'].map((one) => one.repeat(64)) as [string, string, string];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-counts-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The app of an officer as far as it is about counts. */
function openApp() {
  const settings = new SettingsStore(dir);
  const tokens = { remembers: true, get: () => null, remove: async () => undefined } as unknown as TokenStore;
  const accounts = new Accounts({
    ...{ settings, tokens },
    openBrowser: async () => undefined,
    onChange: () => undefined,
  });
  const active = () => settings.get().profiles.find(({ id }) => id === settings.get().active);
  const memory = (address: string) => openMemory(dir, address, settings.get().profiles);
  const counts = new Counts({
    ask: async () => ({ kind: 'data', data: [] }),
    keys: { withAll: async (work: (keys: []) => unknown) => work([]) } as unknown as OfficerKeys,
    server: () => ({ address: active()?.url ?? '', copies: join(dir, 'copies') }),
    openMemory: memory,
    openDesk: () => {
      throw new Error('nothing is opened');
    },
    tell: () => undefined,
  });
  return { accounts, counts, memory };
}
const accepted = { kind: 'data', data: null };
const refused = {
  kind: 'data',
  data: { kind: 'refused', message: expect.stringContaining('this computer knows') },
};

it('remembers for the computer: a server that is removed and added, or has a second address, is refused what it was refused', async () => {
  const { accounts, counts, memory } = openApp();
  const { active } = await accounts.add(SERVER);
  expect(await counts.chooseRepository(MAIN)).toEqual(accepted);
  must(await must(await memory(SERVER)).keepBox('steering', RUN, BOX, false));
  mkdirSync(join(dir, 'counts'), { recursive: true });
  // Systems leave files of their own in folders that somebody has looked at.
  writeFileSync(join(dir, 'counts', '.DS_Store'), '');
  expect(await counts.chooseRepository(SIDE)).toEqual(refused);
  const addAgain = async () => {
    await accounts.remove(active ?? '');
    return accounts.add(SERVER);
  };
  for (const [address, add] of [
    [SERVER, addAgain],
    ['https://203.0.113.7', () => accounts.add('https://203.0.113.7')],
  ] as const) {
    await add();
    expect(await counts.chooseRepository(SIDE), address).toEqual(refused);
    const second = await must(await memory(address)).keepBox('steering', RUN, OTHER, false);
    expect(second, address).toMatchObject({ error: { code: 'act-other-box' } });
  }
});

it('asks once more for a branch that an earlier version remembered on the word of a server', async () => {
  const { accounts, counts, memory } = openApp();
  const { active } = await accounts.add(SERVER);
  const folder = join(dir, 'counts', active ?? '');
  mkdirSync(folder, { recursive: true });
  const boxes = { [RUN]: { box: BOX, decrypted: false, election: 'steering' } };
  writeFileSync(
    join(folder, 'memory.json'),
    JSON.stringify({ version: 3, repository: SIDE, head: null, firstSeen: {}, boxes }),
  );
  expect(await counts.look('steering', [])).toEqual({ kind: 'data', data: { kind: 'repository' } });
  expect(await counts.chooseRepository(MAIN)).toEqual(accepted);
  expect(must(await memory(SERVER)).boxOf(RUN)?.box).toBe(BOX);
});
