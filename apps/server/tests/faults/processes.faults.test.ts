import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mariaDbs } from '@elekto/testing/mariadb';
import { afterEach, describe, expect, it } from 'vitest';

import { makePlace, type DatabaseKind, type Place } from '../../bench/support/place.ts';
import { hangUp } from '../support/crowd.ts';
import { freePort, startProcess, type ServerProcess } from '../support/process.ts';

import { expectNothingLost, fly, prepareAll, settle, VOTERS } from './flight.ts';

let place: Place;
let servers: ServerProcess[] = [];

async function start(port?: number): Promise<ServerProcess> {
  const server = await startProcess({ ...place.env, LOG_LEVEL: 'info' }, port === undefined ? {} : { port });
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers) await server.stop('SIGKILL');
  servers = [];
  hangUp();
  await place.close();
});

/** MariaDB where it is installed. */
const SERVERS: readonly DatabaseKind[] = [
  'PostgreSQL',
  ...(mariaDbs().includes('mariadb') ? (['MariaDB'] as const) : []),
];

describe('a replica killed while it takes ballots', () => {
  it.each(SERVERS)('on %s loses none it has acknowledged, and the other takes the rest', async (kind) => {
    place = await makePlace(kind, VOTERS);
    const [one, other] = [await start(), await start()];
    const voters = await prepareAll([one.url, other.url], place.logins);
    const flight = await fly([one.url, other.url], voters, 40, () => one.stop('SIGKILL'));
    expect(flight.refused).toEqual([]);
    expect(flight.open.length).toBeGreaterThan(0);
    const recorded = await settle(other.url, flight);
    expect(recorded.size).toBe(VOTERS);
    await other.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });

  it('starts again on SQLite with everything it has acknowledged', async () => {
    place = await makePlace('SQLite', VOTERS);
    const port = await freePort();
    const server = await start(port);
    const voters = await prepareAll([server.url], place.logins);
    const flight = await fly([server.url], voters, 60, () => server.stop('SIGKILL'));
    expect(flight.refused).toEqual([]);
    expect(flight.open.length).toBeGreaterThan(0);
    const again = await start(port);
    const recorded = await settle(again.url, flight);
    expect(recorded.size).toBe(VOTERS);
    await again.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });
});

describe('a secrets volume that never answers', () => {
  it('makes the server end itself within a minute, and the next one has every ballot', async () => {
    place = await makePlace('SQLite', VOTERS);
    const server = await start();
    const voters = await prepareAll([server.url], place.logins);
    const ended = once(server.child, 'exit');
    // A pipe into which nobody writes, among the files that servers read of each other.
    const pipe = join(place.dir, 'data-secrets/witness', '0123456789abcdef');
    const flight = await fly([server.url], voters, 20, async () => {
      execFileSync('mkfifo', [pipe]);
      const began = performance.now();
      expect(await ended).toEqual([null, 'SIGKILL']);
      expect(performance.now() - began).toBeLessThan(60_000);
    });
    expect(server.log()).toMatch(/"level":"fatal".*"seconds":30.*stood still.*secrets directory/);
    expect(flight.refused).toEqual([]);
    rmSync(pipe);
    const again = await start(server.port);
    const recorded = await settle(again.url, flight);
    await again.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });
});

describe.each(['SQLite' as const, ...SERVERS])('SIGTERM while ballots are cast, on %s', (kind) => {
  it('finishes what is under way, ends with 0, and nothing is lost', async () => {
    place = await makePlace(kind, VOTERS);
    const port = await freePort();
    const server = await start(port);
    const voters = await prepareAll([server.url], place.logins);
    const flight = await fly([server.url], voters, 50, async () =>
      expect(await server.stop('SIGTERM')).toBe(0),
    );
    expect(flight.refused).toEqual([]);
    expect(server.log()).toContain('"msg":"stopping"');
    expect(server.log()).toContain('"msg":"stopped"');
    const again = await start(port);
    const recorded = await settle(again.url, flight);
    expect(recorded.size).toBe(VOTERS);
    await again.stop('SIGTERM');
    await expectNothingLost(place, voters, recorded);
  });
});
