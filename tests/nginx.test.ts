/** deploy/proxy/nginx.conf for real: TLS, two servers on one PostgreSQL, and one of them going away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Voter } from '../apps/server/tests/support/crowd.ts';
import { expectNothingLost } from '../apps/server/tests/faults/flight.ts';
import { startProcess } from '../apps/server/tests/support/process.ts';

import { ask, listen } from './support/nginx.ts';
import { startProxied, type Proxied } from './support/proxied.ts';

const crowd = (name: string): string[] => Array.from({ length: 48 }, (_, i) => `${name}-${i}`);
/** Who votes in which election. */
const VOTERS = { proxied: crowd('voter'), load: crowd('other') };
const dir = mkdtempSync(join(tmpdir(), 'elekto-nginx-'));

describe('nginx in front of two servers', () => {
  let proxied: Proxied;

  beforeAll(async () => {
    proxied = await startProxied(dir, VOTERS, ['olga', 'nina']);
  }, 240_000);

  afterAll(async () => {
    await proxied?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const servedBy = async (): Promise<string> =>
    String((await ask(`${proxied.url}/healthz`)).headers['x-served-by']);

  it('leads from http to https', async () => {
    const answer = await fetch(`${proxied.plainUrl}/elections/`, { redirect: 'manual' });
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe('https://127.0.0.1/elections/');
  });

  it('signs people in with secure cookies, over turns between the servers', async () => {
    const cookie = await proxied.signIn('voter-0');
    expect(cookie).toContain('__Host-elekto=');
    const seen = new Set<unknown>();
    for (let i = 0; i < 6; i += 1) {
      const me = await ask(`${proxied.url}/trpc/me.get`, { headers: { cookie } });
      expect(me.status).toBe(200);
      expect(me.body).toContain('voter-0');
      seen.add(me.headers['x-served-by']);
    }
    expect(seen.size).toBe(2);
  });

  it("passes an officer's events on as they come, while the stream stays open", async () => {
    const stream = listen(`${proxied.url}/trpc/officer.live`, await proxied.signIn('olga'));
    try {
      const { 'content-type': type, 'x-open-for': openFor } = await stream.headers;
      expect(type).toContain('text/event-stream');
      expect(openFor, 'streams have a place of their own, where silence is no fault').toBe('1h');
      // Held back for a full buffer, this would not come before the stream ends, ten minutes later.
      await proxied.until(() => stream.text().includes('connected'));
      // The stream has to have looked once before it can see a change.
      await sleep(300);
      const body = { key: 'load', name: 'Nina', email: 'nina@example.org', reason: 'I wrote the docs.' };
      const request = { method: 'POST', headers: proxied.headersOf(await proxied.signIn('nina')) };
      const asked = await ask(`${proxied.url}/trpc/exception.request`, {
        ...request,
        body: JSON.stringify(body),
      });
      expect(asked.status, asked.body).toBe(200);
      // A server looks every four seconds.
      await proxied.until(() => stream.text().includes('{"kind":"exceptions","key":"load"}'));
    } finally {
      stream.close();
    }
  });

  it('loses no request when one server is stopped, whatever it was doing', async () => {
    const voters = await proxied.prepare('proxied');
    const stopReading = proxied.keepReading([
      '/',
      '/elections/proxied/',
      '/health',
      '/healthz',
      '/trpc/status.get',
    ]);
    const queue = voters.values();
    const answers: string[] = [];
    const turns = Array.from({ length: 4 }, async () => {
      for (const voter of queue) {
        const { status, body } = await proxied.cast(voter);
        answers.push(status === 200 ? 'cast' : `${status} ${body}`);
        await sleep(20);
      }
    });
    await sleep(150);
    const asked = performance.now();
    expect(await proxied.servers[0]?.stop('SIGTERM')).toBe(0);
    // Well before it would cut off what is left: nginx gave its connections back by itself.
    expect(performance.now() - asked).toBeLessThan(8000);
    await Promise.all(turns);
    await sleep(500);
    expect(await stopReading(), proxied.nginx.log().slice(-2000)).toEqual([]);
    expect(answers).toEqual(voters.map(() => 'cast'));
    expect(await servedBy()).toContain(`127.0.0.1:${proxied.servers[1]?.port}`);
  }, 120_000);

  it('loses no acknowledged ballot when one server is killed, and goes on with the other', async () => {
    const port = proxied.servers[0]?.port;
    const one = await startProcess(proxied.environment(0), { ...(port !== undefined && { port }) });
    proxied.servers[0] = one;
    await proxied.until(async () => (await servedBy()) === `127.0.0.1:${port}`);
    const voters = await proxied.prepare('load');
    const stopReading = proxied.keepReading(['/', '/healthz']);
    const acknowledged = new Set<Voter>();
    const open: { voter: Voter; status: number }[] = [];
    const killed: Promise<unknown>[] = [];
    await Promise.all(
      voters.map(async (voter) => {
        const { status } = await proxied.cast(voter);
        if (status === 200) acknowledged.add(voter);
        else open.push({ voter, status });
        if (acknowledged.size >= 8 && killed.length === 0) killed.push(one.stop('SIGKILL'));
      }),
    );
    await Promise.all(killed);
    // What the killed server had begun is told to the voter and not sent to another server behind their back.
    expect(open.length).toBeGreaterThan(0);
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([503]));
    // The page sends the same ballot again; where the first had been stored after all, it counts once.
    for (const { voter } of open) {
      expect(await proxied.cast(voter)).toMatchObject({ status: 200 });
      acknowledged.add(voter);
    }
    expect(await stopReading(), proxied.nginx.log().slice(-2000)).toEqual([]);
    await proxied.servers[1]?.stop('SIGTERM');
    const env = { ELEKTO_META: join(dir, 'meta'), ELEKTO_DATA_DIR: join(dir, 'data-0') };
    await expectNothingLost({ env, databaseUrl: proxied.postgres.url('elekto') }, voters, acknowledged);
  }, 120_000);

  it('shows the last pages while no server is there, its own page for others, and tells who calls to come back', async () => {
    for (const server of proxied.servers) await server.stop('SIGKILL');
    const page = await ask(`${proxied.url}/`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>');
    const never = await ask(`${proxied.url}/elections/load/results/never-asked/`);
    expect([never.status, never.headers['retry-after'], never.headers['cache-control']]).toEqual([
      503,
      '5',
      'no-store',
    ]);
    expect(never.body).toContain('Back in a moment');
    expect(never.body).toContain('Gleich wieder da');
    const call = await ask(`${proxied.url}/trpc/ballot.cast`, { method: 'POST', body: '{}' });
    expect([call.status, call.body]).toEqual([503, '{"error":{"kind":"away"}}']);
    expect((await ask(`${proxied.url}/health`)).status, 'no health is told from memory').toBe(503);
  });

  it('has written down nobody and no request', () => {
    expect(proxied.nginx.accessLog()).toBe('');
    expect(proxied.nginx.log()).not.toMatch(/ballot\.cast|client:/);
  });
});
