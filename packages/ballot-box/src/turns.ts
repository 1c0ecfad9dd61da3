import { setImmediate as letOthers } from 'node:timers/promises';

/** Ms. Whoever asks the server meanwhile waits for no longer than about this. */
const TURN = 10;

/**
 * For work on all ballots of a box: to be awaited after each of them. Others have their turn whenever this has worked for 10 ms.
 */
export function takeTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN) return;
    await letOthers();
    since = performance.now();
  };
}
