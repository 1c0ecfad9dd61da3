import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveListener } from './backend.ts';
import { AGAIN_AFTER_MS, POLL_EVERY_MS, subscribe } from './live.ts';

interface Handlers {
  onStarted(): void;
  onComplete(): void;
  onError(): void;
  onConnectionStateChange(change: { state: 'connecting' | 'pending'; error: Error | null }): void;
}

/** What the link was asked for, one after the other. */
const begun: Handlers[] = [];
const ended: number[] = [];
const told: string[] = [];
const officer = {
  live: {
    subscribe: (_: undefined, handlers: Handlers) => {
      const at = begun.push(handlers) - 1;
      return { unsubscribe: () => void ended.push(at) };
    },
  },
} as unknown as Parameters<typeof subscribe>[0];
const listener: LiveListener = {
  onStatus: (status) => void told.push(status),
  onChange: ({ kind }) => void told.push(`changed ${kind}`),
};
const connect = (at: number): void => {
  begun[at]?.onConnectionStateChange({ state: 'connecting', error: null });
  begun[at]?.onConnectionStateChange({ state: 'pending', error: null });
};

beforeEach(() => {
  vi.useFakeTimers();
  for (const list of [begun, ended, told]) list.length = 0;
});
afterEach(() => vi.useRealTimers());

it('begins anew when the server ends the stream, as it does when it stops, and asks what it has missed', () => {
  const stop = subscribe(officer, listener);
  connect(0);
  expect(told).toEqual(['connecting', 'connecting', 'live']);
  begun[0]?.onComplete();
  expect([told.at(-1), begun.length]).toEqual(['offline', 1]);
  vi.advanceTimersByTime(AGAIN_AFTER_MS);
  expect(begun.length).toBe(2);
  connect(1);
  expect(told.slice(3)).toEqual(['offline', 'offline', 'live', 'changed elections']);
  stop();
  expect(ended).toEqual([1]);
});

it('asks on a schedule where there is no stream, looks for one again, and stops asking when there is', () => {
  const stop = subscribe(officer, listener);
  begun[0]?.onError();
  expect(told.at(-1)).toBe('polling');
  vi.advanceTimersByTime(POLL_EVERY_MS);
  expect([told.at(-1), begun.length]).toEqual(['changed elections', 2]);
  connect(1);
  const heard = told.length;
  vi.advanceTimersByTime(4 * POLL_EVERY_MS);
  expect(told.slice(heard - 2)).toEqual(['live', 'changed elections']);
  stop();
});

it('begins nothing after it is stopped', () => {
  const stop = subscribe(officer, listener);
  begun[0]?.onComplete();
  stop();
  vi.advanceTimersByTime(10 * POLL_EVERY_MS);
  expect(begun.length).toBe(1);
});
