import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mariaDbs } from '@elekto/testing/mariadb';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { makePlace, type DatabaseKind, type Place } from '../../bench/support/place.ts';
import { ask, hangUp, sendCast, type Voter } from '../support/crowd.ts';
import { mountDisk } from '../support/disk.ts';
import { freePort, startProcess, type ProcessOptions, type ServerProcess } from '../support/process.ts';

import { expectNothingLost, fly, prepareAll, settle, VOTERS } from './flight.ts';

let place: Place;
let servers: ServerProcess[] = [];

async function start(options: ProcessOptions = {}, env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const server = await startProcess({ ...place.env, LOG_LEVEL: 'info', ...env }, options);
  servers.push(server);
  return server;
}

/** Waits for an answer of /readyz. */
async function until(server: ServerProcess, status: number, patience = 30_000): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask(`${server.url}/readyz`);
    if (answer.status === status) return;
    if (Date.now() > end)
      throw new Error(`/readyz answers ${answer.status}: ${answer.body}\n${server.log().slice(-3000)}`);
    await sleep(100);
  }
}

afterEach(async () => {
  for (const server of servers) await server.stop('SIGKILL');
  servers = [];
  hangUp();
  await place.close();
});

interface ReadOnly {
  /** What the database answers to a write. */
  readonly code: string;
  /** For a server that is held to it. */
  readonly env: NodeJS.ProcessEnv;
  set(how: 'on' | 'off'): Promise<void>;
}

/** How an operator, or the software that switches a cluster over, keeps writes out. */
async function readOnly(kind: DatabaseKind): Promise<ReadOnly> {
  const say = (statement: string, database = ''): Promise<unknown> =>
    place.database?.query(database, statement) ?? Promise.reject(new Error(`${kind} is no server`));
  if (kind === 'PostgreSQL')
    return {
      code: '25006',
      env: {},
      async set(how) {
        await say(`alter database elekto set default_transaction_read_only = ${how}`, 'postgres');
        const ends = "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'elekto'";
        await say(ends, 'postgres');
      },
    };
  // The user of the tests may do everything, and so may write all the same.
  await say("create user plain@'127.0.0.1' identified by 'plain'");
  await say("grant all on elekto.* to plain@'127.0.0.1'");
  const url = new URL(place.databaseUrl);
  url.username = url.password = 'plain';
  return {
    code: 'ER_OPTION_PREVENTS_STATEMENT',
    env: { ELEKTO_DATABASE_URL: url.href },
    set: async (how) => void (await say(`set global read_only = ${how}`)),
  };
}

/**
 * Reads, asks what needs the database, and votes, fifty requests a second, each fifth of them a ballot, whatever is answered. What is
 * returned ends it and says how many a second were sent.
 */
function keepAsking(url: string, voters: readonly Voter[]): () => Promise<number> {
  const began = performance.now();
  const input = encodeURIComponent(JSON.stringify({ key: 'load' }));
  const paths = ['/', '/elections/load/', '/trpc/me.get', `/trpc/ballot.paper?input=${input}`];
  const underWay = new Set<Promise<unknown>>();
  let sent = 0;
  const send = (path: string, voter: Voter | undefined, init: RequestInit): void => {
    sent += 1;
    const signal = AbortSignal.timeout(20_000);
    const asked = fetch(url + path, { ...init, headers: { ...voter?.headers, origin: url }, signal })
      .then((answer) => answer.arrayBuffer())
      .catch(() => undefined)
      .finally(() => underWay.delete(asked));
    underWay.add(asked);
  };
  const timer = setInterval(() => {
    const voter = voters[sent % voters.length];
    for (const path of paths) send(path, voter, {});
    send('/trpc/ballot.cast', voter, { method: 'POST', body: voter?.cast ?? '' });
  }, 100);
  return async () => {
    clearInterval(timer);
    const seconds = (performance.now() - began) / 1000;
    await Promise.all(underWay);
    return sent / seconds;
  };
}

/** MariaDB where it is installed. */
const SERVERS: readonly DatabaseKind[] = [
  'PostgreSQL',
  ...(mariaDbs().includes('mariadb') ? (['MariaDB'] as const) : []),
];

