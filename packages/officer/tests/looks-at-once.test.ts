/** Windows and commands of one computer look at a repository at the same time. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '@elekto/custody/testing';
import { writeOfficerKeys } from '@elekto/election';
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { toBase64Url } from '@elekto/wire';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OfficerMemory, publishedKeys } from '../src/index.ts';
import { must } from './world.ts';

let server: GitServer;
let repository: GitRepository;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'elekto-looks-'));
  server = await startGitServer();
  repository = await server.createRepository('meta');
  const { sign, receive } = keyOf(1);
  const keys = writeOfficerKeys({ login: 'ada', sign: toBase64Url(sign), receive: toBase64Url(receive) });
  await repository.publish({ 'elections/officers/ada.json': keys });
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const copies = (): string => join(home, 'copies');
const look = async (): Promise<string[]> => {
  const sources = {
    memory: must(await OfficerMemory.open(join(home, 'memory.json'))),
    repository: { source: repository.url, branch: null, folder: 'elections' },
    access: { cacheDir: copies() },
  };
  return must(await publishedKeys(sources)).officers.map(({ login }) => login);
};

it('do not take the copy from each other, and leave none', async () => {
  const found = await Promise.all(Array.from({ length: 8 }, look));
  expect(found).toEqual(Array.from({ length: 8 }, () => ['ada']));
  expect(readdirSync(copies())).toEqual([]);
});

it('remove what a look left that was ended, and nothing that they did not make', async () => {
  const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
  const earlier = `${'0a'.repeat(12)}.git.past`;
  for (const name of ['look-ended', 'look-going-on', 'own', earlier])
    mkdirSync(join(copies(), name), { recursive: true });
  for (const name of ['look-ended', 'own', earlier]) utimesSync(join(copies(), name), yesterday, yesterday);
  expect(await look()).toEqual(['ada']);
  expect(readdirSync(copies()).toSorted()).toEqual(['look-going-on', 'own']);
});
