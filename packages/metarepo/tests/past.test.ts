/** The past of a repository: which commits lead to its head, and what a file said on the way. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMetaRepo, readPast } from '../src/index.ts';
import { election } from './files.ts';

const FILE = 'elections/steering/box.txt';
let server: GitServer;
let repository: GitRepository;
let cacheDir: string;

/** Many commits at once: one by one they would take seconds. */
async function addCommits(count: number, branch = 'main'): Promise<void> {
  const head = await repository.git('rev-parse', branch);
  const commits = Array.from(
    { length: count },
    (_, i) =>
      `commit refs/heads/${branch}\ncommitter Test <test@example.org> ${1_700_000_000 + i} +0000\ndata 4\nmore\n` +
      (i === 0 ? `from ${head}\n` : ''),
  );
  execFileSync('git', ['fast-import', '--quiet'], { cwd: repository.workDir, input: commits.join('\n') });
}

beforeAll(async () => {
  server = await startGitServer();
  cacheDir = await mkdtemp(join(memoryPlace(), 'elekto-cache-'));
});
afterAll(async () => {
  await server.close();
  await rm(cacheDir, { recursive: true, force: true });
});

describe.each(['remote', 'local'])('the past of a %s repository', (where) => {
  let first: string;
  let side: string;
  const options = (branch = 'main') => ({
    source: where === 'local' ? repository.workDir : repository.url,
    branch,
    electionsDir: 'elections',
    cacheDir,
  });

  beforeAll(async () => {
    repository = await server.createRepository(where);
    first = await repository.publish(election('steering', 'Steering'));
    await repository.publish({ [FILE]: 'box 1\n' });
    await repository.publish({ [FILE]: null });
    await repository.git('checkout', '--quiet', '-b', 'side', first);
    await repository.write({ [FILE]: 'box 2\n' });
    side = await repository.push('side', { branch: 'side' });
    await repository.git('checkout', '--quiet', 'main');
  });

  it('knows which commits lead to the head, and every text of a file on the way, also one that is gone', async () => {
    const past = await readPast(options(), [first]);
    expect([past.follows(first), past.follows(past.head), past.follows(side)]).toEqual([true, true, false]);
    const texts = await past.textsOf(FILE, first);
    expect(texts.map(({ text }) => text)).toEqual(['box 1\n']);
    expect(Math.abs(Date.now() - (texts[0]?.since ?? 0))).toBeLessThan(60_000);
    const meta = await openMetaRepo({ ...options(), ...past.at, cacheDir: join(cacheDir, where) });
    expect((await meta.sync()).commit).toBe(past.head);
    await meta.close();
  });

  it('sees what came by the second parent of a merge that hides it from the first', async () => {
    await repository.git('checkout', '--quiet', '-b', 'fox', first);
    await repository.git('merge', '--quiet', '--strategy=ours', '--no-ff', '-m', 'fox', 'main');
    await repository.push('more', { branch: 'fox' });
    const past = await readPast(options('fox'), [first]);
    expect((await past.textsOf(FILE, first)).map(({ text }) => text)).toEqual(['box 1\n']);
    await repository.git('checkout', '--quiet', 'main');
  });

  it('has all of it where an old branch that is merged late makes a short way back beside a long one', async () => {
    await repository.git('checkout', '--quiet', '-b', 'long', first);
    for (const text of ['box 3\n', null]) {
      await repository.write({ [FILE]: text });
      await repository.push('more', { branch: 'long' });
    }
    await addCommits(150, 'long');
    await repository.git('checkout', '--quiet', '--force', 'long');
    await repository.git('checkout', '--quiet', '-b', 'old', first);
    await repository.git('commit', '--quiet', '--allow-empty', '-m', 'old');
    await repository.git('checkout', '--quiet', 'long');
    await repository.git('merge', '--quiet', '--no-ff', '-m', 'late', 'old');
    await repository.push('after', { branch: 'long' });
    const past = await readPast(options('long'), [first]);
    expect((await past.textsOf(FILE, first)).map(({ text }) => text)).toContain('box 3\n');
    await repository.git('checkout', '--quiet', 'main');
  });

  it('goes back to where a marked file came, whatever it is called and whether it was out between', async () => {
    const mark = {
      folder: 'elections/keys',
      ending: '.json',
      longest: 100,
      is: (text: string) => text === 'key',
    };
    const at = (name: string): string => `elections/keys/${name}.json`;
    await repository.git('checkout', '--quiet', '-b', 'marked', first);
    await repository.write({ [at('other')]: 'another' });
    await repository.push('another', { branch: 'marked' });
    await repository.write({ [at('a')]: 'key' });
    const came = await repository.push('came', { branch: 'marked' });
    for (const files of [{ [at('a')]: null }, { [at('b')]: 'key' }]) {
      await repository.write(files);
      await repository.push('moved', { branch: 'marked' });
    }
    const short = await readPast(options('marked'), [], mark);
    await addCommits(2_001, 'marked');
    await repository.git('checkout', '--quiet', '--force', 'marked');
    await repository.push('after', { branch: 'marked' });
    const long = await readPast(options('marked'), [], mark);
    const without = await readPast(options('marked'), [], { ...mark, is: () => false });
    await repository.git('checkout', '--quiet', 'main');
    expect([short.origin, long.origin, without.origin]).toEqual([came, came, null]);
    expect(long.follows(first)).toBe(true);
  });

  it('reaches as far back as it is asked for, and does not follow what a forced push took away', async () => {
    await addCommits(101);
    const before = await repository.push('before');
    await repository.git('commit', '--quiet', '--amend', '--allow-empty', '-m', 'another');
    await repository.push('after', { force: true });
    const past = await readPast(options(), [before]);
    expect([past.follows(before), past.follows(first)]).toEqual([false, true]);
  });
});

it('is refused of a folder that is no repository', async () => {
  const options = { source: cacheDir, electionsDir: 'elections', cacheDir };
  await expect(readPast(options, [])).rejects.toThrow('no git repository: it has no history');
});

it('is refused where a marked file may be older than what a copy has of the past', async () => {
  const shallow = join(cacheDir, 'shallow');
  const away = await server.createRepository('whole');
  await away.publish({ 'keys/a.json': 'key' });
  await away.publish({ 'keys/a.json': 'key', 'other.txt': 'more' });
  await away.git('clone', '--quiet', '--depth', '1', `file://${away.bareDir}`, shallow);
  const options = { source: shallow, electionsDir: '', cacheDir };
  const mark = { folder: 'keys', ending: '.json', longest: 100, is: (text: string) => text === 'key' };
  await expect(readPast(options, [], mark)).rejects.toMatchObject({
    kind: 'cut',
    message: expect.stringContaining('"git fetch --unshallow"') as string,
  });
  expect((await readPast(options, [], { ...mark, is: (text) => text === 'none' })).origin).toBeNull();
});
