/** What an issuer of OpenID Connect may say and who signs in by it: one that tells the truth, and every kind of lie. */
import { LoginHeld } from '@elekto/db';
import { idTokenSigner } from '@elekto/testing/id-token';
import express from 'express';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import type { SignInSettings } from '../src/config/sign-in.ts';
import { authRoutes } from '../src/http/auth-routes.ts';
import { cookieJar } from '../src/http/cookies.ts';
import { createLog } from '../src/log.ts';

import { createFlow } from '../src/auth/create-flow.ts';
import type { Fetch } from '../src/auth/openid.ts';
import type { ProviderAccount } from '../src/auth/provider-account.ts';
import { createSeal } from '../src/auth/seal.ts';
import type { Sessions } from '../src/auth/sessions.ts';
import { createStateStore } from '../src/auth/state-store.ts';

const ISSUER = 'https://id.example.org';
const settings: SignInSettings = {
  kind: 'oidc',
  name: 'Example',
  url: ISSUER,
  profiles: null,
  apiUrl: null,
  clientId: 'elekto',
  clientSecret: 'a secret',
  loginClaim: 'preferred_username',
  loginCase: null,
  demo: false,
};

type Claims = Record<string, unknown>;

/** What the issuer does otherwise than an honest one. */
interface Lie {
  readonly claims?: (honest: Claims) => Claims;
  readonly token?: (claims: Claims) => string;
  readonly discovery?: Claims;
  readonly answer?: Record<string, string>;
  readonly userInfo?: Claims;
  readonly status?: number;
  readonly endless?: true;
}

const signer = idTokenSigner();
const stranger = idTokenSigner();
let lie: Lie = {};
/** What the browser was sent to the issuer with, by the code that it came back with. */
const grants = new Map<string, URLSearchParams>();
const asked: string[] = [];

