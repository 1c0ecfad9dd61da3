/** `npm run test:faults`: four restarts, one server after the other, behind deploy/proxy/nginx.conf and Caddyfile, while people read and vote. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { ask, hangUp, type Voter } from '../apps/server/tests/support/crowd.ts';
import { expectNothingLost, prepareAll } from '../apps/server/tests/faults/flight.ts';
import { freePort, startProcess } from '../apps/server/tests/support/process.ts';

import { startCaddy, type Caddy } from './support/caddy.ts';
import { startProxied, type Proxied } from './support/proxied.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-rolling-'));
const RESTARTS = [0, 1, 0, 1];
/** Who sends the ballots through each of the two, each one after the other. */
const SENDERS = 4;
/** Ms between two ballots of one sender: some for each restart. */
const PAUSE = 300;
/** Ms from one restart to the next, as docs/operators-scaling.md says. */
const BETWEEN = 5000;
const LOGINS = Array.from({ length: 600 }, (_, i) => `voter-${i}`);
let proxied: Proxied;
let caddy: Caddy;

beforeAll(async () => {
  proxied = await startProxied(dir, { load: LOGINS }, []);
  const servers = proxied.servers.map(({ port }) => port);
  caddy = await startCaddy(dir, { port: await freePort(), servers, pages: join(dir, 'no-pages') });
}, 240_000);

afterAll(async () => {
  hangUp();
  caddy?.stop();
  await proxied?.stop();
  rmSync(dir, { recursive: true, force: true });
});

it('four restarts in turn are noticed by nobody who reads a page or casts a ballot', async () => {
  // Signed in at the servers, each from an address of their own: so many from one are too many.
  const ready = await prepareAll(
    proxied.servers.map(({ port }) => `http://127.0.0.1:${port}`),
    LOGINS,
  );
  const voters = ready.map((voter) => ({ ...voter, headers: { ...voter.headers, origin: proxied.url } }));
  const paths = ['/', '/elections/load/', '/elections/load/ballot/', '/health', '/trpc/status.get'];
  const stopReading = proxied.keepReading(paths);
  const queue = voters.values();
  const cast = new Set<Voter>();
  const failed: Record<string, string[]> = { nginx: [], Caddy: [] };
  const throughCaddy = (voter: Voter): Promise<{ status: number; body: string }> =>
    ask(`${caddy.url}/trpc/ballot.cast`, { method: 'POST', headers: voter.headers, body: voter.cast }).catch(
      (error: Error) => ({ status: 0, body: error.message }),
    );
  let going = true;
  const senders = Array.from({ length: 2 * SENDERS }, async (_, i) => {
    const [name, send] =
      i % 2 === 0 ? (['nginx', proxied.cast] as const) : (['Caddy', throughCaddy] as const);
    for (const voter of queue) {
      if (!going) return;
      let { status, body } = await send(voter);
      if (status !== 200) failed[name]?.push(`${status} ${body.slice(0, 80)}`);
      // As the page does.
      for (let tries = 0; status !== 200 && tries < 5; tries += 1) {
        await sleep(PAUSE);
        ({ status, body } = await send(voter));
      }
      if (status === 200) cast.add(voter);
      await sleep(PAUSE);
    }
  });
  const failedPages: string[] = [];
  const reader = (async () => {
    while (going) {
      const began = performance.now();
      const { status, body } = await ask(`${caddy.url}/elections/load/`).catch((error: Error) => ({
        status: 0,
        body: error.message,
      }));
      if (status !== 200)
        failedPages.push(`${status} after ${Math.round(performance.now() - began)} ms: ${body.slice(0, 80)}`);
      await sleep(50);
    }
  })();
  const during: number[] = [];
  for (const i of RESTARTS) {
    const before = cast.size;
    await sleep(BETWEEN);
    const port = proxied.servers[i]?.port ?? 0;
    expect(await proxied.servers[i]?.stop('SIGTERM')).toBe(0);
    proxied.servers[i] = await startProcess(proxied.environment(i), { port });
    during.push(cast.size - before);
  }
  await sleep(1000);
  going = false;
  await Promise.all([...senders, reader]);
  const told = Object.entries(failed).map(([name, all]) => `${all.length} behind ${name}`);
  console.log(
    `cast during each restart: ${during.join(', ')}; in all ${cast.size}, failed ${told.join(', ')}; pages ${failedPages.length} behind Caddy`,
  );
  expect(await stopReading(), proxied.nginx.log().slice(-2000)).toEqual([]);
  expect(failed['nginx']).toEqual([]);
  // Of each restart at most the first that meets it: Caddy before 2.7 cannot hand a ballot over again.
  expect(failed['Caddy']?.length).toBeLessThanOrEqual(RESTARTS.length);
  expect(failedPages.length, failedPages.join('\n')).toBeLessThanOrEqual(1);
  expect(Math.min(...during)).toBeGreaterThan(3);
  for (const server of proxied.servers) await server.stop('SIGTERM');
  const env = { ELEKTO_META: join(dir, 'meta'), ELEKTO_DATA_DIR: join(dir, 'data-0') };
  await expectNothingLost({ env, databaseUrl: proxied.postgres.url('elekto') }, voters, cast);
});
