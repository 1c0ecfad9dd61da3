/** Changes as they happen: server events while they can be had, a schedule where the server has none. */
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '@elekto/api';
import type { LiveListener } from './backend.ts';

type OfficerClient = TRPCClient<AppRouter>['officer'];

/** How often to ask where the server offers no live stream. */
export const POLL_EVERY_MS = 15_000;

/** After so long a stream that a server ended, as it does when it stops, is asked for anew. */
export const AGAIN_AFTER_MS = 2000;

/**
 * Subscribes to `officer.live`. A connection that breaks is the link's to make again; one that the server ends itself, or
 * does not begin, the link takes for the end, so that it is begun anew here. Returns the function that stops it.
 */
export function subscribe(officer: OfficerClient, listener: LiveListener): () => void {
  let poll: ReturnType<typeof setInterval> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let away = false;
  let stop = (): void => undefined;
  const beginAfter = (wait: number): void => {
    away = true;
    clearTimeout(again);
    again = setTimeout(begin, wait);
  };
  const begin = (): void => {
    const subscription = officer.live.subscribe(undefined, {
      onStarted: () => listener.onStatus('live'),
      onData: (change) => listener.onChange(change),
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'pending') {
          clearInterval(poll);
          poll = undefined;
          listener.onStatus('live');
          // Whatever happened while nobody listened.
          if (away) listener.onChange({ kind: 'elections', key: null });
          away = false;
        } else if (state === 'connecting') {
          away ||= Boolean(error);
          if (poll === undefined) listener.onStatus(away ? 'offline' : 'connecting');
        }
      },
      onComplete: () => {
        listener.onStatus('offline');
        beginAfter(AGAIN_AFTER_MS);
      },
      onError: () => {
        listener.onStatus('polling');
        poll ??= setInterval(() => listener.onChange({ kind: 'elections', key: null }), POLL_EVERY_MS);
        beginAfter(POLL_EVERY_MS);
      },
    });
    stop = () => subscription.unsubscribe();
  };
  listener.onStatus('connecting');
  begin();
  return () => {
    clearTimeout(again);
    clearInterval(poll);
    stop();
  };
}
