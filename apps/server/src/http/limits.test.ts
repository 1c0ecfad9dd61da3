import { describe, expect, it } from 'vitest';

import { createLimiter, DEFAULT_LIMITS } from './limits.ts';

const limits = { ...DEFAULT_LIMITS, cast: { perPerson: 2, perAddress: 3, windowSeconds: 60 } };

it('counts by account and by address, and says how long to wait', async () => {
  let now = 0;
  const limiter = createLimiter(limits, { clock: () => now });
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
  const limiter = createLimiter(limits, { clock: () => 0 });
  for (let i = 0; i < 4; i += 1) await limiter.take('cast', ['address:a']);
  expect(await limiter.take('cast', ['address:a'])).not.toBeNull();
  expect(await limiter.take('read', ['address:a'])).toBeNull();
});

it('stays small under many addresses', async () => {
  const limiter = createLimiter(limits, { clock: () => 0 });
  for (let i = 0; i < 120_000; i += 1) await limiter.take('read', [`address:${i}`]);
  expect(await limiter.take('read', ['address:last'])).toBeNull();
});

describe('servers that count together', () => {
  const few = { ...DEFAULT_LIMITS, cast: { perPerson: 8, perAddress: 100, windowSeconds: 60 } };
  /** What the database does. */
  function counter() {
    const totals = new Map<string, number>();
    const count = (name: string, uses: number) => {
      totals.set(name, (totals.get(name) ?? 0) + uses);
      return Promise.resolve({ total: totals.get(name) ?? 0, secondsLeft: 7 });
    };
    return { totals, shared: { count } };
  }
  const take = (limiter: ReturnType<typeof createLimiter>) =>
    limiter.take('cast', ['person:vera', 'address:a']);

  it('grant together what one would grant, but for the quarter that is not told', async () => {
    const { shared } = counter();
    const [a, b] = [createLimiter(few, { shared }), createLimiter(few, { shared })];
    let granted = 0;
    for (let i = 0; i < 40; i += 1) if ((await take(i % 2 === 0 ? a : b)) === null) granted += 1;
    expect(granted).toBe(8);
    // Whoever turns to one server only, then to the other, gets no more than a quarter on top.
    const late = createLimiter(few, { shared });
    const waits: (number | null)[] = [];
    for (let i = 0; i < 6; i += 1) waits.push(await take(late));
    expect(waits).toEqual([null, null, 7, 7, 7, 7]);
  });

  it('tell nobody of who does no more than people do', async () => {
    const { shared, totals } = counter();
    const limiter = createLimiter(DEFAULT_LIMITS, { shared });
    for (let i = 0; i < 5; i += 1) await take(limiter);
    expect(totals.size).toBe(0);
    await take(limiter);
    expect([...totals]).toEqual([['cast person:vera', 6]]);
  });

  it('ask no more about who is held off', async () => {
    const { shared, totals } = counter();
    const limiter = createLimiter(few, { shared });
    for (let i = 0; i < 50; i += 1) await take(limiter);
    expect(totals.get('cast person:vera')).toBe(8);
  });

  it('count alone while the database does not answer, and tell it afterwards', async () => {
    const { shared, totals } = counter();
    let there = false;
    const shaky = {
      count: (name: string, uses: number) =>
        there ? shared.count(name, uses) : Promise.reject(new Error('gone')),
    };
    const limiter = createLimiter(few, { shared: shaky });
    for (let i = 0; i < 6; i += 1) expect(await take(limiter)).toBeNull();
    there = true;
    expect(await take(limiter)).toBeNull();
    expect(totals.get('cast person:vera')).toBe(7);
    there = false;
    expect(await take(limiter)).toBeNull();
    expect(await take(limiter)).not.toBeNull();
  });
});
