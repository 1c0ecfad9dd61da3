import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The process that all files of a test run have above them: `npm test` names itself. */
export const testRun =
  Number(process.env['ELEKTO_TEST_RUN'] ?? 0) ||
  (process.env['VITEST'] === 'true' ? process.ppid : process.pid);

/** The one server of its kind that all files of a test run share, on 127.0.0.1. */
export interface SharedServer {
  readonly port: number;
  /** The file of the authority that vouches for it; absent where no certificate could be made. */
  readonly ca?: string;
}

/** The first caller starts it; it stops when the run ends, however it ends. */
export async function sharedServer(kind: 'postgresql' | 'mariadb'): Promise<SharedServer> {
  const file = join(tmpdir(), `elekto-${kind}-run-${testRun}.json`);
  try {
    mkdirSync(`${file}.lock`);
    const keeper = fileURLToPath(new URL('./keeper.ts', import.meta.url));
    spawn(process.execPath, [keeper, String(testRun), file, kind], {
      detached: true,
      stdio: 'ignore',
    }).unref();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (let waited = 0; waited < 120_000; waited += 50) {
    if (existsSync(file)) {
      const said = JSON.parse(readFileSync(file, 'utf8')) as SharedServer & { error?: string };
      if (said.error !== undefined) throw new Error(`${kind} did not start: ${said.error}`);
      return said;
    }
    await sleep(50);
  }
  throw new Error(`${kind} did not start within two minutes`);
}
