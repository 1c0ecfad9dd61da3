import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RollSaid, RunRollTask } from './rolls.ts';

/** Runs a task in a thread that ends with it. */
export const runRollThread: RunRollTask = (task, tell) => {
  const worker = new Worker(join(import.meta.dirname, 'roll.js'), { workerData: task });
  const ended = new Promise<RollSaid | null>((resolve) => {
    worker.on('message', (said: RollSaid) => {
      if ('progress' in said) return tell(said.progress);
      resolve(said);
      void worker.terminate();
    });
    worker.on('error', (error) => resolve({ failed: error.message }));
    worker.on('exit', () => resolve(null));
  });
  return { ended, stop: () => void worker.terminate() };
};
