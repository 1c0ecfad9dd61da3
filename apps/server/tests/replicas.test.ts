/** Two servers on one database behind a proxy that gives every request to the other one. */
import { sql, startDatabase, tables } from '@elekto/db';
import { fakeClock, startFakeGitHub, type FakeClock, type FakeGitHub } from '@elekto/testing';
import { freshDatabase } from '@elekto/testing/databases';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createLog, startServer, type RunningServer } from '../src/index.ts';

import { Browser, refusalOf } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { roundRobin, type RoundRobin } from './support/proxy.ts';
import { CHEAP_KDF, DATABASES, DURING, NO_LIMITS } from './support/running.ts';
import { stubSite } from './support/stub-site.ts';
import { atOnce, view, vote } from './support/voting.ts';

const VOTERS = Array.from({ length: 24 }, (_, i) => `voter-${i}`);
const key = 'steering';
const few = { perPerson: 8, perAddress: 1e6, windowSeconds: 60 };
const LIMITS = { ...NO_LIMITS, passphrase: few };

describe.each(DATABASES.filter((name) => name !== 'sqlite'))('two servers on one %s', (kind) => {
  let root: string;
  let meta: string;
  let clock: FakeClock;
  let gitHub: FakeGitHub;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let proxy: RoundRobin;
  let servers: RunningServer[];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'elekto-replicas-'));
    meta = writeMeta({ steering: { voters: VOTERS } });
    clock = fakeClock(DURING);
    const people = [...VOTERS, 'olga'].map((login, i) => ({ id: i + 1, login, name: login, about: '' }));
    gitHub = await startFakeGitHub({ people });
    database = await freshDatabase(kind, root);
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
          ELEKTO_DATABASE_URL: database.url,
          ELEKTO_DEMO_SIGN_IN: gitHub.url,
        },
        {
          clock: () => clock.now(),
          siteBuilder: stubSite(),
          limits: LIMITS,
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
    await database?.drop();
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
    writeElection(meta, 'docs', { name: 'Documentation' });
    await a.sync();
    const nameAt = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();
    for (let i = 0; i < 200 && !(await nameAt(b.config.port)).includes('Documentation'); i += 1)
      await sleep(50);
    expect(await nameAt(b.config.port)).toContain('Documentation');
  });

  it('hold a person to one limit, whichever of them is asked, and tell the database of nobody else', async () => {
    const limited = async (browser: Browser): Promise<string> =>
      refusalOf(
        browser.api.ballot.unlock.mutate({ key, authKey: Buffer.alloc(32, 1).toString('base64url') }),
      );
    const olga = await signedIn('olga');
    const answers: string[] = [];
    for (let i = 0; i < 24; i += 1) answers.push(await limited(olga));
    const granted = answers.filter((answer) => answer !== 'too-many-attempts').length;
    // A window may end meanwhile, and the next one begin; alone, each server would have granted eight.
    expect(granted).toBeGreaterThanOrEqual(8);
    expect(granted).toBeLessThan(16);
    expect(answers.at(-1)).toBe('too-many-attempts');
    const db = await startDatabase({ url: database.url });
    const { rows } = await db.read((em) =>
      sql<{ ends_at: string }>`select * from recent_use`.execute(tables(em)),
    );
    await db.close();
    expect(rows.length).toBeGreaterThanOrEqual(1);
    expect(rows.length).toBeLessThanOrEqual(2);
    for (const row of rows) expect(Number(row.ends_at) % 60_000).toBe(0);
  });

  it('renew a session together: requests under way with the old token are taken by both', async () => {
    const browser = await signedIn('voter-5');
    const [a, b] = servers.map(({ config }) => `http://127.0.0.1:${config.port}`);
    const old = browser.cookies.get('elekto') ?? '';
    const asks = async (
      origin = '',
      token: string,
    ): Promise<{ login: string | null; fresh: string | null }> => {
      const response = await fetch(`${origin}/trpc/me.get`, { headers: { cookie: `elekto=${token}` } });
      const { result } = (await response.json()) as { result: { data: { user: { login: string } | null } } };
      const line = response.headers.getSetCookie().find((one) => one.startsWith('elekto='));
      return {
        login: result.data.user?.login ?? null,
        fresh: /^elekto=([^;]+)/.exec(line ?? '')?.[1] ?? null,
      };
    };
    const began = clock.now();
    clock.advance(2 * 86_400_000);
    const both = await Promise.all([asks(a, old), asks(b, old), asks(a, old), asks(b, old)]);
    expect(both.map(({ login }) => login)).toEqual(Array(4).fill('voter-5'));
    const fresh = both[0]?.fresh ?? '';
    expect(fresh).not.toBe('');
    expect(fresh).not.toBe(old);
    for (const one of both) expect(one.fresh).toBe(fresh);
    // Later the new one is all there is, wherever it was made.
    clock.advance(61_000);
    const later = await asks(b, fresh);
    expect(later.login).toBe('voter-5');
    expect((await asks(a, old)).login).toBeNull();
    expect((await asks(b, old)).login).toBeNull();
    expect((await asks(a, later.fresh ?? '')).login).toBe('voter-5');
    clock.set(began);
  });

  it('finish a sign-in that another began, and hand a code to the console once', async () => {
    const [a, b] = servers.map(({ config }) => `http://127.0.0.1:${config.port}`);
    // Begun at one, back from GitHub at the other; all by addresses of the one that is not asked in between.
    const browser = new Browser(proxy.url);
    const at = (server = ''): void => void (proxy.ports = [Number(new URL(server).port)]);
    at(a);
    const authorize = await browser.beginSignIn('/elections/');
    at(b);
    const callback = await browser.chooseAtGitHub(authorize, 'olga');
    const done = await browser.fetch(callback.href);
    expect([done.status, done.headers.get('location')]).toEqual([303, '/elections/']);
    at(a);
    expect((await browser.api.me.get.query()).user).toEqual({ login: 'olga' });

    const verifier = 'v'.repeat(43);
    const form = {
      challenge: createHash('sha256').update(verifier).digest('base64url'),
      method: 'S256',
      state: 's'.repeat(16),
      redirect_uri: 'http://127.0.0.1:49152/callback',
    };
    const approved = await browser.fetch('/auth/native/approve', {
      method: 'POST',
      body: new URLSearchParams({ ...form, answer: 'allow' }),
    });
    const code = new URL(approved.headers.get('location') ?? '').searchParams.get('code');
    const trade = (server = ''): Promise<Response> =>
      fetch(`${server}/auth/native/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-elekto': '1' },
        body: JSON.stringify({ code, verifier, redirectUri: form.redirect_uri }),
      });
    const statuses = (await Promise.all([trade(b), trade(a), trade(b), trade(a)])).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([200, 400, 400, 400]);
    proxy.ports = servers.map(({ config }) => config.port);
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
    expect(await (await fetch(`${proxy.url}/readyz`)).json()).toMatchObject({ keys: 'ok', site: 'ok' });
  });
});
