/**
 * Administration by git, as an organisation lives it: pushes of every kind to a real git server, the pages built
 * as in production, and fifty ballots in the box that nothing of this may touch.
 */
import { bareEnvironment, startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceSiteBuilder } from '../src/site/site-builder.ts';
import type { SiteBuilder } from '../src/site/site-store.ts';

import { refusalOf } from './support/browser.ts';
import { inDatabase } from './support/in-database.ts';
import { CLOSES, electionFiles, type WrittenElection } from './support/meta.ts';
import { deliver, postSigned, pushTo, servedCommit } from './support/push.ts';
import { run, type Running } from './support/running.ts';
import { atOnce, view, vote } from './support/voting.ts';

const ELEKTO = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
const VOTERS = Array.from({ length: 50 }, (_, i) => `voter-${i}`);
const KEPT: WrittenElection = { name: 'The one with ballots', voters: VOTERS };
const rankingOf = (i: number): Record<string, number> =>
  i % 3 === 0 ? { bob: 1, ada: 2, cy: 2 } : i % 3 === 1 ? { ada: 1, bob: 2 } : { ada: 1, cy: 2, bob: 3 };

/** The builder of the real pages; a test can hold it, and sees how many run at once. */
const real = await workspaceSiteBuilder();
const building = { now: 0, most: 0, builds: 0, gate: Promise.resolve() };
const builder: SiteBuilder = {
  ...real,
  async build(files) {
    building.now += 1;
    building.builds += 1;
    building.most = Math.max(building.most, building.now);
    try {
      await building.gate;
      await real.build(files);
    } finally {
      building.now -= 1;
    }
  },
};

const inFolder = (folder: string, election: WrittenElection): Record<string, string> =>
  Object.fromEntries(
    Object.entries(electionFiles(election)).map(([name, text]) => [`elections/${folder}/${name}`, text]),
  );

let git: GitServer;
let repository: GitRepository;
let running: Running;
let digest = '';
/** Where the ballots are at the moment. */
let key = 'kept';

beforeAll(async () => {
  git = await startGitServer();
  repository = await git.createRepository('meta');
  await repository.publish({ 'README.md': 'hello', ...inFolder('kept', KEPT) });
  running = await run({
    meta: repository.url,
    people: [...VOTERS, 'olga'],
    overrides: { siteBuilder: builder },
  });
  await atOnce([...VOTERS.keys()], 8, async (i) => {
    await vote(await running.signedIn(`voter-${i}`), 'kept', rankingOf(i));
  });
  digest = await digestOfBallots();
});
afterAll(async () => {
  await running?.stop();
  await git?.close();
});

/** Over everything the database holds of the votes, as it lies there. */
async function digestOfBallots(): Promise<string> {
  const hash = createHash('sha256');
  for (const table of ['participation', 'roll_binding', 'ballot_box'] as const) {
    const rows = await inDatabase(running, (db) =>
      db
        .selectFrom(table)
        .innerJoin('election', 'election.id', `${table}.election`)
        .where('election.key', '=', key)
        .selectAll(table)
        .execute(),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows.map((one) => JSON.stringify(one)).toSorted()) hash.update(row).update('\n');
  }
  return hash.digest('hex');
}

interface Shown {
  readonly state: string;
  readonly errors: readonly { readonly code: string; readonly file: string; readonly line: number }[];
}

async function statusOf(wanted: string): Promise<Shown | undefined> {
  const { elections } = (await (await fetch(`${running.url}/status`)).json()) as {
    elections: (Omit<Shown, 'errors'> & {
      key: string;
      diagnostics: { severity: string; code: string; file: string; line: number }[];
    })[];
  };
  const found = elections.find((election) => election.key === wanted);
  return (
    found && {
      state: found.state,
      errors: found.diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ code, file, line }) => ({ code, file, line })),
    }
  );
}

const get = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(running.url + path);
  return { status: response.status, text: await response.text() };
};
const published = async (commit: Promise<string>): Promise<void> =>
  deliver(running.url, repository, await commit);

/** Pages, feeds and open data show exactly these elections, and the API agrees. */
async function expectShown(elections: Readonly<Record<string, string>>, hidden: readonly string[] = []) {
  const open = JSON.parse((await get('/elections.json')).text) as {
    commit: string;
    elections: { key: string; name: string }[];
  };
  expect(Object.fromEntries(open.elections.map((one) => [one.key, one.name]))).toEqual(elections);
  expect(open.commit).toBe(await servedCommit(running.url));
  const home = (await get('/')).text;
  const sitemap = (await get('/sitemap.txt')).text;
  const voter = await running.signedIn('voter-7');
  const mine = (await voter.api.me.get.query()).elections.map((one) => one.key);
  expect([...mine].sort()).toEqual(Object.keys(elections).sort());
  for (const [shown, name] of Object.entries(elections)) {
    for (const path of [
      '',
      'ballot/',
      'candidates/ada/',
      'feed.atom',
      'feed.rss',
      'feed.json',
      'calendar.ics',
    ]) {
      const { status, text } = await get(`/elections/${shown}/${path}`);
      expect([path, status, text.includes(name)]).toEqual([path, 200, true]);
    }
    expect((await get(`/de/elections/${shown}/`)).text).toContain(name);
    expect(home).toContain(`/elections/${shown}/"`);
  }
  for (const gone of hidden) {
    for (const path of ['', 'ballot/', 'candidates/ada/', 'feed.atom', 'calendar.ics'])
      expect([path, (await get(`/elections/${gone}/${path}`)).status]).toEqual([path, 404]);
    expect(home).not.toContain(`/elections/${gone}/`);
    expect(sitemap).not.toContain(`/elections/${gone}/`);
  }
}