describe.each(SERVERS)('%s', (kind) => {
  it('crashing and starting again loses no acknowledged ballot, and the server finds it by itself', async () => {
    place = await makePlace(kind, VOTERS);
    const server = await start();
    const voters = await prepareAll([server.url], place.logins);
    const flight = await fly([server.url], voters, 50, async () => {
      await place.database?.stop('crash');
      await place.database?.start();
    });
    expect(flight.refused).toEqual([]);
    expect(flight.open.length).toBeGreaterThan(0);
    await until(server, 200);
    const recorded = await settle(server.url, flight);
    expect(recorded.size).toBe(VOTERS);
    expect(server.log()).toMatch(/database/i);
    await server.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });

  it('gone for a minute leaves the server alive, not ready, answering at once, and then as before', async () => {
    place = await makePlace(kind, VOTERS);
    const server = await start();
    const voters = await prepareAll([server.url], place.logins);
    const flight = await fly([server.url], voters, 50, () => place.database?.stop('fast'));
    expect(flight.refused).toEqual([]);
    await until(server, 503);
    const gone = Date.now();
    const before = server.log().length;
    const stopAsking = keepAsking(server.url, flight.open);
    while (Date.now() - gone < 60_000) {
      const began = performance.now();
      expect((await ask(`${server.url}/healthz`)).status).toBe(200);
      expect((await ask(`${server.url}/`)).status).toBe(200);
      expect((await ask(`${server.url}/readyz`)).body).toContain('does not answer');
      expect(performance.now() - began).toBeLessThan(6000);
      await sleep(3000);
    }
    const minute = server.log().length - before;
    expect(await stopAsking(), 'requests a second').toBeGreaterThanOrEqual(40);
    await place.database?.start();
    await until(server, 200);
    const recorded = await settle(server.url, flight);
    expect(recorded.size).toBe(VOTERS);
    expect(server.log()).toMatch(/database/i);
    expect(minute, 'bytes of log of a minute without a database').toBeLessThan(50_000);
    await server.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });

  it('that takes no writes refuses ballots, says why, and keeps those it has', async () => {
    place = await makePlace(kind, VOTERS);
    const { code, env, set } = await readOnly(kind);
    const server = await start({}, env);
    const voters = await prepareAll([server.url], place.logins);
    // After the first: the others come in few transactions.
    const flight = await fly([server.url], voters, 1, () => set('on'));
    expect(flight.refused).toEqual([]);
    expect(flight.open.length).toBeGreaterThan(0);
    expect(server.log()).toContain(code);
    await until(server, 503);
    expect((await ask(`${server.url}/readyz`)).body).toContain(`takes no writes (${code}`);
    expect((await ask(`${server.url}/`)).status).toBe(200);
    await set('off');
    const recorded = await settle(server.url, flight);
    expect(recorded.size).toBe(VOTERS);
    await until(server, 200);
    await server.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });
});

const disk = mountDisk(400);
afterAll(() => disk?.unmount());

/** Once for each that can be had; said where this process may mount no disk. */
describe.skipIf(disk === null).each(SERVERS)('%s, which needs a disk that may be mounted,', (kind) => {
  it('on a full disk refuses ballots, says why, and goes on when there is room', async () => {
    const path = disk?.path ?? '';
    const filler = join(path, 'filler');
    place = await makePlace(kind, VOTERS, { disk: path });
    const server = await start();
    const voters = await prepareAll([server.url], place.logins);
    // After the first: the others come in few transactions.
    const flight = await fly([server.url], voters, 1, () => disk?.fill('filler'));
    expect(flight.refused).toEqual([]);
    expect(flight.open.length).toBeGreaterThan(0);
    const code = { PostgreSQL: '53100', MariaDB: 'ER_RECORD_FILE_FULL', SQLite: '' }[kind];
    expect(server.log()).toContain(code);
    await until(server, 503);
    expect((await ask(`${server.url}/readyz`)).body).toContain(`takes no writes (${code}`);
    expect((await ask(`${server.url}/healthz`)).status).toBe(200);
    expect((await ask(`${server.url}/`)).status).toBe(200);
    rmSync(filler);
    const recorded = await settle(server.url, flight);
    expect(recorded.size).toBe(VOTERS);
    await until(server, 200);
    await server.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });
});

describe('SQLite', () => {
  it('on a full disk refuses ballots, says why, and goes on when there is room', async () => {
    place = await makePlace('SQLite', VOTERS);
    const port = await freePort();
    const first = await start({ port });
    const voters = await prepareAll([first.url], place.logins);
    // Its write-ahead log begins anew.
    await first.stop('SIGTERM');
    const server = await start({ port, prelude: "trap '' XFSZ" });
    const flight = await fly([server.url], voters.slice(0, 1), 1, () => {
      // From now on no file grows beyond what that log has, which wants to at the next transaction.
      const { size } = statSync(join(place.dir, 'data/elekto.db-wal'));
      execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${size}`]);
    });
    const others = voters.slice(1);
    const answers = await Promise.all(others.map((voter) => sendCast(server.url, voter)));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
    expect((await ask(`${server.url}/healthz`)).status).toBe(200);
    expect(server.log()).toMatch(/SQLITE_(FULL|IOERR)/);
    expect((await ask(`${server.url}/readyz`)).body).toMatch(/takes no writes \(SQLITE_(FULL|IOERR)/);
    await server.stop('SIGTERM');
    const roomy = await start({ port });
    const recorded = await settle(roomy.url, { ...flight, open: others });
    expect(recorded.size).toBe(VOTERS);
    await roomy.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });

  it('that may only be read is refused at the start, in one line', async () => {
    place = await makePlace('SQLite', 3);
    const server = await start();
    const voters = await prepareAll([server.url], place.logins);
    const flight = await fly([server.url], voters, 1, () => undefined);
    await server.stop('SIGTERM');
    const data = join(place.dir, 'data');
    const file = join(data, 'elekto.db');
    // Root may write everywhere, so there the server runs as somebody else, who owns all but the database.
    const asRoot = process.getuid?.() === 0;
    if (asRoot) {
      chmodSync(place.dir, 0o755);
      const below = (dir: string): string[] => [
        dir,
        ...readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name)),
      ];
      for (const path of [...below(data), ...below(`${data}-secrets`)])
        if (path !== file) chownSync(path, 10001, 10001);
    }
    chmodSync(file, 0o444);
    const started = start({ ...(asRoot && { user: 10001 }) });
    await expect(started).rejects.toThrow(
      /elekto: The database at .*elekto\.db cannot be used: it can only be read \(SQLITE_READONLY/,
    );
    if (asRoot) chownSync(`${data}-secrets`, 0, 0);
    chmodSync(file, 0o600);
    await expectNothingLost(place, voters, flight.recorded);
  });
});
