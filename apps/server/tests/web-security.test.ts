import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DEFAULT_LIMITS } from '../src/index.ts';

import type { Browser } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { NO_LIMITS, run, type Running } from './support/running.ts';

let running: Running;
beforeAll(async () => {
  running = await run({
    meta: writeMeta({ steering: {} }),
    people: ['vera', 'victor', 'olga'],
    overrides: { patience: { headers: 1500, request: 3000 } },
  });
});
afterAll(() => running?.stop());

const json = { 'content-type': 'application/json' };
const post = (browser: Browser, path: string, headers: Record<string, string>, body = '{}') =>
  browser.fetch(path, { method: 'POST', headers, body });

describe('requests from other sites', () => {
  let vera: Browser;
  beforeAll(async () => {
    vera = await running.signedIn('vera');
  });
  const request = (headers: Record<string, string>, body?: string) =>
    post(vera, '/trpc/me.signOut', { 'x-elekto': '1', ...json, ...headers }, body);
  const stillIn = async () => (await vera.api.me.get.query()).user !== null;

  it('are refused by their origin', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `${running.url}.evil.example`,
      'http://localhost:1',
    ]) {
      expect((await request({ origin })).status).toBe(403);
    }
    expect(await stillIn()).toBe(true);
  });

  it('are refused by Sec-Fetch-Site when there is no origin', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const response = await fetch(`${running.url}/trpc/me.signOut`, {
        method: 'POST',
        headers: { 'x-elekto': '1', ...json, 'sec-fetch-site': site },
        body: '{}',
      });
      expect(response.status).toBe(403);
    }
  });

  it('are refused without the header that a plain form cannot send', async () => {
    expect((await post(vera, '/trpc/me.signOut', json)).status).toBe(403);
    expect(await stillIn()).toBe(true);
  });

  it.each([
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
  ])('are refused as %s, which needs no preflight', async (type) => {
    expect((await request({ 'content-type': type }, '--x--')).status).toBe(415);
    expect(await stillIn()).toBe(true);
  });

  it('cannot change anything by GET', async () => {
    expect((await vera.fetch('/trpc/me.signOut')).status).toBe(405);
    expect((await vera.fetch('/auth/sign-out')).status).toBe(404);
    expect(await stillIn()).toBe(true);
  });

  it('cannot sign a person out by a form', async () => {
    expect((await post(vera, '/auth/sign-out', { origin: 'https://evil.example' })).status).toBe(403);
    expect(await stillIn()).toBe(true);
  });

  it('are given no CORS', async () => {
    const response = await vera.fetch('/trpc/me.get', { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the session', () => {
  it('is under a new token after each sign-in, and the one before is dead', async () => {
    const browser = await running.signedIn('vera');
    const before = browser.cookies.get('elekto') ?? '';
    await browser.signIn('victor');
    expect(browser.cookies.get('elekto')).not.toBe(before);
    const old = running.browser();
    old.setCookie('elekto', before);
    expect((await old.api.me.get.query()).user).toBeNull();
  });

  it('cannot be fixed: a token that the server did not make is worth nothing', async () => {
    const browser = running.browser();
    browser.setCookie('elekto', 'chosen-by-the-attacker');
    await browser.signIn('vera');
    expect(browser.cookies.get('elekto')).not.toBe('chosen-by-the-attacker');
  });

  it('has a cookie that scripts and other sites do not get', async () => {
    const browser = running.browser();
    const callback = await browser.chooseAtGitHub(await browser.beginSignIn(), 'vera');
    const done = await browser.fetch(callback.href);
    const line = done.headers.getSetCookie().find((cookie) => cookie.startsWith('elekto=')) ?? '';
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).toMatch(/; Path=\//);
    expect(line).not.toMatch(/Domain/i);
  });

  it('has one cookie, after another for the way to GitHub and back, and before it there is none', async () => {
    for (const path of ['/', '/elections/steering/', '/is-my-vote-secret/', '/trpc/me.get', '/status'])
      expect((await fetch(running.url + path)).headers.getSetCookie(), path).toEqual([]);
    const browser = running.browser();
    const there = await browser.beginSignIn();
    expect([...browser.cookies.keys()]).toEqual(['elekto-sign-in']);
    await browser.fetch((await browser.chooseAtGitHub(there, 'vera')).href);
    expect([...browser.cookies.keys()]).toEqual(['elekto']);
  });

  it('does not take changed cookies', async () => {
    const browser = await running.signedIn('vera');
    const cookie = browser.cookies.get('elekto') ?? '';
    const [body = '', tag = ''] = cookie.split('.');
    const said = Buffer.from(body, 'base64url').toString();
    const later = said.replace(/ \d{13} /, ' 9999999999999 ');
    expect(later).not.toBe(said);
    for (const forged of [
      `${body}.`,
      `${body}.${tag.slice(0, -4)}AAAA`,
      `${Buffer.from(later).toString('base64url')}.${tag}`,
    ]) {
      const thief = running.browser();
      thief.setCookie('elekto', forged);
      expect((await thief.api.me.get.query()).user).toBeNull();
    }
  });
});

describe('under https', () => {
  it('names its cookies __Host- and asks for https from then on', async () => {
    const secure = await run({
      meta: writeMeta({ steering: {} }),
      people: [],
      env: {
        ELEKTO_URL: 'https://vote.example.org',
        ELEKTO_DEMO_SIGN_IN: '',
        ELEKTO_SIGN_IN_CLIENT_ID: 'id',
        ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret',
      },
    });
    try {
      const { port } = secure.server.config;
      const response = await fetch(`http://127.0.0.1:${port}/auth/sign-in`, { redirect: 'manual' });
      const [cookie = ''] = response.headers.getSetCookie();
      expect(cookie).toMatch(/^__Host-elekto-sign-in=.*; Secure/);
      expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
      const github = new URL(response.headers.get('location') ?? '');
      expect(github.origin + github.pathname).toBe('https://github.com/login/oauth/authorize');
      expect(github.searchParams.get('redirect_uri')).toBe('https://vote.example.org/oauth/github/callback');
    } finally {
      await secure.stop();
    }
  });
});

describe('a sign-in', () => {
  const finished = async (browser: Browser, url: URL): Promise<[number, boolean]> => [
    (await browser.fetch(url.href)).status,
    (await browser.api.me.get.query()).user !== null,
  ];

  it('is refused without its state', async () => {
    const browser = running.browser();
    const callback = await browser.chooseAtGitHub(await browser.beginSignIn(), 'vera');
    callback.searchParams.delete('state');
    expect(await finished(browser, callback)).toEqual([403, false]);
  });

  it('is refused with another state', async () => {
    const browser = running.browser();
    const callback = await browser.chooseAtGitHub(await browser.beginSignIn(), 'vera');
    callback.searchParams.set('state', 'another-state-of-some-length-0000');
    expect(await finished(browser, callback)).toEqual([403, false]);
  });

  it('is refused in another browser: nobody is signed in as somebody else by a link', async () => {
    const attacker = running.browser();
    const callback = await attacker.chooseAtGitHub(await attacker.beginSignIn(), 'victor');
    const victim = running.browser();
    expect(await finished(victim, callback)).toEqual([403, false]);
    await victim.beginSignIn();
    expect(await finished(victim, callback)).toEqual([403, false]);
  });

  it('is refused the second time', async () => {
    const browser = running.browser();
    const callback = await browser.chooseAtGitHub(await browser.beginSignIn(), 'vera');
    const state = browser.cookies.get('elekto-sign-in') ?? '';
    expect((await browser.fetch(callback.href)).status).toBe(303);
    expect(browser.cookies.has('elekto-sign-in')).toBe(false);
    const again = running.browser();
    expect(await finished(again, callback)).toEqual([403, false]);
    // Even with the cookie of the first time: GitHub takes a code once.
    again.setCookie('elekto-sign-in', state);
    expect(await finished(again, callback)).toEqual([502, false]);
  });

  it('is refused when GitHub was told no, or answers with an error', async () => {
    const browser = running.browser();
    const ballot = '/elections/steering/ballot/?x=1';
    const { searchParams } = await browser.beginSignIn(ballot);
    const callback = new URL('/oauth/github/callback', running.url);
    callback.searchParams.set('state', searchParams.get('state') ?? '');
    callback.searchParams.set('error', 'access_denied');
    callback.searchParams.set('error_description', '<script>alert(1)</script>');
    const answer = await browser.fetch(callback.href);
    expect(answer.status).toBe(403);
    const told = await answer.text();
    expect(told).not.toContain('<script>');
    // Whoever was at a ballot comes back to it.
    expect(told).toContain(`href="/auth/sign-in?next=${encodeURIComponent(ballot)}"`);
    callback.searchParams.set('error', 'redirect_uri_mismatch');
    expect(await finished(browser, callback)).toEqual([403, false]);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
  ])('goes home instead of to %s', async (next) => {
    const browser = running.browser();
    const start = await browser.fetch(`/auth/sign-in?next=${encodeURIComponent(next)}`);
    const callback = await browser.chooseAtGitHub(new URL(start.headers.get('location') ?? ''), 'vera');
    const done = await browser.fetch(callback.href);
    const target = new URL(done.headers.get('location') ?? '', running.url);
    expect(target.origin).toBe(new URL(running.url).origin);
  });
});

describe('the webhook', () => {
  const body = JSON.stringify({ ref: 'refs/heads/main', repository: { default_branch: 'main' } });
  const signed = (text: string, secret = 'a webhook secret') => ({
    ...json,
    'x-github-event': 'push',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`,
  });
  const deliver = (text: string, headers: Record<string, string>) =>
    fetch(`${running.url}/v1/webhooks/meta/sync`, { method: 'POST', headers, body: text });

  it('takes a signed delivery, and the same again without harm', async () => {
    expect((await deliver(body, signed(body))).status).toBe(202);
    expect((await deliver(body, signed(body))).status).toBe(202);
  });
  it('answers a ping', async () => {
    expect((await deliver('{}', { ...signed('{}'), 'x-github-event': 'ping' })).status).toBe(200);
  });
  it('refuses a wrong, a missing and a foreign signature', async () => {
    expect((await deliver(body, signed(body, 'guess'))).status).toBe(401);
    expect((await deliver(body, { ...json, 'x-github-event': 'push' })).status).toBe(401);
    expect((await deliver(`${body} `, signed(body))).status).toBe(401);
  });
  it('refuses what is too large, and what is no JSON object', async () => {
    const large = `{"x":"${'a'.repeat(2_000_000)}"}`;
    expect((await deliver(large, signed(large))).status).toBe(413);
    for (const text of ['[]', '"x"', 'null', '{'])
      expect((await deliver(text, signed(text))).status).toBe(400);
  });
});

describe('answers', () => {
  it('carry strict headers, on pages, on the API and on errors', async () => {
    for (const path of [
      '/',
      '/elections/steering/',
      '/trpc/me.get',
      '/nowhere',
      '/healthz',
      '/trpc/nothing.here',
    ]) {
      const { headers } = await fetch(running.url + path);
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy'), path).not.toContain('unsafe-inline');
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('x-powered-by'), path).toBeNull();
      expect(headers.get('permissions-policy'), path).toContain('camera=()');
    }
  });

  it('of the API are never cached', async () => {
    for (const path of ['/trpc/me.get', '/trpc/status.get', '/status', '/readyz', '/auth/sign-in']) {
      expect(
        (await fetch(running.url + path, { redirect: 'manual' })).headers.get('cache-control'),
        path,
      ).toBe('no-store');
    }
  });

  it('to mistakes say nothing of the inside', async () => {
    const vera = await running.signedIn('vera');
    const headers = { 'x-elekto': '1', ...json };
    const canary = 'CANARY-7f3a';
    const mistakes = [
      () => post(vera, '/trpc/ballot.cast', headers, `{"key":"steering","cast":{"handle":"${canary}"}}`),
      () => post(vera, '/trpc/ballot.cast', headers, `{"key":"${canary}`),
      () => post(vera, '/trpc/ballot.cast', headers, '7'),
      () => vera.fetch(`/trpc/ballot.paper?input=${canary}`),
      () => vera.fetch(`/trpc/${canary}`),
      () => vera.fetch(`/trpc/ballot.paper?input=${encodeURIComponent(JSON.stringify({ key: canary }))}`),
      () => vera.fetch(`/%E0%A4%A${canary}`),
      () => vera.fetch(`/${canary}`),
      () =>
        post(
          vera,
          `/trpc/ballot.cast`,
          headers,
          JSON.stringify({ key: 'steering', cast: canary.repeat(20_000) }),
        ),
    ];
    for (const mistake of mistakes) {
      const response = await mistake();
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      const text = await response.text();
      expect(text).not.toContain(canary);
      expect(text).not.toMatch(/node_modules|at \w+ \(|\.ts:\d|stack|zod/i);
    }
    expect(running.log()).not.toContain(canary);
  });

  it('to a malformed ballot name it as one', async () => {
    const vera = await running.signedIn('vera');
    const response = await post(
      vera,
      '/trpc/ballot.cast',
      { 'x-elekto': '1', ...json },
      '{"key":"steering","cast":{}}',
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { data: { refusal: { kind: 'malformed-ballot' } } },
    });
  });

  it('are small even when a batch is large', async () => {
    const names = Array.from({ length: 21 }, () => 'me.get').join();
    const response = await fetch(`${running.url}/trpc/${names}?batch=1&input=%7B%7D`);
    expect(response.status).toBe(400);
  });
});

describe('slow and greedy clients', () => {
  /** Sends `first`, then a byte now and then; ms until the server hangs up. */
  function drip(first: string): Promise<number> {
    const { port } = new URL(running.url);
    return new Promise((resolve, reject) => {
      const started = performance.now();
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(first));
      const timer = setInterval(() => socket.write('x'), 500);
      socket.on('close', () => {
        clearInterval(timer);
        resolve(performance.now() - started);
      });
      socket.on('error', () => undefined);
      socket.setTimeout(60_000, () => reject(new Error('the server never hung up')));
      socket.resume();
    });
  }

  it('do not hold a connection by dripping headers or a body, while others are served', async () => {
    const head = 'POST /trpc/me.signOut HTTP/1.1\r\nHost: x\r\nX-Elekto: 1\r\n';
    const body = `${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
    const slow = Array.from({ length: 20 }, (_, i) => drip(i % 2 === 0 ? `${head}X-Slow: ` : body));
    const served = await fetch(`${running.url}/healthz`);
    expect(served.status).toBe(200);
    const times = await Promise.all(slow);
    expect(Math.max(...times)).toBeLessThan(15_000);
  });

  it('do not get more than the limit of a body read', async () => {
    const vera = await running.signedIn('vera');
    const body = JSON.stringify({ key: 'steering', cast: 'x'.repeat(1_000_000) });
    const response = await post(vera, '/trpc/ballot.cast', { 'x-elekto': '1', ...json }, body);
    expect(response.status).toBe(413);
    const file = JSON.stringify({ election: 'steering', file: 'A'.repeat(1_000_000) });
    const posted = await post(vera, '/trpc/board.post', { 'x-elekto': '1', ...json }, file);
    expect(posted.status, 'megabytes are taken from officers alone').toBe(413);
  });
});

describe('rate limits', () => {
  let limited: Running;
  beforeAll(async () => {
    const few = { perPerson: 5, perAddress: 8, windowSeconds: 60 };
    limited = await run({
      meta: writeMeta({ steering: {} }),
      people: ['vera', 'victor'],
      overrides: { limits: { ...NO_LIMITS, passphrase: few, 'sign-in': { ...few, perAddress: 20 } } },
    });
  });
  afterAll(() => limited?.stop());

  const attempt = { key: 'steering', authKey: Buffer.alloc(32, 1).toString('base64url') };

  it('count each call of a batch, by account and by address', async () => {
    const kinds = async (browser: Browser, calls: number): Promise<(string | undefined)[]> => {
      const results = await Promise.allSettled(
        Array.from({ length: calls }, () => browser.batched.ballot.unlock.mutate(attempt)),
      );
      return results.map((result) =>
        result.status === 'rejected'
          ? (result.reason as { data?: { refusal?: { kind: string } } }).data?.refusal?.kind
          : 'none',
      );
    };
    const vera = await limited.signedIn('vera');
    const first = await kinds(vera, 10);
    expect(first.filter((kind) => kind === 'not-voted')).toHaveLength(5);
    expect(first.filter((kind) => kind === 'too-many-attempts')).toHaveLength(5);
    // The address has used up its share too, so another account from there is held off as well.
    const victor = await limited.signedIn('victor');
    expect(new Set(await kinds(victor, 2))).toEqual(new Set(['too-many-attempts']));
  });

  it('slow down sign-ins from one address', async () => {
    let last = 0;
    for (let i = 0; i < 25; i += 1)
      last = (await fetch(`${limited.url}/auth/sign-in`, { redirect: 'manual' })).status;
    expect(last).toBe(429);
  });

  it('believe no X-Forwarded-For from who is not a trusted proxy', async () => {
    expect(DEFAULT_LIMITS.passphrase.perPerson).toBeLessThanOrEqual(20);
    const direct = await run({
      meta: writeMeta({ steering: {} }),
      people: [],
      env: { ELEKTO_TRUST_PROXY: '192.0.2.1' },
      overrides: { limits: { ...NO_LIMITS, 'sign-in': { perPerson: 3, perAddress: 3, windowSeconds: 60 } } },
    });
    try {
      let last = 0;
      for (let i = 0; i < 5; i += 1) {
        const headers = { 'x-forwarded-for': `203.0.113.${i}` };
        last = (await fetch(`${direct.url}/auth/sign-in`, { redirect: 'manual', headers })).status;
      }
      expect(last).toBe(429);
    } finally {
      await direct.stop();
    }
  });
});
