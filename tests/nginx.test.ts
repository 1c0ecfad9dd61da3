/** deploy/proxy/nginx.conf for real: TLS, two servers on one PostgreSQL, and one of them going away. */
import { startFakeGitHub, type FakeGitHub } from '@elekto/testing/fake-github';
import { createPostgres, type PostgresCluster } from '@elekto/testing/postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sealRandom, type Voter } from '../apps/server/tests/support/crowd.ts';
import { expectNothingLost } from '../apps/server/tests/faults/flight.ts';
import { writeElection } from '../apps/server/tests/support/meta.ts';
import { freePort, startProcess, type ServerProcess } from '../apps/server/tests/support/process.ts';

import { ask, cookiesOf, hangUp, listen, startNginx, type Nginx } from './support/nginx.ts';

const crowd = (name: string): string[] => Array.from({ length: 48 }, (_, i) => `${name}-${i}`);
/** Who votes in which election. */
const VOTERS = { proxied: crowd('voter'), load: crowd('other') };
const PEOPLE = [...VOTERS.proxied, ...VOTERS.load, 'olga', 'nina'];
const dir = mkdtempSync(join(tmpdir(), 'elekto-nginx-'));
const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

describe('nginx in front of two servers', () => {
  let url = '';
  let plainUrl = '';
  let gitHub: FakeGitHub;
  let postgres: PostgresCluster;
  let nginx: Nginx | undefined;
  const servers: ServerProcess[] = [];

  /** Each server has its own caches; only the database and the keys are shared. */
  const environment = (i: number): NodeJS.ProcessEnv => ({
    ELEKTO_URL: url,
    ELEKTO_META: join(dir, 'meta'),
    ELEKTO_DATA_DIR: join(dir, `data-${i}`),
    ELEKTO_SECRETS_DIR: join(dir, 'data-0-secrets'),
    ELEKTO_DATABASE_URL: postgres.url('elekto'),
    ELEKTO_DEMO_SIGN_IN: gitHub.url,
  });

  beforeAll(async () => {
    const times = {
      opens: stamp(Date.now() - HOUR),
      closes: stamp(Date.now() + HOUR),
      exceptionsDue: stamp(Date.now() + HOUR / 2),
    };
    for (const [key, voters] of Object.entries(VOTERS))
      writeElection(join(dir, 'meta'), key, { name: key, voters, ...times });
    gitHub = await startFakeGitHub({
      people: PEOPLE.map((login, i) => ({ id: 500 + i, login, name: login, about: 'Votes.' })),
    });
    // As durable as in production: a server is not ready on one that is not.
    postgres = await createPostgres({ durable: true });
    await postgres.createDatabase('elekto');
    const [tls, plain] = [await freePort(), await freePort()];
    url = `https://localhost:${tls}`;
    plainUrl = `http://127.0.0.1:${plain}`;
    for (let i = 0; i < 2; i += 1) servers.push(await startProcess(environment(i)));
    const [one, other] = servers.map(({ port }) => port);
    nginx = startNginx(dir, { tls, plain, servers: [one ?? 0, other ?? 0] });
    await until(async () => (await ask(`${url}/readyz`).catch(() => null))?.status === 200);
  }, 240_000);

  afterAll(async () => {
    hangUp();
    nginx?.stop();
    for (const server of servers) await server.stop('SIGKILL');
    await gitHub?.close();
    await postgres?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  async function until(condition: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
    for (const giveUp = Date.now() + patience; Date.now() < giveUp; await sleep(50))
      if (await condition()) return;
    throw new Error(`it did not happen within ${patience} ms; nginx says: ${nginx?.log().slice(-2000)}`);
  }

  /** Signs in through the proxy; each step may meet another server. */
  async function signIn(login: string): Promise<string> {
    const begun = await ask(`${url}/auth/sign-in?next=/`);
    const authorize = new URL(String(begun.headers['location']));
    const form = new URLSearchParams(authorize.searchParams);
    form.set('login', login);
    const chosen = await fetch(authorize.origin + authorize.pathname, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const back = chosen.headers.get('location') ?? '';
    expect(back).toContain(`${url}/oauth/github/callback`);
    const done = await ask(back, { headers: { cookie: cookiesOf(begun) } });
    expect(done.status, done.body).toBe(303);
    return cookiesOf(done);
  }

  /** What a page of the site sends with a change. */
  const headersOf = (cookie: string): Record<string, string> => ({
    cookie,
    origin: url,
    'x-elekto': '1',
    'content-type': 'application/json',
  });

  /** Signed in, with a sealed ballot that is not sent yet. */
  async function prepare(key: keyof typeof VOTERS): Promise<Voter[]> {
    const voters: Voter[] = [];
    for (const login of VOTERS[key]) {
      const cookie = await signIn(login);
      const input = encodeURIComponent(JSON.stringify({ key }));
      const answer = await ask(`${url}/trpc/ballot.paper?input=${input}`, { headers: { cookie } });
      voters.push({ login, headers: headersOf(cookie), ...(await sealRandom(answer.body)) });
    }
    return voters;
  }

  const cast = async ({ headers, cast: body }: Voter): Promise<{ status: number; body: string }> =>
    ask(`${url}/trpc/ballot.cast`, { method: 'POST', headers, body }).catch((error: Error) => ({
      status: 0,
      body: error.message,
    }));

  /** Reads pages without pause until it is stopped; what was not answered with 200. */
  function keepReading(paths: readonly string[]): () => Promise<string[]> {
    const failed: string[] = [];
    let going = true;
    const readers = paths.map(async (path) => {
      while (going) {
        const answer = await ask(url + path).catch((error: Error) => ({ status: 0, body: error.message }));
        if (answer.status !== 200) failed.push(`${path} ${answer.status} ${answer.body}`);
        await sleep(5);
      }
    });
    return async () => {
      going = false;
      await Promise.all(readers);
      return failed;
    };
  }

  const servedBy = async (): Promise<string> => String((await ask(`${url}/healthz`)).headers['x-served-by']);

  it('leads from http to https', async () => {
    const answer = await fetch(`${plainUrl}/elections/`, { redirect: 'manual' });
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe('https://127.0.0.1/elections/');
  });

  it('signs people in with secure cookies, over turns between the servers', async () => {
    const cookie = await signIn('voter-0');
    expect(cookie).toContain('__Host-elekto=');
    const seen = new Set<unknown>();
    for (let i = 0; i < 6; i += 1) {
      const me = await ask(`${url}/trpc/me.get`, { headers: { cookie } });
      expect(me.status).toBe(200);
      expect(me.body).toContain('voter-0');
      seen.add(me.headers['x-served-by']);
    }
    expect(seen.size).toBe(2);
  });

  it("passes an officer's events on as they come, while the stream stays open", async () => {
    const stream = listen(`${url}/trpc/officer.live`, await signIn('olga'));
    try {
      const { 'content-type': type, 'x-open-for': openFor } = await stream.headers;
      expect(type).toContain('text/event-stream');
      expect(openFor, 'streams have a place of their own, where silence is no fault').toBe('1h');
      // Held back for a full buffer, this would not come before the stream ends, ten minutes later.
      await until(() => stream.text().includes('connected'));
      // The stream has to have looked once before it can see a change.
      await sleep(300);
      const body = { key: 'load', name: 'Nina', email: 'nina@example.org', reason: 'I wrote the docs.' };
      const request = { method: 'POST', headers: headersOf(await signIn('nina')) };
      const asked = await ask(`${url}/trpc/exception.request`, { ...request, body: JSON.stringify(body) });
      expect(asked.status, asked.body).toBe(200);
      // A server looks every four seconds.
      await until(() => stream.text().includes('{"kind":"exceptions","key":"load"}'));
    } finally {
      stream.close();
    }
  });

  it('loses no request when one server is stopped, whatever it was doing', async () => {
    const voters = await prepare('proxied');
    const stopReading = keepReading(['/', '/elections/proxied/', '/health', '/healthz', '/trpc/status.get']);
    const queue = voters.values();
    const answers: string[] = [];
    const turns = Array.from({ length: 4 }, async () => {
      for (const voter of queue) {
        const { status, body } = await cast(voter);
        answers.push(status === 200 ? 'cast' : `${status} ${body}`);
        await sleep(20);
      }
    });
    await sleep(150);
    const asked = performance.now();
    expect(await servers[0]?.stop('SIGTERM')).toBe(0);
    // Well before it would cut off what is left: nginx gave its connections back by itself.
    expect(performance.now() - asked).toBeLessThan(8000);
    await Promise.all(turns);
    await sleep(500);
    expect(await stopReading(), nginx?.log().slice(-2000)).toEqual([]);
    expect(answers).toEqual(voters.map(() => 'cast'));
    expect(await servedBy()).toContain(`127.0.0.1:${servers[1]?.port}`);
  }, 120_000);

  it('loses no acknowledged ballot when one server is killed, and goes on with the other', async () => {
    const port = servers[0]?.port;
    const one = await startProcess(environment(0), { ...(port !== undefined && { port }) });
    servers[0] = one;
    await until(async () => (await servedBy()) === `127.0.0.1:${port}`);
    const voters = await prepare('load');
    const stopReading = keepReading(['/', '/healthz']);
    const acknowledged = new Set<Voter>();
    const open: { voter: Voter; status: number }[] = [];
    let killed: Promise<unknown> | null = null;
    await Promise.all(
      voters.map(async (voter) => {
        const { status } = await cast(voter);
        if (status === 200) acknowledged.add(voter);
        else open.push({ voter, status });
        if (acknowledged.size >= 8) killed ??= one.stop('SIGKILL');
      }),
    );
    await killed;
    // What the killed server had begun is told to the voter and not sent to another server behind their back.
    expect(open.length).toBeGreaterThan(0);
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([503]));
    // The page sends the same ballot again; where the first had been stored after all, it counts once.
    for (const { voter } of open) {
      expect(await cast(voter)).toMatchObject({ status: 200 });
      acknowledged.add(voter);
    }
    expect(await stopReading(), nginx?.log().slice(-2000)).toEqual([]);
    await servers[1]?.stop('SIGTERM');
    const env = { ELEKTO_META: join(dir, 'meta'), ELEKTO_DATA_DIR: join(dir, 'data-0') };
    await expectNothingLost({ env, databaseUrl: postgres.url('elekto') }, voters, acknowledged);
  }, 120_000);

  it('shows the last pages while no server is there, its own page for others, and tells who calls to come back', async () => {
    for (const server of servers) await server.stop('SIGKILL');
    const page = await ask(`${url}/`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>');
    const never = await ask(`${url}/elections/load/results/never-asked/`);
    expect([never.status, never.headers['retry-after'], never.headers['cache-control']]).toEqual([
      503,
      '5',
      'no-store',
    ]);
    expect(never.body).toContain('Back in a moment');
    expect(never.body).toContain('Gleich wieder da');
    const call = await ask(`${url}/trpc/ballot.cast`, { method: 'POST', body: '{}' });
    expect([call.status, call.body]).toEqual([503, '{"error":{"kind":"away"}}']);
    expect((await ask(`${url}/health`)).status, 'no health is told from memory').toBe(503);
  });

  it('has written down nobody and no request', () => {
    expect(nginx?.accessLog()).toBe('');
    expect(nginx?.log()).not.toMatch(/ballot\.cast|client:/);
  });
});
