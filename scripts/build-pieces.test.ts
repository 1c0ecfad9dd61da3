import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteRenderer } from '../site/build.ts';
import { buildPieces } from './build-pieces.ts';
import { digestOf, PIECE, pieceOfSources, PIECES, startedInPiece } from './one-piece.mjs';

const dir = mkdtempSync(join(tmpdir(), 'elekto-bundle-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('a program in one piece', () => {
  it('is used as long as its sources are what they were', () => {
    const files = ['package.json', 'README.md'];
    const say = (madeOf: unknown): void => writeFileSync(join(dir, PIECE.madeOf), JSON.stringify(madeOf));
    expect(pieceOfSources(dir)).toBeNull();
    say({ files, digest: digestOf(files) });
    expect(pieceOfSources(dir)).toBe(join(dir, PIECE.program));
    say({ files, digest: digestOf(['package.json']) });
    expect(pieceOfSources(dir)).toBeNull();
    say({ files: [...files, 'gone.ts'], digest: digestOf(files) });
    expect(pieceOfSources(dir)).toBeNull();
  });
});

const root = join(import.meta.dirname, '..');
/** Each with some of its sources, how it is started to do next to nothing, and what it says then. */
const BUILT = [
  {
    name: 'server',
    sources: [
      'apps/server/src/start.ts',
      'packages/db/package.json',
      'packages/db/src/index.ts',
      'packages/ballot-box/src/board/arithmetic.worker.ts',
    ],
    start: ['apps/server/main.mjs', '--check'],
    says: 'elekto: ',
    loads: /\/apps\/server\/(dist\/|main\.mjs$)/,
  },
  {
    name: 'command',
    sources: [
      'packages/cli/package.json',
      'packages/cli/src/run.ts',
      'packages/cli/src/restore.ts',
      'packages/cli/src/verify/task.worker.ts',
      'packages/officer/src/index.ts',
    ],
    start: ['packages/cli/src/main.ts', 'restore', '--help'],
    says: 'Usage: elekto restore',
    loads: /\/packages\/cli\/(dist\/|src\/main\.ts$)/,
  },
] as const;

describe('what is built', () => {
  beforeAll(() => buildPieces(() => undefined), 120_000);

  it.each(BUILT)(
    'the $name is made of itself, of what it loads and of what bundles it',
    ({ name, sources }) => {
      const { files } = JSON.parse(readFileSync(join(PIECES[name].dir, PIECE.madeOf), 'utf8')) as {
        files: string[];
      };
      expect(files).toEqual(
        expect.arrayContaining([
          ...sources,
          'site/build.ts',
          'site/src/build/render-thread.ts',
          'pnpm-lock.yaml',
          'scripts/build-pieces.ts',
        ]),
      );
      // Also what turns out to add nothing to it.
      const missed = files
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => {
          const text = readFileSync(join(root, file), 'utf8');
          const named = [...text.matchAll(/^export \{(?! type)[^}]*\} from '(\.[^']+\.ts)'/gm)];
          return named
            .map(([, path = '']) => join(dirname(file), path))
            .filter((path) => !files.includes(path));
        });
      expect(missed).toEqual([]);
      expect(files.filter((file) => /node_modules|\.test\.ts$/.test(file))).toEqual([]);
    },
  );

  it.each(BUILT)(
    'of the $name nothing else is loaded, but for what loads code of the machine',
    ({ start, says, loads }) => {
      const loaded = join(dir, 'loaded.mjs');
      writeFileSync(
        loaded,
        `import { registerHooks } from 'node:module';
         registerHooks({ load(url, context, next) { console.error(url); return next(url, context); } });`,
      );
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', pathToFileURL(loaded).href, join(root, start[0]), ...start.slice(1)],
        { encoding: 'utf8', env: { PATH: process.env['PATH'], ELEKTO_META: '/nowhere' } },
      );
      expect(stdout + stderr).toContain(says);
      const files = stderr.split('\n').filter((line) => line.startsWith('file:'));
      expect(files.length).toBeGreaterThan(3);
      const others = files.filter(
        (url) => !/\/scripts\/one-piece\.mjs$|\/better-sqlite3\/|loaded\.mjs$/.test(url) && !loads.test(url),
      );
      expect(others).toEqual([]);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'the renderer of the site is that of the server in one piece, for the sources too',
    async () => {
      const renderer = siteRenderer();
      renderer.open();
      const command = readFileSync(`/proc/${renderer.pid}/cmdline`, 'utf8').split('\0');
      await renderer.close();
      expect(command).toContain(startedInPiece('site/src/build/run.ts'));
      expect(startedInPiece('site/src/build/run.ts')).toMatch(/server.dist.site-src-build-run\.mjs$/);
    },
  );
});
