import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE, BUNDLE_DIR, bundleOfSources, digestOf } from '../apps/server/src/bundle.mjs';
import { buildServer } from './build-server.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-bundle-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the server in one piece', () => {
  it('is used as long as its sources are what they were', () => {
    const files = ['package.json', 'README.md'];
    const say = (madeOf: unknown): void => writeFileSync(join(dir, BUNDLE.madeOf), JSON.stringify(madeOf));
    expect(bundleOfSources(dir)).toBeNull();
    say({ files, digest: digestOf(files) });
    expect(bundleOfSources(dir)).toBe(join(dir, BUNDLE.program));
    say({ files, digest: digestOf(['package.json']) });
    expect(bundleOfSources(dir)).toBeNull();
    say({ files: [...files, 'gone.ts'], digest: digestOf(files) });
    expect(bundleOfSources(dir)).toBeNull();
  });
});

describe('what is built', () => {
  beforeAll(() => buildServer(() => undefined), 120_000);

  it('is made of the server, of the packages that it loads and of what bundles it', () => {
    const { files } = JSON.parse(readFileSync(join(BUNDLE_DIR, BUNDLE.madeOf), 'utf8')) as {
      files: string[];
    };
    expect(files).toEqual(
      expect.arrayContaining([
        'apps/server/src/start.ts',
        'packages/db/package.json',
        'packages/db/src/index.ts',
        'site/build.ts',
        'site/src/build/render-thread.ts',
        'packages/ballot-box/src/board/arithmetic.worker.ts',
        'pnpm-lock.yaml',
        'scripts/build-server.ts',
      ]),
    );
    // Also what turns out to add nothing to it.
    const missed = files
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(BUNDLE_DIR, '../../..', file), 'utf8');
        const named = [...text.matchAll(/^export \{(?! type)[^}]*\} from '(\.[^']+\.ts)'/gm)];
        return named
          .map(([, path = '']) => join(dirname(file), path))
          .filter((path) => !files.includes(path));
      });
    expect(missed).toEqual([]);
    expect(files.filter((file) => /node_modules|\.test\.ts$/.test(file))).toEqual([]);
  });

  it('is all that is loaded at a start, but for what loads code of the machine', () => {
    const loaded = join(dir, 'loaded.mjs');
    writeFileSync(
      loaded,
      `import { registerHooks } from 'node:module';
       registerHooks({ load(url, context, next) { console.error(url); return next(url, context); } });`,
    );
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', pathToFileURL(loaded).href, join(BUNDLE_DIR, '../main.mjs'), '--check'],
      { encoding: 'utf8', env: { PATH: process.env['PATH'], ELEKTO_META: '/nowhere' } },
    );
    expect(stdout + stderr).toContain('elekto: ');
    const files = stderr.split('\n').filter((line) => line.startsWith('file:'));
    expect(files.length).toBeGreaterThan(3);
    expect(
      files.filter(
        (url) =>
          !/\/apps\/server\/(dist\/|src\/bundle\.mjs$|main\.mjs$)|\/better-sqlite3\/|loaded\.mjs$/.test(url),
      ),
    ).toEqual([]);
  });
});
