/** What runs in the pages and renders them, bundled ahead of time for all data directories, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { islandsPlace, PREBUILT } from '../site/src/build/islands-place.ts';

const arePagesBuilt = async (): Promise<boolean> => (await islandsPlace(PREBUILT)).found !== null;

/** Bytes that a bundler takes beside the demo. */
const ROOM = 2 * 2 ** 30;

export interface Pages {
  readonly begun: boolean;
  readonly made: Promise<boolean>;
}

/**
 * Begins it where it is lacking and there is room; else, and where it fails, the first server of a data directory makes its own in its
 * turn. `begun`: whether anything is made; `made` resolves when it is over, to whether it is there. A process that ends before takes back what was begun.
 */
export async function beginPages(): Promise<Pages> {
  if (await arePagesBuilt()) return { begun: false, made: Promise.resolve(true) };
  if (process.availableMemory() < ROOM) return { begun: false, made: Promise.resolve(false) };
  const child = spawn(process.execPath, [import.meta.filename], { stdio: 'ignore' });
  const end = (): void => {
    child.kill('SIGKILL');
    for (const name of existsSync(PREBUILT) ? readdirSync(PREBUILT) : [])
      if (name.includes(`.${child.pid}`)) rmSync(join(PREBUILT, name), { recursive: true, force: true });
  };
  process.once('exit', end);
  const made = once(child, 'close').then(
    () => {
      process.off('exit', end);
      return arePagesBuilt();
    },
    () => false,
  );
  return { begun: true, made };
}

if (import.meta.main) {
  const { prepareIslands } = await import('../site/src/build/islands.ts');
  await prepareIslands(PREBUILT);
}