/** The very bytes of every vote, the roll that the API has, and that a voter can still open one. */
async function expectBallotsUntouched(): Promise<void> {
  expect(await digestOfBallots()).toBe(digest);
  expect(await view(await running.signedIn('voter-7'), key)).toEqual(rankingOf(7));
  const olga = await running.signedIn('olga');
  expect(await olga.api.officer.turnout.query({ key })).toMatchObject({ eligible: 50 });
}

it('begins with one election', async () => {
  await expectShown({ kept: KEPT.name ?? '' });
  await expectBallotsUntouched();
});

it('shows a new election', async () => {
  await published(repository.publish(inFolder('new', { name: 'A new one' })));
  await expectShown({ kept: KEPT.name ?? '', new: 'A new one' });
  expect(await statusOf('new')).toEqual({ state: 'current', errors: [] });
  await expectBallotsUntouched();
});

it('serves the pages before until those of the next are ready, while the API has the next at once', async () => {
  let open = (): void => undefined;
  building.gate = new Promise((resolve) => (open = resolve));
  const before = await servedCommit(running.url);
  const commit = await repository.publish(inFolder('new', { name: 'Renamed' }));
  const builds = building.builds;
  try {
    expect((await postSigned(running.url, pushTo(repository))).status).toBe(202);
    await expect.poll(() => building.builds, { timeout: 20_000 }).toBe(builds + 1);
    const status = async () => JSON.parse((await get('/status')).text) as object;
    const between = { commit, site: { building: true, commit: before } };
    await expect.poll(status, { timeout: 5000 }).toMatchObject(between);
    expect((await get('/elections/new/')).text).toContain('A new one');
    const shown = JSON.parse((await get('/elections.json')).text) as object;
    expect(shown).toMatchObject({ commit: before });
    expect((await (await running.signedIn('voter-7')).api.me.get.query()).elections).toHaveLength(2);
  } finally {
    open();
  }
  await expect.poll(() => servedCommit(running.url), { timeout: 30_000 }).toBe(commit);
  await expectShown({ kept: KEPT.name ?? '', new: 'Renamed' });
});

it('keeps what it has of a file that breaks, points at the line, and takes the mended one', async () => {
  const good = inFolder('new', { name: 'Unbroken' });
  const yaml = good['elections/new/election.yaml'] ?? '';
  const broken = { 'elections/new/election.yaml': yaml.replace('no_winners: 1', 'no_winners: [1') };
  await published(repository.publish(broken));
  await expectShown({ kept: KEPT.name ?? '', new: 'Renamed' });
  const status = await statusOf('new');
  expect(status?.state).toBe('stale');
  expect(status?.errors[0]).toMatchObject({ file: 'elections/new/election.yaml' });
  expect(status?.errors[0]?.line).toBeGreaterThanOrEqual(5);
  await published(repository.publish({ 'elections/never-good/election.yaml': 'name: [unclosed\n' }));
  await expectShown({ kept: KEPT.name ?? '', new: 'Renamed' }, ['never-good']);
  expect((await statusOf('never-good'))?.state).toBe('broken');
  await expectBallotsUntouched();

  await published(repository.publish({ ...good, 'elections/never-good': null }));
  await expectShown({ kept: KEPT.name ?? '', new: 'Unbroken' });
  expect(await statusOf('new')).toEqual({ state: 'current', errors: [] });
  await expectBallotsUntouched();
});

it('serves voters from the last good version while files of their own election are broken', async () => {
  await published(
    repository.publish({
      'elections/kept/election.yaml': '\tname: x\n\0',
      'elections/kept/voters.yaml': 'eligible_voters: {{',
      'elections/kept/candidate-ada.md': 'nothing to see',
    }),
  );
  expect((await statusOf('kept'))?.state).toBe('stale');
  await expectShown({ kept: KEPT.name ?? '', new: 'Unbroken' });
  await expectBallotsUntouched();
  await published(repository.publish(inFolder('kept', KEPT)));
  expect(await statusOf('kept')).toEqual({ state: 'current', errors: [] });
});

it('follows a force-push, also to a history that shares nothing', async () => {
  await repository.write(inFolder('new', { name: 'Amended' }));
  await repository.git('commit', '--amend', '--all', '--quiet', '--message', 'rewritten');
  await published(repository.push('forced', { force: true }));
  await expectShown({ kept: KEPT.name ?? '', new: 'Amended' });
  await repository.git('checkout', '--quiet', '--orphan', 'another-beginning');
  await repository.write(inFolder('new', { name: 'Begun again' }));
  await published(repository.push('a new root', { force: true }));
  await expectShown({ kept: KEPT.name ?? '', new: 'Begun again' });
  await expectBallotsUntouched();
});

