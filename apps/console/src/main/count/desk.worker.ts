/** A desk in a thread of its own: nothing of a count is computed where the windows are served. */
import { parentPort, workerData } from 'node:worker_threads';
import type { OfficerKey } from '@elekto/custody/ceremony';
import { openDesk } from '@elekto/officer';
import type { DeskCall } from './desk-thread.ts';

const desk = openDesk(workerData as readonly OfficerKey[], (effort) => parentPort?.postMessage({ effort }));

parentPort?.on('message', ({ name, input }: DeskCall) => {
  // One call after another: whoever calls waits for the answer.
  const call = desk[name] as (...given: unknown[]) => Promise<unknown>;
  void call(...input).then(
    (value) => parentPort?.postMessage({ value }),
    (error: unknown) => parentPort?.postMessage({ failed: (error as Error).message }),
  );
});
