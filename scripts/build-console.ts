/** The officer console's web build, made again only when one of its sources is newer. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const built = join(root, 'apps/console/dist/web/index.html');

/** Its own sources and those of every package it is made of. */
function sources(): readonly string[] {
  const manifest = readFileSync(join(root, 'apps/console/package.json'), 'utf8');
  const packages = [...manifest.matchAll(/"@elekto\/([a-z-]+)": "workspace:/g)].map(([, name = '']) => name);
  return [
    'apps/console/src',
    'apps/console/vite.web.config.ts',
    'pnpm-lock.yaml',
    ...packages.map((name) => `packages/${name}/src`),
  ];
}

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/** Whether the web version is there and none of its sources is newer. */
export function isConsoleBuilt(): boolean {
  const age = existsSync(built) ? statSync(built).mtimeMs : 0;
  return age > 0 && sources().every((path) => newest(join(root, path)) <= age);
}

/** Builds the console's web version when it is missing or out of date. Throws with one line when the build fails. */
export async function buildConsole(say: (line: string) => void): Promise<void> {
  if (isConsoleBuilt()) return;
  say('Building the officer console ...');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const done = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'vite.web.config.ts', '--logLevel', 'warn'],
    {
      cwd: join(root, 'apps/console'),
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (done.status !== 0) throw new Error('The officer console could not be built (see above).');
}
