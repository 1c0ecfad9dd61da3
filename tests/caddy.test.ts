/** deploy/proxy/Caddyfile for real: a server that restarts, one that is gone, and what Caddy writes down of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { KeptPages } from '../apps/server/src/site/kept-pages.ts';
import { loadSite } from '../apps/server/src/site/site-files.ts';
import { freePort } from '../apps/server/tests/support/process.ts';

import { installed } from './support/debian.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-caddy-'));
const deploy = join(import.meta.dirname, '../deploy/proxy');
const pages = join(dir, 'pages');
let caddy: ChildProcess;
let said = '';
let url = '';
let port = 0;
let upstream: Server | undefined;
/** Takes requests and answers none. */
let silent = false;

async function serve(): Promise<void> {
  upstream = createServer(
    (req, res) => void req.resume().on('end', () => silent || res.end(`served ${req.url}`)),
  );
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
    ['/var/lib/elekto-pages', pages],
    // As long as a restart; a test need not wait for all of it.
    ['lb_try_duration 20s', 'lb_try_duration 2s'],
    ['health_interval 5s', 'health_interval 500ms'],
    ['response_header_timeout 5s', 'response_header_timeout 1s'],
  ] as const;
  for (const [from, to] of changes) {
    if (!file.includes(from)) throw new Error(`deploy/proxy/Caddyfile no longer has ${from}`);
    file = file.replaceAll(from, to);
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
  for (const giveUp = Date.now() + 60_000; Date.now() < giveUp && caddy.exitCode === null; await sleep(100))
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

it('lets nobody hold up others by uploads that break off or are too large', async () => {
  for (let i = 0; i < 3; i += 1) {
    const half = connect(Number(new URL(url).port), '127.0.0.1');
    half.on('error', () => undefined);
    half.write('POST /trpc/ballot.cast HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n{');
    await sleep(100);
    half.destroy();
    await fetch(`${url}/trpc/ballot.cast`, { method: 'POST', body: 'x'.repeat(1_300_000) }).catch(() => null);
  }
  // What is not sent again when a server is thought to be away is answered with 503 then, at once.
  expect((await fetch(`${url}/trpc/ballot.withdraw`, { method: 'POST', body: '{}' })).status).toBe(200);
  expect((await cast()).status).toBe(200);
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

describe('with the copy of the pages that a server keeps (ELEKTO_PAGES_DIR)', () => {
  const PAGE = '<!DOCTYPE html><html lang="en"><head><title>Steering</title></head><script>1</script></html>';

  beforeAll(async () => {
    const site = join(dir, 'site');
    for (const [name, text] of [
      ['elections/index.html', PAGE],
      ['_assets/site-1234.css', 'body { color: teal }'],
    ] as const) {
      mkdirSync(join(site, name, '..'), { recursive: true });
      writeFileSync(join(site, name), text);
    }
    await new KeptPages(pages).keep(await loadSite(site));
  });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, { headers });

  /** Caddy asks now and then whether a server that was gone is there again. */
  const back = (): Promise<void> =>
    expect
      .poll(async () => (await get('/elections/')).text(), { timeout: 10_000 })
      .toBe('served /elections/');

  it('serves what the server says while there is one', back);

  it('serves the pages from disk while no server is there, and says so of all else', async () => {
    await goAway();
    const page = await get('/elections/');
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    const text = await page.text();
    expect(text).toContain('<title>Steering</title>');
    // Its own script may run, and no other.
    expect(text).toMatch(
      /^<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="[^"]*'sha256-/,
    );
    // A browser that has it already gets it again, whole.
    const again = await get('/elections/', {
      'if-none-match': page.headers.get('etag') ?? '',
      range: 'bytes=0-3',
    });
    expect([again.status, await again.text()]).toEqual([200, text]);
    expect(await (await get('/_assets/site-1234.css')).text()).toContain('teal');
    expect((await fetch(`${url}/elections/`, { method: 'POST', body: '{}' })).status).toBe(503);
    expect((await cast()).status).toBe(503);
    expect((await get('/.elekto-pages.json')).status, 'what is no page').toBe(503);
    await serve();
  });

  it('serves them from disk while a server takes connections and says nothing', async () => {
    await back();
    silent = true;
    expect(await (await get('/elections/')).text()).toContain('<title>Steering</title>');
    silent = false;
  });
});

it('has written down nobody and no request', () => {
  expect(said).toContain('serving initial configuration');
  expect(said).not.toMatch(/ballot\.cast|remote_ip|remote_addr|192\.0\.2\.9|\/elections/);
});
