/**
 * What runs in the browser, bundled once: a rebuild after a change of the elections copies it. The
 * cache is keyed by the content of every source that can reach the bundle.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chosenCss } from '../chosen-css.ts';
import { scenarioCss } from '../counting-example.ts';
import { bundleRenderer } from './bundle-renderer.ts';
import { islandsPlace, MANIFEST } from './islands-place.ts';
import { SITE_ROOT, WORKSPACE_ROOT } from './paths.ts';

const ISLANDS = ['ballot', 'exception', 'find', 'verify', 'stand', 'nominate'] as const;
const INLINE = ['head', 'page', 'filter', 'shuffle', 'sign-out', 'tool'] as const;
export type IslandName = (typeof ISLANDS)[number];
export type InlineName = (typeof INLINE)[number];

export interface Islands {
  /** Folder whose `_assets` is copied into the site. */
  readonly dir: string;
  /** Address of each island's module. */
  readonly modules: Readonly<Record<IslandName, string>>;
  /** Further modules that the module needs at once, for `modulepreload`. */
  readonly preloads: Readonly<Record<IslandName, readonly string[]>>;
  /** Source of each inline script, minified. */
  readonly inline: Readonly<Record<InlineName, string>>;
  /** Address of the site's stylesheet, without the organisation's colours. */
  readonly css: string;
  /** Address of what only the ballot page needs besides. */
  readonly rankCss: string;
  /** Address of what only pages need on which parts are chosen. */
  readonly chosenCss: string;
}

/**
 * In browsers the islands run on Preact, which keeps React's contract (hooks, events, keyed lists) in a ninth of its
 * weight. Effects that later events count on are layout effects in them: Preact runs the others after the next frame.
 */
const IN_BROWSERS = { react: 'preact/compat', 'react-dom': 'preact/compat' } as const;

const STYLES = [
  'packages/ui/src/tokens.css',
  'packages/ui/src/pictures.css',
  'site/src/styles/site.css',
  'site/src/styles/ballot.css',
];

/** The module of an island; the one without React is no tsx. */
const mainOf = (name: IslandName): string =>
  join(SITE_ROOT, `src/islands/${name}/main.${name === 'stand' ? 'ts' : 'tsx'}`);

/** Bundles islands, inline scripts, styles and the renderer of the pages unless `cacheDir` holds them already. */
export async function prepareIslands(cacheDir: string): Promise<Islands> {
  const { dir, found } = await islandsPlace(cacheDir);
  if (found !== null)
    return { ...(JSON.parse(await readFile(join(found, MANIFEST), 'utf8')) as Islands), dir: found };

  const fresh = `${dir}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    const made = await inProduction(async () => {
      const islands = await bundle(fresh);
      await bundleRenderer(fresh);
      return islands;
    });
    await writeFile(join(fresh, MANIFEST), JSON.stringify({ ...made, dir: '' }));
    await rename(fresh, dir).catch(async (error: NodeJS.ErrnoException) => {
      // Another build was faster: its result is the same.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return { ...made, dir };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** What is bundled is for production, whoever asks for it: tools look at the environment of the process for that. */
async function inProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

async function bundle(outDir: string): Promise<Omit<Islands, 'dir'>> {
  const { build } = await import('vite');
  const common = { root: SITE_ROOT, configFile: false, logLevel: 'error', publicDir: false } as const;

  const result = await build({
    ...common,
    base: '/',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: IN_BROWSERS },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: false,
      assetsDir: '_assets',
      target: 'es2022',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: Object.fromEntries(ISLANDS.map((name) => [name, mainOf(name)])),
        preserveEntrySignatures: 'exports-only',
        output: {
          entryFileNames: '_assets/[name]-[hash].js',
          chunkFileNames: '_assets/[name]-[hash].js',
          assetFileNames: '_assets/[name]-[hash][extname]',
        },
      },
    },
  });
  const modules: Record<string, string> = {};
  const preloads: Record<string, string[]> = {};
  const outputs = Array.isArray(result) ? result : [result];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    for (const chunk of output.output) {
      if (chunk.type !== 'chunk' || !chunk.isEntry || !ISLANDS.includes(chunk.name as IslandName)) continue;
      modules[chunk.name] = `/${chunk.fileName}`;
      preloads[chunk.name] = [...reachable(chunk.fileName, output.output)].map((file) => `/${file}`);
    }
  }

  const inline: Record<string, string> = {};
  for (const name of INLINE) {
    const script = await build({
      ...common,
      build: {
        write: false,
        target: 'es2022',
        minify: true,
        reportCompressedSize: false,
        rolldownOptions: { input: join(SITE_ROOT, `src/inline/${name}.ts`), output: { format: 'iife' } },
      },
    });
    const first = (Array.isArray(script) ? script[0] : script) as {
      output: { type: string; code?: string }[];
    };
    inline[name] = (first.output.find((o) => o.type === 'chunk')?.code ?? '').trim();
  }

  const css = await stylesheet(outDir, 'site', STYLES, scenarioCss());
  const rankCss = await stylesheet(outDir, 'rank', ['site/src/styles/rank.css']);
  const chosenRules = await stylesheet(outDir, 'chosen', ['site/src/styles/chosen.css'], chosenCss());
  return { modules, preloads, inline, css, rankCss, chosenCss: chosenRules } as unknown as Omit<
    Islands,
    'dir'
  >;
}

/** Every chunk that a module imports, and those that they import, without what is only loaded later. */
function reachable(
  entry: string,
  output: readonly {
    readonly type: string;
    readonly fileName: string;
    readonly imports?: readonly string[];
  }[],
): Set<string> {
  const imports = new Map(output.map((chunk) => [chunk.fileName, chunk.imports ?? []]));
  const seen = new Set<string>();
  const queue = [...(imports.get(entry) ?? [])];
  for (const file of queue) {
    if (seen.has(file)) continue;
    seen.add(file);
    queue.push(...(imports.get(file) ?? []));
  }
  return seen;
}

async function stylesheet(
  outDir: string,
  called: string,
  files: readonly string[],
  more = '',
): Promise<string> {
  const { transform } = await import('lightningcss');
  const parts = await Promise.all(files.map((file) => readFile(join(WORKSPACE_ROOT, file), 'utf8')));
  const { code } = transform({
    filename: `${called}.css`,
    code: Buffer.from([...parts, more].join('\n')),
    minify: true,
    include: 0,
  });
  const name = `${called}-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.css`;
  await mkdir(join(outDir, '_assets'), { recursive: true });
  await writeFile(join(outDir, '_assets', name), code);
  return `/_assets/${name}`;
}
