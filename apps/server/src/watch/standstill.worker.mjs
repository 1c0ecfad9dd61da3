/** The thread of standstill.ts. Plain JavaScript: to read TypeScript would cost it more memory than all else it does. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** @type {import('./standstill.ts').Watched} */
const { beats, longest, beat } = workerData;
const msg =
  'the process stood still and ends itself: a disk, such as that of the secrets directory, does not answer';
let [last, silent] = [-1, 0];

// Looks that found no sign of life are counted, and not time that has passed: a machine that slept is no standstill.
setInterval(() => {
  const now = Atomics.load(beats, 0);
  silent = now === last ? silent + 1 : 0;
  last = now;
  if (silent * beat < longest) return;
  writeSync(
    1,
    `${JSON.stringify({ level: 'fatal', time: new Date().toISOString(), seconds: longest / 1000, msg })}\n`,
  );
  // Nothing milder is heard by a thread that waits for a disk.
  process.kill(process.pid, 'SIGKILL');
}, beat);
