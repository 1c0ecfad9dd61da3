/** Follows `officer.live` for as long as somebody watches: server events, reconnecting; else a schedule. */
import { setTimeout as sleep } from 'node:timers/promises';
import { net } from 'electron';
import { z } from 'zod';
import type { LiveEvent } from '../shared/bridge.ts';
import type { Server } from './server-client.ts';
import { readEvents } from './sse.ts';

const changeSchema = z.object({
  kind: z.enum(['elections', 'exceptions', 'turnout', 'outcome']),
  key: z.string().nullable(),
});

const EVERYTHING: LiveEvent = { kind: 'change', change: { kind: 'elections', key: null } };

export interface LiveOptions {
  readonly server: () => Server;
  readonly emit: (event: LiveEvent) => void;
  readonly signal: AbortSignal;
  /** How long to wait after the first lost connection; doubles up to half a minute. */
  readonly firstDelayMs?: number;
  readonly pollEveryMs?: number;
}

/** Resolves when `signal` ends it. */
export async function followLive({
  server,
  emit,
  signal,
  firstDelayMs = 1_000,
  pollEveryMs = 15_000,
}: LiveOptions): Promise<void> {
  let delay = firstDelayMs;
  while (!signal.aborted) {
    emit({ kind: 'status', status: 'connecting' });
    const ended = await connect(server(), emit, signal, () => {
      delay = firstDelayMs;
      // Whatever happened while nobody listened.
      emit(EVERYTHING);
    });
    if (signal.aborted) return;
    if (ended === 'none') {
      emit({ kind: 'status', status: 'polling' });
      await pause(pollEveryMs, signal);
      emit(EVERYTHING);
      continue;
    }
    emit({ kind: 'status', status: 'offline' });
    await pause(delay, signal);
    delay = Math.min(delay * 2, 30_000);
  }
}

/** `none`: this server has no live stream, or not for us. `lost`: it was there or should be. */
async function connect(
  { origin, token }: Server,
  emit: (event: LiveEvent) => void,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<'none' | 'lost'> {
  try {
    const response = await net.fetch(`${origin}/trpc/officer.live`, {
      headers: {
        accept: 'text/event-stream',
        'x-elekto': '1',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      credentials: 'omit',
      redirect: 'error',
      signal,
    });
    if (!response.ok || response.body === null || !isStream(response)) {
      await response.body?.cancel();
      return response.status >= 400 && response.status < 500 ? 'none' : 'lost';
    }
    emit({ kind: 'status', status: 'live' });
    onOpen();
    for await (const { event, data } of readEvents(response.body)) {
      if (event === 'return' || event === 'serialized-error') return 'lost';
      if (event !== 'message') continue;
      const change = changeSchema.safeParse(parse(data));
      if (change.success) emit({ kind: 'change', change: change.data });
    }
  } catch {
    // No network, or a connection that broke: the same as one that ended.
  }
  return 'lost';
}

const isStream = (response: Response): boolean =>
  (response.headers.get('content-type') ?? '').startsWith('text/event-stream');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
