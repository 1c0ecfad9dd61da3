/** What the pages are made of besides the elections: the site's own files, and every package it leads to. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { SITE_ROOT, WORKSPACE_ROOT } from './paths.ts';

/** Imported for its types alone, and erased: nothing of it reaches a page. */
const TYPES_ONLY = '@elekto/api';
const IS_TEST = /\.test\.tsx?$/;

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestOf = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Folders of the packages that a page can be made of, from the `dependencies` of the site on, sorted. */
export async function sourceFolders(site = SITE_ROOT): Promise<string[]> {
  const found = new Map<string, string>();
  const visit = async (folder: string): Promise<void> => {
    const { name, dependencies = {} } = await manifestOf(folder);
    found.set(name, folder);
    for (const [dependency, version] of Object.entries(dependencies)) {
      if (!version.startsWith('workspace:') || dependency === TYPES_ONLY || found.has(dependency)) continue;
      await visit(join(WORKSPACE_ROOT, 'packages', dependency.replace('@elekto/', '')));
    }
  };
  await visit(site);
  return [...found.values()].sort();
}

/** The files of a package that count: its modules and its description, and no tests. */
async function filesOf(folder: string): Promise<string[]> {
  const top = await readdir(folder);
  const inner = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true });
  return [
    ...top
      .filter((name) => name === 'package.json' || name.endsWith('.ts'))
      .map((name) => join(folder, name)),
    ...inner.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
  ].filter((path) => !IS_TEST.test(path));
}

/** A digest of the content of all of them and of the versions of everything else, 24 hex digits. */
export async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of await sourceFolders()) {
    for (const path of (await filesOf(folder)).sort())
      hash.update(`${relative(WORKSPACE_ROOT, path)}\n`).update(await readFile(path));
  }
  hash.update(await readFile(join(WORKSPACE_ROOT, 'pnpm-lock.yaml')).catch(() => ''));
  return hash.digest('hex').slice(0, 24);
}
