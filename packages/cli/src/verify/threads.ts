import { Worker } from 'node:worker_threads';

import type { Thread, ThreadAnswer } from '@elekto/protocol/board';

/** Another thread that works on tasks of a verification. */
export function startThread(): Thread {
  const worker = new Worker(new URL('./task.worker.ts', import.meta.url));
  return {
    send: (task) => worker.postMessage(task),
    listen: (hear) => {
      worker.on('message', (answer: ThreadAnswer) => hear(answer));
      worker.on('error', (error) => hear({ broken: (error as Error).message }));
    },
    end: () => void worker.terminate(),
  };
}
