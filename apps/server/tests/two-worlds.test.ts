/**
 * Two servers live through the same days and differ in the rankings alone. Whatever either says to anybody before the
 * result is published (answers and their sizes, what officers see and export, pages, metrics, logs, hooks) is the same,
 * but for what is random in every world. The same of the database's rows: packages/ballot-box/tests/two-worlds.test.ts.
 */
import { appRouter } from '@elekto/api';
import { finishedKey, proveHolding, shareOf, writeTranscript } from '@elekto/custody/ceremony';
import type { OfficerKey } from '@elekto/custody/ceremony';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { toBase64Url } from '@elekto/wire';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { Browser } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { replace, view, vote } from './support/voting.ts';
import { writeOfficerFiles } from './support/officer-files.ts';

const key = 'steering';
const VOTERS = ['vera', 'victor', 'wanda', 'xenia'];
type Ranking = Readonly<Record<string, number>>;

/** Random, or a code made of something random: of it only the size can tell something. */
const shapeOf = (text: string): string =>
  text
    .replace(/(?:127\.0\.0\.1|localhost):\d+/g, 'here')
    .replace(/[\w-]{16,}(?:\.[\w-]{16,})*/g, (random) => `${random.length} letters`)
    .replace(/elekto-(?:data|meta)-\w+/g, 'a folder');

/** Headers that are different each time, whatever happened. */
const PASSING = new Set([
  'date',
  'x-request-id',
  'set-cookie',
  'etag',
  'ratelimit',
  'keep-alive',
  'connection',
]);

/** Has everything noted that this browser is answered. */
function heard(browser: Browser, seen: string[]): Browser {
  const ask = browser.fetch.bind(browser);
  browser.fetch = async (url, init) => {
    const answer = await ask(url, init);
    const body = await answer.clone().text();
    const headers = [...answer.headers].filter(([name]) => !PASSING.has(name.toLowerCase()));
    const where = new URL(url, 'http://here').pathname;
    seen.push(`${where} ${answer.status} ${body.length} bytes ${JSON.stringify(headers)} ${shapeOf(body)}`);
    return answer;
  };
  return browser;
}

const QUERIES = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
)
  .filter(([, { _def }]) => _def.type === 'query')
  .map(([path]) => path);
/** What only officers are given once the box is counted: the outcome itself. */
const OUTCOME = /outcome|ballotsCsv|results|elections/i;

async function askEverything(browser: Browser, left: RegExp | null): Promise<void> {
  for (const path of QUERIES) {
    if (left?.test(path)) continue;
    for (const input of [{ key }, { election: key }])
      await browser.fetch(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
        headers: { 'x-elekto': '1' },
      });
  }
  for (const path of ['/status', '/readyz', '/healthz', `/elections/${key}/`, '/']) await browser.fetch(path);
}

/** What is logged, without when and how long. */
const logged = (running: Running): string[] =>
  running
    .log()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const {
        time: _time,
        ms: _ms,
        took: _took,
        pid: _pid,
        ...rest
      } = JSON.parse(line) as Record<string, unknown>;
      return shapeOf(JSON.stringify(rest)).replace(/"\w*(?:[mM]s|seconds|took)":[\d.]+/g, '');
    });

const metricsOf = async (running: Running): Promise<string[]> =>
  (await (await fetch(`${running.url}/metrics`)).text())
    .split('\n')
    .filter(
      (line) => /^elekto_/.test(line) && !/event_loop|disk_free|duration|timestamp|_seconds/.test(line),
    );

interface World {
  readonly seen: readonly string[];
  readonly outcome: unknown;
}

const OFFICERS = ['officer-1', 'officer-2', 'officer-3'];
const BOARD = 'keys/2026.json';
const header = headerOf(3, 2);
const keys = [1, 2, 3].map(keyOf);

/** With the key in the hands of three made-up officers beside olga. */
async function metaWith(suite: 1 | 2): Promise<string> {
  const officers = suite === 1 ? ['olga'] : ['olga', ...OFFICERS];
  const extra = suite === 1 ? '' : `custody: ${BOARD}\n`;
  const meta = writeMeta({ steering: { voters: VOTERS, seats: 1, officers, extra } });
  if (suite === 1) return meta;
  mkdirSync(join(meta, 'elections/keys'));
  const posts = await runCeremony(header, keys);
  writeFileSync(join(meta, 'elections', BOARD), writeTranscript({ header, posts }));
  writeOfficerFiles(meta, header);
  return meta;
}

