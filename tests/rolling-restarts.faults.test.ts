/** `npm run test:faults`: four restarts, one server after the other, behind deploy/proxy/nginx.conf, while people read and vote. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Voter } from '../apps/server/tests/support/crowd.ts';
import { expectNothingLost, prepareAll } from '../apps/server/tests/faults/flight.ts';
import { startProcess } from '../apps/server/tests/support/process.ts';

import { startProxied, type Proxied } from './support/proxied.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-rolling-'));
const RESTARTS = [0, 1, 0, 1];
/** Who sends the ballots, each one after the other. */
const SENDERS = 4;
/** Ms between two ballots of one sender: some for each restart. */
const PAUSE = 300;
/** Ms from one restart to the next, as docs/operators-scaling.md says. */
const BETWEEN = 5000;
const LOGINS = Array.from({ length: 600 }, (_, i) => `voter-${i}`);
let proxied: Proxied;

beforeAll(async () => {
  proxied = await startProxied(dir, { load: LOGINS }, []);
}, 240_000);

afterAll(async () => {
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
  const failed: string[] = [];
  let going = true;
  const senders = Array.from({ length: SENDERS }, async () => {
    for (const voter of queue) {
      if (!going) return;
      const { status, body } = await proxied.cast(voter);
      if (status === 200) cast.add(voter);
      else failed.push(`${status} ${body}`);
      await sleep(PAUSE);
    }
  });
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
  await Promise.all(senders);
  console.log(`cast during each restart: ${during.join(', ')}; in all ${cast.size}, failed ${failed.length}`);
  expect(await stopReading(), proxied.nginx.log().slice(-2000)).toEqual([]);
  expect(failed).toEqual([]);
  expect(Math.min(...during)).toBeGreaterThan(3);
  for (const server of proxied.servers) await server.stop('SIGTERM');
  const env = { ELEKTO_META: join(dir, 'meta'), ELEKTO_DATA_DIR: join(dir, 'data-0') };
  await expectNothingLost({ env, databaseUrl: proxied.postgres.url('elekto') }, voters, cast);
});
