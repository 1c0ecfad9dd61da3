import type { StretchJob } from './stretch.ts';
import type { StretchAnswer } from './stretch.worker.ts';

/** Told how far the work has come, from 0 to 1, rising. */
export type OnProgress = (fraction: number) => void;

const TICK_MS = 50;

const startWorker = (): Worker =>
  new Worker(new URL('./stretch.worker.ts', import.meta.url), { type: 'module' });

/** Fetched and started beforehand; taken by the next job. */
let waiting: Worker | undefined;

/** Gets what stretching needs while there is a connection. */
export function prepareStretch(): void {
  if (waiting || typeof Worker === 'undefined') return;
  const worker = startWorker();
  worker.onerror = () => {
    if (waiting === worker) waiting = undefined;
  };
  waiting = worker;
}

/**
 * Stretches away from the page's thread, so that it stays responsive. Argon2id cannot say how far it is,
 * so progress is the time passed against the time foreseen by a small rehearsal on this very device.
 * Without workers (Node) the work is done in place.
 *
 * @throws Error when this device cannot give the memory.
 */
export function stretchAway(job: StretchJob, onProgress: OnProgress): Promise<Uint8Array> {
  onProgress(0);
  if (typeof Worker === 'undefined') return stretchHere(job, onProgress);
  return new Promise((resolve, reject) => {
    const worker = waiting ?? startWorker();
    waiting = undefined;
    let ticking: ReturnType<typeof setInterval> | undefined;
    const end = (): void => {
      clearInterval(ticking);
      worker.terminate();
    };
    const fail = (): void => {
      end();
      reject(new Error('this device could not stretch the passphrase (not enough memory?)'));
    };
    worker.onmessage = ({ data }: MessageEvent<StretchAnswer>) => {
      if ('foreseen' in data) {
        const since = performance.now();
        ticking = setInterval(() => {
          // Approaches 1 and never reaches it, however wrong the forecast is.
          onProgress(1 - Math.exp((-2.5 * (performance.now() - since)) / Math.max(1, data.foreseen)));
        }, TICK_MS);
      } else if ('output' in data) {
        end();
        onProgress(1);
        resolve(data.output);
      } else fail();
    };
    worker.onerror = fail;
    worker.postMessage(job);
  });
}

/** Loaded only where there are no workers, so that a page does not carry Argon2id twice. */
async function stretchHere(job: StretchJob, onProgress: OnProgress): Promise<Uint8Array> {
  const { stretch } = await import('./stretch.ts');
  const output = await stretch(job);
  onProgress(1);
  return output;
}
