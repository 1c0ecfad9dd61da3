/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal and in the log, in English as all of them */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { BackupError, codeOf } from './backup-error.ts';
import type { Job } from './make.ts';
import { partOf } from './sealed.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
/** Ms for a backup; a disk that hangs longer ends in a failure that is told. */
const PATIENCE = 30 * 60_000;

/**
 * As `makeBackup`, in a process of its own. `signal` ends it, and what it has begun: nothing is left.
 * @throws BackupError
 */
export async function makeBackupApart(job: Job, signal?: AbortSignal): Promise<void> {
  const part = partOf(job.file);
  const patience = AbortSignal.timeout(PATIENCE);
  const late = signal === undefined ? patience : AbortSignal.any([signal, patience]);
  if (late.aborted) throw new BackupError('it was given up');
  // A group of its own: what it has called ends with it, and writes to no file that is removed.
  const child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const kill = (): void => endGroup(child.pid);
  late.addEventListener('abort', kill);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (words: string) => void (said += words));
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify({ ...job, part } satisfies Job));
  const ended = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(codeOf(error)));
    child.on('close', (code, killed) => resolve(code ?? killed));
  });
  late.removeEventListener('abort', kill);
  if (ended === 0) return;
  for (const left of [part, ...(job.what === 'database' ? [job.draft] : [])]) rmSync(left, { force: true });
  const killed =
    ended === 'SIGKILL' ? 'its process was killed: was the memory used up?' : `it ended with ${ended}`;
  throw new BackupError(said !== '' ? said : patience.aborted ? 'it took longer than half an hour' : killed);
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
