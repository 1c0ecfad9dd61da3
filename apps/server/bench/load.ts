/**
 * `npm run bench:load`: how many casts a second the server takes, how long each waits at half the rate it
 * has to hold, what /healthz says meanwhile, how fast pages go out and how soon a stopped server is back.
 * Real processes, sessions, sealed ballots and databases, on loopback. `--quick` for a short look;
 * `--only casts`, `pages` or a database, and `--processes 1`, for a part.
 */
import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { parseArgs } from 'node:util';

import { ask, hangUp, prepare, sendCast, type Voter } from '../tests/support/crowd.ts';
import { freePort, type ServerProcess } from '../tests/support/process.ts';

import { closedLoop, openLoop, probing } from './support/arrivals.ts';
import { asked, oneOf } from './support/choice.ts';
import { startInstalled } from './support/flags.ts';
import { machine } from './support/machine.ts';
import { DATABASES, makePlace, type DatabaseKind, type Place } from './support/place.ts';
import { commitsPerSecond, startBareServer, waitsToWrite, type BareAnswer } from './support/reference.ts';
import { printTable, quantiles } from './support/table.ts';

const { quick, only, processes } = asked(() => {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, only: { type: 'string' }, processes: { type: 'string' } },
  });
  return {
    quick: values.quick === true,
    only: oneOf('only', values.only, ['casts', 'pages', ...DATABASES]),
    processes: oneOf('processes', values.processes, ['1', '2']),
  };
});

