/** Asks a provider, and takes no more of what it answers than there can be to say. */
import type { CustomFetch } from 'openid-client';

/** Discovery, keys, tokens and claims are some kB each; a roll of keys may be 100. */
const MOST_BYTES = 1024 * 1024;

/** `fetch` whose answers have a megabyte at most: rejects as soon as there is more. */
export const bounded =
  (fetch: CustomFetch): CustomFetch =>
  async (url, options) => {
    const answer = await fetch(url, options);
    if (answer.body === null) return answer;
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new Error(`the provider answers with more than ${MOST_BYTES} bytes`);
      parts.push(part);
    }
    const { status, statusText, headers } = answer;
    return new Response(Buffer.concat(parts), { status, statusText, headers });
  };
