/** A person of the demo at their browser, as far as the server sees it: signs in at the stand-in for GitHub and calls the API. */
import type { AppRouter } from '@elekto/api';
import { sealBallot } from '@elekto/protocol/voter';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';

export interface DemoVoter {
  readonly api: TRPCClient<AppRouter>;
  /** Seals a ballot as the ballot page does and casts it. */
  vote(key: string, ranking: Readonly<Record<string, number>>): Promise<void>;
}

/** Signs `login` in at the server of `url`. */
export async function signInAs(url: string, login: string): Promise<DemoVoter> {
  const cookies = new Map<string, string>();
  const visit = async (target: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('origin', url);
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    return response;
  };
  const start = await visit(`${url}/auth/sign-in?next=/`);
  const authorize = new URL(start.headers.get('location') ?? '');
  const body = new URLSearchParams(authorize.searchParams);
  body.set('login', login);
  const chosen = await fetch(authorize.origin + authorize.pathname, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  const done = await visit(chosen.headers.get('location') ?? '');
  if (done.status !== 303) throw new Error(`the demo's sign-in of ${login} ended with ${done.status}`);
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: { 'x-elekto': '1' },
        fetch: ((target: string, init: RequestInit) => visit(target, init)) as never,
      }),
    ],
  });
  return {
    api,
    vote: async (key, ranking) => {
      const paper = await api.ballot.paper.query({ key });
      const { cast } = await sealBallot({ paper, ranking, passphrase: null });
      await api.ballot.cast.mutate({ key, cast });
    },
  };
}
