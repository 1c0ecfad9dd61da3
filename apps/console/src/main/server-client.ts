/** One call of the server's tRPC over HTTP with the officer's token. */
import { net } from 'electron';
import { z } from 'zod';
import type { ServerAnswer } from '../shared/bridge.ts';

const dataSchema = z.object({ result: z.object({ data: z.unknown() }) });
const errorSchema = z.object({ error: z.record(z.string(), z.unknown()) });

export interface Server {
  readonly origin: string;
  readonly token: string | null;
}

/** Never rejects: an answer that is none is `unreachable`. */
export async function callServer(
  { origin, token }: Server,
  type: 'query' | 'mutation',
  path: string,
  input: unknown,
): Promise<ServerAnswer> {
  const url = new URL(`/trpc/${path}`, origin);
  if (type === 'query' && input !== undefined) url.searchParams.set('input', JSON.stringify(input));
  try {
    const response = await net.fetch(url.href, {
      method: type === 'query' ? 'GET' : 'POST',
      headers: {
        'x-elekto': '1',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(type === 'query' ? {} : { 'content-type': 'application/json' }),
      },
      ...(type === 'query' ? {} : { body: JSON.stringify(input ?? {}) }),
      // Cookies would be a second identity beside the token; a redirect could carry the token elsewhere.
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
    return read(await response.json());
  } catch (error) {
    return { kind: 'unreachable', reason: error instanceof Error ? error.name : 'unknown' };
  }
}

function read(body: unknown): ServerAnswer {
  const data = dataSchema.safeParse(body);
  if (data.success) return { kind: 'data', data: data.data.result.data };
  const error = errorSchema.safeParse(body);
  return error.success
    ? { kind: 'error', error: error.data.error }
    : { kind: 'unreachable', reason: 'The answer was not from an Elekto server.' };
}