it('hides an election whose folder is deleted, keeps its ballots, and has them back with the folder', async () => {
  await published(repository.publish({ 'elections/kept': null }));
  await expectShown({ new: 'Begun again' }, ['kept']);
  expect(await statusOf('kept')).toEqual({ state: 'withdrawn', errors: [] });
  const voter = await running.signedIn('voter-7');
  expect(await refusalOf(voter.api.ballot.paper.query({ key: 'kept' }))).toBe('election-withdrawn');
  expect(await digestOfBallots()).toBe(digest);
  await published(repository.publish(inFolder('kept', KEPT)));
  await expectShown({ kept: KEPT.name ?? '', new: 'Begun again' });
  await expectBallotsUntouched();
});

function elekto(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...bareEnvironment(), ...running.env };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [ELEKTO, ...args], { env }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}

it('attaches the ballots of a renamed folder on the word of an operator', async () => {
  await repository.git('mv', 'elections/kept', 'elections/renamed');
  await published(repository.push('renamed'));
  await expectShown({ renamed: KEPT.name ?? '', new: 'Begun again' }, ['kept']);
  expect((await statusOf('kept'))?.state).toBe('withdrawn');
  const voter = await running.signedIn('voter-7');
  expect(await voter.api.ballot.participation.query({ key: 'renamed' })).toMatchObject({ voted: false });
  expect(await digestOfBallots()).toBe(digest);

  expect(await elekto('election', 'rename', 'kept', 'renamed')).toEqual({
    code: 0,
    out: 'Ballots and requests of kept belong to renamed now.\n',
    err: '',
  });
  key = 'renamed';
  await expectBallotsUntouched();
  // The status is put together once a second.
  await expect.poll(() => statusOf('kept'), { timeout: 5000 }).toBeUndefined();
  expect(await voter.api.ballot.participation.query({ key: 'renamed' })).toMatchObject({ voted: true });
  await expectShown({ renamed: KEPT.name ?? '', new: 'Begun again' }, ['kept']);
});

it('refuses a file of 60 MB and a symbolic link, says so, and serves everything else', async () => {
  await repository.link('elections/new/election_desc.md', '/etc/passwd');
  await repository.write({ 'elections/renamed/candidate-huge.md': randomBytes(60 * 1024 * 1024) });
  await published(repository.push('hostile'));
  await expectShown({ renamed: KEPT.name ?? '', new: 'Begun again' });
  expect(JSON.stringify(await statusOf('renamed'))).toContain('candidate-huge.md');
  const status = (await get('/status')).text;
  expect(status).toContain('elections/new/election_desc.md');
  expect(status + (await get('/elections/new/')).text).not.toContain('root:');
  await expectBallotsUntouched();
  await published(
    repository.publish({
      'elections/new/election_desc.md': null,
      'elections/renamed/candidate-huge.md': null,
    }),
  );
  expect(await statusOf('renamed')).toEqual({ state: 'current', errors: [] });
});

it('ends at the last of twenty pushes that come at once, building one site at a time', async () => {
  const deliveries: Promise<Response>[] = [];
  let last = '';
  for (let i = 1; i <= 20; i += 1) {
    last = await repository.publish(inFolder('new', { name: `Push ${i} of 20` }));
    deliveries.push(postSigned(running.url, pushTo(repository)));
  }
  for (const response of await Promise.all(deliveries)) expect(response.status).toBe(202);
  await expect.poll(() => servedCommit(running.url), { timeout: 60_000 }).toBe(last);
  await expectShown({ renamed: KEPT.name ?? '', new: 'Push 20 of 20' });
  expect(building.most).toBe(1);
  await expectBallotsUntouched();
});

it('counts all fifty ballots in the end', async () => {
  running.clock.set(Date.parse(`${CLOSES.replace(' ', 'T')}Z`) + 5);
  await running.server.tick();
  const open = JSON.parse((await get('/elections.json')).text) as { elections: { key: string }[] };
  expect(open.elections.find((one) => one.key === key)).toMatchObject({ status: 'ended', cast: 50 });
  const olga = await running.signedIn('olga');
  const { outcome } = await olga.api.officer.outcome.query({ key });
  expect(outcome.counts).toMatchObject({ cast: 50 });
  expect(outcome.seats.elected).toEqual(['ada']);
  const [header = '', ...rows] = (await olga.api.officer.ballotsCsv.query({ key })).trim().split(/\r?\n/);
  const ids = header.split(',');
  const ballot = (ranking: Record<string, unknown>): string =>
    ['ada', 'bob', 'cy'].map((id) => String(ranking[id] ?? 'No opinion')).join();
  const counted = rows.map((row) =>
    ballot(Object.fromEntries(row.split(',').map((rank, i) => [ids[i] ?? '', rank]))),
  );
  expect(counted.sort()).toEqual(VOTERS.map((_, i) => ballot(rankingOf(i))).sort());
});
