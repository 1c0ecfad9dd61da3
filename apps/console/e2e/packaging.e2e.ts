/**
 * electron-builder's own run over our configuration, on a stand-in for Electron's binary that has nothing but
 * the place where fuses are written: what is packed, and which fuses the app leaves with.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../tests/harness/build-app.ts';
import { firstScriptBytes } from '../tests/harness/first-load.ts';

/** The text before the fuses in every Electron binary, then version 1 and how many there are. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
] as const;

const folder = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'elekto-packaging-'));
const packed = join(work, 'out/linux-unpacked');

interface AsarNode {
  readonly files?: Readonly<Record<string, AsarNode>>;
}

/** Paths in an asar archive: its header is JSON behind four lengths. */
function asarFiles(path: string): string[] {
  const archive = readFileSync(path);
  const header = JSON.parse(archive.subarray(16, 16 + archive.readUInt32LE(12)).toString('utf8')) as AsarNode;
  const walk = (node: AsarNode, at: string): string[] =>
    Object.entries(node.files ?? {}).flatMap(([name, child]) =>
      child.files === undefined ? [`${at}/${name}`] : walk(child, `${at}/${name}`),
    );
  return walk(header, '');
}

beforeAll(() => {
  buildApp();
  const dist = join(work, 'dist');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  mkdirSync(join(dist, 'locales'));
  // As released: everything on that ours must switch off, and off that ours must switch on.
  const released = Buffer.concat([
    Buffer.from(SENTINEL),
    Buffer.from([1, FUSES.length]),
    Buffer.from('10110001'),
  ]);
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.alloc(64), released, Buffer.alloc(64)]), {
    mode: 0o755,
  });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'])
    writeFileSync(join(dist, name), '');
  const cli = join(folder, 'node_modules/electron-builder/cli.js');
  const config = ['--linux', 'dir', '--config', 'electron-builder.config.ts'];
  const places = [`-c.electronDist=${dist}`, `-c.directories.output=${join(work, 'out')}`];
  const done = spawnSync(process.execPath, [cli, ...config, ...places], { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the packed app', () => {
  it('has its fuses set', () => {
    const binary = readFileSync(join(packed, 'elekto-console'));
    const at = binary.indexOf(SENTINEL) + SENTINEL.length + 2;
    const wire = binary.subarray(at, at + FUSES.length).toString('latin1');
    expect(Object.fromEntries(FUSES.map((name, index) => [name, wire[index] === '1']))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it('loads less than 250 kB of script, gzipped, before anything is asked of it', () => {
    const bytes = firstScriptBytes(join(folder, 'out/renderer'));
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);
  });

  it('holds main, preload and renderer, and neither sources nor node_modules', () => {
    const files = asarFiles(join(packed, 'resources/app.asar'));
    for (const file of [
      '/out/main/index.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/package.json',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => !/^\/(out\/|package\.json$)/.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(ts|tsx|map)$/.test(file))).toEqual([]);
  });
});
