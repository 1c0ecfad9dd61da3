import { launchChromium } from '@elekto/testing';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { buildExample, exampleSnapshot } from './built-site.ts';
import { OPEN_ELECTION, startDriftwood, WHILE_OPEN } from './driftwood.ts';
import { serveSite } from '../static-server.ts';

/** A port that is free at this moment: the server must know the pages' origin before they are built. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

it('the pages may be served from another origin than the API: sign in, come back, vote', async () => {
  const port = await freePort();
  const siteOrigin = `http://localhost:${port}`;
  const org = await startDriftwood(['jonas-feld'], { ELEKTO_SITE_ORIGINS: siteOrigin });
  const snapshot = await exampleSnapshot(Date.parse(WHILE_OPEN));
  const built = await buildExample({ ...snapshot, apiOrigin: org.url, siteOrigin });
  const server = await serveSite(built.dir, undefined, port);
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text());
    });
    await page.goto(`${siteOrigin}/elections/${OPEN_ELECTION}/ballot/`);
    await page.click('.sign-in-first .button');
    await page.click('button:has-text("jonas-feld")');
    await page.waitForSelector('.editor');
    expect(page.url()).toBe(`${siteOrigin}/elections/${OPEN_ELECTION}/ballot/`);
    expect(await page.innerText('.me a')).toBe('jonas-feld');
    await page.click('.row >> nth=0 >> [data-control=pick]');
    await page.click('.row >> nth=1 >> [data-control=pick]');
    await page.click('.bar .button:not(.quiet)');
    await page.click('.button.big');
    await page.waitForSelector('.done');
    expect(said).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
    await org.stop();
    built.remove();
  }
});
