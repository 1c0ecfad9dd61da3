import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `work` over all items, `width` at a time; the time taken, ms. */
export async function closedLoop<T>(
  items: readonly T[],
  width: number,
  work: (item: T, i: number) => Promise<void>,
): Promise<number> {
  const queue = items.entries();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const [i, item] of queue) await work(item, i);
    }),
  );
  return performance.now() - started;
}

/**
 * Starts `work` for the items at random instants, `rate` a second on average (a Poisson process), whether
 * or not earlier ones have ended. The time of each counts from the instant it was due, so that a stall
 * counts for all who come during it.
 */
export async function openLoop<T>(
  items: readonly T[],
  rate: number,
  work: (item: T, i: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  let due = performance.now();
  for (const [i, item] of items.entries()) {
    due += (-Math.log(1 - Math.random()) / rate) * 1000;
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    const since = due;
    running.push(work(item, i).then(() => void times.push(performance.now() - since)));
  }
  await Promise.all(running);
  return times;
}

/** Asks `probe` every `every` ms until stopped; the times it took. */
export function probing(every: number, probe: () => Promise<unknown>): () => Promise<number[]> {
  const times: number[] = [];
  let going = true;
  const loop = (async () => {
    while (going) {
      const started = performance.now();
      await probe();
      times.push(performance.now() - started);
      await sleep(every);
    }
  })();
  return async () => {
    going = false;
    await loop;
    return times;
  };
}
