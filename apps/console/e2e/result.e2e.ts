/** The page of an election's result in each state that it has, and an officer's share on it: words, refusals, and the keyboard alone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems } from '../../../packages/testing/src/axe.ts';
import { keepPicture } from '../../../packages/testing/src/pictures.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { openStage, type Stage, type Tab } from '../tests/harness/chrome.ts';
import { serveHarness, type Served } from '../tests/harness/serve.ts';

let browser: Browser;
let served: Served;
let stage: Stage;
let tab: Tab;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), serveHarness()]);
  stage = openStage(browser, served);
});
afterAll(async () => {
  await stage.close();
  await browser.close();
  await served.close();
});

/** Each by a visit of its own: what was shown before is not what is waited for. */
async function open(query: string, key: string, width = 1280, dark = false): Promise<Page> {
  tab = await stage.visit(`?${query}#/elections/${key}/result`, { width, dark });
  return tab.page;
}
const shows = (page: Page, text: string) =>
  page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
async function isClean(page: Page, name: string): Promise<void> {
  await keepPicture(page, `console/result-${name}`);
  expect(await axeProblems(page)).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  expect(tab.errors.splice(0)).toEqual([]);
}

const BEFORE = 'There is no result before the end';
const SHARE = 'Your share';
const CLOSE = 'Close and count';
const COUNT = 'Officers open the ballots';
const PROOF = 'Proof';
const ALL = [BEFORE, SHARE, CLOSE, COUNT, PROOF] as const;

/** What it stands for, query, election, what is read, and which of the parts are there. */
const STATES = [
  ['to open', 'scenario=officers', 'soon', 'nobody, officers included, can see a ballot', [BEFORE]],
  ['open, by the server', 'scenario=demo', 'steering---term-4', 'nobody, officers included', [BEFORE]],
  ['open, by officers', 'scenario=officers&count=mix', 'runs', '0 of 2 needed have shown', [BEFORE, SHARE]],
  ['waiting', 'scenario=stages', 'waits', 'nobody, officers included', [BEFORE]],
  ['damaged', 'scenario=stages', 'damaged', 'not counted while the ballot box does not add up', []],
  ['ended, by the server', 'scenario=demo', 'docs---leads', 'destroys the keys', [CLOSE]],
  ['ended, by officers', 'scenario=officers&count=mix', 'steering---term-5', 'your turn to mix', [COUNT]],
  ['counted', 'scenario=demo', 'steering---term-3', 'Elected', [PROOF]],
  ['held elsewhere', 'scenario=stages', 'held', 'vote.old.example: nothing to do', []],
] as const;

describe('the result of an election', () => {
  it.each(STATES)('%s, shows its part and no other', async (name, query, key, text, parts) => {
    const page = await open(query, key);
    await shows(page, text);
    const shown: string[] = [];
    for (const part of ALL) {
      // The title of a notice has its tone before it, for who hears the page.
      const named = page.locator('.page').getByText(part, { exact: part !== BEFORE });
      if ((await named.count()) > 0) shown.push(part);
    }
    expect(shown).toEqual(parts);
    await isClean(page, name.replaceAll(/[ ,]+/g, '-'));
  });

  it('says while it loads what it loads, and reads again what could not be read', async () => {
    await shows(await open('scenario=loading', 'steering---term-3'), 'Loading the result');
    const page = await open('scenario=failing', 'steering---term-3');
    await shows(page, 'Something went wrong on our side');
    await page.evaluate(() => window.harness.comeBack());
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await shows(page, PROOF);
  });
});

const ACTION = 'Show that I hold my share';
const action = (page: Page) => page.getByRole('button', { name: ACTION, exact: true });

/** Goes on with the key Tab until what has this name has the focus, as somebody without a pointer does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
  }
  throw new Error(`80 presses of Tab do not lead to ${name}`);
}

describe('an officer\u2019s share, while people vote', () => {
  it.each([
    [
      'challenge',
      'Manifest, the server: what the ballots are said to be sealed for is no manifest of officers.',
    ],
    [
      'other-rules',
      'Manifest, the server: it says something else than the files of the repository at commit 0123456789ab: other candidates, rules, officers or another key.',
    ],
    [
      'replaced',
      'Alive, whoever writes to the repository: the history of the repository was replaced since you last looked.',
    ],
  ])('is not shown where something does not fit: %s', async (scene, sentence) => {
    const page = await open(`scenario=officers&count=${scene}`, 'runs', 360, true);
    await action(page).click();
    const told = page
      .getByRole('alert')
      .filter({ hasText: 'Something does not fit. Do nothing, and tell the other officers' });
    await expect.poll(() => told.locator('p:not(.notice-title)').allTextContents()).toEqual([sentence]);
    expect(await page.getByText('You have shown it').count()).toBe(0);
    expect(await action(page).isEnabled()).toBe(true);
    await isClean(page, `share-${scene}`);
  });

  it('is not shown without the key, which comes back with the twelve words: nobody is to be told', async () => {
    const page = await open('scenario=officers&count=no-key', 'runs', 360, true);
    await action(page).click();
    const told = page.getByRole('status').filter({ hasText: 'Bring the key of your share to this computer' });
    await expect
      .poll(() => told.locator('p:not(.notice-title)').allTextContents())
      .toEqual([
        'Alive, this computer: no key of this computer holds a share of this election.',
        'Bring it back with your twelve words under Keys, and come back here. Who holds no share has nothing to do here.',
      ]);
    expect(await page.getByText('tell the other officers').count()).toBe(0);
    expect(await page.getByText('You have shown it').count()).toBe(0);
    expect(await action(page).isEnabled()).toBe(true);
    await isClean(page, 'share-no-key');
  });

  it('is not shown while the server is away, and asked for again by the same button', async () => {
    const page = await open('scenario=officers&count=no-answer', 'runs');
    await action(page).click();
    await shows(page, 'cannot be reached');
    expect(await action(page).isEnabled()).toBe(true);
    expect(await page.getByText('You have shown it').count()).toBe(0);
  });

  it('is a word about the desktop app in the browser, where there is no key', async () => {
    const page = await open('scenario=officers', 'runs');
    await shows(page, 'It is shown in the desktop app, where your key is, or with "elekto custody alive".');
    expect(await action(page).count()).toBe(0);
    await isClean(page, 'share-browser');
  });

  it('is shown with the keyboard alone, and it is said what the computer does meanwhile', async () => {
    const page = await open('scenario=officers&count=repository', 'runs', 900);
    await shows(page, '0 of 2 needed have shown');
    await tabTo(page, ACTION);
    await page.keyboard.press('Enter');
    await shows(page, 'Is that the repository as you know it?');
    await tabTo(page, 'Yes, this is it');
    await page.keyboard.press('Enter');
    await shows(page, 'Comparing the ballots\u2019 rules with the repository');
    await shows(page, 'You have shown it; now 1 of 2 needed have. Nothing was decrypted for it.');
    expect(await action(page).count()).toBe(0);
    await isClean(page, 'share-shown');
  });
});