/** As many officers as it takes show that they hold their shares, and the election opens. */
async function sayReady(running: Running): Promise<void> {
  const posts = await runCeremony(header, keys);
  for (const [at, login] of OFFICERS.entries()) {
    const share = await shareOf(header, posts, keys[at] as OfficerKey);
    if (share === null) throw new Error('a share');
    const about = { kind: 'ready', election: key } as const;
    const proof = toBase64Url(proveHolding(must(finishedKey(header, posts)), share, about));
    const { api } = await running.signedIn(login);
    await api.custody.ready.mutate({ file: BOARD, key, officer: at + 1, proof });
  }
  await running.server.tick();
}

async function lived(suite: 1 | 2, rankings: readonly Ranking[]): Promise<World> {
  const seen: string[] = [];
  const hooks = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push(`hook ${body.length} ${shapeOf(body)}`);
      response.end();
    });
  });
  await new Promise<void>((done) => hooks.listen(0, '127.0.0.1', done));
  const running = await run({
    meta: await metaWith(suite),
    people: [...VOTERS, 'olga', 'stranger', ...OFFICERS],
    env: {
      ELEKTO_METRICS: 'on',
      ELEKTO_ANNOUNCE_TO: `json=http://127.0.0.1:${(hooks.address() as AddressInfo).port}/x`,
      ELEKTO_ANNOUNCE_SECRET: 'a secret of the hook',
      ELEKTO_ANNOUNCE_LOOPBACK: 'on',
    },
  });
  try {
    if (suite === 2) await sayReady(running);
    const enter = async (login: string): Promise<Browser> => heard(await running.signedIn(login), seen);
    const [vera, victor, wanda, xenia] = [
      await enter('vera'),
      await enter('victor'),
      await enter('wanda'),
      await enter('xenia'),
    ];
    const [olga, stranger] = [await enter('olga'), await enter('stranger')];
    const [one = {}, two = {}, three = {}, four = {}, five = {}] = rankings;
    await vote(vera, key, one);
    await vote(victor, key, two, null);
    await vote(wanda, key, three);
    await vote(xenia, key, four);
    await view(vera, key);
    await replace(wanda, key, five);
    running.clock.advance(90 * 60_000);
    await running.server.tick();
    for (const browser of [olga, stranger, vera]) await askEverything(browser, null);
    running.clock.set(Date.parse('2026-03-08T00:00:01Z'));
    await running.server.tick();
    await running.server.announce();
    // One status a second for everybody: that of before the count is told until then.
    const told = async (): Promise<string> => (await fetch(`${running.url}/status`)).text();
    await expect.poll(told).toContain(suite === 1 ? '"counted"' : '"closed"');
    await askEverything(olga, OUTCOME);
    for (const browser of [stranger, vera]) await askEverything(browser, null);
    // Everybody may look into the box that waits for officers.
    const box = encodeURIComponent(JSON.stringify({ election: key, name: '00-box.bin' }));
    await stranger.fetch(`/trpc/board.file?input=${box}`, { headers: { 'x-elekto': '1' } });
    seen.push(...(await metricsOf(running)), ...logged(running));
    seen.push(shapeOf(JSON.stringify(running.site.built)));
    const said = [...seen];
    const outcome = suite === 1 ? (await olga.api.officer.outcome.query({ key })).outcome : rankings;
    return { seen: said, outcome };
  } finally {
    await running.stop();
    await new Promise<void>((done) => void hooks.close(() => done()));
  }
}

describe.each([1, 2] as const)('a server with ballots of suite %i', (suite) => {
  it('says the same to everybody until the result is published, however people vote', async () => {
    const one = await lived(suite, [
      { ada: 1, bob: 2, cy: 3 },
      { ada: 1 },
      { bob: 1, ada: 2 },
      { ada: 1, bob: 1, cy: 1 },
      { ada: 1, cy: 2 },
    ]);
    const other = await lived(suite, [
      { cy: 1 },
      { cy: 1, bob: 1, ada: 1 },
      { cy: 1, ada: 2, bob: 3 },
      { bob: 1, cy: 2 },
      { cy: 1, bob: 2, ada: 3 },
    ]);
    expect(one.outcome).not.toEqual(other.outcome);
    expect(one.seen.length).toBeGreaterThan(200);
    expect(other.seen).toEqual(one.seen);
  });
});
