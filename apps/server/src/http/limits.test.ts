import { expect, it } from 'vitest';

import { createLimiter, DEFAULT_LIMITS } from './limits.ts';

const limits = { ...DEFAULT_LIMITS, cast: { perPerson: 2, perAddress: 3, windowSeconds: 60 } };

it('counts by account and by address, and says how long to wait', async () => {
  let now = 0;
  const limiter = createLimiter(limits, () => now);
  const take = (person: string) => limiter.take('cast', [`person:${person}`, 'address:a']);
  expect(await take('x')).toBeNull();
  expect(await take('x')).toBeNull();
  expect(await take('x')).toBe(60);
  now = 30_000;
  expect(await take('y')).toBe(30);
  now = 60_000;
  expect(await take('x')).toBeNull();
});

it('keeps limits apart', async () => {
  const limiter = createLimiter(limits, () => 0);
  for (let i = 0; i < 4; i += 1) await limiter.take('cast', ['address:a']);
  expect(await limiter.take('cast', ['address:a'])).not.toBeNull();
  expect(await limiter.take('read', ['address:a'])).toBeNull();
});

it('stays small under many addresses', async () => {
  const limiter = createLimiter(limits, () => 0);
  for (let i = 0; i < 120_000; i += 1) await limiter.take('read', [`address:${i}`]);
  expect(await limiter.take('read', ['address:last'])).toBeNull();
});
