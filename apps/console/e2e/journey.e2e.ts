/**
 * The officer's whole job against the real server, by hand in real windows: in the browser on the example
 * organisation, in the desktop app on the Kubernetes steering election of 2021, held again.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBallotsCsv } from '@elekto/tally';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run, type Running } from '../../server/tests/support/running.ts';
import { atOnce, shuffled, vote } from '../../server/tests/support/voting.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { buildWeb } from '../tests/harness/build-web.ts';
import { openTab, type Tab } from '../tests/harness/chrome.ts';
import { openedPage, startDesktop, stopDesktop, type Desktop } from '../tests/harness/desktop.ts';

const root = join(import.meta.dirname, '../../..');
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Ranking = Readonly<Record<string, number>>;

/** ballots.csv as a multiset of rank orders, columns by name: gaps between ranks mean nothing. */
function multiset(csv: string): string[] {
  const { candidates, ballots } = parseBallotsCsv(csv);
  const columns = candidates.map((id, i) => [id, i] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...ballots]
    .map(({ ranks }) => {
      const row = columns.map(([, i]) => ranks[i] ?? null);
      const steps = [...new Set(row.filter((rank) => rank !== null))].sort((a, b) => a - b);
      return row.map((rank) => (rank === null ? '-' : steps.indexOf(rank) + 1)).join();
    })
    .sort();
}

function rows(csv: string): Ranking[] {
  const { candidates, ballots } = parseBallotsCsv(csv);
  return [...ballots].map(({ ranks }) =>
    Object.fromEntries(candidates.flatMap((id, i) => (typeof ranks[i] === 'number' ? [[id, ranks[i]]] : []))),
  );
}

async function castAll(
  running: Running,
  key: string,
  people: readonly string[],
  ballots: readonly Ranking[],
): Promise<void> {
  const pairs = ballots.map((ranking, i) => ({ login: people[i] ?? '', ranking }));
  await atOnce(pairs, 8, async ({ login, ranking }) => {
    await vote(await running.signedIn(login), key, ranking);
  });
}

/** Turnout is announced every half minute by the clock that never goes back, which is the one of this process, too. */
async function halfMinuteGone(see: () => Promise<void>): Promise<void> {
  const now = performance.now.bind(performance);
  const ahead = vi.spyOn(performance, 'now').mockImplementation(() => now() + 31_000);
  try {
    await see();
  } finally {
    ahead.mockRestore();
  }
}

/** A note of the box is taken within the hour; its number is told when the hour is over. */
async function hourPasses(running: Running): Promise<void> {
  for (const minutes of [30, 31]) {
    running.clock.advance(minutes * 60_000);
    await running.server.tick();
  }
}

/** By the button, unless the server was first, which does it by itself within a minute; until `counted` shows. */
async function closeAndCount(page: Page, counted: Locator): Promise<void> {
  const name = 'Close and count';
  const asked = page.getByRole('alertdialog').getByRole('button', { name });
  for (const button of [page.getByRole('button', { name }).first(), asked]) {
    await button.or(counted).first().waitFor();
    if (await counted.isVisible()) return;
    await button.click({ timeout: 10_000 }).catch(() => counted.waitFor());
  }
  await counted.waitFor();
}

/** Candidates' ids in the order of the ranking table. */
const ranking = (page: Page): Promise<string[]> =>
  page
    .locator('.ranking th[scope=row]')
    .evaluateAll((cells) =>
      cells.map((cell) => cell.querySelector('.soft')?.textContent.trim() ?? cell.textContent.trim()),
    );

