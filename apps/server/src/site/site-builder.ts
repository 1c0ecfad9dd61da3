/** Finds the site's own builder, when the server is started by itself. */
import type * as SiteModule from '@elekto/site/build';
import { join } from 'node:path';

import type { SiteBuilder } from './site-store.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** The builder of `site/build.ts`, loaded when it is asked for: what the server runs on imports nothing of the site. */
export async function workspaceSiteBuilder(): Promise<SiteBuilder> {
  const place = new URL('../../../../site/build.ts', import.meta.url);
  const module = (await import(place.href)) as typeof SiteModule;
  const sources = await module.digestOfSources();
  let renderer: SiteModule.SiteRenderer | null = null;
  const rendererIn = (cacheDir: string) => (renderer ??= module.siteRenderer({ cacheDir }));
  return {
    sources: () => sources,
    indexFile: module.INDEX_FILE,
    async build({ cacheDir, ...files }) {
      await rendererIn(cacheDir).render(files);
    },
    prepare: (cacheDir) => rendererIn(cacheDir).open(),
    stop: () => renderer?.close() ?? Promise.resolve(),
  };
}

/** Where the console's web build is, when it was made. */
export const CONSOLE_DIR = join(ROOT, 'apps/console/dist/web');