const discovery = () => ({
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/keys`,
  userinfo_endpoint: `${ISSUER}/me`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256', 'none'],
  ...lie.discovery,
});

function tokens(form: URLSearchParams): { status: number; body: object } {
  const code = form.get('code') ?? '';
  const grant = grants.get(code);
  grants.delete(code);
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (!grant || grant.get('code_challenge') !== challenge)
    return { status: 400, body: { error: 'invalid_grant' } };
  const now = Math.floor(Date.now() / 1000);
  const honest = {
    iss: ISSUER,
    aud: 'elekto',
    sub: 'f:70011',
    preferred_username: 'Mira.Okafor',
    nonce: grant.get('nonce'),
    iat: now,
    exp: now + 60,
  };
  const claims = lie.claims?.(honest) ?? honest;
  const id_token = lie.token?.(claims) ?? signer.sign(claims);
  return { status: 200, body: { access_token: 'a token', token_type: 'Bearer', id_token } };
}

const issuer: Fetch = (url, init) => {
  asked.push(url);
  const json = (body: object, status = 200) => Promise.resolve(Response.json(body, { status }));
  if (lie.status !== undefined) return json({}, lie.status);
  if (lie.endless) return Promise.resolve(new Response(endless()));
  if (url.endsWith('/.well-known/openid-configuration')) return json(discovery());
  if (url.endsWith('/keys')) return json(signer.jwks);
  if (url.endsWith('/me')) return json(lie.userInfo ?? {});
  const { status, body } = tokens(new URLSearchParams(String(init.body)));
  return json(body, status);
};

/** Blanks, until nobody reads any more. */
let given = 0;
const endless = () =>
  new ReadableStream<Uint8Array>({
    pull: (controller) => {
      given += 65_536;
      if (given > 64 * 1024 * 1024) return controller.close();
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });

const log: string[] = [];
const signedIn: ProviderAccount[] = [];
let held = false;
let site: string;
let close: () => void;

/** A server of its own for each test, so that what an issuer says of itself is asked anew. */
function begin(): Promise<void> {
  const seal = createSeal(Buffer.alloc(32, 1), 'state');
  const jar = cookieJar('elekto-sign-in', false);
  const app = express();
  app.set('query parser', 'simple');
  const sessions = {
    start: (_req: unknown, _res: unknown, who: ProviderAccount) =>
      held ? Promise.reject(new LoginHeld()) : Promise.resolve(signedIn.push(who)),
  } as unknown as Sessions;
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      close = () => void server.close();
      const store = createStateStore({ jar, seal });
      app.use(
        authRoutes({
          flow: createFlow({ settings, url: site, store, fetch: issuer }),
          provider: settings,
          sessions,
          log: createLog('debug', { write: (line) => void log.push(line) }),
          limit: () => Promise.resolve(null),
          csrf: (_req, _res, next) => next(),
        }),
      );
      resolve();
    });
  });
}

/** A browser that keeps one cookie. */
class Browser {
  cookie = '';
  async get(url: string): Promise<Response> {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookie } });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return answer;
  }
  /** Goes to the issuer and agrees there; the address that it is sent back to. */
  async agree(): Promise<URL> {
    const away = new URL(
      (await this.get(`${site}/auth/sign-in?next=/elections/`)).headers.get('location') ?? '',
    );
    const code = `code-${grants.size}-${Math.random()}`;
    grants.set(code, away.searchParams);
    const back = new URL(away.searchParams.get('redirect_uri') ?? '');
    const answer = { code, state: away.searchParams.get('state') ?? '', ...lie.answer };
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    return back;
  }
}

const textOf = async (answer: Response): Promise<string> =>
  (await answer.text())
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

beforeEach(async () => {
  lie = {};
  signedIn.length = 0;
  asked.length = 0;
  await begin();
  return () => close();
});
afterAll(() => expect(log.join('')).not.toMatch(/Mira|f:70011|a token|a secret/));

describe('an issuer of OpenID Connect', () => {
  it('signs in who agrees there, by subject and login, and asks with state, nonce and PKCE', async () => {
    const browser = new Browser();
    const back = await browser.agree();
    expect(back.origin + back.pathname).toBe(`${site}/oauth/oidc/callback`);
    const sent = [...grants.values()].at(-1);
    expect(sent?.get('scope')).toBe('openid profile');
    expect(sent?.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce']) expect(sent?.get(name)?.length).toBeGreaterThanOrEqual(32);
    const answer = await browser.get(back.href);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/elections/']);
    expect(signedIn).toEqual([{ account: 'f:70011', login: 'Mira.Okafor' }]);
  });

  it('may tell the login where it tells of people, and is asked there only then', async () => {
    lie = {
      claims: ({ preferred_username: _, ...rest }) => rest,
      userInfo: { sub: 'f:70011', preferred_username: 'mira' },
    };
    const browser = new Browser();
    expect((await browser.get((await browser.agree()).href)).status).toBe(303);
    expect(signedIn).toEqual([{ account: 'f:70011', login: 'mira' }]);
    expect(asked.filter((url) => url.endsWith('/me'))).toHaveLength(1);
  });

  it('that says no is believed', async () => {
    const browser = new Browser();
    const back = await browser.agree();
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    const answer = await browser.get(back.href);
    expect(answer.status).toBe(403);
    expect(await textOf(answer)).toContain('Example was told not to let this site know who you are.');
    expect(signedIn).toEqual([]);
  });

  it.each<[string, Lie, RegExp]>([
    ['another nonce', { claims: (c) => ({ ...c, nonce: 'another' }) }, /answers another sign-in/],
    ['no nonce', { claims: ({ nonce: _, ...c }) => c }, /answers another sign-in/],
    [
      'another issuer',
      { claims: (c) => ({ ...c, iss: 'https://evil.example' }) },
      /in the name of another provider/,
    ],
    [
      'an answer of another issuer',
      { answer: { iss: 'https://evil.example' } },
      /in the name of another provider/,
    ],
    ['another audience', { claims: (c) => ({ ...c, aud: 'another-site' }) }, /meant for another site/],
    [
      'one audience of several that is not ours',
      { claims: (c) => ({ ...c, aud: ['elekto', 'x'], azp: 'x' }) },
      /meant for another site/,
    ],
    ['a token that has expired', { claims: (c) => ({ ...c, iat: 1, exp: 2 }) }, /has expired/],
    ['a token that is not signed', { token: (c) => signer.sign(c, 'none') }, /not signed/],
    ['a token that somebody else signed', { token: (c) => stranger.sign(c) }, /not signed/],
    [
      'a token that was changed',
      {
        token: (c) =>
          signer
            .sign(c)
            .replace(
              /\.[^.]*\./,
              `.${Buffer.from(JSON.stringify({ ...c, sub: 'f:1' })).toString('base64url')}.`,
            ),
      },
      /not signed/,
    ],
    ['no token', { token: () => '' }, /not what OpenID Connect says/],
    ['no subject', { claims: ({ sub: _, ...c }) => c }, /answers?|not what|which account/],
    [
      'the subject of an account that waits for somebody',
      { claims: (c) => ({ ...c, sub: 'login:mira' }) },
      /which account/,
    ],
    [
      'a login that no file can hold',
      { claims: (c) => ({ ...c, preferred_username: 'mira@example.org' }) },
      /as the login of this account is none/,
    ],
    [
      'another subject where it tells of people',
      { claims: ({ preferred_username: _, ...c }) => c, userInfo: { sub: 'f:2', preferred_username: 'x' } },
      /two different things/,
    ],
    [
      'no login at all',
      { claims: ({ preferred_username: _, ...c }) => c, userInfo: { sub: 'f:70011' } },
      /what the login of this account is/,
    ],
  ])('that gives %s signs in nobody, and says why', async (_, told, sentence) => {
    lie = told;
    const browser = new Browser();
    const answer = await browser.get((await browser.agree()).href);
    const text = await textOf(answer);
    expect(text).toMatch(sentence);
    expect(text).toContain('Nobody was signed in.');
    expect([answer.status, signedIn]).toEqual([502, []]);
  });

  it('that gives one login twice, but for capitals, is told so', async () => {
    held = true;
    const browser = new Browser();
    const answer = await browser.get((await browser.agree()).href);
    held = false;
    expect([answer.status, signedIn]).toEqual([403, []]);
    expect(await textOf(answer)).toContain('Another account of Example has signed in here under your login');
  });

  it('is not finished twice, by another browser, with another state or another proof', async () => {
    const refused = async (answer: Response) => {
      expect([answer.status, signedIn.length]).toEqual([403, 1]);
      expect(await textOf(answer)).toContain('It was started in another browser, was used already');
    };
    const browser = new Browser();
    const back = await browser.agree();
    const { cookie } = browser;
    expect((await browser.get(back.href)).status).toBe(303);
    await refused(await browser.get(back.href));
    // With the cookie of before, so that it is the issuer who says that the code was used.
    browser.cookie = cookie;
    await refused(await browser.get(back.href));
    await refused(await new Browser().get((await browser.agree()).href));
    const other = await browser.agree();
    other.searchParams.set('state', 'x'.repeat(32));
    await refused(await browser.get(other.href));
    // A code that was given to a sign-in with another proof.
    const stolen = (await new Browser().agree()).searchParams.get('code') ?? '';
    const mine = await browser.agree();
    mine.searchParams.set('code', stolen);
    await refused(await browser.get(mine.href));
  });

  it('that is away, or is another than it says, is told, and asked again the next time', async () => {
    const browser = new Browser();
    for (const told of [{ status: 500 }, { discovery: { issuer: 'https://evil.example' } }]) {
      lie = told;
      const answer = await browser.get(`${site}/auth/sign-in`);
      expect(answer.status).toBe(502);
      expect(await textOf(answer)).toContain('Example did not confirm the sign-in');
    }
    lie = {};
    expect((await browser.get(`${site}/auth/sign-in`)).status).toBe(302);
  });

  it('that never stops talking is not listened to', async () => {
    lie = { endless: true };
    const answer = await new Browser().get(`${site}/auth/sign-in`);
    expect(answer.status).toBe(502);
    expect(given).toBeLessThan(2 * 1024 * 1024);
  });
});
