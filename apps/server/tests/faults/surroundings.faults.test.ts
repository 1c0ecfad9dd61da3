import { startGitServer } from '@elekto/testing';
import { cpSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';

import { makePlace, type Place } from '../../bench/support/place.ts';
import type { Voter } from '../support/crowd.ts';
import { hangUp } from '../support/crowd.ts';
import { writeElection } from '../support/meta.ts';
import { DATABASES, run, type Running } from '../support/running.ts';
import { startProcess, type ServerProcess } from '../support/process.ts';

import { expectNothingLost, fly, KEY, prepareAll, settle, VOTERS } from './flight.ts';

let place: Place;
let running: Running | null = null;
let server: ServerProcess | null = null;

afterEach(async () => {
  await running?.stop();
  await server?.stop('SIGKILL');
  running = null;
  server = null;
  hangUp();
  await place.close();
});

/** The election of the place, held by a server in this process under a clock of the test's. */
async function runHere(database: (typeof DATABASES)[number]): Promise<{ it: Running; voters: Voter[] }> {
  running = await run({
    meta: `${place.dir}/meta`,
    people: [...place.logins, 'olga'],
    now: Date.now(),
    database,
    env: { LOG_LEVEL: 'info' },
    overrides: { kdf: undefined as never },
  });
  return { it: running, voters: await prepareAll([running.url], place.logins) };
}

const HOUR = 3_600_000;

describe.each(DATABASES)('a clock that is set, on %s', (database) => {
  it('two hours ahead closes for good what ends meanwhile, with every acknowledged ballot', async () => {
    place = await makePlace('SQLite', VOTERS, { closesIn: HOUR });
    const { it: here, voters } = await runHere(database);
    const flight = await fly([here.url], voters, 50, async () => {
      here.clock.advance(2 * HOUR);
      await here.server.tick();
    });
    for (const refusal of flight.refused) expect(refusal).toContain('already-closed');
    expect(flight.open).toEqual([]);
    expect(flight.recorded.size + flight.refused.length).toBe(VOTERS);
    expect(here.log()).toContain('the election is closed and counted');
    // Set back, it stays closed.
    here.clock.advance(-2 * HOUR);
    await here.server.tick();
    const olga = await here.signedIn('olga');
    expect((await olga.api.officer.outcome.query({ key: KEY })).cast).toBe(flight.recorded.size);
    expect(await olga.api.officer.ballotsCsv.query({ key: KEY })).toBeTruthy();
  });

  it('two hours back to before the opening takes no ballots until it has caught up, and loses none', async () => {
    place = await makePlace('SQLite', VOTERS);
    const { it: here, voters } = await runHere(database);
    const flight = await fly([here.url], voters, 50, async () => {
      here.clock.advance(-2 * HOUR);
      await here.server.tick();
    });
    for (const refusal of flight.refused) expect(refusal).toContain('not-open-yet');
    expect(flight.open).toEqual([]);
    here.clock.advance(2 * HOUR);
    await here.server.tick();
    const late = voters.filter((voter) => !flight.recorded.has(voter));
    const recorded = await settle(here.url, { ...flight, open: late });
    expect(recorded.size).toBe(VOTERS);
    here.clock.advance(48 * HOUR);
    await here.server.tick();
    const olga = await here.signedIn('olga');
    expect((await olga.api.officer.outcome.query({ key: KEY })).cast).toBe(VOTERS);
  });
});

describe('the surroundings of a vote', () => {
  it('the meta repository unreachable: every ballot is taken, and the status says what is wrong', async () => {
    place = await makePlace('SQLite', VOTERS);
    const git = await startGitServer();
    const repository = await git.createRepository('meta');
    cpSync(`${place.dir}/meta`, repository.workDir, { recursive: true });
    await repository.push('All of it');
    server = await startProcess({
      ...place.env,
      LOG_LEVEL: 'info',
      ELEKTO_META: repository.url,
      ELEKTO_META_POLL: '1',
    });
    const here = server;
    const voters = await prepareAll([here.url], place.logins);
    const flight = await fly([here.url], voters, 20, () => git.close());
    expect(flight).toMatchObject({ refused: [], open: [] });
    const status = async () =>
      (await (await fetch(`${here.url}/status`)).json()) as { sync: { problem: string | null } };
    await expect.poll(async () => (await status()).sync.problem, { timeout: 20_000 }).not.toBe(null);
    expect(here.log()).toContain('the meta repository cannot be read');
    expect((await fetch(`${here.url}/elections/load/`)).status).toBe(200);
    expect((await fetch(`${here.url}/readyz`)).status).toBe(200);
    expect(await here.stop('SIGTERM')).toBe(0);
    // A restart meanwhile, with pages and clone from before: people vote on.
    const again = await startProcess({
      ...place.env,
      LOG_LEVEL: 'info',
      ELEKTO_META: repository.url,
      ELEKTO_META_POLL: '1',
    });
    server = again;
    expect(again.log()).toContain('its last copy is served');
    expect((await fetch(`${again.url}/elections/load/`)).status).toBe(200);
    const told = (await (await fetch(`${again.url}/status`)).json()) as { sync: { problem: string | null } };
    expect(told.sync.problem).toContain('cannot be read');
    expect(await again.stop('SIGTERM')).toBe(0);
    await expectNothingLost(place, voters, flight.recorded);
  });

  it('a site build that fails: every ballot is taken, the old pages stay, and the log says so', async () => {
    place = await makePlace('SQLite', VOTERS);
    const { it: here, voters } = await runHere('sqlite');
    const flight = await fly([here.url], voters, 20, async () => {
      here.site.fail = new Error('the builder ran out of something');
      writeElection(`${place.dir}/meta`, 'another', { name: 'Another' });
      await here.server.sync();
    });
    expect(flight).toMatchObject({ refused: [], open: [] });
    expect(here.log()).toContain('the pages could not be built: the builder ran out of something');
    expect(await (await fetch(`${here.url}/`)).text()).not.toContain('Another');
    here.site.fail = null;
    // A build that failed is tried again after a pause.
    here.clock.advance(HOUR / 60);
    await here.server.sync();
    expect(await (await fetch(`${here.url}/`)).text()).toContain('Another');
    expect(flight.recorded.size).toBe(VOTERS);
    here.clock.advance(48 * HOUR);
    await here.server.tick();
    const olga = await here.signedIn('olga');
    expect((await olga.api.officer.outcome.query({ key: KEY })).cast).toBe(VOTERS);
  });
});
