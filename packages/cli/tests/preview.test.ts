import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serveSite } from '@elekto/site/preview';
import { bareEnvironment, findChromium } from '@elekto/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PreviewPages } from '../src/preview/preview-pages.ts';
import { commentOf } from '../src/review/comment.ts';
import { pagesToPicture, takePictures } from '../src/review/pictures.ts';
import { commitOf, stateAt } from '../src/review/state-at.ts';
import { folder } from './support.ts';

const place = folder();
const election = join(place, 'elections/board');
const NOW = Date.UTC(2027, 7, 1);
const git = async (...args: string[]): Promise<string> => {
  const env = {
    ...bareEnvironment(),
    HOME: place,
    ...Object.fromEntries(['AUTHOR', 'COMMITTER'].map((who) => [`GIT_${who}_NAME`, 'x'])),
    ...Object.fromEntries(['AUTHOR', 'COMMITTER'].map((who) => [`GIT_${who}_EMAIL`, 'x@example.org'])),
  };
  return (await promisify(execFile)('git', args, { cwd: place, env })).stdout;
};
const person = (id: string, name: string): string =>
  `---\nname: ${name}\nID: ${id}\n---\n\nHello <script>x</script>.\n`;

beforeAll(async () => {
  mkdirSync(election, { recursive: true });
  writeFileSync(
    join(election, 'election.yaml'),
    'name: Board\norganization: Kubernetes\nstart_datetime: 2027-09-01 00:00:00\nend_datetime: 2027-09-14 23:59:59\nno_winners: 1\nelection_officers: [olga]\n',
  );
  writeFileSync(join(election, 'voters.yaml'), 'eligible_voters: [olga]\n');
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git('commit', '-q', '-m', 'one');
  await git('checkout', '-q', '-b', 'stand');
  writeFileSync(join(election, 'candidate-ada.md'), person('ada', 'Ada (the first)'));
  await git('add', '.');
  await git('commit', '-q', '-m', 'two');
  await git('checkout', '-q', 'main');
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

it('shows the pages of a branch with a banner, without checking it out, and takes pictures of what it changes', async () => {
  const options = { repository: place, electionsDir: 'elections' };
  const pages = new PreviewPages({ ...options, branch: 'stand', at: NOW });
  const server = await serveSite(() => pages.current());
  try {
    const page = await (await fetch(`${server.origin}/elections/board/candidates/ada/`)).text();
    expect(page).toContain('Preview of stand. Nothing here is published, and nobody can vote.');
    expect(page).toContain('Ada (the first)');
    expect(page).not.toContain('<script>x');
    const home = await (await fetch(`${server.origin}/`)).text();
    expect(home, 'whose elections these are').toContain('<title>Kubernetes elections</title>');
    expect(await (await fetch(`${server.origin}/de/elections/board/`)).text()).toContain(
      'Vorschau auf stand.',
    );
    expect((await fetch(`${server.origin}/..%2f..%2fdata.json`)).status).toBe(404);
    expect(existsSync(join(election, 'candidate-ada.md'))).toBe(false);
  } finally {
    await server.close();
    await pages.remove();
  }

  const [base, head] = [await commitOf(place, 'main'), await commitOf(place, 'stand')];
  const [before, after] = [
    await stateAt(place, base, 'elections', NOW),
    await stateAt(place, head, 'elections', NOW),
  ];
  const changed = pagesToPicture(before, after);
  expect([...changed.values()]).toEqual(['/elections/board/', '/elections/board/candidates/ada/']);
  expect(pagesToPicture(after, after).size).toBe(0);
  process.env['ELEKTO_CHROMIUM'] ??= findChromium();
  const into = join(place, 'pictures');
  const taken = await takePictures(changed, { ...options, head, now: NOW, folder: into });
  expect(taken).toEqual(readdirSync(into).toSorted((a, b) => a.length - b.length));
  for (const name of taken) expect(readFileSync(join(into, name)).subarray(1, 4).toString()).toBe('PNG');
  expect(await commentOf(before, after, NOW, 'https://example.org/a(b)')).toContain(
    '](https://example.org/a%28b%29)',
  );
});
