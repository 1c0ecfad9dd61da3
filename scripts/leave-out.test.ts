import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { leaveOut } from './leave-out.mjs';

const dir = mkdtempSync(join(tmpdir(), 'elekto-leave-out-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('leaves out what nothing reads that runs, and keeps all else', () => {
  const { platform, arch } = process;
  const store = join(dir, '.pnpm');
  const database = 'better-sqlite3@1.0.0/node_modules/better-sqlite3';
  const kept = [
    'a@1.0.0/node_modules/a/index.js',
    'a@1.0.0/node_modules/a/data.ts',
    'astro@1.0.0/node_modules/astro/env.d.ts',
    `${database}/prebuilds/${platform}-${arch}.node`,
    `${database}/lib/index.js`,
  ];
  const gone = [
    'a@1.0.0/node_modules/a/index.js.map',
    'a@1.0.0/node_modules/a/lib/deep.d.mts',
    'a@1.0.0/node_modules/a/index.d.ts',
    `${database}/deps/sqlite3.c`,
    `${database}/prebuilds/other-${arch}.node`,
    `${database}/prebuilds/${platform}-other.node`,
  ];
  for (const file of [...kept, ...gone]) {
    mkdirSync(dirname(join(store, file)), { recursive: true });
    writeFileSync(join(store, file), 'x');
  }
  // A package of ours, as a link leads to it: its sources are not what was installed.
  const ours = join(dir, 'ours');
  mkdirSync(ours);
  writeFileSync(join(ours, 'global.d.ts'), 'x');
  symlinkSync(ours, join(store, 'a@1.0.0/node_modules/ours'), 'junction');
  writeFileSync(join(store, 'lock.yaml'), 'x');
  leaveOut(store);
  const left = readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(store.length + 1))
    .filter((path) => !path.includes('ours'));
  expect(left.sort()).toEqual([...kept, 'lock.yaml'].sort());
  expect(readdirSync(ours)).toEqual(['global.d.ts']);
});
