import { makePool, verifyCount } from '@elekto/protocol/board';
import type { CountInput, Thread } from '@elekto/protocol/board';
import { checkWords } from '@elekto/words';

import { CliError } from '../cli-error.ts';
import { passing, printable, writeOut } from '../terminal.ts';
import { problemOf } from './problem-of.ts';
import { startThread } from './threads.ts';

/** Shows on a terminal how far the work is, on a line that the next one takes the place of. */
const onTerminal = (done: number): void => {
  passing(`${Math.floor(done * 100)} %`);
};

/**
 * Verifies a count by officers with several threads and writes one line a step.
 *
 * @param start begins a thread.
 * @throws CliError with the first line that is false.
 */
export async function verifyOnThreads(
  input: CountInput,
  threads: number,
  keysListed: boolean,
  start: () => Thread = startThread,
): Promise<void> {
  const pool = makePool(threads, start, onTerminal);
  try {
    const steps = verifyCount(input, pool.run);
    for (;;) {
      const next = await steps.next();
      if (next.done === true) {
        const problem = next.value && problemOf({ ...next.value, checks: [] }, keysListed);
        if (problem !== null) throw new CliError(`verification failed: ${problem}`);
        return;
      }
      const check = next.value;
      const words = printable(checkWords(check, 'en'));
      passing('');
      writeOut(`${check.ok ? 'ok   ' : 'WRONG'} ${check.name}: ${words}\n`);
      if (!check.ok) throw new CliError(`verification failed: ${words}`);
    }
  } finally {
    pool.end();
  }
}
