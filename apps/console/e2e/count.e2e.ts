/** An officer's part in a count: what is told at each moment, in both looks, narrow and wide, and the clicks it takes. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeProblems } from '../../../packages/testing/src/axe.ts';
import { keepPicture } from '../../../packages/testing/src/pictures.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { openStage, type Look, type Stage } from '../tests/harness/chrome.ts';
import { serveHarness, type Served } from '../tests/harness/serve.ts';

let browser: Browser;
let served: Served;
let stage: Stage;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), serveHarness()]);
  stage = openStage(browser, served);
});
afterAll(async () => {
  await stage.close();
  await browser.close();
  await served.close();
});

const open = (scene: string, look: Look = {}, route = 'steering---term-5/result') =>
  stage.visit(`?scenario=officers&count=${scene}#/elections/${route}`, look);
const shows = (page: Page, text: string) =>
  page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();

/** Scene, look, width, and what the officer reads there. */
const VIEWS = [
  ['browser', 'light', 1280, 'Officers count this election in the desktop app'],
  ['repository', 'light', 360, 'Is that the repository as you know it?'],
  ['propose', 'light', 1280, 'Propose box.txt'],
  ['inspection', 'dark', 360, 'The box is open to inspection until'],
  ['two-boxes', 'light', 360, 'another box of this election stands on the branch'],
  ['history', 'dark', 1280, 'the history of the repository was replaced'],
  ['away', 'light', 1280, 'Your computer does not act'],
  ['refused', 'dark', 1280, 'Do nothing, and tell the other officers'],
  ['voided', 'dark', 1280, 'You have signed that these ballots are void'],
  ['voided', 'light', 360, 'You have signed that these ballots are void'],
  ['mix', 'dark', 1280, 'It is your turn to mix'],
  ['moved', 'light', 360, 'The files say something else than the ballots are sealed for'],
  ['counted', 'light', 360, 'Enough officers have decrypted'],
] as const;

it.each(VIEWS)('%s, %s, %i wide, is drawn and clean', async (scene, look, width, text) => {
  const { page, errors } = await open(scene, { dark: look === 'dark', width });
  await shows(page, text);
  await keepPicture(page, `console/count-${scene}-${look}-${width}`);
  expect(await axeProblems(page)).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  expect(errors).toEqual([]);
});

const LOOKS = [
  ['light', 360],
  ['dark', 360],
  ['light', 1280],
  ['dark', 1280],
] as const;

