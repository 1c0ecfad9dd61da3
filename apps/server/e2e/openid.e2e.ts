/** A provider that others have written signs a voter and an officer in, in a browser, and is asked for nothing else. */
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { launchChromium } from '@elekto/testing';
import Provider from 'oidc-provider';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { writeMeta } from '../tests/support/meta.ts';
import { run, type Running } from '../tests/support/running.ts';

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

beforeAll(async () => {
  const port = await freePort();
  const callback = `http://localhost:${port}/oauth/oidc/callback`;
  issuer = createServer((req, res) => void provider.callback()(req, res));
  const address = `http://127.0.0.1:${await listen(issuer)}`;
  const provider = new Provider(address, {
    clients: [{ client_id: 'elekto', client_secret: 'a secret of the test', redirect_uris: [callback] }],
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

const meOf = (page: Page) =>
  page.evaluate(async () => {
    const answer = await fetch('/trpc/me.get');
    return ((await answer.json()) as { result: { data: unknown } }).result.data;
  });

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
