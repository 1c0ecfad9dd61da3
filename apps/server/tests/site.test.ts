import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startServer } from '../src/index.ts';

import { OPENS, CLOSES, writeElection, writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { stubSite } from './support/stub-site.ts';

let meta: string;
let running: Running;
beforeAll(async () => {
  meta = writeMeta({ steering: {}, 'a b/c': { name: 'Odd' } });
  running = await run({ meta, people: [], now: '2026-02-01T00:00:00Z', database: 'sqlite' });
});
afterAll(async () => {
  await running?.stop();
  rmSync(meta, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(running.url + path, { headers, redirect: 'manual' });

describe('serving', () => {
  it('answers with an ETag, and 304 to who has it', async () => {
    const first = await get('/');
    expect(first.status).toBe(200);
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/', { 'if-none-match': etag });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });

  it('sends at once, before Express, exactly what Express sends', async () => {
    for (const path of ['/', '/elections/steering/', '/_assets/app.0123abcd.js'])
      for (const encoding of ['br', 'gzip', 'identity']) {
        const headers = { 'accept-encoding': encoding };
        const answer = async (address: string, more: Record<string, string> = {}) => {
          const response = await get(address, { ...headers, ...more });
          const { 'x-request-id': id, date: _date, ...rest } = Object.fromEntries(response.headers);
          return { id, status: response.status, rest, body: await response.text() };
        };
        // A query is not a plain address, so Express answers; afterwards the body is in memory.
        const { id, ...express } = await answer(`${path}?`);
        expect(id).toBeDefined();
        expect(await answer(path)).toEqual({ id: undefined, ...express });
        const known = { 'if-none-match': express.rest['etag'] ?? '' };
        const { id: _id, ...unchanged } = await answer(`${path}?`, known);
        expect(unchanged.status).toBe(304);
        expect(await answer(path, known)).toEqual({ id: undefined, ...unchanged });
      }
  });

  it('outlives who asks and is gone before the answer: such a connection has no address any more', async () => {
    const { hostname, port } = new URL(running.url);
    const agent = { 'accept-encoding': 'identity' };
    await get('/', agent);
    for (const path of ['/', '/?', '/status', '/trpc/nothing'])
      for (const forwarded of ['', 'X-Forwarded-For: 203.0.113.9, junk\r\n'])
        await new Promise<void>((gone) => {
          const socket = connect(Number(port), hostname);
          socket.on('close', () => gone());
          socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n${forwarded}\r\n`, () =>
            socket.resetAndDestroy(),
          );
        });
    expect((await get('/', agent)).status).toBe(200);
  });

  it('lets hashed files be kept for ever, and pages be asked for again', async () => {
    expect((await get('/_assets/app.0123abcd.js')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/')).headers.get('cache-control')).toContain('no-cache');
  });

  it('compresses what the client can read', async () => {
    const path = '/_assets/app.0123abcd.js';
    expect((await get(path, { 'accept-encoding': 'br, gzip' })).headers.get('content-encoding')).toBe('br');
    expect((await get(path, { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip');
    const plain = await get(path, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toBe('Accept-Encoding');
    expect(await (await get(path, { 'accept-encoding': 'br' })).text()).toBe(await plain.text());
  });

  it('leads to the address with a slash, keeping the query', async () => {
    const response = await get('/elections/steering?lang=de');
    expect([response.status, response.headers.get('location')]).toEqual([
      308,
      '/elections/steering/?lang=de',
    ]);
  });

  it('finds folders with spaces in their name', async () => {
    expect((await get('/elections/a%20b---c/')).status).toBe(200);
  });

  it('leads from the older addresses to the present pages', async () => {
    const response = await get('/app/elections/steering/vote');
    expect([response.status, response.headers.get('location')]).toEqual([301, '/elections/steering/ballot/']);
  });

  it("answers what does not exist with the site's own page, and with JSON to who wants none", async () => {
    const page = await get('/nowhere', { accept: 'text/html' });
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('Not here')]);
    expect(await (await get('/nowhere', { accept: 'application/json' })).json()).toMatchObject({
      error: { kind: 'not-found' },
    });
  });

  it('never leaves its directory', async () => {
    for (const path of [
      '/..%2f..%2f..%2fetc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/_assets/..%2findex.html',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });
});

describe('building', () => {
  it('happens when a phase begins and ends, and not in between', async () => {
    const { site, clock, server } = running;
    expect(site.built[0]?.organisation.name, 'what the elections call it').toBe('Example');
    const builds = () => site.built.length;
    const before = builds();
    await server.tick();
    expect(builds()).toBe(before);
    // A moment later, as timers come: the deadline for exceptions, which is the start here, has passed too.
    clock.set(Date.parse(`${OPENS.replace(' ', 'T')}Z`) + 5);
    await server.tick();
    expect(builds()).toBe(before + 1);
    expect(site.built.at(-1)?.elections.every(({ phase }) => phase === 'open')).toBe(true);
    clock.advance(3_600_000);
    await server.tick();
    expect(builds()).toBe(before + 1);
    clock.set(Date.parse(`${CLOSES.replace(' ', 'T')}Z`) + 1);
    await server.tick();
    expect(builds()).toBe(before + 2);
    expect(site.built.at(-1)?.elections).toMatchObject([
      { phase: 'ended', state: 'finalised' },
      { phase: 'ended' },
    ]);
    expect(await (await get('/')).text()).toContain('Steering: ended');
  });

  it('happens when a deadline for exceptions passes, which is inclusive', async () => {
    const due = '2026-03-04 12:00:00';
    const own = writeMeta({ steering: { exceptionsDue: due } });
    const deadlines = await run({ meta: own, people: [], now: '2026-03-03T00:00:00Z' });
    try {
      const { site, clock, server } = deadlines;
      clock.set(Date.parse(`${due.replace(' ', 'T')}Z`));
      await server.tick();
      expect(site.built).toHaveLength(1);
      clock.advance(1);
      await server.tick();
      expect(site.built).toHaveLength(2);
      clock.advance(3_600_000);
      await server.tick();
      expect(site.built).toHaveLength(2);
    } finally {
      await deadlines.stop();
      rmSync(own, { recursive: true, force: true });
    }
  });

  it('takes the name and colour from site.yaml, and what the operator sets before it', async () => {
    const own = writeMeta({ steering: {} });
    const file = join(own, 'elections/site.yaml');
    writeFileSync(file, 'name: Harbour\naccent: "#0b6b62"\nurl: https://harbour.example\nlanguage: de\n');
    const { site, server, stop } = await run({
      meta: own,
      people: [],
      now: '2026-02-01T00:00:00Z',
      env: { ELEKTO_ACCENT: '#2a5bd7' },
    });
    try {
      const said = { accent: '#2a5bd7', url: 'https://harbour.example/', contentLanguage: 'de' };
      expect(site.built.at(-1)?.organisation).toMatchObject({ name: 'Harbour', ...said });
      writeFileSync(file, 'name: <b>Harbour</b>\n');
      await server.sync();
      expect(site.built.at(-1)?.organisation.name, 'what is wrong is not used').toBe('Example');
      const status = (await (await fetch(`${server.url}/status`)).json()) as object;
      expect(JSON.stringify(status)).toContain('site-value');
    } finally {
      await stop();
      rmSync(own, { recursive: true, force: true });
    }
  });

  it('keeps the old pages when it fails, says so, and tries again', async () => {
    const before = await (await get('/')).text();
    running.site.fail = new Error('Heading:\nRangeError: a page does not render\nin a file of ours');
    writeElection(meta, 'added', { name: 'Added' });
    await running.server.sync();
    expect(await (await get('/')).text()).toBe(before);
    const problem = async () =>
      ((await (await get('/status')).json()) as { site: { problem: string | null } }).site.problem;
    expect(await problem()).toContain('a page does not render');
    expect(running.log()).toContain('the pages stay as they were');
    expect(running.log()).toContain('in a file of ours');
    expect(await problem()).not.toContain('in a file of ours');
    running.site.fail = null;
    running.clock.advance(15_000);
    await running.server.tick();
    expect(await problem()).toBeNull();
    expect(await (await get('/')).text()).toContain('Added');
  });

  it('is not done again by a second start', async () => {
    const site = stubSite();
    const { clock, server, env } = running;
    await server.close();
    const again = await startServer(
      { ...env, PORT: String(server.config.port) },
      { clock: () => clock.now(), siteBuilder: site },
    );
    try {
      expect(site.built).toHaveLength(0);
      expect((await fetch(`${again.url}/`)).status).toBe(200);
      expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    } finally {
      await again.close();
    }
  });
});

describe('the copy of the pages for a proxy', () => {
  const pages = mkdtempSync(join(tmpdir(), 'elekto-pages-'));
  afterAll(() => rmSync(pages, { recursive: true, force: true }));

  it('follows the pages, is open to everybody, and touches nothing of others; a fault of its disk is told once', async () => {
    const dir = join(pages, 'elekto');
    const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
    const kept = writeMeta({ steering: {}, gone: { name: 'Gone' } });
    const umask = process.umask(0o077);
    const one = await run({
      meta: kept,
      people: [],
      now: '2026-02-01T00:00:00Z',
      env: { ELEKTO_PAGES_DIR: dir, ELEKTO_META_POLL: '1' },
    });
    try {
      await expect.poll(() => existsSync(join(dir, 'elections/gone/index.html'))).toBe(true);
      expect(read('_assets/app.0123abcd.js')).toContain('export');
      // The proxy sends one policy for all pages, so each brings its own.
      expect(read('index.html')).toMatch(
        /^<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'/,
      );
      expect(statSync(join(dir, 'index.html')).mode & 0o777).toBe(0o644);
      expect(statSync(join(dir, 'elections/gone')).mode & 0o777).toBe(0o755);
      writeFileSync(join(dir, 'elections/of-others.html'), '');
      rmSync(join(kept, 'elections/gone'), { recursive: true });
      await expect
        .poll(() => existsSync(join(dir, 'elections/gone/index.html')), { timeout: 10_000 })
        .toBe(false);
      expect(existsSync(join(dir, 'elections/of-others.html'))).toBe(true);

      rmSync(join(dir, '_assets'), { recursive: true });
      rmSync(dir, { recursive: true });
      writeFileSync(dir, 'in its place');
      const told = (text: string): number => one.log().split(text).length - 1;
      for (const name of ['One', 'Two']) {
        writeElection(kept, 'gone', { name });
        await expect
          .poll(() => one.site.built.at(-1)?.elections.some((each) => each.name === name), {
            timeout: 10_000,
          })
          .toBe(true);
      }
      await expect.poll(() => told('cannot be written (ELEKTO_PAGES_DIR)')).toBe(1);
      expect((await fetch(`${one.url}/elections/gone/`)).status).toBe(200);
      rmSync(dir);
      writeElection(kept, 'gone', { name: 'Three' });
      await expect.poll(() => told('for the proxy can be written again'), { timeout: 10_000 }).toBe(1);
      // The copy may first be that of before.
      await expect.poll(() => read('elections/gone/index.html'), { timeout: 10_000 }).toContain('Three');
      expect(existsSync(join(dir, '_assets/app.0123abcd.js')), 'all of it, also what has not changed').toBe(
        true,
      );
    } finally {
      process.umask(umask);
      await one.stop();
      rmSync(kept, { recursive: true, force: true });
    }
  }, 60_000);
});
