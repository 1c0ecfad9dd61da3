/** Verifies a count by officers in the browser, with a worker for each processor. */
import { makePool, verifyCount } from '@elekto/protocol/board';
import type { Counted, CountInput, Thread, ThreadAnswer } from '@elekto/protocol/board';
import type { Check } from '@elekto/protocol/result';

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

/** What is told while the work goes on. */
export interface Told {
  check(check: Check): void;
  /** From 0 to 1. */
  progress(done: number): void;
}

export async function verifyCountHere(input: CountInput, told: Told): Promise<Counted | null> {
  const pool = makePool(navigator.hardwareConcurrency, startThread, told.progress);
  try {
    const steps = verifyCount(input, pool.run);
    for (;;) {
      const next = await steps.next();
      if (next.done === true) return next.value;
      told.check(next.value);
    }
  } finally {
    pool.end();
  }
}
