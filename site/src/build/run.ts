/** The child process of `buildSite`: prepares the data, lets Astro render the pages, writes what is no page. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'astro';
import type { SiteSnapshot } from '../data/model.ts';
import type { SiteData } from '../data/prepared.ts';
import { accentTokens } from './accent.ts';
import { boundedRenderer } from './bounded-render.ts';
import { astroConfig } from './astro-config.ts';
import { copyFiles } from './copy.ts';
import { writeCsp } from './csp.ts';
import { writeExtras } from './extras.ts';
import { prepareIslands } from './islands.ts';
import type { Islands } from './islands.ts';
import { logoFile } from './logo.ts';
import { openMarkdownCache } from './markdown-cache.ts';
import { SITE_ROOT, WORKSPACE_ROOT } from './paths.ts';
import { prepareSnapshot } from './prepare.ts';

async function styled(islands: Islands, accent: string | null): Promise<{ name: string; css: string }> {
  const css = await readFile(join(islands.dir, islands.css), 'utf8');
  const tokens = accent === null ? null : accentTokens(accent);
  if (!tokens) return { name: islands.css, css };
  const own = `:root{--accent-light:${tokens.light};--on-accent-light:${tokens.onLight};--accent-dark:${tokens.dark};--on-accent-dark:${tokens.onDark}}`;
  const whole = css + own;
  const name = `/_assets/site-${createHash('sha256').update(whole).digest('hex').slice(0, 8)}.css`;
  return { name, css: whole };
}

/** The renderer's sources name the cache: a change of it renders everything anew. */
async function rendererVersion(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['markdown.ts', 'markdown-limits.ts', 'markdown-plugins.ts'])
    hash.update(await readFile(join(WORKSPACE_ROOT, 'packages/election/src', file)).catch(() => ''));
  return hash.digest('hex').slice(0, 12);
}

async function main(): Promise<void> {
  const started = performance.now();
  const dataFile = process.env['ELEKTO_SITE_DATA'];
  const out = process.env['ELEKTO_SITE_OUT'];
  if (!dataFile || !out) throw new Error('ELEKTO_SITE_DATA and ELEKTO_SITE_OUT must be set');
  const outDir = resolve(out);
  const cacheDir = resolve(
    process.env['ELEKTO_SITE_CACHE'] ?? join(SITE_ROOT, 'node_modules/.cache/elekto-site'),
  );

  const snapshot = JSON.parse(await readFile(dataFile, 'utf8')) as SiteSnapshot;
  const islands = await prepareIslands(cacheDir);
  const renderer = boundedRenderer();
  const cache = await openMarkdownCache(
    join(cacheDir, 'markdown.json'),
    await rendererVersion(),
    renderer.render,
  );
  const prepared = await prepareSnapshot(snapshot, cache.render);
  await cache.save();
  await renderer.close();
  if (renderer.late > 0)
    console.warn(`${renderer.late} texts took too long to render and are shown as written.`);
  const style = await styled(islands, snapshot.organisation.accent);
  const logo = logoFile(snapshot.organisation.logo);
  const data: SiteData = {
    ...prepared,
    organisation: { ...snapshot.organisation, logoFile: logo?.name ?? null },
    islands,
    css: style.name,
  };
  globalThis.elektoSite = data;

  // A folder of this build's own: Astro looks for packages, and leaves its traces, there.
  const work = `${outDir}.work-${process.pid}`;
  const made = join(work, 'out');
  let pages: number;
  try {
    await mkdir(work, { recursive: true });
    await symlink(join(SITE_ROOT, 'node_modules'), join(work, 'node_modules'), 'junction');
    process.chdir(work);
    await build(astroConfig(work));
    await copyFiles(join(islands.dir, '_assets'), join(made, '_assets'));
    await writeFile(join(made, style.name), style.css);
    if (logo) await writeFile(join(made, logo.name), logo.bytes);
    pages = await writeExtras(data, made, cacheDir);
    await writeCsp(data, made);
    await rm(outDir, { recursive: true, force: true });
    await rename(made, outDir);
  } finally {
    process.chdir(SITE_ROOT);
    await rm(work, { recursive: true, force: true });
  }
  console.log(JSON.stringify({ pages, milliseconds: Math.round(performance.now() - started) }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});
