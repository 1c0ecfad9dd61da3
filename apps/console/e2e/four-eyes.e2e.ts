/** Decisions that two officers take (`approvals: 2`): what the first says, and what the second sees and says. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems, COLOUR_RULES } from '../../../packages/testing/src/axe.ts';
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

const open = (route: string, look: Look = {}) => stage.visit(`?scenario=four-eyes#/elections/${route}`, look);
const shows = (page: Page, text: string) =>
  page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
const isNowAt = (page: Page, login: string) =>
  page.evaluate((officer) => window.harness.signInAs(officer), login);

/** Keeps a picture; nothing is wider than the window, and axe finds nothing. The dark look is asked about colours alone. */
async function look(page: Page, name: string, dark: boolean): Promise<void> {
  await keepPicture(page, `console/four-eyes-${name}-${dark ? 'dark' : 'light'}`);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  expect(await axeProblems(page, dark ? COLOUR_RULES : undefined)).toEqual([]);
}

describe.each([
  ['light', false, 1280],
  ['dark', true, 360],
] as const)('in %s', (_, dark, width) => {
  it('a request is decided as the second officer says what the first proposed', async () => {
    const { page, errors } = await open('steering---term-4/exceptions', { dark, width });
    await page.getByRole('button', { name: 'Propose to approve', exact: true }).click();
    await shows(page, 'Proposed for contributor-1; another officer has to agree');
    await shows(page, 'You propose to approve');
    await expect
      .poll(() => page.getByRole('button', { name: 'Propose to approve', exact: true }).isDisabled())
      .toBe(true);
    await isNowAt(page, 'rui-tavares');
    await shows(page, 'edda-lind proposes to approve');
    await look(page, 'second', dark);
    await page.getByRole('button', { name: 'Agree: approve', exact: true }).click();
    await shows(page, 'Approved by rui-tavares, proposed by edda-lind');
    expect(errors).toEqual([]);
  });

  it('a tie is proposed, not recorded, and final only as the second officer agrees', async () => {
    const { page, errors } = await open('tie---draw/result', { dark, width });
    await page.locator('.checks .check', { hasText: 'Inês Carvalho' }).click();
    await page.getByLabel('How it was decided').fill('Drawn by lot.');
    await page.getByRole('button', { name: 'Propose decision' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Another officer has to say the very same.').waitFor();
    expect(await dialog.getByText('This is final').count()).toBe(0);
    await dialog.getByLabel(/^Type the name/).fill('Inês Carvalho');
    await look(page, 'tie-dialog', dark);
    await dialog.getByRole('button', { name: 'Propose it' }).click();
    await shows(page, 'You proposed how it was decided');
    await isNowAt(page, 'rui-tavares');
    await shows(page, 'edda-lind says how it was decided');
    await look(page, 'tie-second', dark);
    await page.getByRole('button', { name: 'Agree', exact: true }).click();
    await dialog.getByText('This is final').waitFor();
    await dialog.getByLabel(/^Type the name/).fill('Inês Carvalho');
    await dialog.getByRole('button', { name: 'Record it for good' }).click();
    await shows(page, 'Decided for Inês Carvalho: Drawn by lot.');
    expect(errors).toEqual([]);
  });
});

it('many at once are approved where another officer proposed it, and proposed where nobody has', async () => {
  const { page, errors } = await open('steering---term-4/exceptions');
  await page.getByRole('button', { name: 'Propose to approve', exact: true }).click();
  await shows(page, 'Proposed for contributor-1; another officer has to agree');
  await page.getByRole('button', { name: 'Propose to approve all 4 of the list' }).waitFor();
  await isNowAt(page, 'rui-tavares');
  await page.getByRole('button', { name: 'Approve or propose all 5 of the list' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('proposed to approve 1 of them, so these hold at once').waitFor();
  await dialog.getByRole('button', { name: 'Approve and propose them' }).click();
  await shows(page, 'Approved: 1. Proposed, for another officer to agree: 4');
  await isNowAt(page, 'edda-lind');
  await page.getByRole('button', { name: 'Agree: approve all 4 of the list' }).click();
  await dialog.getByRole('button', { name: 'Approve them' }).click();
  await shows(page, 'Approved: 4');
  expect(errors).toEqual([]);
});

it('the words of the dialog are those that were read, and what becomes final meanwhile is typed anew', async () => {
  const { page, errors } = await open('tie---draw/result');
  const say = (how: string) =>
    page.evaluate((words) => window.harness.decideTieElsewhere('tie---draw', ['ines-carvalho'], words), how);
  await say('Drawn by lot.');
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  const typed = dialog.getByLabel(/^Type the name/);
  await typed.fill('Inês Carvalho');
  // The other officer thinks better of it: this one still says what was read, which is no longer what holds.
  await say('A run-off.');
  await dialog.getByText('Another officer has to say the very same.').waitFor();
  await dialog.getByText(/Decided for Inês Carvalho: Drawn by lot\./).waitFor();
  expect(await typed.inputValue()).toBe('');
  await typed.fill('Inês Carvalho');
  await say('Drawn by lot.');
  await dialog.getByText('This is final').waitFor();
  expect(await dialog.getByRole('button', { name: 'Record it for good' }).isDisabled()).toBe(true);
  await typed.fill('Inês Carvalho');
  await dialog.getByRole('button', { name: 'Record it for good' }).click();
  await shows(page, 'Decided for Inês Carvalho: Drawn by lot.');
  expect(errors).toEqual([]);
});
