import type { AppRouter } from '@elekto/api';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';

export type Api = TRPCClient<AppRouter>;

/** An exception request as its voter sees it. */
export type ExceptionRequest = NonNullable<Awaited<ReturnType<Api['exception']['mine']['query']>>>;

/**
 * The server's procedures, with this visitor's session; `omit` asks without saying who asks. `origin` is ''
 * when the site is the server's own.
 */
export function connect(origin: string, credentials: 'include' | 'omit' = 'include'): Api {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${origin}/trpc`,
        headers: { 'x-elekto': '1' },
        fetch: (url, options) => fetch(url, { ...(options as RequestInit), credentials }),
      }),
    ],
  });
}

/** Where to sign in and come back to this very page. */
export function signInAddress(origin: string): string {
  const here = location.pathname + location.search;
  return `${origin}/auth/sign-in?next=${encodeURIComponent(origin === '' ? here : location.origin + here)}`;
}