it.each(LOOKS)(
  'leads an officer whose key was lost to the twelve words, and does not tell them to close the console, %s, %i wide',
  async (look, width) => {
    const { page, errors } = await open('lost-key', { dark: look === 'dark', width });
    const told = page.getByRole('status').filter({ hasText: 'Bring the key of your share to this computer' });
    await expect
      .poll(() => told.locator('p:not(.notice-title)').allTextContents())
      .toEqual([
        'Count, this computer: no key of this computer holds a share of this election. Shares are held by edda-lind, rui-tavares, sam-riva.',
        'Bring it back with your twelve words under Keys, and come back here. Who holds no share has nothing to do here.',
      ]);
    await keepPicture(page, `console/count-lost-key-${look}-${width}`);
    for (const text of [
      'Nothing for you to do now',
      'Waiting for',
      'Your computer does not act',
      'open to inspection',
    ])
      expect(await page.getByText(text).count(), text).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await axeProblems(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await told.getByRole('button', { name: 'Go to Keys' }).click();
    await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
    expect(errors).toEqual([]);
  },
);

it('says that the key is not here while the box is open to inspection, and until when it is', async () => {
  const { page } = await open('lost-key-early');
  await shows(page, 'Bring the key of your share to this computer');
  await shows(page, 'The box is open to inspection until');
});

it.each(LOOKS)(
  'names branch and folder in the question, %s, %i wide, and takes the server\u2019s branch by its typed name alone',
  async (look, width) => {
    const { page, errors } = await open('repository', { dark: look === 'dark', width });
    await shows(page, 'The server says that it reads the branch main. Do not take its word');
    await shows(
      page,
      'This computer reads the default branch, as the forge has it, and in it the folder elections.',
    );
    const yes = page.getByRole('button', { name: 'Yes, this is it' });
    const typed = page.getByLabel('Protected branch, if it is not the default one');
    expect([await typed.inputValue(), await yes.isDisabled()]).toEqual(['', false]);
    await typed.fill('mai');
    expect(await yes.isDisabled()).toBe(true);
    await typed.fill('main');
    await shows(page, 'This computer reads the branch main and in it the folder elections.');
    expect(await yes.isDisabled()).toBe(false);
    await keepPicture(page, `console/count-place-${look}-${width}`);
    expect(await axeProblems(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await yes.click();
    await shows(page, 'It is your turn to mix');
    expect(errors).toEqual([]);
  },
);

it('takes one click a step, shows what is left of the work, and says who is waited for', async () => {
  const { page, errors } = await open('repository');
  await page.getByRole('button', { name: 'Yes, this is it' }).click();
  await page.getByRole('button', { name: 'Mix the ballots' }).click();
  await shows(page, 'Mixing, with a proof: about');
  await keepPicture(page, 'console/count-mixing');
  // Something else changes meanwhile: what is looked at because of that began before the act ended, and is heard of after it.
  await page.evaluate(() => window.harness.offline(false));
  await shows(page, 'Waiting for rui-tavares and sam-riva');
  await page.waitForTimeout(2000);
  expect(await page.getByText('It is your turn to mix').count()).toBe(0);
  expect(errors).toEqual([]);
  await open('decrypt');
  await page.getByRole('button', { name: 'Decrypt with my share' }).click();
  await shows(page, 'Waiting for rui-tavares and sam-riva');
  expect(errors).toEqual([]);
});

it('counts ballots that this officer has signed to be void only once that is taken back, in two steps', async () => {
  const { page, errors } = await open('voided');
  await page.getByRole('button', { name: 'Count them after all' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('too few of them signed').waitFor();
  await keepPicture(page, 'console/count-voided-asked');
  await dialog.getByRole('button', { name: 'Back' }).click();
  expect(await page.getByRole('button', { name: 'Mix the ballots' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Count them after all' }).click();
  await dialog.getByRole('button', { name: 'Count them after all' }).click();
  await shows(page, 'It is your turn to mix');
  expect(errors).toEqual([]);
});

it('shows while people vote that this officer holds their share, in one press', async () => {
  const { page, errors } = await open('repository', { width: 900 }, 'runs/result');
  await shows(page, '0 of 2 needed have shown since the opening');
  await page.getByRole('button', { name: 'Show that I hold my share' }).click();
  await keepPicture(page, 'console/count-alive-repository');
  await page.getByRole('button', { name: 'Yes, this is it' }).click();
  await shows(page, 'now 1 of 2 needed have');
  await keepPicture(page, 'console/count-alive-shown');
  expect(await axeProblems(page)).toEqual([]);
  expect(errors).toEqual([]);
  await open('refused', { width: 900 }, 'runs/result');
  await page.getByRole('button', { name: 'Show that I hold my share' }).click();
  await shows(page, 'Do nothing, and tell the other officers');
  expect(errors).toEqual([]);
});

it('signs how a tie was decided in the words of another officer, in two steps with the name typed', async () => {
  const { page, errors } = await open('tie', { width: 1280 }, 'drawn/result');
  await shows(page, 'rui-tavares signed how it was decided (1 of 2 needed)');
  await keepPicture(page, 'console/count-tie');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign the same' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('You are the last one who is needed.').waitFor();
  await dialog.getByText('This is decision 1 of this count.').waitFor();
  const last = dialog.getByRole('button', { name: 'Sign it for good' });
  expect(await last.isDisabled()).toBe(true);
  await dialog.getByLabel(/^Type the name/).fill('In\u00eas Carvalho');
  await last.click();
  await shows(page, 'Signed: 2 of 2 needed say the same');
  await page.locator('.checks .check', { hasText: 'Kaito Mori' }).click();
  await page.getByLabel('How it was decided').fill('Drawn by lot.');
  await page.getByRole('button', { name: 'Sign how it was decided' }).click();
  await dialog.getByText('Once enough of you have signed the very same').waitFor();
  await dialog.getByRole('button', { name: 'Go back' }).click();
  expect(errors).toEqual([]);
  await open('browser', { width: 1280 }, 'drawn/result');
  await shows(page, 'or with "elekto custody tie"');
  expect(errors).toEqual([]);
});

it('signs nothing where another officer has signed other words since they were read, and shows these', async () => {
  const { page, errors } = await open('tie-anew', { width: 360 }, 'drawn/result');
  const dialog = page.getByRole('alertdialog');
  const signSame = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Sign the same' }).click();
    await dialog.getByLabel(/^Type the name/).fill(name);
    await dialog.getByRole('button', { name: 'Sign it for good' }).click();
  };
  await signSame('In\u00eas Carvalho');
  await shows(page, 'what they have signed by now is not what you have read');
  await keepPicture(page, 'console/count-tie-anew');
  expect(await axeProblems(page)).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.locator('blockquote', { hasText: 'Kaito Mori' }).waitFor();
  await signSame('Kaito Mori');
  await shows(page, 'Signed: 2 of 2 needed say the same');
  expect(errors).toEqual([]);
});

it('signs in two steps that the ballots of a running election are void, for the reason of another officer', async () => {
  const { page, errors } = await open('mix', { dark: true, width: 360 }, 'runs/turnout');
  await shows(page, 'rui-tavares has signed that they are void');
  await keepPicture(page, 'console/count-void');
  expect(await axeProblems(page)).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Sign the same' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('1 of 2 have signed this reason.').waitFor();
  await dialog.getByRole('button', { name: 'Sign it' }).click();
  await shows(page, 'edda-lind has signed that they are void');
  expect(errors).toEqual([]);
});

it('says on Home when too few have shown that they hold their shares', async () => {
  const { page } = await stage.visit('?scenario=officers#/');
  await shows(page, '1 of 2 officers have shown that they hold their shares');
  await shows(page, '0 of 2 officers have shown since the opening that they can count it');
});
