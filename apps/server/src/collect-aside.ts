import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Linux gives each thread a priority of its own (sched(7)), and Node names those on which V8 collects garbage beside the program. */
const THREADS = '/proc/self/task';
const NAME = 'V8Worker';
/** Of 19: a tenth of the processor's time where others want all of it, and all that nobody wants. */
const LOWER = 10;

/**
 * Lets whoever is waited for, this program and a database server beside it, go before the threads that collect garbage: where there are
 * two processors, a collection of the whole heap took both of them for as long as a dozen casts take (docs/benchmarks.md). Where the
 * system has no such threads, or lets nobody do that, everything stays as it is.
 */
export function collectAside(): void {
  for (const thread of threads())
    try {
      const name = readFileSync(`${THREADS}/${thread}/comm`, 'utf8').trim();
      if (name === NAME) setPriority(Number(thread), LOWER);
    } catch {
      // It has ended, or nobody may: slower beside a full processor, and otherwise the same.
    }
}

function threads(): string[] {
  try {
    return readdirSync(THREADS);
  } catch {
    return [];
  }
}
