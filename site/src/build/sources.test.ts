import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { WORKSPACE_ROOT } from './paths.ts';
import { digestOfSources, sourceFolders } from './sources.ts';

it('knows every package that a page can be made of, by what the packages say they need', async () => {
  const folders = (await sourceFolders()).map((folder) => relative(WORKSPACE_ROOT, folder));
  for (const needed of [
    'site',
    'packages/election',
    'packages/protocol',
    'packages/tally',
    'packages/ui',
    'packages/wire',
    'packages/words',
  ])
    expect(folders).toContain(needed);
  expect(folders.filter((folder) => /ballot-box|db|metarepo|testing|server/.test(folder))).toEqual([]);
});

it('is the same twice', async () => {
  expect(await digestOfSources()).toBe(await digestOfSources());
});
