/** What a first run fetches, and what of it stays, with a registry of nothing: npm and pnpm are stand-ins that note how they are called. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const source = readFileSync(join(import.meta.dirname, 'toolchain.mjs'), 'utf8');
const versionOf = (name: string): string => new RegExp(`${name}_VERSION = '([^']*)'`).exec(source)?.[1] ?? '';
const PNPM = `#!/bin/sh
calls=$PNPM_CALLS
case "$1" in
  store) echo "$HOME/.local/share/pnpm/store/v11" ;;
  add) echo "pnpm add" >> "$calls"
    for name; do :; done
    dir=node_modules/\${name%@*}
    mkdir -p "$dir/bin" "$dir/include"
    ln -s "$(command -v node)" "$dir/bin/node"
    echo '{ "version": "${versionOf('NODE')}" }' > "$dir/package.json" ;;
  *) echo "pnpm install $*" >> "$calls"
    mkdir -p node_modules/.pnpm/some@1.0.0/node_modules/some
    touch node_modules/.pnpm/some@1.0.0/node_modules/some/index.js node_modules/.pnpm/some@1.0.0/node_modules/some/index.d.ts ;;
esac
for option; do case "$option" in --store-dir=*) mkdir -p "\${option#--store-dir=}" ;; esac; done
`;
const NPM = `#!/bin/sh
echo "npm install" >> "$PNPM_CALLS"
for name; do :; done
dir=node_modules/\${name%@*}
mkdir -p "$dir" "$npm_config_cache/_cacache"
cp "$PNPM_CALLS.pnpm" "$dir/pnpm"
echo '{ "version": "${versionOf('PNPM')}" }' > "$dir/package.json"
`;

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** As an older Node would see itself. */
const OLDER = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`;

interface Checkout {
  readonly dir: string;
  readonly home: string;
  /** What it has called npm and pnpm for. */
  run(command: string, options?: { readonly older?: boolean }): string[];
}

/** A checkout with an empty home. */
function checkout(): Checkout {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-toolchain-'));
  made.push(dir);
  const home = join(dir, 'home');
  const calls = join(dir, 'calls');
  for (const folder of ['scripts', 'node_modules', 'bin', 'home', 'packages/cli/src'])
    mkdirSync(join(dir, folder), { recursive: true });
  for (const name of ['run.mjs', 'toolchain.mjs', 'leave-out.mjs'])
    cpSync(join(import.meta.dirname, name), join(dir, 'scripts', name));
  writeFileSync(join(dir, 'pnpm-lock.yaml'), 'one');
  writeFileSync(join(dir, 'packages/cli/src/main.ts'), '');
  writeFileSync(join(dir, 'scripts/sbom.ts'), '');
  writeFileSync(`${calls}.pnpm`, PNPM, { mode: 0o755 });
  writeFileSync(join(dir, 'bin/npm'), NPM, { mode: 0o755 });
  return {
    dir,
    home,
    run(command, { older = false } = {}) {
      rmSync(calls, { force: true });
      const path = [join(dir, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
      const as = older ? ['--import', OLDER] : [];
      const done = spawnSync(process.execPath, [...as, 'scripts/run.mjs', command], {
        cwd: dir,
        env: { PATH: path, HOME: home, PNPM_CALLS: calls },
        encoding: 'utf8',
      });
      expect(done.stderr.replaceAll(/^elekto: .*\n/gm, '')).toBe('');
      expect(done.status).toBe(0);
      const said = existsSync(calls) ? readFileSync(calls, 'utf8') : '';
      return said.split('\n').flatMap((line) => line.split(' ').slice(0, 2).join(' ') || []);
    },
  };
}

const PNPM_AT = '.toolchain/pnpm';
const SOME = 'node_modules/.pnpm/some@1.0.0/node_modules/some';

it('what only runs keeps neither pnpm nor a cache nor a store, and fetches nothing the next time', () => {
  const { dir, home, run } = checkout();
  expect(run('elekto')).toEqual(['npm install', 'pnpm install']);
  for (const path of [PNPM_AT, '.toolchain/cache/npm', '.toolchain/cache/pnpm'])
    expect(existsSync(join(dir, path)), path).toBe(false);
  expect(readdirSync(home)).toEqual([]);
  expect(run('elekto')).toEqual([]);
  // Cut off while it was taken away.
  for (const path of [PNPM_AT, '.toolchain/cache/pnpm']) mkdirSync(join(dir, path));
  writeFileSync(join(dir, SOME, 'index.d.ts'), '');
  expect(run('elekto')).toEqual([]);
  for (const path of [PNPM_AT, '.toolchain/cache/pnpm', `${SOME}/index.d.ts`])
    expect(existsSync(join(dir, path)), path).toBe(false);
  writeFileSync(join(dir, 'pnpm-lock.yaml'), 'two');
  expect(run('elekto')).toEqual(['npm install', 'pnpm install']);
});

it('an older Node fetches a newer one beside the packages, of which the program stays', () => {
  const { dir, run } = checkout();
  expect(run('elekto', { older: true }).sort()).toEqual(['npm install', 'pnpm add', 'pnpm install']);
  const [name = ''] = readdirSync(join(dir, '.toolchain/node_modules'));
  expect(readdirSync(join(dir, '.toolchain/node_modules', name)).sort()).toEqual(['bin', 'package.json']);
  expect(readdirSync(join(dir, '.toolchain')).sort()).toEqual(['cache', 'node_modules']);
  expect(run('elekto', { older: true })).toEqual([]);
  rmSync(join(dir, '.toolchain'), { recursive: true });
  expect(run('elekto', { older: true })).toEqual(['npm install', 'pnpm add']);
});

it('who also tests keeps pnpm, and has all of every package', () => {
  const { dir, run } = checkout();
  run('elekto');
  expect(readdirSync(join(dir, SOME))).toEqual(['index.js']);
  expect(run('sbom')).toEqual(['npm install', 'pnpm install']);
  expect(readdirSync(join(dir, SOME)).sort()).toEqual(['index.d.ts', 'index.js']);
  expect(existsSync(join(dir, PNPM_AT))).toBe(true);
  expect(run('elekto')).toEqual([]);
  writeFileSync(join(dir, 'pnpm-lock.yaml'), 'two');
  expect(run('elekto')).toEqual(['pnpm install']);
  expect(existsSync(join(dir, PNPM_AT))).toBe(true);
  expect(readdirSync(join(dir, SOME)).sort()).toEqual(['index.d.ts', 'index.js']);
});

it('a store of pnpm that somebody has is used and stays', () => {
  const { dir, home, run } = checkout();
  const store = join(home, '.local/share/pnpm/store/v11');
  mkdirSync(store, { recursive: true });
  run('elekto');
  expect(existsSync(store)).toBe(true);
  expect(readFileSync(join(dir, 'calls'), 'utf8')).not.toContain('--store-dir');
});

it('a cache of npm that somebody has is used and stays', () => {
  const { dir, home, run } = checkout();
  mkdirSync(join(home, '.npm/_cacache'), { recursive: true });
  run('elekto');
  expect(existsSync(join(home, '.npm/_cacache'))).toBe(true);
  expect(existsSync(join(dir, '.toolchain/cache/npm'))).toBe(false);
});
