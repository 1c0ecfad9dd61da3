import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { NO_SITE } from '@elekto/election';

import { Announcer, type AnnouncerParts } from './announcer.ts';

const DAY = 86_400_000;
const opensAt = 100 * DAY;
const election = {
  ...{ key: 'steering', name: 'Steering', seats: 1, candidates: [] as { id: string; name: string }[] },
  ...{ opensAt, closesAt: opensAt + 30 * DAY, exceptionsDueAt: opensAt },
};

let server: Server;
let url = '';
let told = 0;
let last = '';
let status = 200;
beforeAll(async () => {
  server = createServer((request, response) => {
    told += 1;
    last = '';
    request.on('data', (part: Buffer) => (last += part.toString()));
    request.on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));
beforeEach(() => (told = 0));

/** Servers of one installation, that share these notes and claim whatever they ask for. */
function servers(
  claim: (notes: Map<string, string>, name: string) => void = () => undefined,
  files: object = {},
  rows: object[] = [],
  box: object = {},
) {
  const notes = new Map<string, string>();
  let now = opensAt;
  const start = (): Announcer => {
    const parts = {
      settings: { hooks: [{ format: 'slack', url }], secret: null, days: [], loopback: true },
      url: 'https://vote.example.org',
      box,
      snapshot: () => ({
        elections: new Map([[election.key, { election: { ...election, ...files } }]]),
        resultsKeys: [],
        site: NO_SITE,
      }),
      standings: () => Promise.resolve(new Map(rows.map((row) => [election.key, row]))),
      trouble: () => null,
      notes: {
        read: () => Promise.resolve(new Map(notes)),
        write: (name: string, body: string) => Promise.resolve(void notes.set(name, body)),
        remove: (names: readonly string[]) => Promise.resolve(names.forEach((name) => notes.delete(name))),
      },
      now: () => Promise.resolve(now),
      claim: (name: string) => Promise.resolve(claim(notes, name)).then(() => true),
      log: { info: () => undefined, warn: () => undefined, error: (...said: unknown[]) => said },
    };
    return new Announcer(parts as unknown as AnnouncerParts);
  };
  return { start, advance: (ms: number) => (now += ms) };
}

it('tells of an opening that had to wait for days once, while voting stays open, and whoever else starts', async () => {
  const { start, advance } = servers();
  const [one, other] = [start(), start()];
  election.candidates = [];
  advance(5 * DAY);
  await one.round();
  await other.round();
  expect(told).toBe(0);
  election.candidates = [{ id: 'ada', name: 'Ada' }];
  for (let round = 0; round < 80; round += 1) {
    advance(DAY / 8);
    await one.round();
    await other.round();
    if (round % 10 === 0) await start().round();
  }
  expect(told).toBe(1);
});

it('keeps in mind that a hook took nothing for good, for the operator to see, and not what it took', async () => {
  election.candidates = [{ id: 'ada', name: 'Ada' }];
  const { start, advance } = servers();
  status = 400;
  const announcer = start();
  expect(await announcer.lost()).toBe(0);
  await announcer.round();
  status = 200;
  await announcer.round();
  expect([told, await announcer.lost(), await start().lost()]).toEqual([1, 1, 1]);
  advance(4 * DAY);
  await announcer.round();
  expect(await announcer.lost()).toBe(0);
  const { start: other } = servers();
  const taken = other();
  await taken.round();
  expect(await taken.lost()).toBe(0);
});

it('does not tell what another server has told since the round began', async () => {
  election.candidates = [{ id: 'ada', name: 'Ada' }];
  const { start } = servers((notes, name) => {
    const [, tries] = / (\d+)$/.exec(name) ?? [];
    notes.set(name.replace(/ \d+$/, ''), JSON.stringify({ at: opensAt, tries: Number(tries), nextAt: null }));
  });
  await start().round();
  expect(told).toBe(0);
});

it('tells of a report that officers wrote themselves as that, without anybody elected', async () => {
  election.candidates = [{ id: 'ada', name: 'Ada' }];
  const manifest = { name: election.name, seats: 1, candidates: ['ada'] };
  const row = { damaged: false, state: 'published', opensAt, closesAt: opensAt + DAY, manifest };
  const known = <T>(value: T) => Promise.resolve({ ok: true, value });
  const box = {
    publishedAt: () => known(opensAt + 3 * DAY),
    resultFacts: () => known({ state: 'counted', revisions: ['0'.repeat(64)], publicKey: '', election: 'e' }),
    status: () => known({ cast: 30, eligible: 40, imported: false }),
  };
  const prose = { results: 'Ada was elected.', resultsJson: null, ballotsCsv: null };
  const { start, advance } = servers(undefined, prose, [row], box);
  advance(3 * DAY);
  await start().round();
  expect(told).toBe(1);
  expect(last).toContain('What the election officers report of the result');
  expect(last).not.toMatch(/Elected|Ada|every step/);
});
