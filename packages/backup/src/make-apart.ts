/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal and in the log, in English as all of them */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { BackupError, codeOf } from './backup-error.ts';
import type { Job } from './make.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
/** Ms for a backup; a disk that hangs longer ends in a failure that is told. */
const PATIENCE = 30 * 60_000;

/**
 * As `makeBackup`, in a process of its own. `signal` ends it: nothing is left but a part that the next one replaces.
 * @throws BackupError
 */
export async function makeBackupApart(job: Job, signal?: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE);
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'pipe', 'ignore'],
    signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => void (said += part));
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(job));
  const ended = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(codeOf(error)));
    child.on('close', (code, killed) => resolve(code ?? killed));
  });
  if (ended === 0) return;
  const killed =
    ended === 'SIGKILL' ? 'its process was killed: was the memory used up?' : `it ended with ${ended}`;
  throw new BackupError(said !== '' ? said : patience.aborted ? 'it took longer than half an hour' : killed);
}
