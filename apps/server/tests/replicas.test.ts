/** Two servers on one PostgreSQL behind a proxy that gives every request to the other one. */
import {
  fakeClock,
  freshPostgres,
  startFakeGitHub,
  type FakeClock,
  type FakeGitHub,
  type FreshPostgres,
} from '@elekto/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createLog, startServer, type RunningServer } from '../src/index.ts';

import { Browser, refusalOf } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { roundRobin, type RoundRobin } from './support/proxy.ts';
import { CHEAP_KDF, DURING, NO_LIMITS } from './support/running.ts';
import { stubSite } from './support/stub-site.ts';
import { atOnce, view, vote } from './support/voting.ts';

const VOTERS = Array.from({ length: 24 }, (_, i) => `voter-${i}`);
const key = 'steering';

describe('two servers', () => {
  let root: string;
  let meta: string;
  let clock: FakeClock;
  let gitHub: FakeGitHub;
  let postgres: FreshPostgres;
  let proxy: RoundRobin;
  let servers: RunningServer[];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'elekto-replicas-'));
    meta = writeMeta({ steering: { voters: VOTERS } });
    clock = fakeClock(DURING);
    const people = [...VOTERS, 'olga'].map((login, i) => ({ id: i + 1, login, name: login, about: '' }));
    gitHub = await startFakeGitHub({ people });
    postgres = await freshPostgres();
    proxy = await roundRobin();
    const start = (name: string): Promise<RunningServer> =>
      startServer(
        {
          PORT: '0',
          ELEKTO_URL: proxy.url,
          ELEKTO_META: meta,
          ELEKTO_META_POLL: '0',
          ELEKTO_DATA_DIR: join(root, name),
          ELEKTO_SECRETS_DIR: join(root, 'secrets'),
          ELEKTO_DATABASE_URL: postgres.url,
          ELEKTO_DEMO_GITHUB: gitHub.url,
        },
        {
          clock: () => clock.now(),
          siteBuilder: stubSite(),
          limits: NO_LIMITS,
          kdf: CHEAP_KDF,
          log: createLog('silent'),
        },
      );
    // At the same moment: both migrate, both make keys, both open the election.
    servers = await Promise.all([start('a'), start('b')]);
    proxy.ports = servers.map(({ config }) => config.port);
  });
  afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.close()));
    await proxy?.close();
    await gitHub?.close();
    await postgres?.drop();
    for (const dir of [root, meta]) rmSync(dir, { recursive: true, force: true });
  });

  const signedIn = async (login: string): Promise<Browser> => {
    const browser = new Browser(proxy.url);
    await browser.signIn(login);
    return browser;
  };

  it('share sign-ins, papers and ballots without sticky sessions', async () => {
    await atOnce(VOTERS, 6, async (login) => {
      const browser = await signedIn(login);
      await vote(browser, key, { ada: 1, bob: 2, cy: 3 });
      expect(await view(browser, key)).toEqual({ ada: 1, bob: 2, cy: 3 });
    });
  });

  it('take one ballot of a voter, whichever server is asked', async () => {
    const browser = await signedIn('voter-3');
    const results = await Promise.all(
      Array.from({ length: 6 }, () => refusalOf(vote(browser, key, { cy: 1 }))),
    );
    expect(new Set(results)).toEqual(new Set(['already-voted']));
  });

  it('follow each other to a new commit', async () => {
    const [a, b] = servers;
    if (!a || !b) throw new Error('unreachable');
    // What watches the directory would tell both; a second repository of the same content would not.
    writeElection(meta, 'steering', { voters: VOTERS, name: 'Renamed' });
    await a.sync();
    const nameAt = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();
    for (let i = 0; i < 200 && !(await nameAt(b.config.port)).includes('Renamed'); i += 1) await sleep(50);
    expect(await nameAt(b.config.port)).toContain('Renamed');
  });

  it('close and count once, together', async () => {
    clock.set(Date.parse('2026-03-08T00:00:00Z'));
    await Promise.all(servers.map((server) => server.tick()));
    const olga = await signedIn('olga');
    expect(await olga.api.officer.close.mutate({ key })).toMatchObject({
      state: 'finalised',
      cast: VOTERS.length,
    });
    for (let i = 0; i < 2; i += 1) {
      const { outcome, root: merkle } = await olga.api.officer.outcome.query({ key });
      expect(outcome.seats.elected).toEqual(['ada']);
      expect(merkle).toMatch(/^[0-9a-f]{64}$/);
    }
    const trail = await olga.api.officer.audit.query({ key });
    expect(trail.filter(({ action }) => action === 'closed')).toHaveLength(1);
  });

  it('go on with one when the other stops', async () => {
    const [a, b] = servers;
    if (!a || !b) throw new Error('unreachable');
    const olga = await signedIn('olga');
    await a.close();
    proxy.ports = [b.config.port];
    expect((await olga.api.me.get.query()).user).toEqual({ login: 'olga' });
    // The database of the tests does not write to disk at once, which this server rightly complains about.
    expect(await (await fetch(`${proxy.url}/readyz`)).json()).toMatchObject({ snapshot: 'ok', site: 'ok' });
  });
});
