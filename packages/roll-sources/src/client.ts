import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { Page, PageCache } from './cache/page-cache.ts';
import { RollSourceError } from './problem.ts';

export interface ClientOptions {
  /** Address of the interface, without a slash at the end. */
  readonly api: string;
  readonly token: string | null;
  /** What the header calls a token: GitHub and Gitea take `token`, GitLab only `Bearer`. */
  readonly scheme: 'token' | 'Bearer';
  /** How to come by a token, for messages: `set GITHUB_TOKEN`. */
  readonly withToken: string;
  readonly cache: PageCache;
  /** Ask nobody: what is not in the cache is an error. */
  readonly offline: boolean;
  /** Told before waiting for a limit, in seconds. */
  readonly onWait?: (seconds: number) => void;
  /** Milliseconds of a second of waiting; shorter in tests. */
  readonly second?: number;
}

/** What is said where a forge answers only with a token, and how to come by one. */
type WithoutToken = (how: string) => RollSourceError;

/** Longer than the hour for which a limit holds: whoever asks that much is not going to answer. */
const LONGEST_WAIT_SECONDS = 3_700;
const MOST_BYTES = 64 * 1024 * 1024;
const TIME_LIMIT_MS = 60_000;
const Client = Octokit.plugin(throttling, retry);

/**
 * Asks a forge through the cache, in the manner of GitHub, which the others follow (pages by a Link header, limits by headers): limits are waited for, failures of the line and of the server are
 * tried again, and every page that came whole is kept.
 */
export class ForgeClient {
  readonly #options: ClientOptions;
  readonly #octokit: InstanceType<typeof Client>;

