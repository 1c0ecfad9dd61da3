/** `npm start` and `npm run build` install what stands under "dependencies", and nothing else: what they run imports no more. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Imports that are there when the program runs; those of types are not. */
const IMPORT =
  /^\s*(?:import|export)\s(?!type\s)[^'"]*?from '([^'.][^']*)'|^import '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm;

/** What only tests, benches and hands start. */
const NOT_RUN = /\.(test|e2e)\.tsx?$|[\\/]testing(\.ts$|[\\/])|[\\/]glyphs|^packages[\\/]testing[\\/]/;

interface Package {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
}

/** "src/x.ts imports y" for each import of a package that is not among the dependencies of its own. */
function missing(folder: string): string[] {
  const { name, dependencies = {} } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  ) as Package;
  return globSync('src/**/*.{ts,tsx,astro}', { cwd: join(root, folder) })
    .map((file) => join(folder, file))
    .filter((file) => !NOT_RUN.test(file))
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)]
        .map((found) => found.slice(1).find((text) => text !== undefined) ?? '')
        .filter((wanted) => !wanted.includes(':'))
        .map((wanted) =>
          wanted
            .split('/')
            .slice(0, wanted.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((wanted) => wanted !== name && !(wanted in dependencies))
        .map((wanted) => `${file} imports ${wanted}`),
    );
}

/** Where the console is built, its page's packages are found beside it: see knip.ts. */
const folders = globSync('{packages/*,apps/server,site}/package.json', { cwd: root }).map(dirname);

it('what runs imports nothing that only tests and tools install', () => {
  expect(folders.length).toBeGreaterThan(15);
  expect(folders.filter((folder) => existsSync(join(root, folder, 'src'))).flatMap(missing)).toEqual([]);
});
