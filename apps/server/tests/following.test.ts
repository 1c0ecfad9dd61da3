/** From a push to a live page: the server follows a real git server, and ballots stay what they are. */
import { startDatabase, tables } from '@elekto/db';
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { electionFiles, type WrittenElection } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { atOnce, view, vote } from './support/voting.ts';

const VOTERS = Array.from({ length: 50 }, (_, i) => `voter-${i}`);
const KEPT: WrittenElection = { name: 'Kept', voters: VOTERS };

const inFolder = (folder: string, election: WrittenElection): Record<string, string> =>
  Object.fromEntries(
    Object.entries(electionFiles(election)).map(([name, text]) => [`elections/${folder}/${name}`, text]),
  );

describe.each(DATABASES)('following a repository, on %s', (database) => {
  let git: GitServer;
  let repository: GitRepository;
  let running: Running;

  beforeAll(async () => {
    git = await startGitServer();
    repository = await git.createRepository('meta');
    await repository.publish({ 'README.md': 'hello', ...inFolder('kept', KEPT) });
    running = await run({ meta: repository.url, people: [...VOTERS, 'olga'], database });
    await atOnce(VOTERS, 8, async (login) => {
      await vote(await running.signedIn(login), 'kept', { ada: 1, bob: 2 });
    });
  });
  afterAll(async () => {
    await running?.stop();
    await git?.close();
  });

  /** Tells the server about a push as GitHub does, then waits until it serves that commit. */
  async function deliver(commit: string): Promise<void> {
    const body = JSON.stringify({
      ref: 'refs/heads/main',
      repository: { clone_url: repository.url, default_branch: 'main' },
    });
    const signature = createHmac('sha256', 'a webhook secret').update(body).digest('hex');
    const response = await fetch(`${running.url}/v1/webhooks/meta/sync`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${signature}`,
      },
      body,
    });
    expect(response.status).toBe(202);
    for (let i = 0; i < 400; i += 1) {
      const { commit: served, site } = await status();
      if (served === commit && site.commit === commit && !site.building) return;
      await sleep(25);
    }
    throw new Error('the push was never served');
  }

  interface Status {
    readonly commit: string;
    readonly site: { commit: string | null; building: boolean };
    readonly elections: {
      key: string;
      state: string;
      diagnostics: { code: string; severity: string; file: string }[];
    }[];
  }
  const status = async (): Promise<Status> => (await (await fetch(`${running.url}/status`)).json()) as Status;
  const stateOf = async (key: string): Promise<string | undefined> =>
    (await status()).elections.find((election) => election.key === key)?.state;
  const page = async (path: string): Promise<number> => (await fetch(running.url + path)).status;

  /** Officers are told a rounder number, and later. */
  async function participations(): Promise<number> {
    const db = await startDatabase({ url: running.server.config.databaseUrl });
    try {
      const rows = await db.read((em) => tables(em).selectFrom('participation').select('user').execute());
      return rows.length;
    } finally {
      await db.close();
    }
  }

  async function expectBallotsUntouched(): Promise<void> {
    const voter = await running.signedIn('voter-7');
    expect(await view(voter, 'kept')).toEqual({ ada: 1, bob: 2 });
    expect(await participations()).toBe(VOTERS.length);
  }

  it('shows a new election', async () => {
    await deliver(await repository.publish(inFolder('new', { name: 'New' })));
    expect(await page('/elections/new/')).toBe(200);
    expect(await stateOf('new')).toBe('current');
    await expectBallotsUntouched();
  });

  it('keeps the last good version of one that breaks, says where, and takes the mended one', async () => {
    await deliver(await repository.publish({ 'elections/new/election.yaml': 'name: [unclosed\n' }));
    expect(await stateOf('new')).toBe('stale');
    expect(await page('/elections/new/')).toBe(200);
    const broken = (await status()).elections.find(({ key }) => key === 'new');
    expect(broken?.diagnostics.filter(({ severity }) => severity === 'error')[0]?.file).toBe(
      'elections/new/election.yaml',
    );
    await deliver(await repository.publish(inFolder('new', { name: 'Mended' })));
    expect(await stateOf('new')).toBe('current');
    expect(await (await fetch(`${running.url}/elections/new/`)).text()).toContain('Mended');
    await expectBallotsUntouched();
  });

  it('follows a force-push', async () => {
    await repository.git('commit', '--amend', '--quiet', '-m', 'rewritten');
    await repository.write(inFolder('new', { name: 'Rewritten' }));
    await deliver(await repository.push('forced', { force: true }));
    expect(await (await fetch(`${running.url}/elections/new/`)).text()).toContain('Rewritten');
    await expectBallotsUntouched();
  });

  it('hides an election whose folder is gone, keeps its ballots, and shows it again with them', async () => {
    await deliver(await repository.publish({ 'elections/kept': null }));
    expect(await page('/elections/kept/')).toBe(404);
    expect(await stateOf('kept')).toBe('withdrawn');
    const voter = await running.signedIn('voter-7');
    await expect(voter.api.ballot.paper.query({ key: 'kept' })).rejects.toMatchObject({
      data: { refusal: { kind: 'election-withdrawn' } },
    });
    await deliver(await repository.publish(inFolder('kept', KEPT)));
    expect(await stateOf('kept')).toBe('current');
    await expectBallotsUntouched();
  });

  it('takes a renamed folder for a new election and withdraws the old one, until it is named back', async () => {
    await repository.git('mv', 'elections/kept', 'elections/renamed');
    await deliver(await repository.push('renamed'));
    expect(await stateOf('kept')).toBe('withdrawn');
    expect(await stateOf('renamed')).toBe('current');
    await repository.git('mv', 'elections/renamed', 'elections/kept');
    await deliver(await repository.push('and back'));
    await expectBallotsUntouched();
  });

  // What follows is the same over any database.
  const once: (name: string, test: () => Promise<void>) => void =
    database === 'sqlite' ? it : () => undefined;

  once('refuses a symbolic link and a file of 60 MB, and serves the rest', async () => {
    await repository.link('elections/new/election_desc.md', '/etc/passwd');
    await repository.write({ 'elections/kept/candidate-huge.md': Buffer.alloc(60 * 1024 * 1024, 97) });
    await deliver(await repository.push('hostile'));
    expect(await page('/elections/kept/')).toBe(200);
    const text = JSON.stringify((await status()).elections);
    expect(text).toContain('candidate-huge.md');
    expect(text).not.toContain('root:');
    await repository.write({
      'elections/new/election_desc.md': null,
      'elections/kept/candidate-huge.md': null,
    });
    await deliver(await repository.push('removed again'));
    await expectBallotsUntouched();
  });

  once('ends at the last of twenty pushes that come at once', async () => {
    let last = '';
    for (let i = 1; i <= 20; i += 1) last = await repository.publish(inFolder('new', { name: `Push ${i}` }));
    await Promise.all(Array.from({ length: 20 }, () => deliver(last)));
    expect(await (await fetch(`${running.url}/elections/new/`)).text()).toContain('Push 20');
    await expectBallotsUntouched();
  });

  it('goes on with what it has while the repository cannot be reached', async () => {
    const before = running.log().length;
    const told = (): string[] =>
      running
        .log()
        .slice(before)
        .match(/the meta repository can(not)? be read( again)?/g) ?? [];
    git.requireToken('secret');
    await running.server.sync();
    await running.server.sync();
    const { sync } = (await (await fetch(`${running.url}/status`)).json()) as {
      sync: { problem: string | null };
    };
    expect(sync.problem).toMatch(/\S/);
    expect(sync.problem).not.toContain('secret');
    await expectBallotsUntouched();
    git.requireToken(null);
    await running.server.sync();
    const after = (await (await fetch(`${running.url}/status`)).json()) as {
      sync: { problem: string | null };
    };
    expect(after.sync.problem).toBeNull();
    await running.server.sync();
    expect(told()).toEqual(['the meta repository cannot be read', 'the meta repository can be read again']);
  });
});
