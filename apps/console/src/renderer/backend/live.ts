/** Changes as they happen: server events while they can be had, a schedule where the server has none. */
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '@elekto/api';
import type { LiveListener } from './backend.ts';

type OfficerClient = TRPCClient<AppRouter>['officer'];

/** How often to ask where the server offers no live stream. */
export const POLL_EVERY_MS = 15_000;

/** Subscribes to `officer.live`; reconnecting is the link's work. Returns the function that stops it. */
export function subscribe(officer: OfficerClient, listener: LiveListener): () => void {
  let poll: ReturnType<typeof setInterval> | undefined;
  let away = false;
  listener.onStatus('connecting');
  const subscription = officer.live.subscribe(undefined, {
    onStarted: () => listener.onStatus('live'),
    onData: (change) => listener.onChange(change),
    onConnectionStateChange: ({ state, error }) => {
      if (state === 'pending') {
        listener.onStatus('live');
        // Whatever happened while nobody listened.
        if (away) listener.onChange({ kind: 'elections', key: null });
        away = false;
      } else if (state === 'connecting') {
        away ||= Boolean(error);
        listener.onStatus(error ? 'offline' : 'connecting');
      }
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
