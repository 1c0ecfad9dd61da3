/** Verifies a count by officers in the browser, with a worker for each processor. */
import { verifyCount } from '@elekto/protocol/board';
import type { Counted, CountInput } from '@elekto/protocol/board';
import type { Check } from '@elekto/protocol/result';
import { startPool } from '../shared/task-threads.ts';

/** What is told while the work goes on. */
export interface Told {
  check(check: Check): void;
  /** From 0 to 1. */
  progress(done: number): void;
}

export async function verifyCountHere(input: CountInput, told: Told): Promise<Counted | null> {
  const pool = startPool(told.progress);
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
