/** Changes as they happen: server events while they can be had, a schedule where the server has none. */
import type { TRPCUntypedClient } from '@trpc/client';
import type { AppRouter } from '@elekto/api';
import type { Change, LiveListener } from './backend.ts';

/** How often to ask where the server offers no live stream. */
export const POLL_EVERY_MS = 15_000;

/** Subscribes to `officer.live`; reconnecting is the link's work. Returns the function that stops it. */
export function subscribe(client: TRPCUntypedClient<AppRouter>, listener: LiveListener): () => void {
  let poll: ReturnType<typeof setInterval> | undefined;
  listener.onStatus('connecting');
  const subscription = client.subscription('officer.live', undefined, {
    onStarted: () => listener.onStatus('live'),
    onData: (change) => listener.onChange(change as Change),
    onConnectionStateChange: ({ state, error }) => {
      if (state === 'pending') listener.onStatus('live');
      else if (state === 'connecting') listener.onStatus(error ? 'offline' : 'connecting');
    },
    onError: () => {
      listener.onStatus('polling');
      poll ??= setInterval(() => listener.onChange({ kind: 'elections', key: null }), POLL_EVERY_MS);
    },
  });
  return () => {
    subscription.unsubscribe();
    clearInterval(poll);
  };
}
