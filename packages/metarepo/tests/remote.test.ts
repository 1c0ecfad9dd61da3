import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { mkdtemp, open as openFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { openLine, startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMetaRepo, type MetaOptions, type MetaRepo, type MetaSnapshot } from '../src/index.ts';
import { definition, election } from './files.ts';

let server: GitServer;
let repository: GitRepository;
let cacheDir: string;
let meta: MetaRepo;
let serial = 0;

const open = (more: Partial<MetaOptions> = {}): Promise<MetaRepo> =>
  openMetaRepo({ source: repository.url, electionsDir: 'elections', cacheDir, ...more });
const names = (snapshot: MetaSnapshot): Record<string, string | undefined> =>
  Object.fromEntries([...snapshot.elections].map(([key, entry]) => [key, entry.election?.name]));
const codes = (snapshot: MetaSnapshot, key: string): string[] =>
  (snapshot.elections.get(key)?.diagnostics ?? []).map((diagnostic) => diagnostic.code);

/** Overwrites the beginning of an object in the packs of our copy. */
async function damage(object: string): Promise<void> {
  const [copy = ''] = (await readdir(cacheDir)).filter((name) => name.endsWith('.git'));
  const folder = join(cacheDir, copy, 'objects', 'pack');
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.idx')) continue;
    const listed = await repository.git('verify-pack', '--verbose', join(folder, name));
    const [, offset] = new RegExp(`^${object} \\w+ +\\d+ \\d+ (\\d+)`, 'm').exec(listed) ?? [];
    if (offset === undefined) continue;
    const pack = await openFile(join(folder, name.replace('.idx', '.pack')), 'r+');
    await pack.write(Buffer.alloc(4, 0xff), 0, 4, Number(offset) + 2);
    await pack.close();
  }
}

beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  repository = await server.createRepository(`meta-${++serial}`);
  cacheDir = await mkdtemp(join(memoryPlace(), 'elekto-cache-'));
  await repository.publish({ ...election('steering/2026', 'Steering'), 'README.md': 'Not an election.' });
  meta = await open();
});
afterEach(async () => {
  server.requireToken(null);
  await meta.close();
  await rm(cacheDir, { recursive: true, force: true });
});

