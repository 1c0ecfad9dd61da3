import { makePool } from '@elekto/protocol/board';
import type { Pool, Thread, ThreadAnswer } from '@elekto/protocol/board';

function startThread(): Thread {
  const worker = new Worker(new URL('./task.worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (task) => worker.postMessage(task),
    listen: (hear) => {
      worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => hear(data);
      worker.onerror = ({ message }) => hear({ broken: message });
    },
    end: () => worker.terminate(),
  };
}

/** A worker for each processor for the dear steps of a verification, away from the page's thread; `progress` is told from 0 to 1. */
export const startPool = (progress: (done: number) => void): Pool =>
  makePool(navigator.hardwareConcurrency, startThread, progress);
