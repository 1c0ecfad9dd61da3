/** Every view of the console on the server in memory: drawn without an error in small and large, clean for axe in light and dark. */
import { METHODS } from '@elekto/tally';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems, COLOUR_RULES } from '../../../packages/testing/src/axe.ts';
import { keepPicture } from '../../../packages/testing/src/pictures.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { openStage, openTab, type Stage, type Tab } from '../tests/harness/chrome.ts';
import { serveHarness, type Served } from '../tests/harness/serve.ts';
import { COUNTED, MANY, OPEN, PRESSED, STATES, VIEWS } from '../tests/harness/views.ts';

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

/** The whole page from its top, so that what stays in view while scrolling is where a reader begins. */
async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  await keepPicture(page, `console/${name}`);
}

const inLook = (page: Page, colorScheme: 'light' | 'dark') =>
  page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

/**
 * Axe finds nothing, in either look. Structure is the same in both, so the dark one is asked about colours alone. `within`: the
 * part that is new, where the page was asked about before.
 */
async function isClean(page: Page, name: string, within?: string): Promise<void> {
  await picture(page, `${name}-light`);
  expect(await axeProblems(page, undefined, within), `${name} in light`).toEqual([]);
  await inLook(page, 'dark');
  await picture(page, `${name}-dark`);
  expect(await axeProblems(page, COLOUR_RULES, within), `${name} in dark`).toEqual([]);
  await inLook(page, 'light');
}

/** What reaches over the right edge of the window; nothing when the page needs no scrolling sideways. */
const overhang = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth <= limit
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > limit + 1)
          .slice(0, 5)
          .map((element) => `${element.tagName}.${element.className}`);
  });

/** Pictures that measure themselves are drawn anew a frame later. */
const drawnAnew = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

/** What is shown, while nothing was done with it: what only changes the address needs no visit of its own. */
let shown: (Tab & { readonly scenario: string }) | null = null;
afterEach(({ task }) => {
  // What a view that failed has left is not looked at.
  if (task.result?.state === 'fail') shown = null;
});
async function open(scenario: string, route: string, text: string): Promise<Tab> {
  if (shown?.scenario !== scenario) {
    shown = null;
    shown = { scenario, ...(await stage.visit(`?scenario=${scenario}#${route}`)) };
  } else {
    // The page before may say the same words: the console has heard of the address first.
    await shown.page.evaluate(async (hash) => {
      if (window.location.hash === hash) return;
      const heard = new Promise((done) => window.addEventListener('hashchange', done, { once: true }));
      window.location.hash = hash;
      await heard;
    }, `#${route}`);
    await drawnAnew(shown.page);
  }
  await shown.page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
  return shown;
}

/** Asked below, in the course of what they are for. */
const ELSEWHERE = new Set(['palette', 'shortcuts', 'close-dialog', 'start-anew-dialog', 'rehearsal-held']);

describe('a view', () => {
  it.each(VIEWS)(
    '%s is drawn in a small window without scrolling sideways, and clean in a large one, light and dark',
    async (name, scenario, route, text) => {
      const { page, errors } = await open(scenario, route, text);
      for (const [width, height] of [
        [320, 640],
        [900, 640],
        [1280, 860],
      ] as const) {
        await page.setViewportSize({ width, height });
        await drawnAnew(page);
        if (width === 320) await picture(page, `${name}-small`);
        expect(await overhang(page), `at ${width} pixels`).toEqual([]);
      }
      await isClean(page, name);
      if (name !== 'crash') expect(errors).toEqual([]);
    },
  );

  it.each([...STATES, ...MANY])(
    '%s says how it stands, clean in light and dark',
    async (name, scenario, route, text) => {
      const { page, errors } = await open(scenario, route, text);
      await page.setViewportSize({ width: 900, height: 640 });
      await drawnAnew(page);
      expect(await overhang(page), 'at 900 pixels').toEqual([]);
      await isClean(page, name);
      expect(errors).toEqual([]);
    },
  );

  it.each(PRESSED.filter(([name]) => !ELSEWHERE.has(name)))(
    '%s is clean in light and dark',
    async (name, scenario, route, text, steps) => {
      const look = { width: 900, height: 640 };
      const { page, errors } = await stage.visit(`?scenario=${scenario}#${route}`, look);
      await steps(page);
      await page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
      await isClean(page, name, name.endsWith('dialog') ? '.modal' : '.page');
      expect(errors).toEqual([]);
    },
  );
});

