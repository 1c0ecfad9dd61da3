/** The desktop app's way in: browser, loopback, PKCE, bearer token; and its stream of changes. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Browser } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';

let running: Running;
beforeAll(async () => {
  const meta = writeMeta({ steering: { exceptionsDue: '2026-03-05 00:00:00' } });
  running = await run({ meta, people: ['vera', 'nina', 'olga'] });
});
afterAll(() => running?.stop());

const redirectUri = 'http://127.0.0.1:49152/callback';
const json = { 'content-type': 'application/json', 'x-elekto': '1' };

interface Proof {
  readonly verifier: string;
  readonly query: Record<string, string>;
}

function proof(): Proof {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return {
    verifier,
    query: { challenge, method: 'S256', state: randomBytes(16).toString('hex'), redirect_uri: redirectUri },
  };
}

const startPath = (query: Record<string, string>): string =>
  `/auth/native/start?${new URLSearchParams(query).toString()}`;

async function approve(browser: Browser, query: Record<string, string>, answer = 'allow'): Promise<URL> {
  const body = new URLSearchParams({ ...query, answer });
  const response = await browser.fetch('/auth/native/approve', { method: 'POST', body });
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location') ?? '');
}

const trade = (code: string, verifier: string, uri = redirectUri) =>
  fetch(`${running.url}/auth/native/token`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ code, verifier, redirectUri: uri }),
  });

async function tokenOf(login: string): Promise<string> {
  const { verifier, query } = proof();
  const back = await approve(await running.signedIn(login), query);
  const { token } = (await (await trade(back.searchParams.get('code') ?? '', verifier)).json()) as {
    token: string;
  };
  return token;
}

const me = async (token: string): Promise<unknown> => {
  const response = await fetch(`${running.url}/trpc/me.get`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await response.json()) as { result: { data: { user: unknown } } }).result.data.user;
};

it('signs in through GitHub on the way, asks the person, and hands over a token', async () => {
  const { verifier, query } = proof();
  const browser = running.browser();
  const first = await browser.fetch(startPath(query));
  expect(first.status).toBe(303);
  const next = new URL(first.headers.get('location') ?? '', running.url).searchParams.get('next') ?? '';
  expect(await browser.signIn('olga', next)).toBe(startPath(query));
  const page = await browser.fetch(startPath(query));
  expect(await page.text()).toContain('<strong>olga</strong>');
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:49152;");

  const back = await approve(browser, query);
  expect(back.origin + back.pathname).toBe(redirectUri);
  expect(back.searchParams.get('state')).toBe(query['state']);
  const answer = await trade(back.searchParams.get('code') ?? '', verifier);
  const { token, login } = (await answer.json()) as { token: string; login: string };
  expect(login).toBe('olga');
  expect(await me(token)).toEqual({ login: 'olga' });

  const revoked = await fetch(`${running.url}/auth/native/revoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'x-elekto': '1' },
  });
  expect(revoked.status).toBe(204);
  expect(await me(token)).toBeNull();
  expect((await browser.api.me.get.query()).user).toEqual({ login: 'olga' });
});

it('has the provider asked again when the sign-in of the browser is too old to take an office with', async () => {
  const { query } = proof();
  const start = running.clock.now();
  try {
    const browser = await running.signedIn('olga');
    running.clock.set(start + 86_400_000);
    expect((await browser.fetch(startPath(query))).status).toBe(200);
    running.clock.set(start + 86_400_001);
    const again = await browser.fetch(startPath(query));
    expect(again.headers.get('location')).toMatch(/^\/auth\/sign-in\?next=/);
    expect(await browser.signIn('olga', startPath(query))).toBe(startPath(query));
    expect((await browser.fetch(startPath(query))).status).toBe(200);
  } finally {
    running.clock.set(start);
  }
});

it('hands over nothing when the person says no', async () => {
  const back = await approve(await running.signedIn('olga'), proof().query, 'deny');
  expect(back.searchParams.get('error')).toBe('access_denied');
  expect(back.searchParams.get('code')).toBeNull();
});

it('gives a code to no other address than loopback', async () => {
  const browser = await running.signedIn('olga');
  for (const uri of [
    'https://evil.example/callback',
    'http://localhost:1/callback',
    'http://127.0.0.1.evil.example:1/callback',
    'http://127.0.0.1:1@evil.example/callback',
    'http://127.0.0.1:1/other',
    'elekto://callback',
  ]) {
    expect((await browser.fetch(startPath({ ...proof().query, redirect_uri: uri }))).status).toBe(400);
  }
});

it('takes a code once, with its verifier and its address only', async () => {
  const browser = await running.signedIn('olga');
  const fresh = async () => {
    const { verifier, query } = proof();
    return { verifier, code: (await approve(browser, query)).searchParams.get('code') ?? '' };
  };
  const once = await fresh();
  expect((await trade(once.code, once.verifier)).status).toBe(200);
  expect((await trade(once.code, once.verifier)).status).toBe(400);
  const stolen = await fresh();
  expect((await trade(stolen.code, randomBytes(32).toString('base64url'))).status).toBe(400);
  const moved = await fresh();
  expect((await trade(moved.code, moved.verifier, 'http://127.0.0.1:1/callback')).status).toBe(400);
  expect((await trade(`${moved.code}x`, moved.verifier)).status).toBe(400);
});

it('cannot be approved by another site', async () => {
  const browser = await running.signedIn('olga');
  const response = await browser.fetch('/auth/native/approve', {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: new URLSearchParams({ ...proof().query, answer: 'allow' }),
  });
  expect(response.status).toBe(403);
});

it('tells an officer of a new request as it comes, and ends its streams when the server stops', async () => {
  const token = await tokenOf('olga');
  const stream = await fetch(`${running.url}/trpc/officer.live`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
  });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const read = async (until: RegExp): Promise<void> => {
    while (!until.test(text)) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error('the stream ended');
      text += value;
    }
  };
  await read(/connected/);
  const nina = await running.signedIn('nina');
  const plea = { key: 'steering', name: 'Nina', email: 'nina@example.org', reason: 'I wrote the docs.' };
  // The stream has to have looked once before it can see a change.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await nina.api.exception.request.mutate(plea);
  await read(/data: \{"kind":"exceptions","key":"steering"\}/);
  const stopped = performance.now();
  await running.server.close();
  expect(performance.now() - stopped).toBeLessThan(8000);
});
