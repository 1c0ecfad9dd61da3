/** One live connection for the app, started and stopped with the sign-in; every watching window hears it. */
import type { WebContents } from 'electron';
import type { LiveEvent } from '../shared/bridge.ts';
import { CHANNELS } from '../shared/channels.ts';
import { followLive } from './live.ts';
import type { Server } from './server-client.ts';

export class LiveService {
  readonly #server: () => Server | null;
  readonly #onEvent: (event: LiveEvent) => void;
  readonly #watchers = new Set<WebContents>();
  #running: AbortController | null = null;
  #status: LiveEvent = { kind: 'status', status: 'connecting' };

  constructor(server: () => Server | null, onEvent: (event: LiveEvent) => void) {
    this.#server = server;
    this.#onEvent = onEvent;
  }

  /** Begins anew: another server, another person, or nobody. */
  restart(): void {
    this.stop();
    if ((this.#server()?.token ?? null) === null) return;
    const running = new AbortController();
    this.#running = running;
    void followLive({
      server: () => this.#server() ?? { origin: 'https://invalid.invalid', token: null },
      emit: (event) => this.#emit(event),
      signal: running.signal,
    });
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  watch(contents: WebContents): void {
    if (!this.#watchers.has(contents)) contents.once('destroyed', () => this.#watchers.delete(contents));
    this.#watchers.add(contents);
    contents.send(CHANNELS.onLive, this.#status);
  }

  unwatch(contents: WebContents): void {
    this.#watchers.delete(contents);
  }

  #emit(event: LiveEvent): void {
    if (event.kind === 'status') this.#status = event;
    this.#onEvent(event);
    for (const contents of this.#watchers) if (!contents.isDestroyed()) contents.send(CHANNELS.onLive, event);
  }
}
