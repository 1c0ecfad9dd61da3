/**
 * `npm run soak:faults`: half an hour of voters while everything around the server fails at random: the matrix of
 * docs/operators-faults.md, one fault or two at a time. Nobody's acknowledged ballot may be lost, none counted twice,
 * and the log stays readable. `--minutes n`, `--database postgresql` or `mariadb`, `--seed n`, `--log FILE` for
 * what the server wrote. Ends with 1 when it does not hold.
 */
import { openTcpLine, startGitServer } from '@elekto/testing';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { audit } from '../tests/support/audit.ts';
import { ask, hangUp, prepare, sendCast, type Voter } from '../tests/support/crowd.ts';
import { freePort, type ServerProcess } from '../tests/support/process.ts';

import { asked, oneOf } from './support/choice.ts';
import { faultsOf, startCollector, type Fault } from './support/faults.ts';
import { startInstalled } from './support/flags.ts';
import { machine } from './support/machine.ts';
import { DATABASES, makePlace } from './support/place.ts';
import { printTable } from './support/table.ts';

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    database: { type: 'string', default: 'sqlite' },
    log: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const kind = asked(() => oneOf('database', flags.database, DATABASES)) ?? 'SQLite';
const minutes = Number(flags.minutes);
/** Arrivals a second. */
const VOTERS = 3;
const READERS = 5;
/** Bytes of log a minute. */
const MOST_LOG = 50_000;
/** Ms until a server must be ready again after a fault. */
const PATIENCE = 120_000;

let state = Number(flags.seed);
/** The same faults for the same seed (mulberry32). */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const place = await makePlace(kind, Math.ceil(minutes * 60 * VOTERS * 1.3));
const git = await startGitServer();
const repository = await git.createRepository('meta');
cpSync(`${place.dir}/meta`, repository.workDir, { recursive: true });
await repository.push('All of it');
const gitLine = await openTcpLine(Number(new URL(repository.url).port));
const lineTo = (address: string, port: number): string => {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
};
const databaseLine =
  place.database === null ? null : await openTcpLine(Number(new URL(place.databaseUrl).port));
const collector = await startCollector();
const port = await freePort();
const env = {
  ...place.env,
  ELEKTO_META: lineTo(repository.url, gitLine.port),
  ELEKTO_META_POLL: '5',
  ELEKTO_DATABASE_URL:
    databaseLine === null ? place.databaseUrl : lineTo(place.databaseUrl, databaseLine.port),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_METRIC_EXPORT_INTERVAL: '30000',
  LOG_LEVEL: 'info',
};

let server: ServerProcess;
let past = '';
const log = (): string => past + server.log();
let over = false;
/** Started, and started again one second after each end, as systemd does; what it cannot start with is tried again. */
async function startServer(wait: boolean): Promise<void> {
  // A file that may not grow is told by an error, as a full disk is, and not by a signal.
  server = await startInstalled(env, { port, wait, prelude: "trap '' XFSZ" });
  const { child } = server;
  child.once('exit', () => {
    if (over) return;
    past += server.log();
    setTimeout(() => void (over || startServer(false)), 1000);
  });
}
await startServer(true);
const url = server!.url;
const faults = faultsOf({
  git: gitLine,
  line: databaseLine,
  database: place.database,
  collector,
  secrets: `${place.env['ELEKTO_DATA_DIR']}-secrets`,
  server: () => server,
  stop: (signal) => server.stop(signal),
});

