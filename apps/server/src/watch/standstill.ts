/**
 * Ends a process that stands still, so that whoever watches over it starts it anew and a proxy asks another server
 * meanwhile. Keys and witness are read and written at once, in the middle of a request (`ballot-box/src/keys`): a disk
 * that refuses is an error like others, but one that never answers stops everything, the handler of SIGTERM and
 * `/healthz` included. A thread of its own sees that.
 */
import { Worker } from 'node:worker_threads';

/** Ms. Far longer than anything of ours computes without a pause (docs/benchmarks.md: the pauses of a count). */
export const LONGEST_STANDSTILL = 30_000;
/** Ms between two signs of life, and between two looks at them. */
const BEAT = 1000;

/** Until the process ends; keeps it from ending no more than it keeps it from living. */
export function endWhenStandingStill(longest = LONGEST_STANDSTILL, beat = BEAT): void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), beat).unref();
  const worker = new Worker(new URL('./standstill.worker.mjs', import.meta.url), {
    workerData: { beats, longest, beat } satisfies Watched,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
    // Neither what the process was started with, such as an inspector, nor its secrets.
    execArgv: [],
    env: {},
  });
  // Without it the server is what it was: no reason to end.
  worker.on('error', () => undefined).unref();
}

export interface Watched {
  readonly beats: Int32Array;
  readonly longest: number;
  readonly beat: number;
}
