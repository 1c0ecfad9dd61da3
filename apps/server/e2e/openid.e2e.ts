/** A provider that others have written signs a voter and an officer in, in a browser, is asked for nothing else, and lies in vain. */
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { launchChromium } from '@elekto/testing';
import { idTokenSigner } from '@elekto/testing/id-token';
import Provider from 'oidc-provider';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { writeMeta } from '../tests/support/meta.ts';
import { run, type Running } from '../tests/support/running.ts';

type Claims = Record<string, unknown>;

/** What the provider does otherwise than an honest one. */
interface Lie {
  readonly claims?: Claims;
  readonly alg?: 'none';
  readonly challenge?: string;
}

const signer = idTokenSigner();
let lie: Lie | null = null;
let codesRedeemed = 0;
let issuer: Server;
let running: Running;
let browser: Browser;

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
/** A port that nobody has: the provider has to know the address to which it sends people back, and the server the provider's. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Puts claims into the ID token that an answer holds, under a signature of the provider's own key. */
function falsify(res: ServerResponse, { claims, alg }: Lie): void {
  const end = res.end.bind(res) as (text: string) => ServerResponse;
  res.end = ((body: string | Buffer) => {
    const answer = JSON.parse(String(body)) as { id_token: string };
    const honest = Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString();
    const id_token = signer.sign({ ...(JSON.parse(honest) as Claims), ...claims }, alg);
    const text = JSON.stringify({ ...answer, id_token });
    res.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  }) as typeof res.end;
}

beforeAll(async () => {
  const port = await freePort();
  const callback = `http://localhost:${port}/oauth/oidc/callback`;
  issuer = createServer((req, res) => {
    if (req.url === '/token') codesRedeemed += 1;
    if (lie?.challenge !== undefined)
      req.url = req.url?.replace(/(?<=code_challenge=)[^&]+/, lie.challenge) ?? '';
    else if (lie !== null && req.url === '/token') falsify(res, lie);
    void provider.callback()(req, res);
  });
  const address = `http://127.0.0.1:${await listen(issuer)}`;
  const provider = new Provider(address, {
    clients: [
      {
        client_id: 'elekto',
        client_secret: 'a secret of the test',
        redirect_uris: [callback],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: signer.privateJwks,
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id.replace(/^person-/, '') }),
    }),
  });
  running = await run({
    meta: writeMeta({ steering: {} }),
    people: [],
    env: {
      PORT: String(port),
      ELEKTO_DEMO_SIGN_IN: '',
      ELEKTO_SIGN_IN: 'oidc',
      ELEKTO_SIGN_IN_URL: address,
      ELEKTO_SIGN_IN_CLIENT_ID: 'elekto',
      ELEKTO_SIGN_IN_CLIENT_SECRET: 'a secret of the test',
    },
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  issuer?.close();
});

/** As a person does: to the provider, a name and a password there, yes, and back. */
async function signIn(account: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${running.url}/auth/sign-in?next=/elections/steering/`);
  await page.locator('[name=login]').fill(account);
  await page.locator('[name=password]').fill('any');
  await page.locator('[type=submit]').click();
  await page.locator('[type=submit]').click();
  await page.waitForURL(`${running.url}/elections/steering/`);
  return page;
}

/** Who the site takes the browser for. Not asked by the page: one of a failed sign-in may load nothing. */
async function meOf(page: Page): Promise<unknown> {
  const answer = await page.request.get(`${running.url}/trpc/me.get`);
  return ((await answer.json()) as { result: { data: unknown } }).result.data;
}

it('a voter and an officer come back signed in, by login and subject, whoever came before under other capitals', async () => {
  const other = await meOf(await signIn('person-Vera'));
  expect(other).toMatchObject({ user: { login: 'Vera' }, elections: [{ officer: false }] });
  expect(other).not.toMatchObject({ elections: [{ stand: { kind: 'may-vote' } }] });
  const vera = await signIn('person-vera');
  expect(await meOf(vera)).toMatchObject({
    user: { login: 'vera' },
    signIn: { name: '127.0.0.1', profiles: null },
    elections: [{ stand: { kind: 'may-vote' }, officer: false }],
  });
  const olga = await signIn('person-olga');
  expect(await meOf(olga)).toMatchObject({ user: { login: 'olga' }, elections: [{ officer: true }] });
  expect(running.log()).not.toContain('person-vera');
});

it('who says no there is told so, and nobody is signed in', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${running.url}/auth/sign-in`);
  await page.getByText('Cancel').click();
  await expect.poll(() => page.getByRole('heading').innerText()).toBe('You are not signed in');
  await page.goto(running.url);
  expect(await meOf(page)).toMatchObject({ user: null });
});

const ANOTHER_TIME = 'It was started in another browser, was used already';

it('that lies signs nobody in, and the page says what cannot be believed', async () => {
  const page = await signIn('person-vera');
  const context = page.context();
  // From here on the provider knows the browser, and sends it back at once.
  const again = async (told: Lie | null): Promise<string> => {
    await context.clearCookies({ domain: 'localhost' });
    lie = told;
    await page.goto(`${running.url}/auth/sign-in`);
    lie = null;
    return page.locator('body').innerText();
  };
  const isNobody = async () => expect(await meOf(page)).toMatchObject({ user: null });
  const lies: readonly (readonly [Lie, string])[] = [
    [{ claims: { nonce: 'another' } }, 'It answers another sign-in than the one that this browser has begun'],
    [{ claims: { iss: 'https://evil.example' } }, 'It speaks in the name of another provider'],
    [{ claims: { aud: 'another-site' } }, 'What it answers is meant for another site'],
    [{ claims: { iat: 1, exp: 2 } }, 'What it answers has expired'],
    [{ alg: 'none' }, 'What it answers is not signed with a key of the provider'],
    [{ challenge: 'x'.repeat(43) }, ANOTHER_TIME],
  ];
  for (const [told, sentence] of lies) {
    expect(await again(told)).toContain(sentence);
    await isNobody();
  }

  // The code of a sign-in that has ended, with the cookie that had begun it.
  let used = { url: '', cookie: '' };
  page.on('request', async (request) => {
    if (!request.url().includes('/oauth/oidc/callback')) return;
    used = { url: request.url(), cookie: (await request.allHeaders())['cookie'] ?? '' };
  });
  await again(null);
  expect(await meOf(page)).toMatchObject({ user: { login: 'vera' } });
  // What the browser has sent is told some time after it.
  await expect.poll(() => used.cookie).not.toBe('');
  await context.clearCookies({ domain: 'localhost' });
  const [name = '', value = ''] = used.cookie.split('=');
  await context.addCookies([{ name, value, url: running.url }]);
  const before = codesRedeemed;
  await page.goto(used.url);
  expect(await page.locator('body').innerText()).toContain(ANOTHER_TIME);
  expect(codesRedeemed).toBe(before + 1);
  await isNobody();
});