/** Ms so far in which something on this machine waited for a processor; null where the kernel does not say. */
function starved(): number | null {
  const file = '/proc/pressure/cpu';
  const total = existsSync(file) ? /total=(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return total === undefined ? null : Number(total) / 1000;
}
const starvedBefore = starved();
const began = performance.now();
const end = performance.now() + minutes * 60_000;
const voters: Voter[] = [];
const acknowledged = new Set<Voter>();
const refused: string[] = [];
let pagesAsked = 0;
let pagesFailed = 0;
const running = new Set<Promise<void>>();

async function arrivals(rate: number, work: () => Promise<void>): Promise<void> {
  while (performance.now() < end) {
    await sleep((-Math.log(1 - Math.random()) / rate) * 1000);
    const one = work().finally(() => void running.delete(one));
    running.add(one);
  }
}

let arrived = 0;
/** Signs in and casts, again and again until there is a verdict, as the page does. */
async function vote(): Promise<void> {
  const i = arrived;
  arrived += 1;
  const login = place.logins[i];
  if (login === undefined) return;
  const giveUp = performance.now() + 3 * PATIENCE;
  let voter: Voter | null = null;
  while (performance.now() < giveUp) {
    voter ??= await prepare(url, place.key, login, i).catch(() => null);
    if (voter !== null) {
      if (!voters.includes(voter)) voters.push(voter);
      const { outcome, detail } = await sendCast(url, voter, 20_000);
      if (outcome === 'recorded') return void acknowledged.add(voter);
      if (outcome === 'refused') return void refused.push(detail);
    }
    await sleep(1000 + 1000 * Math.random());
  }
  refused.push('no verdict');
}

async function read(): Promise<void> {
  pagesAsked += 1;
  const answer = await ask(`${url}/elections/load/`, { timeout: 5000 }).catch(() => null);
  if (answer?.status !== 200) pagesFailed += 1;
}

const readyz = async (): Promise<{ status: number; body: string } | null> =>
  ask(`${url}/readyz`, { timeout: 8000 }).catch(() => null);

interface Told {
  readonly what: string;
  readonly seconds: number;
  readonly readySaid: string;
  readonly readyAfter: number;
  readonly lines: number;
  readonly bytes: number;
}
const told: Told[] = [];
const repeated: string[] = [];
let healthFailed = 0;

/** One fault or two at once, of different things, and what was seen until the server was ready again. */
async function trouble(): Promise<void> {
  const pick = (from: readonly Fault[]): Fault => from[Math.floor(random() * from.length)] ?? from[0]!;
  const first = pick(faults);
  const second = random() < 0.3 ? pick(faults.filter(({ what }) => what !== first.what)) : null;
  // A limit is the process's own, so a server that is ended and started meanwhile has none.
  const both = [first, ...(second === null ? [] : [second])].sort(
    (a, b) => Number(b.what === 'disk') - Number(a.what === 'disk'),
  );
  const seconds = 4 + Math.floor(random() * 20);
  const before = log().length;
  const said = new Set<string>();
  for (const fault of both) await fault.begin();
  for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(1000)) {
    const answer = await readyz();
    if (answer !== null && answer.status !== 200) said.add(answer.body.trim().split('\n')[0] ?? '');
    if (both.some(({ what }) => what === 'server')) continue;
    const alive = await ask(`${url}/healthz`, { timeout: 5000 }).catch(() => null);
    if (alive?.status !== 200) healthFailed += 1;
  }
  for (const fault of both.toReversed()) await fault.end();
  const ended = performance.now();
  while ((await readyz())?.status !== 200 && performance.now() - ended < PATIENCE) await sleep(200);
  const readyAfter = (performance.now() - ended) / 1000;
  await sleep(1000 * (4 + random() * 8));
  const text = log().slice(before);
  const lines = text.split('\n').filter((line) => line !== '');
  const what = both.map((fault) => `${fault.what} ${fault.how}`).join(' + ');
  told.push({
    what,
    seconds,
    readySaid: [...said].join('; '),
    readyAfter,
    lines: lines.length,
    bytes: text.length,
  });
  for (const [message, times] of outages(lines))
    if (times > 1) repeated.push(`${what}: ${times} x ${message}`);
  process.stderr.write(
    `${told.length}. ${what} (${seconds} s), ready after ${readyAfter.toFixed(1)} s, ${acknowledged.size} votes\n`,
  );
}

