import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { writeElection, writeMeta } from './support/meta.ts';
import { DURING, NO_LIMITS, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

let running: Running;
const meta = writeMeta({ steering: {} });
/** A host elsewhere, whose clock is half a minute behind. */
const elsewhere = createServer((_req, res) => {
  res.setHeader('Date', new Date(Date.parse(DURING) - 30_000).toUTCString());
  res.end();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  running = await run({
    meta,
    people: ['vera'],
    database: 'sqlite',
    env: { ELEKTO_METRICS: 'on' },
    overrides: {
      limits: { ...NO_LIMITS, webhook: { perPerson: 1, perAddress: 1, windowSeconds: 60 } },
      timeHosts: [`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`],
    },
  });
});
afterAll(async () => {
  await running?.stop();
  elsewhere.close();
});

const get = async (path: string): Promise<string> => (await fetch(running.url + path)).text();
/** What this machine does by itself moves these; their steps are too coarse for a person to show in them. */
const MOVES_BY_ITSELF: Readonly<Record<string, number>> = {
  process_resident_memory_bytes: 32 * 1024 * 1024,
  process_cpu_seconds_total: 60,
  elekto_event_loop_delay_seconds: 0.5,
  elekto_disk_free_percent: 5,
};
const nameOf = (line: string): string => /^\w+/.exec(line)?.[0] ?? '';
const metrics = async (): Promise<string[]> =>
  (await get('/metrics')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

it('says whether it lives and whether it is ready, part by part', async () => {
  expect(JSON.parse(await get('/healthz'))).toEqual({ status: 'ok' });
  expect(JSON.parse(await get('/readyz'))).toEqual({
    status: 'ready',
    database: 'ok',
    keys: 'ok',
    site: 'ok',
    degraded: [],
  });
});

it('is not ready when the keys are gone, and ready again when they are back', async () => {
  const dir = running.server.config.secretsDir;
  renameSync(dir, `${dir}.away`);
  const answer = await fetch(`${running.url}/readyz`);
  renameSync(`${dir}.away`, dir);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('secrets directory');
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
});

it('gives Prometheus where elections stand and what fails', async () => {
  const text = await get('/metrics');
  expect(text).toMatch(/^elekto_elections_by_stage\{stage="open"\} 1$/m);
  expect(text).toMatch(/^elekto_elections_in_trouble 0$/m);
  expect(text).toMatch(/^elekto_upkeep_finished_timestamp_seconds [1-9]/m);
  expect(text).toMatch(/^elekto_elections 1$/m);
  expect(text).toMatch(/^elekto_sync_failing 0$/m);
  expect(text).toMatch(/^process_resident_memory_bytes /m);
  expect(text).toMatch(/^elekto_ready 1$/m);
  for (const disk of ['data', 'keys', 'database'])
    expect(text).toMatch(new RegExp(`^elekto_disk_free_percent\\{holds="${disk}"\\} \\d+$`, 'm'));
});

it('keeps the metrics from who comes through a proxy', async () => {
  for (const header of ['x-forwarded-for', 'forwarded']) {
    const answer = await fetch(`${running.url}/metrics`, { headers: { [header]: 'for=192.0.2.7' } });
    expect(answer.status).toBe(404);
  }
});

it('shows nothing of a sign-in or a vote in any metric or in the status, and nothing of who and when in the log', async () => {
  const steady = (lines: readonly string[]): string[] =>
    lines.filter((line) => !(nameOf(line) in MOVES_BY_ITSELF));
  const before = { metrics: await metrics(), status: await get('/status') };
  await get('/elections/steering/');
  await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const after = await metrics();
  expect(steady(after)).toEqual(steady(before.metrics));
  for (const line of after) {
    const value = line.split(' ').at(-1);
    const step = MOVES_BY_ITSELF[nameOf(line)];
    if (step !== undefined) expect(Number(value) % step).toBe(0);
  }
  expect(await get('/status')).toBe(before.status);
  expect(running.log()).not.toContain('vera');
});

it('takes the request id of a proxy, and makes one when what comes is none', async () => {
  const idFor = async (sent: string): Promise<string | null> =>
    (await fetch(`${running.url}/healthz`, { headers: { 'x-request-id': sent } })).headers.get(
      'x-request-id',
    );
  expect(await idFor('abcd-1234-efgh')).toBe('abcd-1234-efgh');
  expect(await idFor('<script>alert(1)</script>')).toMatch(/^[0-9a-f]{16}$/);
});

it('moves the figures that alerts look at, each when there is something to tell', async () => {
  const told = async (line: string): Promise<void> => expect.poll(metrics).toContain(line);
  await told('elekto_clock_offset_seconds 30');
  for (let i = 0; i < 2; i += 1) await fetch(`${running.url}/v1/webhooks/meta/sync`, { method: 'POST' });
  await told('elekto_request_failures_total{kind="webhook",status="429"} 1');

  const keys = running.server.config.secretsDir;
  renameSync(keys, `${keys}.away`);
  await told('elekto_ready 0');
  renameSync(`${keys}.away`, keys);
  await told('elekto_ready 1');
  expect((await metrics()).join('\n')).toMatch(
    /^elekto_request_failures_total\{kind="page",status="503"\} [1-9]/m,
  );

  writeElection(meta, 'empty', { candidates: [] });
  writeFileSync(join(meta, 'elections/steering/election.yaml'), 'name: [unclosed\n');
  running.site.fail = new Error('a page does not render');
  await running.server.sync();
  await told('elekto_elections_by_stage{stage="waiting"} 1');
  await told('elekto_elections_stale 1');
  await told('elekto_site_failing 1');

  renameSync(meta, `${meta}.away`);
  await running.server.sync().catch(() => undefined);
  await told('elekto_sync_failing 1');
  renameSync(`${meta}.away`, meta);
});

it('has no metrics unless they are turned on', async () => {
  const quiet = await run({ meta: writeMeta({ steering: {} }), people: [] });
  expect((await fetch(`${quiet.url}/metrics`)).status).toBe(404);
  await quiet.stop();
});