/** Casts a second that have to be held, and half of it, at which the waiting is measured. */
const TARGET = 150;
const OPEN_RATE = TARGET / 2;
const SATURATION = quick ? 400 : 2000;
const OPEN = quick ? 300 : 75 * 30;
const WIDTH = 32;
const CONFIGURATIONS: readonly (readonly [DatabaseKind, number])[] = [
  ['SQLite', 1],
  ['SQLite', 2],
  ['PostgreSQL', 1],
  ['PostgreSQL', 2],
  ['MariaDB', 1],
  ['MariaDB', 2],
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface Measured {
  readonly kind: DatabaseKind;
  readonly processes: number;
  readonly commits: number;
  /** Of a bare transaction that writes as much, ms: at the 99th percentile. */
  readonly toWrite: number;
  readonly casts: number;
  /** Of all server processes together, ms a cast: what a quiet machine would need. */
  readonly cpu: number;
  readonly waits: [number, number, number];
  readonly health: [number, number, number];
  readonly memory: number;
  readonly failed: number;
}

async function prepareAll(
  place: Place,
  servers: readonly ServerProcess[],
  from: number,
  count: number,
): Promise<Voter[]> {
  const voters: Voter[] = [];
  await closedLoop(place.logins.slice(from, from + count), 16, async (login, i) => {
    const server = servers[i % servers.length];
    if (server) voters.push(await prepare(server.url, place.key, login, from + i));
  });
  return voters;
}

async function measure(kind: DatabaseKind, count: number): Promise<Measured> {
  const place = await makePlace(kind, SATURATION + OPEN + 50);
  const servers: ServerProcess[] = [];
  try {
    say(`${kind}, ${count} process(es): reference ...`);
    const commits = await commitsPerSecond(place.databaseUrl, WIDTH);
    for (let i = 0; i < count; i += 1) servers.push(await startInstalled(place.env));
    say('  voters sign in and seal ...');
    const warm = await prepareAll(place, servers, 0, 50);
    const first = await prepareAll(place, servers, 50, SATURATION);
    const second = await prepareAll(place, servers, 50 + SATURATION, OPEN);
    let failed = 0;
    // Never at the process where the voter signed in: sessions belong to the database.
    const castAt = async (voter: Voter, i: number): Promise<void> => {
      const server = servers[(i + 1) % servers.length];
      if (server === undefined) return;
      const { outcome, detail } = await sendCast(server.url, voter);
      if (outcome === 'recorded') return;
      failed += 1;
      if (failed === 1) say(`  a cast failed: ${detail}`);
    };
    await closedLoop(warm, 8, castAt);
    say('  as many casts as it takes ...');
    const before = cpuOf(servers);
    const took = await closedLoop(first, WIDTH, castAt);
    const cpu = (cpuOf(servers) - before) / SATURATION;
    if (kind === 'PostgreSQL') await reuseLog((text) => place.database?.query('elekto', text));
    say('  reference: as many bare transactions a second ...');
    const [, toWrite] = quantiles(await waitsToWrite(place.databaseUrl, OPEN_RATE));
    say(`  ${OPEN_RATE} casts a second, at random instants ...`);
    const stop = probing(50, () => ask(`${servers[0]?.url}/healthz`));
    const waits = await openLoop(second, OPEN_RATE, castAt);
    const health = await stop();
    const memory = Math.max(...servers.map((server) => server.memory().most));
    const casts = (SATURATION / took) * 1000;
    return {
      kind,
      processes: count,
      commits,
      toWrite,
      casts,
      cpu,
      waits: quantiles(waits),
      health: quantiles(health),
      memory,
      failed,
    };
  } finally {
    for (const server of servers) await server.stop('SIGTERM');
    hangUp();
    await place.close();
  }
}

/**
 * Leaves segments of PostgreSQL's log that it uses again, as it does after some hours of any work. A new one of 16 MB, each few hundred casts
 * of a new cluster, holds up a fiftieth of a second of them.
 */
async function reuseLog(query: (text: string) => Promise<unknown> | undefined): Promise<void> {
  for (let i = 0; i < SEGMENTS; i += 1)
    await query("select pg_logical_emit_message(false, 'bench', ''), pg_switch_wal()");
  await query('checkpoint');
}
/** Twice as much as reference and casts write after it. */
const SEGMENTS = 16;

const cpuOf = (servers: readonly ServerProcess[]): number =>
  servers.reduce((sum, server) => sum + server.cpu(), 0);

/** Readers of many addresses: one alone is let in at a steady pace, which is not what is measured here. */
const READERS = Array.from({ length: 256 }, (_, i) => ({
  headers: { 'accept-encoding': 'br, gzip', 'x-forwarded-for': `10.0.0.${i}` },
}));

/** Requests a second of a page with keep-alive connections and as many compressions as browsers accept. */
async function requestsPerSecond(
  url: string,
  cpu: () => number,
): Promise<{ rate: number; p99: number; cpu: number; errors: number }> {
  const run = async (duration: number) => autocannon({ url, connections: 50, duration, requests: READERS });
  await run(1);
  const before = cpu();
  const { requests, latency, errors, non2xx } = await run(quick ? 2 : 5);
  const used = ((cpu() - before) / requests.total) * 1000;
  return { rate: requests.average, p99: latency.p99, cpu: used, errors: errors + non2xx };
}

/** Set by every node:http server itself. */
const OWN_HEADERS = new Set(['date', 'connection', 'keep-alive']);

/** What a reader of the benchmark gets, byte for byte. */
async function answerOf(url: string): Promise<BareAnswer> {
  // The first answer is compressed meanwhile; the second is what all others get.
  let response = await rawAnswer(url);
  response.resume();
  await once(response, 'end');
  response = await rawAnswer(url);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const names = response.rawHeaders.filter((_, at) => at % 2 === 0);
  const head = names.flatMap((name, i) =>
    OWN_HEADERS.has(name.toLowerCase()) ? [] : [name, response.rawHeaders[2 * i + 1] ?? ''],
  );
  return { head, body: Buffer.concat(chunks) };
}

async function rawAnswer(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { headers: READERS[0]?.headers }), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

async function measurePages(): Promise<void> {
  const place = await makePlace('SQLite', 50);
  try {
    const port = await freePort();
    const first = await startInstalled(place.env, { port });
    const answer = await answerOf(`${first.url}/elections/load/`);
    const { headers, body } = await ask(`${first.url}/`);
    const plain = await startBareServer({
      head: [
        'content-type',
        String(headers['content-type']),
        'content-length',
        String(headers['content-length']),
      ],
      body: Buffer.from(body),
    });
    const same = await startBareServer(answer);
    const rows: [string, number, number, number, number][] = [];
    const pages = [
      ['bare node:http, the home page as text, two headers', plain.url, plain.cpu],
      ['bare node:http, the same bytes as an election', same.url, same.cpu],
      ['Elekto: the home page', `${first.url}/`, first.cpu],
      ['Elekto: an election', `${first.url}/elections/load/`, first.cpu],
    ] as const;
    for (const [name, url, cpu] of pages) {
      const measured = await requestsPerSecond(url, () => cpu());
      rows.push([name, measured.rate, measured.cpu, measured.p99, measured.errors]);
    }
    for (const bare of [plain, same]) bare.stop();
    printTable(
      `Pages: 50 connections, one process`,
      ['', 'requests/s', 'CPU µs/request', 'p99 ms', 'errors'],
      rows,
    );
    await first.stop('SIGTERM');

    const starts: number[] = [];
    const startCpu: number[] = [];
    const bareStarts: number[] = [];
    for (let i = 0; i < (quick ? 3 : 7); i += 1) {
      const began = performance.now();
      await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
      bareStarts.push(performance.now() - began);
      const server = await startInstalled(place.env, { port });
      starts.push(server.readyAfter);
      startCpu.push(server.cpu());
      await server.stop('SIGTERM');
    }
    const median = (values: number[]): number => quantiles(values)[0];
    printTable(
      'Start: database and pages there, to the first 200 of /readyz',
      ['', 'median ms', 'longest ms', 'of it CPU ms'],
      [
        ['bare node, doing nothing', median(bareStarts), Math.max(...bareStarts), Number.NaN],
        ['Elekto', median(starts), Math.max(...starts), median(startCpu)],
      ],
    );
  } finally {
    hangUp();
    await place.close();
  }
}

process.stdout.write(`${machine()}\nLoad generator, servers and database share the machine.\n`);
if (only !== 'pages') {
  const wanted = CONFIGURATIONS.filter(
    ([kind, count]) =>
      (only === null || only === 'casts' || kind === only) &&
      (processes === null || String(count) === processes),
  );
  const measured: Measured[] = [];
  for (const [kind, count] of wanted) measured.push(await measure(kind, count));
  printTable(
    `Casts: ten candidates, ${SATURATION} casts from ${WIDTH} at once, then ${OPEN} at ${OPEN_RATE}/s (Poisson)`,
    [
      '',
      'reference: commits/s',
      'casts/s',
      'server CPU ms/cast',
      'reference: wait to write p99 ms',
      'wait p50 ms',
      'p99',
      'p99.9',
      'healthz p50 ms',
      'p99',
      'memory MB',
      'failed',
    ],
    measured.map(({ kind, processes, commits, toWrite, casts, cpu, waits, health, memory, failed }) => [
      `${kind}, ${processes} process${processes === 1 ? '' : 'es'}`,
      commits,
      casts,
      cpu,
      toWrite,
      ...waits,
      health[0],
      health[1],
      memory,
      failed,
    ]),
  );
}
if (only === null || only === 'pages') await measurePages();
