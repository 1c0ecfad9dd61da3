/** Has Astro compile the pages, once for each state of the sources, into one module that renders them. */
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { astroConfig } from './astro-config.ts';
import { SITE_ROOT } from './paths.ts';

export const RENDERER = 'renderer.mjs';

/** Writes `renderer.mjs` into `outDir`. */
export async function bundleRenderer(outDir: string): Promise<void> {
  const [{ build }, { getViteConfig }] = await Promise.all([import('vite'), import('astro/config')]);
  // Astro looks for packages, and leaves its traces, in its root: one of our own, as the package may be read-only.
  const work = `${outDir}.work`;
  await mkdir(work, { recursive: true });
  try {
    await symlink(join(SITE_ROOT, 'node_modules'), join(work, 'node_modules'), 'junction');
    const config = await getViteConfig({}, astroConfig(work))({ mode: 'production', command: 'build' });
    await build({
      ...config,
      configFile: false,
      mode: 'production',
      // All but these is inside: what a package of ours needs is found from that package alone, not from here.
      ssr: { ...config.ssr, noExternal: true },
      build: {
        ssr: join(SITE_ROOT, 'src/render/pages.ts'),
        outDir,
        emptyOutDir: false,
        minify: false,
        target: 'esnext',
        reportCompressedSize: false,
        rolldownOptions: {
          external: (id) => /^(astro|react|react-dom)(\/|$)/.test(id),
          output: { entryFileNames: RENDERER, chunkFileNames: 'renderer-[hash].mjs' },
        },
      },
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
