/** deploy/proxy/Caddyfile for real: a server that restarts, one that is gone, and what Caddy writes down of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { freePort } from '../apps/server/tests/support/process.ts';

import { installed } from './support/debian.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-caddy-'));
const deploy = join(import.meta.dirname, '../deploy/proxy');
let caddy: ChildProcess;
let said = '';
let url = '';
let port = 0;
let upstream: Server | undefined;

async function serve(): Promise<void> {
  upstream = createServer((req, res) => void req.resume().on('end', () => res.end(`served ${req.url}`)));
  await new Promise<void>((resolve) => upstream?.listen(port, '127.0.0.1', resolve));
}
async function goAway(): Promise<void> {
  upstream?.closeAllConnections();
  await new Promise((resolve) => upstream?.close(resolve));
}

beforeAll(async () => {
  const listening = await freePort();
  port = await freePort();
  url = `http://127.0.0.1:${listening}`;
  let file = readFileSync(join(deploy, 'Caddyfile'), 'utf8');
  const changes = [
    ['{\n\t# Of each', '{\n\tadmin off\n\t# Of each'],
    ['{$ELEKTO_HOST:localhost} {', `http://127.0.0.1:${listening} {`],
    ['server:3000', `127.0.0.1:${port}`],
    ['/etc/caddy', deploy],
    // As long as a restart; a test need not wait for all of it.
    ['lb_try_duration 20s', 'lb_try_duration 4s'],
  ] as const;
  for (const [from, to] of changes) {
    if (!file.includes(from)) throw new Error(`deploy/proxy/Caddyfile no longer has ${from}`);
    file = file.replace(from, to);
  }
  writeFileSync(join(dir, 'Caddyfile'), file);
  await serve();
  const [binary = ''] = installed(['caddy'], ['caddy']);
  caddy = spawn(binary, ['run', '--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile'], {
    env: { PATH: process.env['PATH'], HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [caddy.stdout, caddy.stderr])
    stream?.on('data', (text: Buffer) => void (said += text));
  for (const giveUp = Date.now() + 60_000; Date.now() < giveUp; await sleep(100))
    if ((await fetch(url).catch(() => null))?.status === 200) return;
  throw new Error(`Caddy does not serve: ${said}`);
}, 240_000);

afterAll(async () => {
  caddy?.kill('SIGKILL');
  await goAway();
  rmSync(dir, { recursive: true, force: true });
});

const cast = (): Promise<Response> =>
  fetch(`${url}/trpc/ballot.cast`, {
    method: 'POST',
    body: '{}',
    headers: { 'x-forwarded-for': '192.0.2.9' },
  });

it('keeps a page waiting while a server restarts; a ballot is told to come again, and does', async () => {
  await goAway();
  const [page, ballot] = [fetch(`${url}/elections/`), cast()];
  await sleep(600);
  await serve();
  expect((await page).status).toBe(200);
  // Newer versions of Caddy send a body again that nobody has taken, older ones do not.
  const { status, headers } = await ballot;
  expect([200, 503]).toContain(status);
  if (status === 503) expect(headers.get('retry-after')).toBe('5');
  await expect.poll(async () => (await cast()).status).toBe(200);
});

it('shows a page of its own in both languages while nothing is there', async () => {
  await goAway();
  const page = await fetch(`${url}/elections/`);
  expect([page.status, page.headers.get('retry-after'), page.headers.get('cache-control')]).toEqual([
    503,
    '5',
    'no-store',
  ]);
  const text = await page.text();
  expect(text).toContain('Back in a moment');
  expect(text).toContain('Gleich wieder da');
  expect((await cast()).status).toBe(503);
  await serve();
});

it('has written down nobody and no request', () => {
  expect(said).toContain('serving initial configuration');
  expect(said).not.toMatch(/ballot\.cast|remote_ip|remote_addr|192\.0\.2\.9|\/elections/);
});
