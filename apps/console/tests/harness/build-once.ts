/** One build of a kind at a time, whichever of a run's processes asks: two would write into one folder. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../node_modules/.cache');
const MOST_MS = 120_000;
const STEP_MS = 100;

/** Waits until nobody else builds `name`, and takes the turn; what it answers gives it back. Throws after two minutes. */
export function takeTurn(name: string): () => void {
  const lock = join(folder, `building-${name}`);
  mkdirSync(folder, { recursive: true });
  for (let waited = 0; waited < MOST_MS; waited += STEP_MS) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch {
      if (!isAlive(lock)) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
    }
  }
  throw new Error(`Another process has been building the console for two minutes: see ${lock}.`);
}

/** Whether whoever holds the turn still runs. A file without a number is one that is being written. */
function isAlive(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}
