import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packTally } from './pack-tally.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'elekto-pack-'));
const target = join(folder, 'tally');
const stranger = join(folder, 'stranger');
beforeAll(() => {
  packTally(target);
  mkdirSync(join(stranger, 'node_modules/@elekto'), { recursive: true });
  symlinkSync(target, join(stranger, 'node_modules/@elekto/tally'));
  writeFileSync(join(stranger, 'package.json'), '{"type":"module"}');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The examples of the README, with what each line says that it prints. */
function examples(): { code: string; printed: string[] }[] {
  const readme = readFileSync(join(root, 'packages/tally/README.md'), 'utf8');
  return [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => ({
    code,
    printed: [...code.matchAll(/console\.log.*; \/\/ (.*?)(?::|$)/gm)].map(([, words = '']) => words),
  }));
}

describe('the engine as a package', () => {
  it('needs nothing, and holds modules, types, README and licence only', () => {
    const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(Object.keys(manifest).filter((key) => /dependencies|scripts|private/i.test(key))).toEqual([]);
    expect(manifest['publishConfig']).toEqual({ access: 'public', provenance: true });
    const files = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.\w+$/.test(path),
    );
    expect(files.filter((path) => !/\.(?:js|d\.ts)$/.test(path)).sort()).toEqual([
      'README.md',
      'package.json',
    ]);
    expect(files.filter((path) => /test/.test(path))).toEqual([]);
    for (const path of files.filter((each) => each.endsWith('.js'))) {
      const imports = [
        ...readFileSync(join(target, path), 'utf8').matchAll(/(?:from|import\() ?['"]([^'"]+)/g),
      ];
      expect(imports.map(([, from = '']) => from).filter((from) => !/^\.\.?\/.*\.js$/.test(from))).toEqual(
        [],
      );
    }
  });

  it('does what its README says, three times', () => {
    const found = examples();
    expect(found).toHaveLength(3);
    for (const { code, printed } of found) {
      writeFileSync(join(stranger, 'example.mjs'), code);
      const { stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], {
        cwd: stranger,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(stdout.split('\n').slice(0, printed.length)).toEqual(printed);
    }
  });

  it('has types that a strict program of a stranger agrees with', () => {
    examples().forEach(({ code }, i) => writeFileSync(join(stranger, `example${i}.mts`), code));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const flags = [
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2023,dom',
      '--noEmit',
      '--types',
      '',
    ];
    const files = examples().map((_, i) => `example${i}.mts`);
    const { stdout } = spawnSync(process.execPath, [tsc, ...flags.slice(0, -2), ...files], {
      cwd: stranger,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});
