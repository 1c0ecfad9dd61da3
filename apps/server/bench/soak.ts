/**
 * `npm run soak`: half an hour of everyday load on one process, and whether its memory stays flat and below
 * 300 MB. `--minutes n` for another time, `--database postgresql` or `mariadb`. Ends with 1 when it does not hold.
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { ask, hangUp, prepare, sendCast } from '../tests/support/crowd.ts';

import { asked, oneOf } from './support/choice.ts';
import { startInstalled } from './support/flags.ts';
import { machine } from './support/machine.ts';
import { DATABASES, makePlace } from './support/place.ts';
import { printTable, quantiles } from './support/table.ts';

const { values: flags } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, database: { type: 'string', default: 'sqlite' } },
});
const kind = asked(() => oneOf('database', flags.database, DATABASES)) ?? 'SQLite';
const minutes = Number(flags.minutes);
/** Arrivals a second. */
const VOTERS = 4;
const READERS = 40;
const MOST_MB = 300;
/** The last third may be above the middle third by so much; a leak goes on, a heap settles. */
const DRIFT = 1.08;

const place = await makePlace(kind, Math.ceil(minutes * 60 * VOTERS * 1.3));
const server = await startInstalled(place.env);
const end = performance.now() + minutes * 60_000;
let votes = 0;
let reads = 0;
let failed = 0;
const readTimes: number[] = [];
const running = new Set<Promise<void>>();

/** Calls `work` at random instants, `rate` a second on average, until the end. */
async function arrivals(rate: number, work: () => Promise<void>): Promise<void> {
  while (performance.now() < end) {
    await sleep((-Math.log(1 - Math.random()) / rate) * 1000);
    const one = work()
      .catch(() => void (failed += 1))
      .finally(() => void running.delete(one));
    running.add(one);
  }
}

async function vote(): Promise<void> {
  const i = votes;
  votes += 1;
  const login = place.logins[i];
  if (login === undefined) return;
  const voter = await prepare(server.url, place.key, login, i);
  if ((await sendCast(server.url, voter)).outcome !== 'recorded') failed += 1;
}

const PAGES = [
  '/',
  '/elections/',
  '/elections/load/',
  '/trpc/me.get',
  '/trpc/status.get',
  '/healthz',
  '/readyz',
  '/nothing-here',
];
async function read(): Promise<void> {
  const started = performance.now();
  reads += 1;
  await ask(server.url + (PAGES[reads % PAGES.length] ?? '/'));
  readTimes.push(performance.now() - started);
}

const samples: { minute: number; mb: number; votes: number; reads: number; p99: number }[] = [];
async function watch(): Promise<void> {
  const every = Math.min(60_000, (minutes * 60_000) / 12);
  for (let i = 1; performance.now() < end; i += 1) {
    await sleep(every);
    const { now } = server.memory();
    samples.push({
      minute: (i * every) / 60_000,
      mb: now,
      votes,
      reads,
      p99: quantiles(readTimes.splice(0))[1],
    });
    process.stderr.write(
      `minute ${((i * every) / 60_000).toFixed(1)}: ${Math.round(now)} MB, ${votes} votes, ${reads} reads\n`,
    );
  }
}

await Promise.all([arrivals(VOTERS, vote), arrivals(READERS, read), watch()]);
await Promise.all(running);
const most = server.memory().most;
await server.stop('SIGTERM');
hangUp();
await place.close();

const bare = Number(
  execFileSync(process.execPath, ['-p', 'process.memoryUsage.rss() / 2 ** 20'], { encoding: 'utf8' }),
);
const mean = (from: number, to: number): number => {
  const part = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
  return part.reduce((sum, { mb }) => sum + mb, 0) / part.length;
};
process.stdout.write(`${machine()}\n`);
printTable(
  `Soak: ${minutes} minutes, ${VOTERS} voters (sign in, paper, cast) and ${READERS} readers a second, ${kind}`,
  ['minute', 'memory MB', 'votes', 'reads', 'read p99 ms'],
  samples.map(({ minute, mb, votes: v, reads: r, p99 }) => [
    minute.toFixed(1),
    mb,
    String(v),
    String(r),
    p99,
  ]),
);
const flat = mean(2 / 3, 1) <= mean(1 / 3, 2 / 3) * DRIFT;
process.stdout.write(
  `\nReference: bare node takes ${bare.toFixed(0)} MB. Highest ${most.toFixed(0)} MB (limit ${MOST_MB}); ` +
    `middle third ${mean(1 / 3, 2 / 3).toFixed(0)} MB, last third ${mean(2 / 3, 1).toFixed(0)} MB: ${flat ? 'flat' : 'GROWING'}. ${failed} failed.\n`,
);
if (!flat || most > MOST_MB || failed > 0) process.exitCode = 1;
