/** What a first run fetches, and what of it stays, with a registry of nothing: npm and pnpm are stand-ins that note how they are called. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const PNPM = `import { appendFileSync } from 'node:fs';
appendFileSync('calls', 'pnpm ' + process.argv.slice(2).join(' ') + '\\n');`;
const version = /PNPM_VERSION = '([^']*)'/.exec(
  readFileSync(join(import.meta.dirname, 'toolchain.mjs'), 'utf8'),
)?.[1];
const NPM = `#!/bin/sh
echo "npm $*" >> ../calls
mkdir -p node_modules/pnpm/bin node_modules/@pnpm/exe "$npm_config_cache/_cacache"
cp ../pnpm.mjs node_modules/pnpm/bin/pnpm.mjs
echo '{ "version": "${version}" }' > node_modules/pnpm/package.json
`;

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A checkout with an empty home, and what a command called npm and pnpm for. */
function checkout(): { dir: string; home: string; run(command: string): string[] } {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-toolchain-'));
  made.push(dir);
  const home = join(dir, 'home');
  for (const folder of ['scripts', 'node_modules', 'bin', 'home', 'packages/cli/src'])
    mkdirSync(join(dir, folder), { recursive: true });
  for (const name of ['run.mjs', 'toolchain.mjs'])
    cpSync(join(import.meta.dirname, name), join(dir, 'scripts', name));
  writeFileSync(join(dir, 'pnpm-lock.yaml'), 'one');
  writeFileSync(join(dir, 'packages/cli/src/main.ts'), '');
  writeFileSync(join(dir, 'scripts/sbom.ts'), '');
  writeFileSync(join(dir, 'pnpm.mjs'), PNPM);
  writeFileSync(join(dir, 'bin/npm'), NPM, { mode: 0o755 });
  return {
    dir,
    home,
    run(command) {
      rmSync(join(dir, 'calls'), { force: true });
      const path = [join(dir, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
      const done = spawnSync(process.execPath, ['scripts/run.mjs', command], {
        cwd: dir,
        env: { PATH: path, HOME: home },
        encoding: 'utf8',
      });
      expect(done.stderr.replaceAll(/^elekto: .*\n/gm, '')).toBe('');
      expect(done.status).toBe(0);
      const calls = existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8') : '';
      return calls.split('\n').flatMap((line) => line.split(' ').slice(0, 1).filter(Boolean));
    },
  };
}

const PNPM_AT = ['.toolchain/node_modules/pnpm', '.toolchain/node_modules/@pnpm'];

it('what only runs keeps neither pnpm nor a cache of npm, and fetches nothing the next time', () => {
  const { dir, home, run } = checkout();
  expect(run('elekto')).toEqual(['npm', 'pnpm']);
  for (const path of [...PNPM_AT, '.toolchain/cache/npm'])
    expect(existsSync(join(dir, path)), path).toBe(false);
  expect(existsSync(join(home, '.npm'))).toBe(false);
  expect(run('elekto')).toEqual([]);
  writeFileSync(join(dir, 'pnpm-lock.yaml'), 'two');
  expect(run('elekto')).toEqual(['npm', 'pnpm']);
});

it('who also tests keeps pnpm', () => {
  const { dir, run } = checkout();
  run('elekto');
  expect(run('sbom')).toEqual(['npm', 'pnpm']);
  for (const path of PNPM_AT) expect(existsSync(join(dir, path)), path).toBe(true);
  expect(run('elekto')).toEqual([]);
  writeFileSync(join(dir, 'pnpm-lock.yaml'), 'two');
  expect(run('elekto')).toEqual(['pnpm']);
  for (const path of PNPM_AT) expect(existsSync(join(dir, path)), path).toBe(true);
});

it('a cache of npm that somebody has is used and stays', () => {
  const { dir, home, run } = checkout();
  mkdirSync(join(home, '.npm/_cacache'), { recursive: true });
  run('elekto');
  expect(existsSync(join(home, '.npm/_cacache'))).toBe(true);
  expect(existsSync(join(dir, '.toolchain/cache'))).toBe(false);
});
