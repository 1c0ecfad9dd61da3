/** What the README promises: start it, vote in a browser, change the vote, and see it counted. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bareEnvironment, keepPicture, launchChromium } from '@elekto/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const dataDir = join(mkdtempSync(join(tmpdir(), 'elekto-newcomer-')), 'data');
const passphrase = 'a tide table from nineteen eighty';
let server: ChildProcess;
let browser: Browser;
let url = '';

beforeAll(async () => {
  server = spawn(process.execPath, ['scripts/start.ts', '--port', '0'], {
    cwd: root,
    env: { ...bareEnvironment(), HOME: process.env['HOME'], ELEKTO_DATA_DIR: dataDir },
  });
  let said = '';
  url = await new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Ctrl-C stops it')) resolve(/Site\s+(http:\S+)\//.exec(said)?.[1] ?? '');
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', () => reject(new Error(`npm start ended:\n${said}`)));
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
});

/** A window of its own for each person, signed in through the stand-in for GitHub. */
async function signInAs(name: string, path: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB', acceptDownloads: true })).newPage();
  await page.goto(`${url}/auth/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.waitForURL(`${url}${path}`);
  return page;
}

const ballotPath = '/elections/steering---term-4/ballot/';

it('a newcomer finds the running election on the start page', async () => {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${url}/`);
  await page.getByRole('link', { name: 'Steering Committee, fourth term' }).first().click();
  await page.getByRole('link', { name: 'Tolu Adeyemi' }).click();
  await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain('Tolu Adeyemi');
  await page.close();
});

it('a voter casts, opens and replaces a ballot, with a tie and candidates not ranked', async () => {
  const page = await signInAs('Mira Okafor', ballotPath);
  const tap = (name: string): Promise<void> =>
    page
      .getByRole('list', { name: 'Candidates' })
      .getByRole('button', { name: new RegExp(`^(\\d )?${name}`) })
      .click();
  for (const name of ['Tolu Adeyemi', 'Inês Carvalho', 'Kaito Mori']) await tap(name);
  await page.getByRole('button', { name: 'Kaito Mori: same place as Inês Carvalho' }).click();
  await keepPicture(page, 'newcomer/ballot', false);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByText('The passphrase to your ballot').click();
  await page.getByLabel('Choose my own').check();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('The same once more').fill(passphrase);
  await keepPicture(page, 'newcomer/passphrase', false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await page.getByRole('button', { name: 'Cast ballot' }).click();
  await page.getByRole('heading', { name: 'Your ballot is cast' }).waitFor();
  await keepPicture(page, 'newcomer/cast', false);

  await page.goto(url + ballotPath);
  await page.getByLabel('Your passphrase').fill('not my passphrase at all');
  await page.getByRole('button', { name: 'Open my ballot' }).click();
  await page
    .getByText(/passphrase.*(wrong|not|does)/i)
    .first()
    .waitFor();
  await page.getByLabel('Your passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Open my ballot' }).click();
  await page.getByRole('heading', { name: 'Your ballot', exact: true }).waitFor();
  await keepPicture(page, 'newcomer/view', false);
  expect(await page.getByRole('main').innerText()).toMatch(
    /Tolu Adeyemi[\s\S]*(Inês Carvalho[\s\S]*Kaito Mori|Kaito Mori[\s\S]*Inês Carvalho)/,
  );

  await page.getByRole('button', { name: 'Change my ballot' }).click();
  await page.getByRole('button', { name: 'Kaito Mori: a place of its own' }).click();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Replace my ballot' }).click();
  await page.getByRole('heading', { name: 'Your ballot is replaced' }).waitFor();
  await page.close();
});

it('someone who is not on the roll is told what to do', async () => {
  const page = await signInAs('Sam Riva', ballotPath);
  await page.getByRole('link', { name: 'Ask for an exception' }).waitFor();
  await keepPicture(page, 'newcomer/not-eligible', false);
  await page.close();
});

it('the officer watches, and sees the result after an administrator moved the end', async () => {
  const page = await signInAs('Edda Lind', '/console/');
  // What waits, what is wrong with the files, and what was held on this server before.
  await page.getByText('One person waits for an answer').waitFor();
  await page.getByText('One approved person is not on the voter roll').waitFor();
  await page.getByText('"Mira-Okafor" stands already in line').waitFor();
  await page
    .getByRole('row', { name: /Release captains, spring.*Cato Lunde and Goran Ilić.*counted again: agrees/ })
    .waitFor();
  await keepPicture(page, 'newcomer/console-home', true);
  await page.getByText('Steering Committee, fourth term').first().click();
  await page.waitForTimeout(500);
  await keepPicture(page, 'newcomer/console-open', false);

  const file = join(dataDir, 'meta/elections/steering/term-4/election.yaml');
  const end = new Date(Date.now() + 5_000).toISOString().slice(0, 19).replace('T', ' ');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^end_datetime: .*$/m, `end_datetime: ${end}`));

  await expect
    .poll(
      async () => {
        await page.goto(`${url}/console/`);
        await page.getByText('Steering Committee, fourth term').first().click();
        await page
          .getByRole('link', { name: 'Result' })
          .or(page.getByRole('tab', { name: 'Result' }))
          .first()
          .click();
        await page.waitForTimeout(1_000);
        return page.getByRole('main').innerText();
      },
      { timeout: 60_000, interval: 2_000 },
    )
    .toContain('Every comparison of');
  await keepPicture(page, 'newcomer/console-result', false);
  await page.close();
});