describe('by pointer and keyboard', () => {
  it('what to do when unfolds below the life of an election, with the next of it marked, and is copied', async () => {
    const { page, errors } = await stage.visit(`#/elections/${OPEN}/overview`, { width: 360, height: 740 });
    await page.getByRole('button', { name: 'What to do when' }).click();
    await page.getByText('Remind people that voting ends soon').waitFor();
    await page.getByText('(next)').waitFor();
    // The rehearsal was not held; the roll is there, and plan.yaml says that the election was announced.
    const done = page.getByRole('listitem').filter({ hasText: '(done)' });
    await done.filter({ hasText: 'Announce the election and its dates' }).waitFor();
    await done.filter({ hasText: 'Build the roll, have it reviewed' }).waitFor();
    expect(await done.filter({ hasText: 'Rehearse' }).count()).toBe(0);
    expect(await overhang(page)).toEqual([]);
    await picture(page, 'plan-small');
    await page.setViewportSize({ width: 1280, height: 860 });
    await isClean(page, 'plan', '.folded .timeline');
    await page.getByRole('button', { name: 'Copy as checklist' }).click();
    await page.getByText('Checklist copied').waitFor();
    expect(errors).toEqual([]);
  });

  it.each([
    ['OfficerKeys', 'demo&keys=none', '/keys', 'Loading your keys'],
    ['RollView', 'demo', `/elections/${OPEN}/roll`, 'Loading voter roll'],
    ['CountByOfficers', 'held', '/elections/steering---term-5/result', 'Loading your part in the count'],
  ])(
    'a page has its heading while its file %s is on its way, and is clean',
    async (name, scenario, route, text) => {
      const { page, errors, close } = await openTab(browser, { width: 900, height: 640 });
      await page.route(`**/assets/${name}-*.js`, () => undefined);
      await page.goto(`${served.url}/?scenario=${scenario}#${route}`);
      await page.getByText(text).waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await isClean(page, `${name}-on-its-way`, '.page');
      expect(errors).toEqual([]);
      await close();
    },
  );

  it('a page whose file does not come says so beside the others, and is asked for once with each press', async () => {
    const { page, close } = await openTab(browser);
    let asked = 0;
    const gone = '**/assets/RollView-*.js';
    await page.route(gone, (route) => {
      asked += 1;
      return route.abort();
    });
    await page.goto(`${served.url}/#/elections/${OPEN}/roll`);
    const told = page.getByText('This part of the console could not be loaded');
    await told.waitFor();
    await picture(page, 'not-loaded');
    const anew = page.getByRole('button', { name: 'Load the console anew' });
    expect(await anew.count()).toBe(0);
    const before = asked;
    await page.getByRole('button', { name: 'Try again' }).click();
    await anew.waitFor();
    // Chromium itself asks once more for what is refused.
    expect(asked - before).toBeLessThanOrEqual(2);
    expect(asked).toBeGreaterThan(before);
    await isClean(page, 'not-loaded-again', '.page');
    await page.getByRole('link', { name: 'Turnout', exact: true }).click();
    await page.getByRole('heading', { name: 'Turnout since opening' }).waitFor();
    await page.unroute(gone);
    await page.getByRole('link', { name: 'Voter roll', exact: true }).click();
    await page.getByText('Findings in voters.yaml').waitFor();
    expect(await told.count()).toBe(0);
    await close();
  });

  it('a server that was away at the start is found by itself, and at once by the button', async () => {
    const { page, errors } = await stage.visit('?scenario=offline-me');
    await page.getByText('The console keeps trying.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.evaluate(() => window.harness.comeBack());
    await page.getByRole('heading', { name: 'My elections' }).waitFor({ timeout: 8_000 });
    expect(errors).toEqual([]);
    await stage.visit('?scenario=offline-home');
    await page.getByText('Nothing has been loaded yet').waitFor();
    // It is not said a second time, nor that something is loading.
    expect(await page.getByText(/cannot be reached/).count()).toBe(1);
    expect(await page.getByText('Loading').count()).toBe(0);
    await page.evaluate(() => window.harness.comeBack());
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Needs you').waitFor({ timeout: 3_000 });
    expect(errors).toEqual([]);
  });

  it('the chosen one of 60 elections is in view in the list at the side, from the first on and in a lower window', async () => {
    const { page, errors } = await stage.visit('?scenario=many#/elections/body-5---2021/overview', {
      width: 900,
      height: 640,
    });
    await page.locator('.side-list [aria-current]').waitFor();
    const room = () =>
      page.evaluate(() => {
        const [list, chosen] = ['.side-list', '.side-list [aria-current]'].map((selector) =>
          document.querySelector(selector)?.getBoundingClientRect(),
        );
        return list && chosen ? Math.min(chosen.top - list.top, list.bottom - chosen.bottom) : -1;
      });
    // But for less than a pixel, by which scrolling rounds.
    await expect.poll(room).toBeGreaterThan(-1);
    // And in a window that is made lower.
    await page.setViewportSize({ width: 900, height: 480 });
    await drawnAnew(page);
    await expect.poll(room).toBeGreaterThan(-1);
    expect(errors).toEqual([]);
  });

  it('what failed is done again by its own button, and no other one pretends to', async () => {
    const { page, errors } = await stage.visit(`?scenario=failing-rehearse#/elections/${OPEN}/rehearsal`);
    await page.getByRole('button', { name: 'Hold a rehearsal' }).click();
    const failed = page.getByText('Something went wrong on our side');
    await failed.waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.evaluate(() => window.harness.comeBack());
    await page.getByRole('button', { name: 'Hold a rehearsal' }).click();
    await page.getByText('Rehearsal: made-up ballots, not a result').waitFor();
    expect(await failed.count()).toBe(0);
    // What could not be read is asked for again.
    expect(errors).toEqual([]);
    await stage.visit(`?scenario=failing#/elections/${OPEN}/turnout`);
    await failed.waitFor();
    await page.evaluate(() => window.harness.comeBack());
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Turnout since opening' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('the report for paper shows no picture in part, and has something below every heading', async () => {
    const { page, errors, close } = await openTab(browser);
    await page.goto(`${served.url}/#/elections/${COUNTED}/result`);
    await page.getByRole('button', { name: 'Report (PDF)' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    // In one go: the report is there only while it is printed.
    const { panels, said } = await page.evaluate(async () => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === 'Report (PDF)')?.click();
      while (document.querySelector('.print-only') === null) await new Promise(requestAnimationFrame);
      const panels = [...document.querySelectorAll<HTMLElement>('.print-only .panel')].map((panel) => ({
        title: panel.querySelector('h2')?.innerText ?? '',
        rest: panel.innerText.length - (panel.querySelector('h2')?.innerText.length ?? 0),
        isInPart: panel.querySelector('.pair-grid') !== null,
      }));
      return { panels, said: document.querySelector<HTMLElement>('.printed-summary')?.innerText };
    });
    // The first time, too: what is printed waits for nothing.
    expect(said).toMatch(/or in a browser at https?:\/\/\S+\/verify\/\./);
    expect(panels.map(({ title }) => title)).toEqual([
      'Ranking',
      'Who beats whom',
      'Every pair',
      'How it was counted',
      'Proof',
    ]);
    for (const { title, rest, isInPart } of panels) {
      expect(rest, title).toBeGreaterThan(20);
      expect(isInPart, title).toBe(false);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it('starting voting anew is asked for in a dialog, and taken back', async () => {
    const { page, errors } = await stage.visit(`#/elections/${OPEN}/turnout`, { width: 900 });
    await page.getByRole('button', { name: 'Ask to start anew' }).click();
    await page.getByText('It is done as soon as another officer confirms it.').waitFor();
    await isClean(page, 'start-anew', '.modal');
    // Another officer asks for it first: the answer that voids every ballot does not come below the hand of this one.
    await page.evaluate((key) => window.harness.askRestartElsewhere(key), OPEN);
    await page.locator('.panel', { hasText: 'rui-tavares asks for it' }).waitFor();
    await page.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Ask to start anew' }).click();
    await page.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByText('Another officer has to confirm it here.').waitFor();
    await isClean(page, 'start-anew-asked', '.page');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Ask to start anew' }).waitFor();
    expect(
      await page.evaluate(() => window.harness.calls().filter((call) => call.startsWith('restart'))),
    ).toEqual(['restart ask', 'restart cancel', 'restart ask', 'restart cancel']);
    // Of one officer alone nobody else is waited for, and that is said before every ballot is void.
    expect(errors).toEqual([]);
    await stage.visit('?scenario=stages#/elections/drifts/turnout', { width: 900 });
    await page.getByRole('button', { name: 'Start anew', exact: true }).click();
    await page.getByText('You are the only officer: it is done at once.').waitFor();
    await page.getByRole('button', { name: 'Void all ballots' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('a withdrawal is confirmed in a dialog, and taken back', async () => {
    const { page, errors } = await stage.visit('?scenario=stages#/elections/withdrew/turnout', {
      width: 900,
    });
    await page.getByText('The file says: I take over the observatory in spring.').waitFor();
    await picture(page, 'withdrawn');
    await page.getByRole('button', { name: 'Confirm the withdrawal' }).click();
    await page.getByRole('alertdialog').waitFor();
    await isClean(page, 'withdrawn-asked', '.modal');
    await page.getByRole('button', { name: 'Count without' }).click();
    await page.getByText('Still counted').waitFor({ state: 'detached' });
    await page.getByText('Nothing to do until').waitFor();
    await page.getByRole('button', { name: 'Take it back' }).first().click();
    await page.getByText('Confirm that Leila Haddadi withdrew').waitFor();
    expect(
      await page.evaluate(() => window.harness.calls().filter((call) => call.startsWith('strike'))),
    ).toEqual(['strike leila-haddadi true', 'strike leila-haddadi false']);
    expect(errors).toEqual([]);
  });

  it('by other methods the election’s own gives the same seats, and a hash is copied whole', async () => {
    const { page, errors } = await stage.visit(`#/elections/${COUNTED}/result`);
    await page.getByRole('button', { name: 'Count by every method' }).click();
    const rows = page.getByRole('group', { name: 'Every method' }).locator('tbody tr');
    await rows.nth(METHODS.length - 1).waitFor();
    const own = rows.filter({ hasText: '(this election)' });
    expect(await own.count()).toBe(1);
    expect(await own.innerText()).toMatch(/= Same$/);
    await picture(page, 'other-methods');
    const proof = page.locator('.proof > div', { hasText: 'Hash of the ballots' });
    await proof.getByRole('button', { name: 'Copy hash of the ballots' }).click();
    await page.getByText('Copied: hash of the ballots').waitFor();
    expect(await page.evaluate(() => window.harness.copied)).toEqual([
      await proof.locator('code').innerText(),
    ]);
    expect(errors).toEqual([]);
  });

  it('open dialogs, folded parts and a rehearsal are clean, too', async () => {
    const { page, errors } = await stage.visit('#/elections/docs---leads/result');
    await page.getByRole('button', { name: 'Close and count' }).click();
    await page.getByRole('alertdialog').waitFor();
    await isClean(page, 'dialog', '.modal');
    await page.keyboard.press('Escape');
    await page.goto(`${served.url}/#/elections/${OPEN}/rehearsal`);
    await page.getByRole('button', { name: 'Hold a rehearsal' }).click();
    await page.getByText('Rehearsal: made-up ballots, not a result').waitFor();
    await page.getByRole('button', { name: /Every step/ }).click();
    await page.getByRole('button', { name: 'As a list' }).click();
    await isClean(page, 'rehearsal-held', '.page');
    await page.goto(`${served.url}/#/elections/${OPEN}/roll`);
    await page.getByRole('button', { name: 'Show the change' }).click();
    await page.getByText('3 people are on the roll, and no rule says why').waitFor();
    await page.getByRole('button', { name: 'Left out (2)' }).click();
    await page.getByLabel('Login or part of it').fill('voter-18');
    await page.getByText('Leads of groups; Contributors (38 of 20), 2025-01-03 to 2026-04-11').waitFor();
    await page.getByLabel('Login or part of it').fill('old-h');
    await page.getByText('Left out: old-hand (Stepped back).').waitFor();
    await page.getByLabel('Login or part of it').fill('voter-1');
    await isClean(page, 'roll-change', '.page');
    await page.goto(`${served.url}/#/elections/${COUNTED}/result`);
    await page.getByRole('button', { name: 'Count by every method' }).click();
    await page.getByRole('rowheader', { name: 'Meek' }).waitFor();
    await isClean(page, 'result-methods', '[aria-label="Every method"]');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to or do' }).fill('captain');
    await page
      .getByRole('option', { name: /Release captain/ })
      .first()
      .waitFor();
    await isClean(page, 'palette', '.modal');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Go to or do' }).waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await isClean(page, 'shortcuts', '.modal');
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.harness.offline(true));
    await page.getByText('The server cannot be reached.').waitFor();
    await isClean(page, 'offline', '.notice');
    expect(errors).toEqual([]);
  });
});
