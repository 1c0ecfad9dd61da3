/** Finds the site's own builder, when the server is started by itself. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { SiteBuilder } from './site-store.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const SOURCES = [
  'site',
  'packages/ui/src',
  'packages/election/src',
  'packages/tally/src',
  'packages/wire/src',
  'packages/protocol/src',
];
const SKIPPED = /(^|\/)(node_modules|dist|\.astro|e2e|\.cache)(\/|$)|\.test\.tsx?$/;

/** Names, sizes and times of every source the pages depend on. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    if (!existsSync(join(ROOT, folder))) continue;
    walk(join(ROOT, folder), folder, (name, path) => {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${name} ${size} ${Math.floor(mtimeMs)}\n`);
    });
  }
  return hash.digest('hex');
}

function walk(dir: string, name: string, visit: (name: string, path: string) => void): void {
  for (const entry of readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = `${name}/${entry.name}`;
    if (SKIPPED.test(inner)) continue;
    if (entry.isDirectory()) walk(join(dir, entry.name), inner, visit);
    else if (entry.isFile()) visit(inner, join(dir, entry.name));
  }
}

interface SiteModule {
  buildSite(options: {
    dataFile: string;
    outDir: string;
    cacheDir: string;
    signal: AbortSignal;
  }): Promise<unknown>;
}

/** The builder of `site/build.ts`, loaded when the first build is due: the server itself imports nothing of the site. */
export function workspaceSiteBuilder(): SiteBuilder {
  const sources = digestOfSources();
  return {
    sources: () => sources,
    async build(files) {
      const module = (await import(pathToFileURL(join(ROOT, 'site/build.ts')).href)) as SiteModule;
      await module.buildSite(files);
    },
  };
}

/** Where the console's web build is, when it was made. */
export const CONSOLE_DIR = join(ROOT, 'apps/console/dist/web');
