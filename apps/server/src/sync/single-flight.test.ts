import { expect, it } from 'vitest';

import { singleFlight } from './single-flight.ts';

it('runs once at a time; calls during a run share one run that follows', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const release: (() => void)[] = [];
  const call = singleFlight(async () => {
    running += 1;
    runs += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
  });
  const first = call();
  const others = [call(), call(), call()];
  release.shift()?.();
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  release.shift()?.();
  await Promise.all(others);
  expect({ runs, most }).toEqual({ runs: 2, most: 1 });
});

it('goes on after a failure', async () => {
  let fail = true;
  const call = singleFlight(() => (fail ? Promise.reject(new Error('x')) : Promise.resolve()));
  await expect(call()).rejects.toThrow('x');
  fail = false;
  await expect(call()).resolves.toBeUndefined();
});
