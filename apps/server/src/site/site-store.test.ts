import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SiteIndex, SiteSnapshot } from '@elekto/site/data';
import { afterAll, beforeEach, expect, it } from 'vitest';

import { SiteStore, type SiteBuilder, type SiteBuildFiles } from './site-store.ts';

const root = mkdtempSync(join(tmpdir(), 'elekto-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const INDEX = '.site.json';
let dir: string;
let count = 0;
/** When set, what is made of the site before says something else than a whole build. */
let wrong = false;
let builds: SiteBuildFiles[];

/** Two pages: one that tells the commit, and one that is made once and then stays where it is. */
const builder: SiteBuilder = {
  sources: () => 'stub',
  indexFile: INDEX,
  build(files) {
    builds.push(files);
    const { commit, generatedAt } = JSON.parse(readFileSync(files.dataFile, 'utf8')) as SiteSnapshot;
    const write = (name: string, text: string): void => {
      mkdirSync(join(files.outDir, name, '..'), { recursive: true });
      writeFileSync(join(files.outDir, name), text);
    };
    write('index.html', files.before !== null && wrong ? 'wrong' : commit);
    write('made.json', String(generatedAt));
    if (files.before === null) write('stays/index.html', 'stays');
    const known = files.before === null ? null : indexOf(files.before);
    const lies = known ? known.folders[known.parts[1]?.folderOf[0] ?? 0] || basename(files.before!) : '';
    const index: SiteIndex = {
      version: 'stub',
      generatedAt,
      folders: ['', lies],
      facts: [],
      values: [],
      sets: [[]],
      parts: [
        { of: '', files: ['index.html', 'made.json'], folderOf: [0, 0], setOf: [0, 0] },
        { of: 'stays', files: ['stays/index.html'], folderOf: [1], setOf: [0] },
      ],
    };
    write(INDEX, JSON.stringify(index));
    return Promise.resolve();
  },
};
const indexOf = (at: string): SiteIndex => JSON.parse(readFileSync(join(at, INDEX), 'utf8')) as SiteIndex;

beforeEach(() => {
  dir = join(root, String((count += 1)));
  wrong = false;
  builds = [];
});

const snapshot = (commit: string, generatedAt = 0): SiteSnapshot => ({
  commit,
  generatedAt,
  organisation: { name: 'O', logo: null, accent: null },
  elections: [],
});
const read = (store: SiteStore, url: string): string =>
  readFileSync(store.state.site?.files.get(url)?.path ?? '', 'utf8');
const folders = (): string[] => readdirSync(dir).filter((name) => name.startsWith('site-'));

it('serves what is as it was from where it lies, and keeps that for as long as a site needs it', async () => {
  const store = new SiteStore(dir, builder);
  for (let i = 0; i < 8; i += 1) expect(await store.show(snapshot(`c${i}`), i)).toBe(true);
  expect(builds.map(({ before }) => before === null)).toEqual([true, ...Array<boolean>(7).fill(false)]);
  expect([read(store, '/'), read(store, '/stays/')]).toEqual(['c7', 'stays']);
  expect([...(store.state.site?.files.keys() ?? [])], 'no address leads to the index').toEqual([
    '/',
    '/made.json',
    '/stays/',
  ]);
  expect(folders(), 'the newest three and what they need').toHaveLength(4);
});

it('keeps what a site needs since another server on the same disk has made it anew', async () => {
  const store = new SiteStore(dir, builder);
  await store.show(snapshot('a'), 0);
  const whole = store.state.site?.dir ?? '';
  await store.show(snapshot('b'), 0);

  const needed = `site-${'e'.repeat(24)}`;
  mkdirSync(join(dir, needed));
  utimesSync(join(dir, needed), 0, 0);
  writeFileSync(join(whole, INDEX), JSON.stringify({ ...indexOf(whole), folders: ['', needed] }));
  utimesSync(join(whole, INDEX), 7, 7);
  await store.show(snapshot('c'), 0);
  expect(folders()).toHaveLength(4);
  expect(folders()).toContain(needed);
});

it('opens such a site again after a restart', async () => {
  const before = new SiteStore(dir, builder);
  for (const commit of ['a', 'b']) await before.show(snapshot(commit), 0);
  const store = new SiteStore(dir, builder);
  await store.openNewest();
  expect([read(store, '/'), read(store, '/stays/')]).toEqual(['b', 'stays']);
});

it('builds anew, by itself, a site of which a part is gone', async () => {
  const first = new SiteStore(dir, builder);
  for (const commit of ['a', 'b']) await first.show(snapshot(commit), 0);
  const part = folders().find((name) => indexOf(join(dir, name)).folders.join('') === '') ?? '';
  rmSync(join(dir, part), { recursive: true });
  const store = new SiteStore(dir, builder);
  await store.openNewest();
  expect(store.state.site).toBe(null);
  expect(await store.show(snapshot('b'), 0)).toBe(true);
  expect(builds.at(-1)?.before).toBe(null);
  expect([read(store, '/'), read(store, '/stays/')]).toEqual(['b', 'stays']);
});

it('compares with a whole build, and serves that one where they differ', async () => {
  const store = new SiteStore(dir, builder);
  await store.show(snapshot('a'), 0);
  expect(await store.check(), 'it is one').toBe(null);
  await store.show(snapshot('b'), 0);
  expect(await store.check()).toEqual([]);
  wrong = true;
  await store.show(snapshot('c'), 0);
  expect(read(store, '/')).toBe('wrong');
  expect(await store.check()).toEqual(['/']);
  expect([read(store, '/'), read(store, '/stays/')]).toEqual(['c', 'stays']);
  expect(folders().filter((name) => name.includes('.'))).toEqual([]);
});

it('removes what a builder that was killed has left, and at a start what was left with a server', async () => {
  const store = new SiteStore(dir, {
    ...builder,
    build({ outDir }) {
      mkdirSync(`${outDir}.work-4711`, { recursive: true });
      return Promise.reject(new Error('it was killed'));
    },
  });
  expect(await store.show(snapshot('a'), 0)).toBe(false);
  expect(readdirSync(dir)).toEqual([]);

  const site = `site-${'0'.repeat(24)}`;
  const left = [`${site}.99.json`, `${site}.99.new`, `${site}.99.new.work-7`, `${site}.whole.wrong`];
  for (const name of [...left, `${site}.98.new`]) mkdirSync(join(dir, name));
  const longAgo = new Date(Date.now() - 86_400_000);
  for (const name of left) utimesSync(join(dir, name), longAgo, longAgo);
  await store.openNewest();
  expect(readdirSync(dir), 'another server may be at work').toEqual([`${site}.98.new`]);
});

it('goes on removing old sites where an index of one of them is damaged', async () => {
  const store = new SiteStore(dir, builder);
  await store.show(snapshot('a'), 0);
  await store.show(snapshot('b'), 0);
  writeFileSync(join(store.state.previous?.dir ?? '', INDEX), '');
  for (let i = 0; i < 6; i += 1) expect(await store.show(snapshot(`c${i}`), i)).toBe(true);
  expect([read(store, '/'), read(store, '/stays/')]).toEqual(['c5', 'stays']);
  expect(folders().length).toBeLessThanOrEqual(4);
});

it('compares also what was built before a restart, or shown before, as of the moment it was made at', async () => {
  const first = new SiteStore(dir, builder);
  for (const [at, commit] of ['a', 'b', 'c'].entries()) await first.show(snapshot(commit, at), 0);
  expect(await first.show(snapshot('b', 7), 0)).toBe(true);
  expect([await first.check(), read(first, '/made.json')]).toEqual([[], '1']);

  wrong = true;
  await first.show(snapshot('d', 8), 0);
  const store = new SiteStore(dir, builder);
  await store.openNewest();
  expect(await store.check(), 'nobody has said what it should be').toBe(null);
  expect(await store.show(snapshot('d', 9), 0)).toBe(true);
  expect([await store.check(), read(store, '/made.json')]).toEqual([['/'], '8']);
});

it('builds anew a site of which a power cut has left a page empty', async () => {
  const first = new SiteStore(dir, builder);
  for (const commit of ['a', 'b']) await first.show(snapshot(commit), 0);
  writeFileSync(first.state.site?.files.get('/stays/')?.path ?? '', '');
  const store = new SiteStore(dir, builder);
  await store.openNewest();
  expect(store.state.site).toBe(null);
  expect(await store.show(snapshot('b'), 0)).toBe(true);
  expect([read(store, '/'), read(store, '/stays/'), builds.at(-1)?.before]).toEqual(['b', 'stays', null]);
});