describe('a repository followed over HTTP', () => {
  it('is read at its newest commit and again only when that changed', async () => {
    expect(meta.current()).toBeNull();
    const first = await meta.sync();
    expect(names(first)).toEqual({ 'steering---2026': 'Steering' });
    expect(first.commit).toBe(await repository.git('rev-parse', 'HEAD'));
    expect(await meta.sync()).toBe(first);
    expect(meta.current()).toBe(first);
  });

  it('shows a new election after a push', async () => {
    await meta.sync();
    const commit = await repository.publish(election('toc', 'Technical Oversight'));
    const snapshot = await meta.sync();
    expect(snapshot.commit).toBe(commit);
    expect(names(snapshot)).toEqual({ 'steering---2026': 'Steering', toc: 'Technical Oversight' });
  });

  it('keeps the last good version of an election whose YAML broke, until it is repaired', async () => {
    const good = await meta.sync();
    await repository.publish({
      ...election('toc', 'TOC'),
      'elections/steering/2026/election.yaml': 'name: "Steer\nstart',
    });
    const broken = await meta.sync();
    expect(names(broken)).toEqual({ 'steering---2026': 'Steering', toc: 'TOC' });
    expect(broken.elections.get('steering---2026')?.staleSince).toBe(good.commit);
    expect(codes(broken, 'steering---2026')).toContain('yaml-invalid');
    expect(codes(broken, 'toc')).toEqual([]);
    await repository.publish({ 'elections/steering/2026/election.yaml': definition('Steering, again') });
    const repaired = await meta.sync();
    expect(repaired.elections.get('steering---2026')).toMatchObject({
      staleSince: null,
      election: { name: 'Steering, again' },
    });
    expect(codes(repaired, 'steering---2026')).toEqual([]);
  });

  it('takes every roll that can be read, an empty one too, and keeps the last one only while it cannot', async () => {
    const roll = (snapshot: MetaSnapshot) => {
      const entry = snapshot.elections.get('steering---2026');
      return [entry?.election?.voters.map(({ login }) => login), codes(snapshot, 'steering---2026')];
    };
    const write = async (text: string) => {
      await repository.publish({ 'elections/steering/2026/voters.yaml': text });
      return roll(await meta.sync());
    };
    await meta.sync();
    expect(await write('eligible_voters:\n- zoe\n- mia\n')).toEqual([['zoe', 'mia'], []]);
    expect(await write('eligible_voters: {')).toEqual([
      ['zoe', 'mia'],
      expect.arrayContaining(['kept-last-good']),
    ]);
    expect(await write('eligible_voters:\n- mia\n')).toEqual([['mia'], []]);
    expect(await write('eligible_voters: []\n')).toEqual([[], ['voters-empty']]);
    // Nobody is no roll to go on with: the election waits until it can be read.
    expect(await write('eligible_voters: {')).toEqual([[], expect.not.arrayContaining(['kept-last-good'])]);
  });

  it('remembers the last good version across a restart', async () => {
    const good = await meta.sync();
    await repository.publish({ 'elections/steering/2026/election.yaml': 'name: [' });
    await meta.close();
    meta = await open();
    const snapshot = await meta.sync();
    expect(snapshot.elections.get('steering---2026')).toMatchObject({
      staleSince: good.commit,
      election: { name: 'Steering' },
    });
  });

  it('recalls what an earlier run fetched while nobody can be reached, and goes on from there', async () => {
    expect(await meta.recall(), 'nothing was fetched yet').toBeNull();
    const fetched = await meta.sync();
    await meta.close();
    server.requireToken('a token that we do not have');
    meta = await open();
    await expect(meta.sync()).rejects.toThrow(/401|403/);
    expect(await meta.recall()).toMatchObject({ commit: fetched.commit });
    expect(names(meta.current() as MetaSnapshot)).toEqual({ 'steering---2026': 'Steering' });
    await expect(meta.sync()).rejects.toThrow(/401|403/);
    server.requireToken(null);
    expect((await meta.sync()).commit).toBe(fetched.commit);
    const commit = await repository.publish(election('toc', 'Technical Oversight'));
    expect((await meta.sync()).commit).toBe(commit);
  });

  it('recalls nothing of a copy that is damaged, or of another branch', async () => {
    await meta.sync();
    await meta.close();
    meta = await open({ branch: 'another' });
    expect(await meta.recall()).toBeNull();
    await meta.close();
    for (const name of await readdir(cacheDir))
      await rm(join(cacheDir, name, 'objects'), { recursive: true, force: true });
    meta = await open();
    expect(await meta.recall()).toBeNull();
    expect(names(await meta.sync())).toEqual({ 'steering---2026': 'Steering' });
  });

  it('keeps the roll that could be read when voters.yaml breaks, and takes the other changes', async () => {
    await meta.sync();
    await repository.publish({
      'elections/steering/2026/voters.yaml': 'eligible_voters: !!python/object:os.system [x]\n',
      'elections/steering/2026/election.yaml': definition('Renamed'),
    });
    const snapshot = await meta.sync();
    const entry = snapshot.elections.get('steering---2026');
    expect(entry?.election?.voters.map((voter) => voter.login)).toEqual(['ada', 'grace']);
    expect(entry).toMatchObject({ staleSince: null, election: { name: 'Renamed' } });
    expect(snapshot.elections.get('steering---2026')?.election?.noRoll).toBeUndefined();
    expect(codes(snapshot, 'steering---2026')).toEqual(['yaml-tag', 'voters-unreadable', 'kept-last-good']);
  });

  it('keeps a candidate whose file broke and drops one whose file was removed', async () => {
    await meta.sync();
    await repository.publish({
      'elections/steering/2026/candidate-ada.md': 'Ada, without a header',
      'elections/steering/2026/candidate-grace.md': null,
    });
    const snapshot = await meta.sync();
    expect(snapshot.elections.get('steering---2026')?.election?.candidates.map((c) => c.id)).toEqual(['ada']);
    expect(codes(snapshot, 'steering---2026')).toEqual(['candidate-header-missing', 'kept-last-good']);
  });

  it('says of none of the above that is kept neither that it is missing nor that the election waits for it', async () => {
    const folder = 'elections/steering/2026';
    await repository.publish({
      [`${folder}/election.yaml`]: `${definition('Steering')}\nunranked: last\nnone_of_the_above: ada\n`,
    });
    expect(codes(await meta.sync(), 'steering---2026')).toEqual([]);
    await repository.publish({ [`${folder}/candidate-ada.md`]: 'Ada, without a header' });
    expect(codes(await meta.sync(), 'steering---2026')).toEqual([
      'candidate-header-missing',
      'kept-last-good',
    ]);
    await repository.publish({ [`${folder}/candidate-ada.md`]: null });
    expect(codes(await meta.sync(), 'steering---2026')).toEqual(['none-of-the-above-missing']);
  });

  it('follows a force-push to an unrelated history', async () => {
    await meta.sync();
    await repository.git('checkout', '--quiet', '--orphan', 'other');
    await repository.git('rm', '-r', '--quiet', '--force', '.');
    await repository.write(election('rewritten', 'Rewritten'));
    const commit = await repository.push('Start again', { force: true });
    const snapshot = await meta.sync();
    expect(snapshot.commit).toBe(commit);
    expect(names(snapshot)).toEqual({ rewritten: 'Rewritten' });
  });

  it('leaves out a deleted folder and takes it back when it returns', async () => {
    await repository.publish(election('toc', 'TOC'));
    await meta.sync();
    await repository.publish({ 'elections/toc': null });
    expect(names(await meta.sync())).toEqual({ 'steering---2026': 'Steering' });
    await repository.publish(election('toc', 'TOC'));
    expect(names(await meta.sync())).toEqual({ 'steering---2026': 'Steering', toc: 'TOC' });
  });

  it('knows a renamed folder by its new key only', async () => {
    await meta.sync();
    await repository.git('mv', 'elections/steering/2026', 'elections/steering-2026');
    await repository.push();
    expect(names(await meta.sync())).toEqual({ 'steering-2026': 'Steering' });
  });

  it.each([
    ['leaves it out', 'true'],
    ['sends it', 'false'],
  ])(
    'refuses a blob of 60 MB with a diagnostic and reads the rest, when the server %s',
    async (_, filter) => {
      await repository.git('--git-dir', repository.bareDir, 'config', 'uploadpack.allowFilter', filter);
      await meta.sync();
      const noise = Buffer.alloc(60 * 1024 * 1024, 'ballot stuffing, line after line\n');
      await repository.publish({ 'elections/steering/2026/ballots.csv': noise, ...election('toc', 'TOC') });
      const snapshot = await meta.sync();
      expect(names(snapshot)).toEqual({ 'steering---2026': 'Steering', toc: 'TOC' });
      expect(codes(snapshot, 'steering---2026')).toEqual(['file-too-big']);
      expect(snapshot.elections.get('steering---2026')?.election?.ballotsCsv).toBeNull();
    },
  );

  it('never follows a symbolic link, to a file or to a folder', async () => {
    await meta.sync();
    await repository.link('elections/steering/2026/candidate-evil.md', '/etc/passwd');
    await repository.link('elections/steering/2026/voters.yaml', '../../../README.md');
    await repository.link('elections/elsewhere', '..');
    await repository.push();
    const snapshot = await meta.sync();
    expect(codes(snapshot, 'steering---2026')).toEqual([
      'symlink',
      'symlink',
      'voters-unreadable',
      'kept-last-good',
    ]);
    expect(snapshot.diagnostics).toMatchObject([{ code: 'symlink', file: 'elections/elsewhere' }]);
    expect(JSON.stringify([...snapshot.elections.values()])).not.toContain('root:');
  });

  it('ends at the last of twenty pushes when a sync is asked for after each', async () => {
    await meta.sync();
    const snapshots: Promise<MetaSnapshot>[] = [];
    let commit = '';
    for (let push = 1; push <= 20; push++) {
      commit = await repository.publish({
        'elections/steering/2026/election.yaml': definition(`Push ${push}`),
      });
      snapshots.push(meta.sync());
    }
    const all = await Promise.all(snapshots);
    expect(all.at(-1)?.commit).toBe(commit);
    expect(meta.current()?.elections.get('steering---2026')?.election?.name).toBe('Push 20');
  });

  it('shares one following run among everyone who asks during a run', async () => {
    await meta.sync();
    await repository.publish(election('toc', 'TOC'));
    const first = meta.sync();
    const others = [meta.sync(), meta.sync(), meta.sync()];
    expect(others[1]).toBe(others[0]);
    expect(others[2]).toBe(others[0]);
    expect(await others[0]).toBe(await first);
  });

  it('starts anew when its copy is damaged', async () => {
    await meta.sync();
    await meta.close();
    const copy = (await readdir(cacheDir)).find((name) => name.endsWith('.git')) ?? '';
    await rm(join(cacheDir, copy, 'objects'), { recursive: true });
    await repository.publish(election('toc', 'TOC'));
    meta = await open();
    expect(Object.keys(names(await meta.sync()))).toEqual(['steering---2026', 'toc']);
  });

  it.each([
    ['a commit', ''],
    ['a folder', ':elections/toc'],
    ['a file', ':elections/toc/election.yaml'],
  ])('starts anew when %s of its copy cannot be read, though fetches succeed', async (_, path) => {
    const commit = await repository.publish(election('toc', 'TOC'));
    const before = await meta.sync();
    const object = await repository.git('rev-parse', `${commit}${path}`);
    const reopenDamaged = async (): Promise<void> => {
      await meta.close();
      await damage(object);
      meta = await open();
    };
    await reopenDamaged();
    const whole = await meta.sync();
    expect([whole.commit, names(whole)]).toEqual([commit, names(before)]);
    expect([...whole.diagnostics, ...codes(whole, 'toc')]).toEqual([]);

    await reopenDamaged();
    expect(await meta.recall(), 'there is a copy, and it is damaged').toBeNull();
    expect(names(await meta.sync())).toEqual(names(before));
  });

  it('follows the branch it was given', async () => {
    await repository.write(election('draft', 'Draft'));
    await repository.push('On a branch', { branch: 'next' });
    const next = await open({ branch: 'next' });
    expect(Object.keys(names(await next.sync()))).toEqual(['draft', 'steering---2026']);
    expect(Object.keys(names(await meta.sync()))).toEqual(['steering---2026']);
    await next.close();
  });
});

