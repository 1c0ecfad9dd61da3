/**
 * The server, what it starts beside itself and every package that they load in a few files, `apps/server/dist/`: nearly two thousand
 * small ones take one to two seconds of a processor at each start, and as many modules 40 MB. `apps/server/main.mjs` loads it as long
 * as its sources are what they were.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'vite';
import { BUNDLE, BUNDLE_DIR, bundleOfSources, digestOf } from '../apps/server/src/bundle.mjs';

const root = join(import.meta.dirname, '..');
const SERVER = join(root, 'apps/server');

/** Slashes on every system, as the bundler has them. */
const slashed = (path: string): string => path.replaceAll('\\', '/');
const fromBundle = (path: string): string => slashed(relative(BUNDLE_DIR, path));
const isOurs = (id: string): boolean =>
  slashed(id).startsWith(`${slashed(root)}/`) && !id.includes('node_modules');

/** A thread or a program that a source starts, or the site's builder, which the server finds by its place alone. */
const STARTED = /new URL\('(\.\.?\/[^']+\.ts)', import\.meta\.url\)/g;

/**
 * Threads and programs that a source starts are in the bundle too, each a file that loads what it needs. All else that a source
 * names stays where it is: it is looked for from its own place.
 */
const inItsPlace: Plugin = {
  name: 'in-its-place',
  enforce: 'pre',
  transform(code, id) {
    if (!isOurs(id) || !code.includes('import.meta.')) return null;
    return code
      .replaceAll(STARTED, (_, path: string) => {
        const started = join(dirname(id), path);
        const fileName = relative(root, started).replaceAll(/[\\/]/g, '-').replace(/ts$/, 'mjs');
        this.emitFile({ type: 'chunk', id: started, fileName });
        return `new URL(${JSON.stringify(`./${fileName}`)}, import.meta['url'])`;
      })
      .replaceAll('import.meta.url', `new URL(${JSON.stringify(fromBundle(id))}, import.meta.url).href`)
      .replaceAll(
        'import.meta.dirname',
        `(import.meta.dirname + ${JSON.stringify(`/${fromBundle(dirname(id))}`)})`,
      );
  },
};

/** These load code of the machine from beside themselves: they stay packages, by their paths, as they are not the server's own. */
const NATIVE = new Set(['better-sqlite3', 'lightningcss', 'vite', 'astro/config']);
const native: Plugin = {
  name: 'native',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!NATIVE.has(source)) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && { id: found.id, external: 'relative' };
  },
};

/** Makes the bundle when it is missing or of other sources. @throws what the bundler says. */
export async function buildServer(say: (line: string) => void): Promise<void> {
  if (bundleOfSources() !== null) return;
  say('Bundling the server ...');
  const fresh = `${BUNDLE_DIR}.${process.pid}`;
  try {
    const files = await bundle(fresh);
    writeFileSync(join(fresh, BUNDLE.madeOf), JSON.stringify({ files, digest: digestOf(files) }));
    rmSync(BUNDLE_DIR, { recursive: true, force: true });
    renameSync(fresh, BUNDLE_DIR);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Writes it into `outDir`, beside which it will lie; the files that it is made of. */
async function bundle(outDir: string): Promise<readonly string[]> {
  // All that is read, also what turns out to add nothing: a change of it may.
  const own = new Set<string>();
  const list: Plugin = {
    name: 'list',
    moduleParsed({ id }) {
      if (isOurs(id)) own.add(slashed(relative(root, id)));
    },
  };
  await build({
    root: SERVER,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [inItsPlace, native, list],
    ssr: { noExternal: true },
    build: {
      ssr: join(SERVER, 'src/main.ts'),
      outDir,
      target: 'esnext',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          entryFileNames: BUNDLE.program,
          chunkFileNames: '[name]-[hash].mjs',
          // The database knows classes by their names.
          keepNames: true,
          comments: false,
        },
      },
    },
  });
  const manifests = [...own].map(
    (file) => `${/^(?:apps|packages)\/[^/]+|^site/.exec(file)?.[0] ?? ''}/package.json`,
  );
  return [...new Set([...own, ...manifests, 'pnpm-lock.yaml', 'scripts/build-server.ts'])].sort();
}
