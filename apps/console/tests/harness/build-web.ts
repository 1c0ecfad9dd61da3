/** The web build as the server serves it, made when a source is newer. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isConsoleBuilt } from '../../../../scripts/build-console.ts';
import { takeTurn } from './build-once.ts';

const folder = join(import.meta.dirname, '../..');
const built = join(folder, 'dist/web');

/** Folder of the built page. Throws with the build's own words. */
export function buildWeb(): string {
  if (isConsoleBuilt()) return built;
  const giveBack = takeTurn('web');
  try {
    if (isConsoleBuilt()) return built;
    const cli = join(folder, 'node_modules/vite/bin/vite.js');
    const done = spawnSync(
      process.execPath,
      [cli, 'build', '--config', 'vite.web.config.ts', '--logLevel', 'warn'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_ENV: 'production' },
      },
    );
    if (done.status !== 0)
      throw new Error(`The console's page could not be built:\n${done.stdout}${done.stderr}`);
    return built;
  } finally {
    giveBack();
  }
}