describe('a line in trouble', () => {
  const through = (url: string): string => repository.url.replace(server.url, url);

  it('carries what a commit changed, not everything again, also after many commits', async () => {
    const line = await openLine(server.url);
    const followed = await open({ source: through(line.url) });
    const docs = Array.from({ length: 40 }, (_, i) => [
      `docs/${i}.md`,
      randomBytes(5_000).toString('base64'),
    ]);
    await repository.publish(Object.fromEntries(docs) as Record<string, string>);
    await followed.sync();
    expect(line.received()).toBeGreaterThan(40 * 5_000);
    for (let change = 1; change <= 3; change += 1) {
      line.reset();
      await repository.publish({ 'elections/steering/2026/election.yaml': definition(`Change ${change}`) });
      expect(names(await followed.sync())).toEqual({ 'steering---2026': `Change ${change}` });
      expect(line.received()).toBeLessThan(5_000);
    }
    await followed.close();
    line.close();
  });

  it('has its first pack read once, not for each change that builds on it', async () => {
    await meta.sync();
    const seen: string[] = [];
    const read = vi.spyOn(fs.promises, 'readFile');
    try {
      for (let round = 0; round < 3; round += 1) {
        read.mockClear();
        await repository.publish({ 'elections/steering/2026/election_desc.md': `Round ${round}.\n` });
        const snapshot = await meta.sync();
        expect(snapshot.elections.get('steering---2026')?.election?.description).toContain(`Round ${round}.`);
        seen.push(
          read.mock.calls
            .map(([path]) => String(path))
            .filter((path) => path.endsWith('.pack'))
            .join(),
        );
      }
    } finally {
      read.mockRestore();
    }
    expect(seen[0]).toMatch(/pack-[0-9a-f]{40}\.pack/);
    expect(seen.slice(1).map((paths) => paths.includes(seen[0] ?? ''))).toEqual([false, false]);
  });

  it('is followed through commits that are taken back, again and again, with three packs on disk at most', async () => {
    const roll = Array.from({ length: 300 }, (_, i) => `  - voter-${i}\n`).join('');
    const versions = ['ada', 'grace'].map((last) =>
      Object.fromEntries(
        Array.from({ length: 6 }, (_, i) => [
          `elections/e${i}/voters.yaml`,
          `eligible_voters:\n${roll}  - ${last}\n`,
        ]),
      ),
    );
    for (let i = 0; i < 6; i += 1)
      await repository.write({ [`elections/e${i}/election.yaml`]: definition(`Election ${i}`) });
    for (let turn = 0; turn < 8; turn += 1) {
      const commit = await repository.publish(versions[turn % 2] ?? {});
      const snapshot = await meta.sync();
      expect(snapshot.commit).toBe(commit);
      const last = snapshot.elections.get('e0')?.election?.voters.at(-1);
      expect(JSON.stringify(last)).toContain(turn % 2 === 0 ? 'ada' : 'grace');
      const [copy = ''] = (await readdir(cacheDir)).filter((name) => name.endsWith('.git'));
      const packs = await readdir(join(cacheDir, copy, 'objects', 'pack'));
      expect(packs.filter((name) => name.endsWith('.pack')).length).toBeLessThanOrEqual(3);
    }
  });

  it('that cuts a pack leaves the last good copy, from which a restart begins while the host is broken', async () => {
    const line = await openLine(server.url);
    const source = through(line.url);
    const followed = await open({ source });
    const good = await followed.sync();
    const commit = await repository.publish({ 'elections/steering/2026/election.yaml': definition('Next') });
    line.cutAfter(120, 150);
    await expect(followed.sync()).rejects.toMatchObject({ name: 'MetaRepoError', kind: 'unreadable' });
    expect(followed.current()).toBe(good);
    await followed.close();

    line.answer(500);
    const again = await open({ source });
    await expect(again.sync()).rejects.toThrow(/the server answers 500/);
    expect(names((await again.recall()) as MetaSnapshot)).toEqual({ 'steering---2026': 'Steering' });
    line.answer(null);
    line.cutAfter(null);
    expect((await again.sync()).commit).toBe(commit);
    await again.close();
    line.close();
  });

  it('that cuts the list of branches is not taken for an empty repository', async () => {
    const line = await openLine(server.url);
    line.cutAfter(0);
    const followed = await open({ source: through(line.url) });
    await expect(followed.sync()).rejects.toThrow(/the server cut its answer short/);
    await followed.close();
    line.close();
  });

  it('finds the old copy when a process ended while it put the new one in place', async () => {
    const good = await meta.sync();
    await meta.close();
    const copy = (await readdir(cacheDir)).find((name) => name.endsWith('.git')) ?? '';
    await rename(join(cacheDir, copy), join(cacheDir, `${copy}.old`));
    meta = await open();
    expect((await meta.recall())?.commit).toBe(good.commit);
  });
});

