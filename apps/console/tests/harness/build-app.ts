/** The desktop app built by electron-vite, once for all suites of a run. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt } from '../../../../scripts/build-console.ts';
import { takeTurn } from './build-once.ts';

const folder = join(import.meta.dirname, '../..');
export const APP_MAIN = join(folder, 'out/main/index.js');

const isReady = (): boolean =>
  existsSync(APP_MAIN) &&
  isBuilt('apps/console/out/renderer/index.html', ['apps/console/electron.vite.config.ts']);

/** Builds when a source is newer than what is built. Throws with the build's own words. */
export function buildApp(): string {
  if (isReady()) return APP_MAIN;
  const giveBack = takeTurn('app');
  try {
    if (isReady()) return APP_MAIN;
    const cli = join(folder, 'node_modules/electron-vite/bin/electron-vite.js');
    const done = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (done.status !== 0)
      throw new Error(`The desktop app could not be built:\n${done.stdout}${done.stderr}`);
    return APP_MAIN;
  } finally {
    giveBack();
  }
}