  constructor(options: ClientOptions) {
    this.#options = options;
    const second = options.second ?? 1_000;
    const wait = (seconds: number, _: unknown, __: unknown, tries: number): boolean => {
      if (seconds > LONGEST_WAIT_SECONDS || tries > 20) return false;
      options.onWait?.(seconds);
      return true;
    };
    this.#octokit = new Client({
      baseUrl: options.api,
      userAgent: 'elekto-roll',
      request: { fetch: wholeFetch },
      throttle: {
        onRateLimit: wait,
        onSecondaryRateLimit: wait,
        retryAfterBaseValue: second,
        // A second between two writes is asked for; what is asked here in GraphQL are queries.
        write: { key: () => ({ schedule: (_: unknown, job: () => unknown) => job() }) } as never,
      },
      retry: { retries: 5, retryAfterBaseValue: second },
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    });
    const { token, scheme } = options;
    if (token !== null)
      this.#octokit.hook.before('request', (request) => {
        request.headers.authorization = `${scheme} ${token}`;
      });
  }

  /** Every item of a list that goes over pages, each page as `pick` reduces it; items it makes null are left out. */
  async *list<T>(path: string, what: string, pick: (item: never) => T | null): AsyncGenerator<T> {
    for (let url: string | null = `${this.#options.api}${path}`; url !== null;) {
      const page: Page<T> = await this.#page(`${what} ${url}`, url, async (address) => {
        const { data, headers } = await this.#get(address);
        const items = data === '' || data === undefined ? [] : data;
        if (!Array.isArray(items))
          throw new RollSourceError(`${address} answered with something that is no list.`);
        const picked = (items as never[]).map(pick).filter((item) => item !== null);
        return { items: picked, next: this.#next(headers['link']) };
      });
      yield* page.items;
      url = page.next;
    }
  }

  /**
   * One value, kept like a page. `pick` gives null where there is nothing to be said. `onlyWithToken`: what is said
   * when there is none and the forge asks for one.
   */
  async one<T>(
    path: string,
    what: string,
    pick: (data: never) => T | null,
    { accept, onlyWithToken }: { readonly accept?: string; readonly onlyWithToken?: WithoutToken } = {},
  ): Promise<T | null> {
    const url = `${this.#options.api}${path}`;
    const page = await this.#page<T>(`${what} ${url}`, url, async (address) => {
      if (onlyWithToken !== undefined) this.#askToken(onlyWithToken);
      const { data } = await this.#get(address, accept);
      const value = pick(data as never);
      return { items: value === null ? [] : [value], next: null };
    });
    return page.items[0] ?? null;
  }

  /** A GraphQL query, kept like a page; `next` is the cursor that `pick` finds. */
  async query<T>(
    query: string,
    variables: Readonly<Record<string, string | number | null>>,
    what: string,
    pick: (data: never) => { readonly items: readonly T[]; readonly next: string | null },
  ): Promise<Page<T>> {
    const asked = `${what} ${this.#options.api}/graphql ${JSON.stringify(variables)}`;
    return this.#page<T>(asked, what, async () => {
      this.#askToken(
        (how) =>
          new RollSourceError(
            `GitHub answers questions about pull requests and reviews only with a token: ${how}.`,
          ),
      );
      return pick(await this.#octokit.graphql<never>(query, { ...variables }));
    });
  }

  /** @throws RollSourceError for what a forge does only with a token, when there is none. */
  #askToken(without: WithoutToken): void {
    if (this.#options.token === null) throw without(this.#options.withToken);
  }

  async #page<T>(
    asked: string,
    url: string,
    read: (url: string) => Promise<{ items: readonly T[]; next: string | null }>,
  ): Promise<Page<T>> {
    const known = await this.#options.cache.get<T>(asked);
    if (known) return known;
    if (this.#options.offline)
      throw new RollSourceError(`${url} is not in the cache: run once without --offline.`);
    const at = new Date().toISOString();
    try {
      const page = { at, ...(await read(url)) };
      await this.#options.cache.put(asked, page);
      return page;
    } catch (error) {
      throw this.#explained(error, url);
    }
  }

  async #get(url: string, accept?: string): Promise<{ data: unknown; headers: Record<string, unknown> }> {
    const headers = accept === undefined ? {} : { accept };
    const { data, headers: answered } = await this.#octokit.request({ method: 'GET', url, headers });
    return { data: data as unknown, headers: answered };
  }

  /** The address of the next page, of the same server only: the token goes nowhere else. */
  #next(link: unknown): string | null {
    const next = /<([^>]+)>;\s*rel="next"/.exec(typeof link === 'string' ? link : '')?.[1];
    if (next === undefined) return null;
    if (new URL(next).origin !== new URL(this.#options.api).origin)
      throw new RollSourceError(
        `${this.#options.api} names another server for its next page; it was not asked.`,
      );
    return next;
  }

  #explained(error: unknown, url: string): unknown {
    if (error instanceof RollSourceError) return error;
    const { status, response } = error as {
      status?: number;
      response?: { headers?: Record<string, unknown> };
    };
    const withToken = this.#options.token !== null;
    if (status === 401)
      return new RollSourceError(
        `${this.#options.api} does not accept the token: make a new one, or work without.`,
      );
    if (status === 404 || status === 451)
      return new RollSourceError(
        withToken
          ? `${url} is not there, or this token may not see it.`
          : `${url} is not there, or cannot be seen without a token: ${this.#options.withToken}.`,
      );
    if (response?.headers?.['x-ratelimit-remaining'] === '0' || status === 429)
      return new RollSourceError(
        `${this.#options.api} answers no more for a while. What was read is kept: run the same command again later${withToken ? '' : ', better with a token'}.`,
      );
    if (status === 403)
      return new RollSourceError(
        `${url} is not allowed for this token: it may need a scope that reads (read:org on GitHub, read_api on GitLab) or the organisation's single sign-on.`,
      );
    if (status !== undefined && status >= 500)
      return new RollSourceError(
        `${url} does not answer (${status}). What was read is kept: run the same command again.`,
      );
    const { errors } = error as { errors?: readonly { message?: string }[] };
    if (errors) return new RollSourceError(`${url}: ${errors[0]?.message ?? 'the query was refused'}`);
    return error;
  }
}

const nothing = (): void => undefined;

/** Reads the answer to its end before handing it on: one that breaks off in the middle is a failure, never half a page. */
async function wholeFetch(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MOST_BYTES) throw new Error(`The answer of ${url} is larger than 64 MiB.`);
    pieces.push(piece);
  }
  const empty = [101, 204, 205, 304].includes(response.status);
  return Object.defineProperty(
    new Response(empty ? null : Buffer.concat(pieces), {
      status: response.status,
      headers: withLimits(response),
    }),
    'url',
    { value: response.url },
  );
}

/** A limit as GitHub names it: GitLab says the same without `x-`, others say how long to wait and no more. */
function withLimits({ status, headers }: Response): Headers {
  const named = new Headers(headers);
  if (status !== 429 || named.has('x-ratelimit-remaining')) return named;
  const wait = Number(headers.get('retry-after') ?? 'NaN');
  const reset = headers.get('ratelimit-reset') ?? String(Math.floor(Date.now() / 1000 + wait));
  if (!/^\d+$/.test(reset)) return named;
  named.set('x-ratelimit-remaining', '0');
  named.set('x-ratelimit-reset', reset);
  return named;
}
