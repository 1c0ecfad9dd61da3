/* eslint elekto/words-in-catalogue: off -- a refusal, which names step and party as those of packages/custody, in English */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { refuse, type Result } from '@elekto/custody';
import { type Held, takeLock } from './lock-file.ts';

/** How long, ms, another process is waited for. A change is a file read and written. */
const PATIENCE = 10_000;
const LOOK_AGAIN = 20;

/** One change of a file after another, within this process. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Does `work` while no other work on this very file is done, by this process or another of this computer, as two commands with one
 * key file are. Who writes another file is not waited for: the app has one of its own, and of what a command remembers it knows nothing.
 * Says so by a file beside it, `<file>.lock`, which names the process; one of a process that died is taken away.
 *
 * Refuses with `act-memory`, without having begun, while another process holds the file for longer than `patience` ms.
 */
export function asOneWriter<T>(
  file: string,
  work: () => Promise<Result<T>>,
  patience = PATIENCE,
): Promise<Result<T>> {
  const path = resolve(file);
  const turn = (turns.get(path) ?? Promise.resolve()).then(async () => {
    const lock = `${path}.lock`;
    const held = await hold(lock, patience);
    if (typeof held === 'string')
      return refuse(
        'act-memory',
        { step: 'memory', party: 'this computer' },
        `another window or command (process ${held || 'unknown'}) is writing what this computer remembers. Wait until it is done and try again; if none is at work, remove ${lock}.`,
      );
    try {
      return await work();
    } finally {
      await held.release();
    }
  });
  turns.set(
    path,
    turn.catch(() => undefined),
  );
  return turn;
}

/** The lock, or who had it all the time. */
async function hold(lock: string, patience: number): Promise<Held | string> {
  const until = performance.now() + patience;
  for (;;) {
    const held = await takeLock(lock);
    if (typeof held !== 'string' || performance.now() > until) return held;
    await wait(LOOK_AGAIN);
  }
}