describe('the example organisation, in the browser', () => {
  const key = 'steering---term-4';
  let running: Running;
  let tab: Tab;
  let page: Page;
  const voters = [
    ...readFileSync(join(root, 'examples/driftwood/elections/steering/term-4/voters.yaml'), 'utf8').matchAll(
      /^\s*- ([\w-]+)/gm,
    ),
  ].map(([, login = '']) => login);
  const people = voters.filter((login) => login !== 'edda-lind').slice(0, 12);

  beforeAll(async () => {
    running = await run({
      meta: join(root, 'examples/driftwood'),
      people: [...people, 'edda-lind', 'rui-tavares', 'sam-riva'],
      now: '2026-06-01T12:00:00Z',
      overrides: { consoleDir: buildWeb() },
    });
    tab = await openTab(browser);
    ({ page } = tab);
  });
  afterAll(async () => {
    await tab.close();
    await running.stop();
  });

  it('signs in with the session of the site and sees the elections that are theirs', async () => {
    await page.goto(`${running.url}/console/`);
    await page.getByRole('link', { name: 'Sign in with GitHub' }).click();
    await page.getByRole('button', { name: /edda-lind/ }).click();
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/');
    const card = page.getByRole('article', { name: 'Steering Committee, fourth term' });
    await card.getByText('Open', { exact: true }).waitFor();
    await card.getByText('closes in 7 days').waitFor();
    await page.getByText('● Live').waitFor();
  });

  it('sees a request arrive by itself, decides it, and prepares the change of the roll', async () => {
    await page
      .getByRole('article', { name: 'Steering Committee, fourth term' })
      .getByRole('link', { name: 'None waiting' })
      .click();
    await page.getByText('Nobody has asked for an exception').waitFor();
    const sam = await running.signedIn('sam-riva');
    await sam.api.exception.request.mutate({
      key,
      name: 'Sam Riva',
      email: 'sam@example.org',
      reason: 'I ran a station.',
    });
    await page.getByText('I ran a station.').waitFor();
    await page.getByLabel('Note to sam-riva (optional)').fill('Thank you for the station.');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved: sam-riva').waitFor();
    expect(await sam.api.exception.mine.query({ key })).toMatchObject({ status: 'approved' });
    await page.getByRole('link', { name: 'Put approved people on the roll' }).click();
    await page.getByRole('button', { name: 'Show the change' }).click();
    await page
      .getByLabel('Change of the file')
      .getByText(/^\+\s*- sam-riva/)
      .waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save patch' }).click();
    const patch = readFileSync((await (await download).path()) ?? '', 'utf8');
    expect(patch).toContain('+++ b/elections/steering/term-4/voters.yaml');
    expect(patch.split('\n').filter((line) => /^[+-][^+-]/.test(line))).toHaveLength(1);
  });

  it('watches the turnout while ballots arrive, and never below three', async () => {
    await page.getByRole('link', { name: 'Turnout', exact: true }).click();
    await page.locator('dd', { hasText: 'Not told yet' }).waitFor();
    const ids = ['ines-carvalho', 'kaito-mori', 'leila-haddadi', 'tolu-adeyemi', 'ursa-kovac', 'viggo-holm'];
    // Most in the same order, and everybody ranked, so that no seat is left to a tie.
    const ballots = people.map((_, i) =>
      Object.fromEntries(ids.map((id, place) => [id, ((i % 3 === 1 ? place + i : place) % ids.length) + 1])),
    );
    await castAll(running, key, people.slice(0, 2), ballots.slice(0, 2));
    await hourPasses(running);
    await page.reload();
    await page.locator('dd', { hasText: 'Not told yet' }).waitFor();
    await castAll(running, key, people.slice(2, 7), ballots.slice(2, 7));
    await hourPasses(running);
    // By itself: six of the seven, as steps are of three at least.
    await halfMinuteGone(() => page.locator('dd', { hasText: /^6$/ }).waitFor({ timeout: 60_000 }));
    await castAll(running, key, people.slice(7), ballots.slice(7));
    await page.reload();
    await page.locator('dd', { hasText: /^6$/ }).waitFor();
    await hourPasses(running);
    await page.reload();
    await page.locator('dd', { hasText: /^12$/ }).waitFor();
  });

  it('gets nothing of the result before the end, then closes, counts and publishes', async () => {
    await page.getByRole('link', { name: 'Result', exact: true }).click();
    await page.getByText('There is no result before the end').waitFor();
    running.clock.set(Date.parse('2026-06-09T06:00:00Z'));
    // Weeks without a visit end the sign-in of the site.
    await page.reload();
    await page.getByRole('link', { name: 'Sign in with GitHub' }).click();
    await page.getByRole('button', { name: /edda-lind/ }).click();
    await page
      .getByRole('link', { name: /Steering Committee, fourth term/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Result', exact: true }).click();
    await closeAndCount(page, page.getByText(/(elected|decide between them)\.$/).first());
    await page.getByRole('heading', { name: 'Proof' }).waitFor();
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await expect.poll(() => page.getByLabel('Markdown').inputValue()).toContain('12 of');
    await page.getByRole('button', { name: 'Mark as published without the files' }).click();
    await page.getByRole('alertdialog').getByText('The server sees no results.md').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Mark as published' }).click();
    await page.getByText(/It was marked as published/).waitFor();
    await page.getByRole('link', { name: 'Record', exact: true }).click();
    await page.getByRole('cell', { name: 'edda-lind' }).first().waitFor();
  });

  it('rehearses the coming election', async () => {
    await page.goto(`${running.url}/console/#/elections/${encodeURIComponent(key)}/rehearsal`);
    await page.getByRole('button', { name: 'Hold a rehearsal' }).click();
    await page.getByText('Rehearsal: made-up ballots, not a result').waitFor();
    await page.getByText('100 made-up ballots went through a ballot box of their own.').waitFor();
    await page.getByText(/✓ results\.json is signed with the key .*, as it should be\./).waitFor();
    expect(await page.getByText('✗').count()).toBe(0);
    await page.getByRole('heading', { name: 'Decide the tie' }).waitFor({ state: 'detached' });
  });

  it('met no error, and nothing that the page’s policy forbids', () => expect(tab.errors).toEqual([]));
});

const kubernetes = join(root, '../shared/data/real/kubernetes');
const available = existsSync(join(root, '../shared'));
if (!available)
  console.warn('NOTICE: ../shared is absent, so the Kubernetes election is not held again in the console.');

describe.runIf(available)('Kubernetes 2021, in the desktop app', () => {
  const key = 'steering---2021';
  const folder = join(kubernetes, 'elections/steering/2021');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const files = mkdtempSync(join(tmpdir(), 'elekto-journey-'));
  let running: Running;
  let desktop: Desktop;
  let page: Page;
  let people: string[];
  let published: string;

  beforeAll(async () => {
    published = read('ballots.csv');
    const roll = [
      ...new Set([...read('voters.yaml').matchAll(/^\s*-\s+([\w-]+)/gm)].map(([, login = '']) => login)),
    ];
    people = shuffled(roll.filter((login) => login !== 'jberkus')).slice(0, rows(published).length);
    running = await run({
      meta: kubernetes,
      people: [...people, 'jberkus', 'a-newcomer'],
      now: '2021-10-20T12:00:00Z',
    });
    desktop = await startDesktop(browser);
    ({ page } = desktop);
  });
  afterAll(async () => {
    await stopDesktop(desktop);
    await running.stop();
    rmSync(files, { recursive: true, force: true });
  });

  /** Presses the button and does what is asked in "the system's browser". */
  const signInThroughBrowser = async (): Promise<void> => {
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    const tab = await openTab(browser);
    await tab.page.goto(await openedPage(desktop.app));
    await tab.page.getByRole('button', { name: /jberkus/ }).click();
    await tab.page.getByRole('button', { name: 'Sign in as jberkus' }).click();
    await tab.page.getByRole('heading', { name: 'Signed in' }).waitFor();
    await tab.close();
  };

  it('signs in through the system’s browser, where the person is asked', async () => {
    await page.getByLabel(/server/).fill(running.url);
    await page.getByRole('button', { name: 'Add server' }).click();
    await signInThroughBrowser();
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    await page.getByText('● Live').waitFor();
  });

  it('decides an exception that arrives by itself, with a notification', async () => {
    const newcomer = await running.signedIn('a-newcomer');
    await newcomer.api.exception.request.mutate({
      key,
      name: 'New Comer',
      email: 'n@example.org',
      reason: 'Docs in three languages.',
    });
    const card = page.getByRole('article', { name: '2021 Steering Committee Election' });
    await card.getByRole('link', { name: '1 waiting' }).click();
    await expect
      .poll(() => desktop.app.evaluate(({ Notification }) => (Notification.shown as unknown[]).length))
      .toBe(1);
    await page.getByText('Docs in three languages.').waitFor();
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByText('Declined: a-newcomer').waitFor();
    expect(await newcomer.api.exception.mine.query({ key })).toMatchObject({ status: 'declined' });
  });

  /** By the menu; that it also comes by itself is the browser's journey to show. */
  const refresh = (): Promise<void> =>
    desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.send('menu:command', 'refresh'),
    );

  it('watches 256 ballots arrive', async () => {
    await page.getByRole('link', { name: 'Turnout', exact: true }).click();
    await page.locator('dd', { hasText: 'Not told yet' }).waitFor();
    const ballots = shuffled(rows(published));
    const half = ballots.length / 2;
    await castAll(running, key, people.slice(0, half), ballots.slice(0, half));
    await hourPasses(running);
    await refresh();
    await page.locator('dd', { hasText: /^126$/ }).waitFor({ timeout: 60_000 });
    await castAll(running, key, people.slice(half), ballots.slice(half));
    await hourPasses(running);
    await refresh();
    await page.locator('dd', { hasText: /^255$/ }).waitFor({ timeout: 60_000 });
    await page.getByText('37.', { exact: false }).first().waitFor();
  });

  it('closes, counts, and gets the published ranking', async () => {
    running.clock.set(Date.parse('2021-11-05T00:00:00Z'));
    await refresh();
    await page.getByText('Your sign-in has ended. Sign in again.').waitFor();
    await signInThroughBrowser();
    await page.getByRole('link', { name: 'Result', exact: true }).click();
    const elected = 'Paris Pittman, Stephen Augustus, Christoph Blecker and Tim Pepper are elected.';
    await closeAndCount(page, page.getByText(elected));
    const text = existsSync(join(folder, 'ranking.md')) ? read('ranking.md') : read('results.md');
    const wanted = [...text.matchAll(/^\d+\. (.*)$/gm)].map(
      ([, item = '']) => /github\.com\/([\w-]+)/.exec(item)?.[1] ?? item.trim(),
    );
    expect(await ranking(page)).toEqual(wanted);
  });

  it('exports the published ballots as a multiset', async () => {
    const filePath = join(files, 'ballots.csv');
    await desktop.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, filePath);
    await page.getByRole('button', { name: 'Ballots (CSV)' }).click();
    // The file is there a moment before all of it is written.
    await expect
      .poll(() => (existsSync(filePath) ? multiset(readFileSync(filePath, 'utf8')) : null), {
        timeout: 20_000,
      })
      .toEqual(multiset(published));
  });

  it('drafts a results.md that names the published winners', async () => {
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await expect.poll(() => page.getByLabel('Markdown').inputValue()).toContain('elected');
    const draft = await page.getByLabel('Markdown').inputValue();
    const sentence = draft.split('\n').find((line) => line.includes('elected')) ?? '';
    for (const winner of ['Paris Pittman', 'Stephen Augustus', 'Christoph Blecker', 'Tim Pepper'])
      expect(sentence).toContain(winner);
    await page.getByRole('region', { name: 'Preview' }).getByText('Tim Pepper').first().waitFor();
  });

  it('signs out: the server no longer knows the token', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /^Sign in to/ }).waitFor();
  });
});