describe('a repository that cannot be read', () => {
  it('is refused in one line that names it and keeps the snapshot', async () => {
    const snapshot = await meta.sync();
    const missing = await open({ source: `${server.url}/nothing.git` });
    await expect(missing.sync()).rejects.toMatchObject({
      name: 'MetaRepoError',
      kind: 'unreadable',
      message: expect.stringMatching(
        /^The repository http:\S+\/nothing\.git cannot be read: the server answers 404.*\.$/,
      ),
    });
    expect(meta.current()).toBe(snapshot);
  });

  it('is refused when the branch or the elections folder is not there', async () => {
    const branch = await open({ branch: 'nope' });
    await expect(branch.sync()).rejects.toMatchObject({
      kind: 'no-branch',
      message: expect.stringContaining('no branch "nope"'),
    });
    const folder = await open({ electionsDir: 'ballots' });
    await expect(folder.sync()).rejects.toMatchObject({
      kind: 'no-elections-folder',
      message: expect.stringMatching(/has no folder "ballots"\.$/),
    });
  });

  it('is refused when nobody listens there', async () => {
    const dead = await open({ source: 'http://127.0.0.1:9/x.git' });
    await expect(dead.sync()).rejects.toMatchObject({ name: 'MetaRepoError', kind: 'unreadable' });
  });

  it('asks for the token, and never shows it', async () => {
    server.requireToken('a-secret-token');
    const allowed = await open({ token: 'a-secret-token' });
    expect(Object.keys(names(await allowed.sync()))).toEqual(['steering---2026']);
    for (const attempt of [
      { token: 'a-wrong-token' },
      { source: repository.url.replace('//', '//user:a-wrong-token@') },
    ]) {
      const refused = await open(attempt);
      const error = await refused.sync().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ message: expect.stringContaining('401') });
      expect(String((error as Error).stack)).not.toContain('a-wrong-token');
    }
  });

  it('is refused at once when the source is no kind we know', async () => {
    await expect(open({ source: 'git@github.com:org/repo.git' })).rejects.toMatchObject({
      kind: 'unsupported',
    });
    await expect(open({ source: '/does/not/exist' })).rejects.toMatchObject({ kind: 'unreadable' });
  });
});
