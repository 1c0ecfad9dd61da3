import type { AstroInlineConfig } from 'astro';
import { pathToFileURL } from 'node:url';
import { SITE_ROOT } from './paths.ts';

/** Static pages and nothing else: no integrations, no image pipeline, no client bundle of Astro's own. */
export function astroConfig(outDir: string, cacheDir: string): AstroInlineConfig {
  return {
    root: SITE_ROOT,
    configFile: false,
    logLevel: 'error',
    output: 'static',
    outDir,
    cacheDir,
    publicDir: './public',
    trailingSlash: 'always',
    compressHTML: true,
    devToolbar: { enabled: false },
    build: { format: 'directory', assets: '_assets', inlineStylesheets: 'never' },
    vite: {
      logLevel: 'error',
      cacheDir: pathToFileURL(cacheDir).pathname,
      build: { minify: false, reportCompressedSize: false },
    },
  };
}
