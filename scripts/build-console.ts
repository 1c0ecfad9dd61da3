/** The officer console's web build, made again only when one of its sources is newer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The console's own sources and those of every package it is made of, and what else this build is made of. */
function sources(more: readonly string[]): readonly string[] {
  const manifest = readFileSync(join(root, 'apps/console/package.json'), 'utf8');
  const packages = [...manifest.matchAll(/"@elekto\/([a-z-]+)": "workspace:/g)].map(([, name = '']) => name);
  return ['apps/console/src', 'pnpm-lock.yaml', ...more, ...packages.map((name) => `packages/${name}/src`)];
}

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/**
 * Whether a build of the console is there and none of its sources is newer: the file that is written last, and what it is
 * made of beside the console's sources, both as paths from the root.
 */
export function isBuilt(file: string, more: readonly string[]): boolean {
  const built = join(root, file);
  const age = existsSync(built) ? statSync(built).mtimeMs : 0;
  return age > 0 && sources(more).every((path) => newest(join(root, path)) <= age);
}

/** Whether the web version is there and up to date. */
export const isConsoleBuilt = (): boolean =>
  isBuilt('apps/console/dist/web/index.html', ['apps/console/vite.web.config.ts']);

/** Builds the console's web version when it is missing or out of date. Throws with one line when the build fails. */
export async function buildConsole(say: (line: string) => void): Promise<void> {
  if (isConsoleBuilt()) return;
  say('Building the officer console ...');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--config', 'vite.web.config.ts', '--logLevel', 'warn'],
    {
      cwd: join(root, 'apps/console'),
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const end = (): unknown => child.kill();
  process.once('exit', end);
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('exit', end);
  if (code !== 0) throw new Error('The officer console could not be built (see above).');
}
