import type { AstroInlineConfig } from 'astro';
import { join } from 'node:path';
import { SITE_ROOT } from './paths.ts';

/** Static pages and nothing else: no integrations, no image pipeline, no client bundle of Astro's own. */
export function astroConfig(work: string): AstroInlineConfig {
  return {
    // Everything the build writes besides pages goes to `work`, so that the package may be read-only
    // and builds may run side by side.
    root: work,
    srcDir: join(SITE_ROOT, 'src'),
    configFile: false,
    logLevel: 'error',
    output: 'static',
    outDir: join(work, 'out'),
    cacheDir: join(work, 'cache'),
    publicDir: join(work, 'public'),
    trailingSlash: 'always',
    compressHTML: true,
    devToolbar: { enabled: false },
    build: { format: 'directory', assets: '_assets', inlineStylesheets: 'never' },
    vite: {
      logLevel: 'error',
      cacheDir: join(work, 'vite'),
      build: { minify: false, reportCompressedSize: false },
    },
  };
}
