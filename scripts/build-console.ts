/** The officer console's web build, made again only when one of its sources is newer. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const built = join(root, 'apps/console/dist/web/index.html');
const sources = ['apps/console/src', 'apps/console/vite.web.config.ts', 'packages/ui/src', 'pnpm-lock.yaml'];

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/** Builds the console's web version when it is missing or out of date. Throws with one line when the build fails. */
export async function buildConsole(say: (line: string) => void): Promise<void> {
  const age = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (sources.every((path) => newest(join(root, path)) <= age)) return;
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
