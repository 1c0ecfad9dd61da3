/**
 * The server and the command, each with what it starts beside itself and every package that they load in a few files,
 * `apps/server/dist/` and `packages/cli/dist/`: nearly two thousand small ones take one to two seconds of a processor at each start
 * of a server, and as many modules 40 MB; half a second at each start of the command. `apps/server/main.mjs` and
 * `packages/cli/src/main.ts` load them as long as their sources are what they were.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'vite';
import { digestOf, PIECE, pieceOfSources, PIECES, startedName, type Piece } from './one-piece.mjs';

const root = join(import.meta.dirname, '..');

/** Slashes on every system, as the bundler has them. */
const slashed = (path: string): string => path.replaceAll('\\', '/');
const isOurs = (id: string): boolean =>
  slashed(id).startsWith(`${slashed(root)}/`) && !id.includes('node_modules');

/** A thread or a program that a source starts, or the site's builder, which the server finds by its place alone. */
const STARTED = /new URL\('(\.\.?\/[^']+\.ts)', import\.meta\.url\)/g;

/**
 * Threads and programs that a source starts are in the bundle too, each a file that loads what it needs. All else that a source
 * names stays where it is: it is looked for from its own place.
 */
const inItsPlace = (dir: string): Plugin => ({
  name: 'in-its-place',
  enforce: 'pre',
  transform(code, id) {
    if (!isOurs(id) || !code.includes('import.meta.')) return null;
    const fromPiece = (path: string): string => JSON.stringify(slashed(relative(dir, path)));
    return code
      .replaceAll(STARTED, (_, path: string) => {
        const started = join(dirname(id), path);
        const fileName = startedName(relative(root, started));
        this.emitFile({ type: 'chunk', id: started, fileName });
        return `new URL(${JSON.stringify(`./${fileName}`)}, import.meta['url'])`;
      })
      .replaceAll('import.meta.url', `new URL(${fromPiece(id)}, import.meta.url).href`)
      .replaceAll('import.meta.dirname', `(import.meta.dirname + '/' + ${fromPiece(dirname(id))})`);
  },
});

/** These load code of the machine from beside themselves: they stay packages, by their paths, as they are not the server's own. */
const NATIVE = new Set(['better-sqlite3', 'esbuild', 'lightningcss', 'vite', 'astro/config']);
const native: Plugin = {
  name: 'native',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!NATIVE.has(source)) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && { id: found.id, external: 'relative' };
  },
};

/** Makes those that are missing or of other sources. @throws what the bundler says. */
export async function buildPieces(say: (line: string) => void): Promise<void> {
  const missing = Object.entries(PIECES).filter(([, { dir }]) => pieceOfSources(dir) === null);
  for (const [name, piece] of missing) {
    say(`Bundling the ${name} ...`);
    await makePiece(piece);
  }
}

async function makePiece(piece: Piece): Promise<void> {
  const fresh = `${piece.dir}.${process.pid}`;
  try {
    const files = await bundle(piece, fresh);
    writeFileSync(join(fresh, PIECE.madeOf), JSON.stringify({ files, digest: digestOf(files) }));
    rmSync(piece.dir, { recursive: true, force: true });
    renameSync(fresh, piece.dir);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Writes it into `outDir`, beside which it will lie; the files that it is made of. */
async function bundle({ entry, dir }: Piece, outDir: string): Promise<readonly string[]> {
  // All that is read, also what turns out to add nothing: a change of it may.
  const own = new Set<string>();
  const list: Plugin = {
    name: 'list',
    moduleParsed({ id }) {
      if (isOurs(id)) own.add(slashed(relative(root, id)));
    },
  };
  await build({
    root: dirname(dir),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [inItsPlace(dir), native, list],
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      outDir,
      target: 'esnext',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          entryFileNames: PIECE.program,
          chunkFileNames: '[name]-[hash].mjs',
          // The database knows classes by their names.
          keepNames: true,
          comments: false,
        },
      },
    },
  });
  const manifests = [...own].map(
    (file) => `${/^(?:apps|packages)\/[^/]+|^site/.exec(file)?.[0] ?? '.'}/package.json`,
  );
  return [...new Set([...own, ...manifests, 'pnpm-lock.yaml', 'scripts/build-pieces.ts'])].sort();
}
