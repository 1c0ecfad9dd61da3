import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Desk, Effort } from '@elekto/officer';
import type { OpenDesk } from './counts.ts';

/** A call of the desk in the thread. */
export interface DeskCall {
  readonly name: keyof Desk;
  readonly input: readonly unknown[];
}

type Said = { readonly effort: Effort } | { readonly value: unknown } | { readonly failed: string };

/** The desk behind a thread that ends with it. */
export const openDeskThread: OpenDesk = (keys, tell) => {
  const worker = new Worker(join(import.meta.dirname, 'desk.js'), { workerData: keys });
  const call = (name: keyof Desk, ...input: unknown[]): Promise<never> =>
    new Promise((resolve, reject) => {
      const done = (): void => void worker.off('message', hear).off('error', fail);
      const fail = (error: Error): void => {
        done();
        reject(error);
      };
      const hear = (said: Said): void => {
        if ('effort' in said) return tell(said.effort);
        if ('failed' in said) return fail(new Error(said.failed));
        done();
        resolve(said.value as never);
      };
      worker.on('message', hear).on('error', fail);
      worker.postMessage({ name, input } satisfies DeskCall);
    });
  return {
    desk: {
      open: (material, now) => call('open', material, now),
      mix: (now) => call('mix', now),
      decrypt: (now) => call('decrypt', now),
      decide: (number, decision) => call('decide', number, decision),
    },
    close: async () => void (await worker.terminate()),
  };
};
