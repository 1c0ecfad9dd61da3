/** What the window is told where this computer cannot read the repository itself. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '@elekto/custody/testing';
import { OfficerMemory, openDesk } from '@elekto/officer';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { OfficerKeys } from '../keys/officer-keys.ts';
import { Counts, type CountsOptions } from './counts.ts';

const home = mkdtempSync(join(tmpdir(), 'elekto-counts-'));
afterAll(() => rmSync(home, { recursive: true }));

const run = { kind: 'election', run: '00', serverKey: '', sourceCommit: 'a'.repeat(40), custody: '' };
const options: CountsOptions = {
  ask: () => Promise.resolve({ kind: 'data', data: JSON.stringify(run) }),
  keys: new OfficerKeys(
    { remembers: true, seal: (text) => text, open: (sealed) => sealed },
    { get: () => [], set: () => Promise.resolve() },
  ),
  server: () => ({ address: 'https://vote.example.org', copies: join(home, 'copies') }),
  openMemory: (address: string) => OfficerMemory.open(join(home, 'memory.json'), address),
  openDesk: () => {
    throw new Error('nothing is counted here');
  },
  tell: () => undefined,
};
const counts = new Counts(options);

describe('a repository that cannot be read', () => {
  const away = { source: join(home, 'away'), branch: null, folder: 'elections' };
  const told = async () => ((await counts.sayAlive('steering')) as { data: unknown }).data;
  it('is told with the step and what to do, and asked for once more while nothing was acted on', async () => {
    await counts.chooseRepository(away);
    const { kind, because: message } = (await told()) as { kind: string; because: string };
    expect(kind).toBe('repository');
    expect(message).toMatch(/^Repository, this computer: it remembers no run of steering, /);
    expect(message).toContain('is not a directory.');
    expect(message).toMatch(/put that right, and try again\.$/);
    const moved = { ...away, branch: 'voting' };
    expect(await counts.chooseRepository(moved)).toEqual({ kind: 'data', data: null });
    expect(await counts.chooseRepository(away)).toEqual({ kind: 'data', data: null });
  });

  it('is told by a code that is nobody\u2019s fault once a box was acted on from it', async () => {
    const memory = must(await options.openMemory('https://vote.example.org'));
    must(await memory.keepBox('steering', 'a'.repeat(64), 'b'.repeat(64), false));
    expect(await told()).toMatchObject({ kind: 'refused', code: 'act-repository' });
    const said = await counts.chooseRepository({ ...away, branch: 'side' });
    expect(said).toMatchObject({ data: { kind: 'refused' } });
  });
});

it('asks a forge with no token, whatever the environment of the app says, and so reads no private repository', async () => {
  const heard: (string | undefined)[] = [];
  const forge = createServer((request, response) => {
    heard.push(request.headers.authorization);
    response.writeHead(401).end();
  });
  forge.listen(0, '127.0.0.1');
  await once(forge, 'listening');
  vi.stubEnv('ELEKTO_META_TOKEN', 'a-token');
  try {
    const own = new Counts({
      ...options,
      openMemory: (address) => OfficerMemory.open(join(home, 'private.json'), address),
    });
    const source = `http://127.0.0.1:${(forge.address() as AddressInfo).port}/org/elections`;
    await own.chooseRepository({ source, branch: null, folder: 'elections' });
    const { data } = (await own.sayAlive('steering')) as { data: { kind: string; because: string } };
    expect(data.kind).toBe('repository');
    expect(data.because).toContain('401');
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.filter((said) => said !== undefined)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    forge.close();
  }
});

describe('a server that answers in another form', () => {
  it.each([[{}], [null], [[{ name: 5 }]]])('is told as that, whatever was asked: %j', async (answer) => {
    const strange = new Counts({
      ...options,
      ask: () => Promise.resolve({ kind: 'data', data: answer }),
      openDesk: () => ({ desk: openDesk([], () => undefined), close: () => Promise.resolve() }),
    });
    await strange.chooseRepository({ source: join(home, 'away'), branch: null, folder: 'elections' });
    const words = { number: 1, winners: ['eve'], how: 'by lot', of: null };
    for (const said of [
      await strange.look('steering', []),
      await strange.act('steering', []),
      await strange.takeBackVoid('steering', []),
      await strange.decideTie('steering', words),
      await strange.lookAtVoids('steering'),
      await strange.signVoid('steering', 'why'),
      await strange.sayAlive('steering'),
    ])
      expect(said).toEqual({ kind: 'unreachable', reason: 'StrangeAnswer' });
  });
});
