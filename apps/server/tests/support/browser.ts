/** A browser as far as HTTP goes: keeps cookies, says where its requests come from, follows redirects when told to. */
import type { AppRouter } from '@elekto/api';
import { createTRPCClient, httpBatchLink, httpLink, type TRPCClient } from '@trpc/client';

export class Browser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  /** Typed calls, one HTTP request each. */
  readonly api: TRPCClient<AppRouter>;
  /** The same, batched as the pages do. */
  readonly batched: TRPCClient<AppRouter>;

  constructor(origin: string) {
    this.#origin = origin;
    const options = {
      url: `${origin}/trpc`,
      headers: { 'x-elekto': '1' },
      fetch: ((url: string, init: RequestInit) => this.fetch(url, init)) as never,
    };
    this.api = createTRPCClient<AppRouter>({ links: [httpLink(options)] });
    this.batched = createTRPCClient<AppRouter>({ links: [httpBatchLink(options)] });
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** One request; cookies are kept for the own origin only and redirects are not followed. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url, this.#origin);
    const own = target.origin === this.#origin;
    const headers = new Headers(init.headers);
    if (own && this.#cookies.size > 0) {
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    if (own && !headers.has('origin') && init.method === 'POST') headers.set('origin', this.#origin);
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    if (own) for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0(;|$)/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** Starts a sign-in; the address at GitHub that the browser is sent to. */
  async beginSignIn(next = '/'): Promise<URL> {
    const start = await this.fetch(`/auth/sign-in?next=${encodeURIComponent(next)}`);
    return new URL(start.headers.get('location') ?? '');
  }

  /** Clicks a person on GitHub's page; the address of our callback that the browser is sent back to. */
  async chooseAtGitHub(authorize: URL, login: string): Promise<URL> {
    const body = new URLSearchParams(authorize.searchParams);
    body.set('login', login);
    const answer = await this.fetch(authorize.origin + authorize.pathname, { method: 'POST', body });
    return new URL(answer.headers.get('location') ?? '');
  }

  /** Signs in through GitHub, as a person does; where it ended. */
  async signIn(login: string, next = '/'): Promise<string> {
    const callback = await this.chooseAtGitHub(await this.beginSignIn(next), login);
    const done = await this.fetch(callback.href);
    if (done.status !== 303) throw new Error(`the sign-in of ${login} ended with ${done.status}`);
    return done.headers.get('location') ?? '';
  }
}

/** The refusal that a failed call carries, or the error itself when it is none. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const data = (error as { data?: { refusal?: { kind?: string } | null; code?: string } }).data;
    if (data?.refusal?.kind !== undefined) return data.refusal.kind;
    throw error;
  }
  return 'none';
}
