import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMetaRepo, readDirectory, type MetaRepo, type MetaSnapshot } from '../src/index.ts';
import { definition, election } from './files.ts';

let server: GitServer;
let dir: string;
const opened: MetaRepo[] = [];
let serial = 0;

const open = async (source: string, electionsDir = 'elections', branch?: string): Promise<MetaRepo> => {
  const meta = await openMetaRepo({ source, electionsDir, branch, cacheDir: join(dir, 'cache') });
  opened.push(meta);
  return meta;
};
const keys = (snapshot: MetaSnapshot): string[] => [...snapshot.elections.keys()];
const write = async (root: string, files: Record<string, string | Buffer>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
};

beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'elekto-local-'));
});
afterEach(async () => {
  for (const meta of opened.splice(0)) await meta.close();
  await rm(dir, { recursive: true, force: true });
});

describe('a local repository', () => {
  let repository: GitRepository;
  beforeEach(async () => {
    repository = await server.createRepository(`local-${++serial}`);
    await repository.publish(election('one', 'One'));
  });

  it('is read alike bare, normal, as a linked work tree and through file://', async () => {
    const linked = join(dir, 'linked');
    await repository.git('worktree', 'add', '--quiet', '--detach', linked);
    const commit = await repository.git('rev-parse', 'HEAD');
    for (const source of [repository.bareDir, repository.workDir, linked, `file://${repository.bareDir}`]) {
      const snapshot = await (await open(source)).sync();
      expect([source, snapshot.commit, keys(snapshot)]).toEqual([source, commit, ['one']]);
    }
  });

  it('is given up where a few objects name each other into millions of folders, and the rest is served', async () => {
    const blob = (await repository.git('hash-object', '-w', 'elections/one/election.yaml')).trim();
    const tree = (lines: string): string =>
      execFileSync('git', ['mktree'], {
        cwd: repository.workDir,
        input: `${lines}\n`,
        encoding: 'utf8',
      }).trim();
    let inner = tree(`100644 blob ${blob}\telection.yaml`);
    for (let level = 0; level < 9; level += 1) {
      const lines = Array.from({ length: 200 }, (_, n) => `040000 tree ${inner}\tz${n}`);
      inner = tree(lines.join('\n'));
    }
    const one = (await repository.git('rev-parse', 'HEAD:elections/one')).trim();
    const elections = tree(`040000 tree ${one}\tone\n040000 tree ${inner}\tzz-bomb`);
    const root = tree(`040000 tree ${elections}\telections`);
    const commit = (await repository.git('commit-tree', root, '-m', 'bomb')).trim();
    await repository.git('update-ref', 'refs/heads/main', commit);
    const snapshot = await (await open(repository.workDir)).sync();
    expect(keys(snapshot)).toContain('one');
    expect(snapshot.diagnostics.filter(({ code }) => code === 'folder-too-big')).not.toEqual([]);
    expect(snapshot.elections.size).toBeLessThanOrEqual(1_000);
  });

  it('is read from its commits, never from its work tree', async () => {
    await repository.write({ ...election('two', 'Two'), 'elections/one/election.yaml': 'half written' });
    const snapshot = await (await open(repository.workDir)).sync();
    expect(keys(snapshot)).toEqual(['one']);
    expect(snapshot.elections.get('one')?.election?.name).toBe('One');
  });

  it('is read when a delta copies exactly 64 KiB, which git writes as a length of zero', async () => {
    const common = randomBytes(48 * 1024).toString('base64');
    expect(common).toHaveLength(0x10000);
    const path = 'elections/one/ballots.csv';
    await repository.publish({ [path]: `${common}${randomBytes(20_000).toString('base64')}` });
    await repository.publish({ [path]: `${common}, and a few words` });
    await repository.git('gc', '--quiet', '--aggressive', '--prune=now');
    const blob = await repository.git('rev-parse', `HEAD:${path}`);
    const pack = await repository.git('rev-parse', '--git-path', 'objects/pack');
    const index = (await readdir(join(repository.workDir, pack))).find((name) => name.endsWith('.idx')) ?? '';
    const listed = await repository.git('verify-pack', '-v', join(pack, index));
    expect(listed, 'it is stored as a delta').toMatch(new RegExp(`^${blob} blob +\\d+ \\d+ \\d+ 1 `, 'm'));
    const snapshot = await (await open(repository.workDir)).sync();
    expect(snapshot.elections.get('one')?.election?.ballotsCsv).toBe(`${common}, and a few words`);
  });

  it('is read alike when everything is packed: references, deltas and all', async () => {
    for (let turn = 1; turn <= 12; turn++)
      await repository.publish({
        'elections/one/election.yaml': definition(`One, version ${turn}`),
        'elections/one/voters.yaml': `eligible_voters:\n${Array.from({ length: 400 + turn }, (_, i) => `- voter-${i}\n`).join('')}`,
      });
    const meta = await open(repository.workDir);
    const before = await meta.sync();
    await repository.git('gc', '--quiet', '--aggressive', '--prune=now');
    const packed = await (await open(repository.workDir)).sync();
    expect(packed).toEqual(before);
    expect(packed.elections.get('one')?.election).toMatchObject({ name: 'One, version 12' });
    expect(packed.elections.get('one')?.election?.voters).toHaveLength(412);
  });

  it('is read through the objects it borrows from another', async () => {
    await repository.git('clone', '--quiet', '--shared', repository.workDir, join(dir, 'borrower'));
    expect(keys(await (await open(join(dir, 'borrower'))).sync())).toEqual(['one']);
  });

  it('follows a branch that is not checked out', async () => {
    await repository.git('checkout', '--quiet', '-b', 'next');
    await repository.publish(election('two', 'Two'));
    await repository.git('checkout', '--quiet', 'main');
    expect(keys(await (await open(repository.workDir, 'elections', 'next')).sync())).toEqual(['one', 'two']);
  });

  it('names what is missing in one line', async () => {
    await expect((await open(repository.bareDir, 'elections', 'nope')).sync()).rejects.toMatchObject({
      kind: 'no-branch',
    });
    await expect((await open(repository.bareDir, 'elections', '../../etc')).sync()).rejects.toMatchObject({
      kind: 'no-branch',
    });
    await expect((await open(repository.bareDir, 'nowhere')).sync()).rejects.toMatchObject({
      kind: 'no-elections-folder',
    });
    const empty = await server.createRepository(`empty-${++serial}`);
    await expect((await open(empty.bareDir)).sync()).rejects.toMatchObject({
      kind: 'no-branch',
      message: expect.stringContaining('no commits'),
    });
  });

  it('names a submodule and does not enter it', async () => {
    await repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},elections/module`);
    await repository.git('commit', '--quiet', '--message', 'Submodule');
    const snapshot = await (await open(repository.workDir)).sync();
    expect(snapshot.diagnostics).toMatchObject([{ code: 'submodule', file: 'elections/module' }]);
    expect(keys(snapshot)).toEqual(['one']);
  });

  it('calls back after a commit', async () => {
    const meta = await open(repository.workDir);
    await meta.sync();
    const changed = new Promise<void>((resolve) => meta.watch(resolve));
    await repository.publish(election('two', 'Two'));
    await changed;
    expect(keys(await meta.sync())).toEqual(['one', 'two']);
  });
});

describe('a plain directory', () => {
  it('has a version that changes with its content and only then', async () => {
    await write(dir, { ...election('one', 'One'), 'elections/README.md': 'Read me.' });
    const meta = await open(dir);
    const first = await meta.sync();
    expect(first.commit).toMatch(/^dir-[0-9a-f]{40}$/);
    await write(dir, { 'elections/README.md': 'Read me again.' });
    expect(await meta.sync()).toBe(first);
    await write(dir, { 'elections/one/election.yaml': definition('One, changed') });
    const second = await meta.sync();
    expect(second.commit).not.toBe(first.commit);
    expect(second.elections.get('one')?.election?.name).toBe('One, changed');
  });

  it('may be the elections folder itself', async () => {
    await write(dir, election('one', 'One'));
    expect(keys(await (await open(join(dir, 'elections'), '')).sync())).toEqual(['one']);
  });

  it('is watched, new folders included, until told to stop', async () => {
    await write(dir, election('one', 'One'));
    const meta = await open(dir);
    await meta.sync();
    const changed = new Promise<void>((resolve) => meta.watch(resolve));
    await write(dir, election('deep/down/two', 'Two'));
    await changed;
    expect(keys(await meta.sync())).toEqual(['deep---down---two', 'one']);
  });

  it('refuses links and oversized files and reads the rest', async () => {
    await write(dir, {
      ...election('one', 'One'),
      'elections/one/candidate-big.md': Buffer.alloc(2 * 1024 * 1024, 'x'),
    });
    await symlink('/etc/passwd', join(dir, 'elections/one/results.md'));
    await symlink(dir, join(dir, 'elections/loop'));
    const snapshot = await (await open(dir)).sync();
    const one = snapshot.elections.get('one');
    expect(one?.diagnostics.map((d) => `${d.code} ${d.file}`)).toEqual([
      'file-too-big elections/one/candidate-big.md',
      'symlink elections/one/results.md',
    ]);
    expect(one?.election).toMatchObject({ name: 'One', results: null });
    expect(snapshot.diagnostics).toMatchObject([{ code: 'symlink', file: 'elections/loop' }]);
  });

  it('hands on the keys of results and site.yaml, in git and in a directory, and follows both', async () => {
    const file = (key: string, name = 'Harbour'): Record<string, string> => ({
      'elections/results-keys.yaml': `- key: ${key}\n  server: https://a.example\n`,
      'elections/site.yaml': `name: ${name}\n`,
      'elections/one/results-keys.yaml': `- key: ${'E'.repeat(43)}\n  server: https://evil.example\n`,
      'elections/one/results.json': '{}',
    });
    const repository = await server.createRepository(`keys-${++serial}`);
    await repository.publish({ ...election('one', 'One'), ...file('A'.repeat(43)) });
    await write(dir, { ...election('one', 'One'), ...file('A'.repeat(43)) });
    for (const source of [repository.workDir, dir]) {
      const meta = await open(source);
      const before = await meta.sync();
      expect(before.resultsKeys).toMatchObject([{ key: 'A'.repeat(43), server: 'https://a.example' }]);
      expect(before.elections.get('one')?.election?.resultsJson).toBe('{}');
      expect(before.site.name).toBe('Harbour');
      const change = async (files: Record<string, string>) =>
        source === dir ? write(dir, files) : repository.publish(files);
      await change(file('A'.repeat(43), 'Quay'));
      const renamed = await meta.sync();
      expect(renamed.commit).not.toBe(before.commit);
      expect(renamed.site.name).toBe('Quay');
      await change(file('E'.repeat(43)));
      const after = await meta.sync();
      expect(after.commit).not.toBe(before.commit);
      expect(after.resultsKeys.map((each) => each.key)).toEqual(['E'.repeat(43)]);
    }
  });

  it('trusts no keys behind a link, and says so', async () => {
    await write(dir, {
      ...election('one', 'One'),
      'keys.yaml': `- key: ${'A'.repeat(43)}\n  server: https://a.example\n`,
    });
    await symlink('../keys.yaml', join(dir, 'elections/results-keys.yaml'));
    const snapshot = await (await open(dir)).sync();
    expect(snapshot.resultsKeys).toEqual([]);
    expect(snapshot.diagnostics).toMatchObject([
      { code: 'symlink', severity: 'error', file: 'elections/results-keys.yaml' },
    ]);
  });

  it('loses no name to an encoding', async () => {
    await write(dir, {
      ...election('one', 'One'),
      'elections/one/candidate-jose.md': Buffer.from(
        '------\nname: Jos\u00e9 Nu\u00f1ez\nID: jose\n------\n',
        'latin1',
      ),
    });
    const { files } = await readDirectory(dir, 'elections');
    expect(files.find((file) => file.path.endsWith('jose.md'))?.problems).toMatchObject([
      { code: 'file-not-utf8', line: 2 },
    ]);
    const snapshot = await (await open(dir)).sync();
    expect(snapshot.elections.get('one')?.election?.candidates.map((c) => c.name)).toContain('José Nuñez');
  });
});
