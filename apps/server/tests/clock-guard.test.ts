/** A clock that jumps ends no election: what cannot be undone waits until others agree, or an operator says so. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from '@elekto/testing';
import { afterEach, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

const DAY = 24 * 3_600_000;
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A host elsewhere, whose clock is the test's. */
async function hostAt(time: () => number) {
  let asked = 0;
  const server = createServer((_req, res) => {
    asked += 1;
    res.setHeader('Date', new Date(time()).toUTCString());
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  undo.push(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close, asked: () => asked };
}

const stage = async ({ url }: Running): Promise<unknown> => {
  const status = (await (await fetch(`${url}/status`)).json()) as { elections: unknown[] };
  return status.elections[0];
};
const degraded = async ({ url }: Running): Promise<string> => (await fetch(`${url}/readyz`)).text();

it('that differs from that of hosts elsewhere ends nothing, and voting goes on once it is right', async () => {
  let ahead = 0;
  const host = await hostAt(() => running.clock.now() - ahead);
  const meta = writeMeta({ steering: {} });
  const running = await run({
    meta,
    people: ['vera', 'victor', 'olga'],
    overrides: { timeHosts: [host.url] },
  });
  undo.push(() => running.stop());
  await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
  ahead = 10 * DAY;
  running.clock.advance(ahead);
  await running.server.tick();
  await running.restart();
  expect(await stage(running)).toMatchObject({
    stage: 'closed',
    trouble: { step: 'close', code: 'clock-doubted' },
  });
  expect(await degraded(running)).toContain('election-in-trouble: steering');
  expect(running.log()).toMatch(/elsewhere it is .*elekto clock accept/);
  // Nor do an officer's word and a newer definition end it.
  const officer = await running.signedIn('olga');
  expect(await refusalOf(officer.api.officer.close.mutate({ key: 'steering' }))).toBe('clock-doubted');
  writeElection(meta, 'steering', { closes: '2026-03-08 12:00:00' });
  await running.server.sync();
  expect(await stage(running)).toMatchObject({ stage: 'closed', trouble: { step: 'close' } });
  // Set right, it is as if nothing had been.
  running.clock.advance(-ahead);
  ahead = 0;
  await running.server.tick();
  await vote(await running.signedIn('victor'), 'steering', { bob: 1 });
  expect(await stage(running)).toMatchObject({ stage: 'open', trouble: null });
  // Time that passes everywhere ends it.
  running.clock.advance(10 * DAY);
  await running.server.tick();
  expect(await stage(running)).toMatchObject({ stage: 'counted', trouble: null });
  const olga = await running.signedIn('olga');
  expect((await olga.api.officer.outcome.query({ key: 'steering' })).cast).toBe(2);
});

it('that nobody can be asked about is believed while it runs on, and not after a jump, until an operator says so', async () => {
  const now = Date.now();
  const host = await hostAt(() => running.clock.now());
  const text = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const dates = { opens: text(now - DAY), closes: text(now + 4 * 60_000) };
  const running = await run({
    meta: writeMeta({ soon: dates, later: { ...dates, closes: text(now + 20 * 60_000) } }),
    people: ['vera'],
    now,
    overrides: { timeHosts: [host.url] },
  });
  undo.push(() => running.stop());
  const told = async (key: string): Promise<unknown> => {
    const status = (await (await fetch(`${running.url}/status`)).json()) as { elections: { key: string }[] };
    return status.elections.find((election) => election.key === key);
  };
  await expect.poll(() => running.log()).toContain('the election is open');
  running.clock.advance(61_000);
  await running.server.tick();
  await expect.poll(host.asked).toBe(1);
  host.close();
  // Within what clocks may differ.
  running.clock.advance(4 * 60_000);
  await running.server.tick();
  expect(await told('soon')).toMatchObject({ stage: 'counted' });
  running.clock.advance(30 * 60_000);
  await running.server.tick();
  expect(await told('later')).toMatchObject({ stage: 'closed', trouble: { code: 'clock-doubted' } });
  expect(running.log()).toContain('no host elsewhere could be asked');
  const main = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
  const env = { ...bareEnvironment(), ...running.env };
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'clock', 'accept'], { env });
  expect(stdout).toContain('is believed for an hour. The record says so.');
  running.clock.advance(60_000);
  await running.server.tick();
  expect(await told('later')).toMatchObject({ stage: 'counted', trouble: null });
});
