import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';
import { askForLess, offersFilter } from './git/fetch-request.ts';

/** A fetch larger than this is broken off. */
const MOST_BYTES = 1024 * 1024 * 1024;
/** A server that says nothing for this long is given up. */
const PATIENCE_MS = 20_000;
/** A fetch that takes longer is given up, however busily the server talks. */
const LONGEST_MS = 600_000;

/** A server that is silent is not asked for more in the same look. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

/** Ends a list of references (gitprotocol-common). */
const FLUSH = Buffer.from('0000', 'latin1');

/** `ls-refs` of protocol 2. */
const isRefsRequest = ([first]: readonly Uint8Array[]): boolean =>
  first !== undefined && Buffer.from(first).toString('latin1', 4, 19) === 'command=ls-refs';

/**
 * isomorphic-git's view of HTTP over Node's fetch: redirects drop credentials across origins, silence
 * times out, and where the server can, blobs beyond every limit of ours are not sent.
 */
export function httpClient(signal: AbortSignal, patience = PATIENCE_MS): HttpClient {
  let filter = false;
  return {
    async request({ url, method = 'GET', headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
      const chunks: Uint8Array[] = [];
      if (body) for await (const chunk of body) chunks.push(chunk);
      const givenUp = new AbortController();
      const asked = fetch(url, {
        method,
        headers,
        signal: AbortSignal.any([signal, givenUp.signal, AbortSignal.timeout(LONGEST_MS)]),
        ...(chunks.length > 0 ? { body: askForLess(Buffer.concat(chunks), filter) } : {}),
      });
      const response = await patiently(asked, patience).catch((error: unknown) => {
        givenUp.abort();
        throw error;
      });
      const stream = capped(response, patience);
      const refs = method === 'GET' || isRefsRequest(chunks);
      const advertisement = refs ? await collect(stream) : null;
      if (advertisement && response.ok && !advertisement.subarray(-4).equals(FLUSH))
        throw new Error('the server cut its answer short');
      if (advertisement && method === 'GET') filter = offersFilter(advertisement.toString('latin1', 0, 4096));
      return {
        url: response.url,
        method,
        statusCode: response.status,
        statusMessage: response.statusText,
        headers: Object.fromEntries(response.headers),
        body: advertisement ? once(advertisement) : stream,
      };
    },
  };
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(chunk: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield chunk;
}

async function* capped(response: Response, patience: number): AsyncIterableIterator<Uint8Array> {
  if (!response.body) return;
  let total = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await patiently(reader.read(), patience);
      if (done) return;
      total += value.length;
      if (total > MOST_BYTES) throw new Error('the server sent more than 1 GiB');
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function patiently<T>(promise: Promise<T>, patience: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SilenceError('the server stopped answering')), patience);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
