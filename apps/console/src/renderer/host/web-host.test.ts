import { afterEach, expect, it, vi } from 'vitest';
import { createWebHost, MOST_CALLS } from './web-host.ts';

afterEach(() => vi.unstubAllGlobals());

it('what is asked at once goes in requests of as many calls as the server takes', async () => {
  const requests: number[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const calls = new URL(url, 'https://console.example').pathname.split(',').length;
    requests.push(calls);
    return Response.json(Array.from({ length: calls }, () => ({ result: { data: { cast: 1 } } })));
  });
  const { backend } = createWebHost();
  const keys = Array.from({ length: 2 * MOST_CALLS + 5 }, (_, i) => `election-${i}`);
  expect(await Promise.all(keys.map((key) => backend.turnout(key)))).toHaveLength(keys.length);
  expect(requests).toEqual([MOST_CALLS, MOST_CALLS, 5]);
});
