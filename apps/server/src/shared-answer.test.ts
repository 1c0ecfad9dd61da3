import { expect, it } from 'vitest';

import { sharedAnswer } from './shared-answer.ts';

it('asks once for all who ask within the while', async () => {
  let asked = 0;
  const shared = sharedAnswer(60_000, () => Promise.resolve((asked += 1)));
  expect(await Promise.all([shared.get(), shared.get(), shared.get()])).toEqual([1, 1, 1]);
  shared.forget();
  expect(await shared.get()).toBe(2);
});

it('asks again after the while', async () => {
  let asked = 0;
  const shared = sharedAnswer(0, () => Promise.resolve((asked += 1)));
  await shared.get();
  expect(await shared.get()).toBe(2);
});

it('keeps no failure', async () => {
  let fail = true;
  const shared = sharedAnswer(60_000, () =>
    fail ? Promise.reject(new Error('x')) : Promise.resolve('well'),
  );
  await expect(shared.get()).rejects.toThrow('x');
  fail = false;
  expect(await shared.get()).toBe('well');
});
