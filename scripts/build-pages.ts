/** What runs in the pages and renders them, bundled ahead of time for all data directories, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { islandsPlace, PREBUILT } from '../site/src/build/islands-place.ts';

export const arePagesBuilt = async (): Promise<boolean> => (await islandsPlace(PREBUILT)).found !== null;

/** Where it fails, the first server of a data directory makes its own, and says why it cannot. */
export async function buildPagesApart(say: (line: string) => void): Promise<void> {
  say('Bundling what runs in the pages ...');
  const child = spawn(process.execPath, [import.meta.filename], { stdio: 'ignore' });
  const end = (): unknown => child.kill();
  process.once('exit', end);
  await once(child, 'close');
  process.off('exit', end);
}

if (import.meta.main) {
  const { prepareIslands } = await import('../site/src/build/islands.ts');
  await prepareIslands(PREBUILT);
}