/** How the log tells that something is over. */
const ENDS = /(again|goes on|out of trouble)$/;

/** How often each warning was told that is not about one request, and each end of what one began. */
function outages(lines: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const line of lines) {
    if (!line.startsWith('{')) continue;
    const entry = JSON.parse(line) as {
      level: number | string;
      msg: string;
      problem?: string;
      key?: string;
      step?: string;
      reason?: string;
      requestId?: string;
    };
    if (
      entry.requestId !== undefined ||
      entry.msg === 'unexpected error' ||
      // The sum of a minute, once a minute.
      entry.msg.startsWith('more requests failed than') ||
      (!ENDS.test(entry.msg) && (entry.level === 'info' || Number(entry.level) < 40))
    )
      continue;
    const message = [entry.msg, entry.problem, entry.key, entry.step, entry.reason]
      .filter(Boolean)
      .join(', ');
    times.set(message, (times.get(message) ?? 0) + 1);
  }
  return times;
}

async function troubles(): Promise<void> {
  while (performance.now() < end - 30_000) await trouble();
}

/** The repository goes on meanwhile. */
async function commits(): Promise<void> {
  for (let i = 1; performance.now() < end; i += 1) {
    await sleep(15_000);
    await repository.publish({ 'README.md': `Revision ${i}\n` });
  }
}

await Promise.all([arrivals(VOTERS, vote), arrivals(READERS, read), troubles(), commits()]);
await Promise.all(running);
over = true;
const starvedAfter = starved();
const busy =
  starvedBefore === null || starvedAfter === null
    ? 'unknown'
    : `${Math.round((100 * (starvedAfter - starvedBefore)) / (performance.now() - began))} %`;
await server!.stop('SIGTERM');
hangUp();
const whole = log();
if (flags.log !== undefined) writeFileSync(flags.log, whole);
const { lost, sent, counted } = await audit(place, place.key, voters, acknowledged);
for (const thing of [gitLine, databaseLine, collector]) thing?.close();
await git.close();
await place.close();

process.stdout.write(
  `${machine()}; seed ${flags.seed}; time in which processes waited for a processor: ${busy}\n`,
);
printTable(
  `Soak with faults: ${minutes} minutes, ${VOTERS} voters and ${READERS} readers a second, ${kind}`,
  ['fault', 'seconds', '/readyz said', 'ready after s', 'log lines', 'log bytes'],
  told.map((one) => [
    one.what,
    String(one.seconds),
    one.readySaid.slice(0, 90) || '(ready)',
    one.readyAfter,
    String(one.lines),
    String(one.bytes),
  ]),
);
const logAMinute = Math.round(whole.length / minutes);
const double = counted.length - sent.length;
const same = JSON.stringify(sent) === JSON.stringify(counted);
const late = told.filter(({ readyAfter }) => readyAfter * 1000 >= PATIENCE);
process.stdout.write(
  `\n${told.length} faults. ${acknowledged.size} acknowledged, ${sent.length} took part, ${counted.length} counted: ` +
    `${lost.length} lost, ${double} too many, ${same ? 'every ballot as it was sent' : 'BALLOTS DIFFER'}.\n` +
    `${refused.length} refused or without a verdict${refused.length > 0 ? `: ${[...new Set(refused)].join('; ')}` : ''}. ` +
    `${pagesFailed} of ${pagesAsked} pages failed; /healthz failed ${healthFailed} times while the server ran.\n` +
    `Log: ${logAMinute} bytes a minute (at most ${MOST_LOG}). ${late.length} times not ready again in ${PATIENCE / 1000} s.\n` +
    `Told more than once: ${repeated.length === 0 ? 'nothing' : `\n  ${repeated.join('\n  ')}`}\n`,
);
if (
  lost.length + Math.abs(double) + refused.length + late.length + repeated.length > 0 ||
  !same ||
  logAMinute > MOST_LOG
)
  process.exitCode = 1;
