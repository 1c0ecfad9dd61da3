/** The desktop app built by electron-vite, once for all suites of a run. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../..');
export const APP_MAIN = join(folder, 'out/main/index.js');

/** When the newest file of a folder was written, ms. */
export function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds when a source is newer than what is built. Throws with the build's own words. */
export function buildApp(): string {
  const packages = ['ui', 'tally', 'roll', 'roll-sources'].map((name) => `../../packages/${name}/src`);
  const sources = ['src', 'electron.vite.config.ts', ...packages];
  const built = join(folder, 'out/renderer/index.html');
  const age = existsSync(built) && existsSync(APP_MAIN) ? statSync(built).mtimeMs : 0;
  if (sources.some((path) => newest(join(folder, path)) > age)) {
    const cli = join(folder, 'node_modules/electron-vite/bin/electron-vite.js');
    const done = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (done.status !== 0)
      throw new Error(`The desktop app could not be built:\n${done.stdout}${done.stderr}`);
  }
  return APP_MAIN;
}
