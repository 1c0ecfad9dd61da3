import { createLog, startServer } from '@elekto/server';
import type { RunningServer } from '@elekto/server';
import { axeProblems, fakeClock, launchChromium, startFakeGitHub, startGitServer } from '@elekto/testing';
import type { FakeGitHub, GitRepository, GitServer } from '@elekto/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DESK, PHONE, shot } from './shots.ts';
import { visit } from './visit.ts';

const FOLDER = 'elections/board/2027';
const PAGE = '/elections/board---2027/';
const FILES = {
  [`${FOLDER}/election.yaml`]: `name: Board 2027
organization: Harbour
start_datetime: 2027-09-01 00:00:00
end_datetime: 2027-09-14 23:59:59
no_winners: 2
show_candidate_fields: [employer]
election_officers: [olga]
nominations:
  closes: 2027-08-15 23:59:59
  endorsements: 2
  distinct: employer
  max_words: 60
`,
  [`${FOLDER}/voters.yaml`]: 'eligible_voters: [olga, ada, bo]\n',
  [`${FOLDER}/candidate-template.md`]: `-----
name: Your Name
ID: GitHubID
info:
  - employer: Your employer or "Independent"
-----

<!-- Copy this file to candidate-<your GitHub login>.md and fill it in. -->

## What I have done

<!-- A few lines. -->

## What I'll do
`,
  [`${FOLDER}/questions.md`]: '## What will you do first?\n\nIn a sentence.\n\n## Who should pay?\n',
  [`${FOLDER}/candidate-bo.md`]: `-----
name: Bo Bertram
ID: bo
info:
  - employer: Wharf
endorsed_by:
  - olga: Quay
  - ada: quay
-----

## What I have done

Moored things.

## What will you do first?

Count the boats.
`,
};

/** What the one who stands writes beside good Markdown. */
const HOSTILE =
  '<script>window.__ran=1</script>\n\nA <img src=x onerror="window.__ran=1"> [click](javascript:window.__ran=1) **steady** [the rules](../../README.md)';

let browser: Browser;
let git: GitServer;
let repository: GitRepository;
let gitHub: FakeGitHub;
let server: RunningServer;
const base = mkdtempSync(join(tmpdir(), 'elekto-nominate-'));
const clock = fakeClock('2027-08-01T12:00:00Z');

beforeAll(async () => {
  git = await startGitServer();
  repository = await git.createRepository('meta');
  await repository.publish(FILES);
  gitHub = await startFakeGitHub({ people: [] });
  server = await startServer(
    {
      PORT: '0',
      ELEKTO_META: repository.url,
      ELEKTO_META_BRANCH: 'main',
      ELEKTO_ELECTIONS_DIR: 'elections',
      ELEKTO_META_POLL: '0',
      ELEKTO_DATA_DIR: join(base, 'data'),
      ELEKTO_DEMO_SIGN_IN: gitHub.url,
      ELEKTO_SIGN_IN: 'gitlab',
      ELEKTO_NAME: 'Harbour',
    },
    { clock: () => clock.now(), log: createLog('info', { write: () => undefined }) },
  );
  await served(`${PAGE}nominate/`);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await gitHub?.close();
  await git?.close();
  rmSync(base, { recursive: true, force: true });
});

const served = (path: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const answer = await fetch(`${server.url}${path}`);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    },
    { timeout: 60_000, interval: 200 },
  );

const problems = (page: Page): Promise<string> => page.innerText('#nominate-problems');

it('leads from the form to a merged candidate on the live page', async () => {
  const { page, said, close } = await visit(browser);
  await page.goto(server.url + PAGE);
  expect(await page.innerText('[data-nominations]')).toMatch(/open until.*15 August 2027.*2 endorsements/s);
  expect(await page.innerText('.card[data-id=bo]')).toContain('1 of 2 endorsements');
  expect(await axeProblems(page)).toEqual([]);
  await shot(page, 'nominate-0-election-1280-light');
  await page.click('text=Stand for election >> nth=-1');
  await page.waitForSelector('#nominate-name');

  // Nothing is filled in: whoever sends it is led to the first field that needs something.
  await page.click('text=Propose it on');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('nominate-name');
  expect(page.context().pages(), 'nothing was opened').toHaveLength(1);
  await page.fill('#nominate-name', 'Bo Bertram');
  await page.fill('#nominate-id', 'bo');
  await page.waitForSelector('#nominate-id-wrong');
  expect(await page.innerText('#nominate-id-wrong')).toContain('is also that of');
  await shot(page, 'nominate-1-wrong-1280-light');

  await page.fill('#nominate-name', 'Ada "Countess" Lovelace');
  await page.fill('#nominate-id', '@ada');
  await page.waitForFunction(() => !document.querySelector('.wrong[id$=-wrong]'));
  await page.getByLabel('employer').fill('Analytical: Engines');
  await page.getByLabel('What I have done').fill('word '.repeat(70));
  await expect.poll(() => problems(page)).toContain('The bio has 74 words; 60 are allowed.');
  await page.click('text=Propose it on');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('nominate-problems');
  expect(page.context().pages(), 'nothing was opened').toHaveLength(1);

  await page.getByLabel('What I have done').fill(HOSTILE);
  await page.getByLabel('What will you do first?').fill('Write *notes*.');
  // Preview and problems follow what is typed by and by: the last that was typed is waited for.
  await expect.poll(() => page.innerHTML('.nominate-preview')).toMatch(/steady[^]*Write <em>notes<\/em>/);
  expect(await problems(page)).toContain('2 of them are missing; there is time until 2027-08-15');
  expect(await problems(page)).toContain('The question "Who should pay?" of questions.md is not answered');
  expect(await axeProblems(page)).toEqual([]);
  await shot(page, 'nominate-2-filled-1280-light');
  const preview = await page.innerHTML('.nominate-preview .prose');

  // The draft is in this browser alone, and outlives a reload.
  await page.reload();
  await page.waitForSelector('#nominate-name');
  expect(await page.inputValue('#nominate-id')).toBe('@ada');

  // The host's page.
  await page
    .context()
    .route(`${git.url}/**`, (route) =>
      route.fulfill({ body: '<h1>New file</h1>', contentType: 'text/html' }),
    );
  const [proposal] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByText('Propose it on').press('Enter'),
  ]);
  await proposal.waitForLoadState();
  const address = new URL(proposal.url());
  expect(address.pathname).toBe(`/meta/new/main/${FOLDER}`);
  await proposal.close();
  await page.click('text=forget the draft');
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('nominate'))))
    .toEqual([]);
  expect(await page.evaluate(() => (window as { __ran?: number }).__ran ?? 0)).toBe(0);

  // What the host does with such a page, and a merge.
  const path = `${FOLDER}/${address.searchParams.get('filename')}`;
  expect(path).toBe(`${FOLDER}/candidate-ada.md`);
  await repository.publish({ [path]: address.searchParams.get('value') ?? '' });
  await server.sync();
  await served(`${PAGE}candidates/ada/`);
  await page.goto(`${server.url}${PAGE}candidates/ada/`);
  expect(await page.innerText('h1')).toBe('Ada "Countess" Lovelace');
  expect(await page.innerText('.facts-list')).toContain('Analytical: Engines');
  expect(await page.innerText('.facts-list')).toContain('0 of 2 endorsements');
  const shown = await page.innerHTML('.candidate > .prose');
  // Of the same text: the commit in the addresses of links is the one before.
  const plain = (html: string) => html.replace(/blob\/[0-9a-f]{40}/g, 'blob/COMMIT');
  expect(sorted(plain(preview))).toBe(sorted(plain(shown)));
  expect(await page.evaluate(() => (window as { __ran?: number }).__ran ?? 0)).toBe(0);
  await page.goto(`${server.url}${PAGE}questions/`);
  expect(await page.innerText('main')).toMatch(/Write notes\.[^]*No answer\.|Count the boats/);
  expect(await axeProblems(page)).toEqual([]);
  await shot(page, 'nominate-4-questions-1280-light');
  await page.goto(`${server.url}${PAGE}candidates/bo/`);
  expect(await page.innerText('[data-endorsements]')).toContain(
    'does not count: same employer as somebody before',
  );
  expect(await page.getAttribute('[data-endorsements] a', 'href')).toBe('https://gitlab.com/olga');
  await shot(page, 'nominate-5-endorsements-1280-light');
  expect(said).toEqual([]);
  await close();
});

it('tells the way without a script, and that the time is over', async () => {
  const plain = await visit(browser, { javaScriptEnabled: false });
  await plain.page.goto(`${server.url}${PAGE}nominate/`);
  expect(await plain.page.innerText('main')).toContain('candidate-YOUR-LOGIN.md');
  expect(await plain.page.isVisible('.loading')).toBe(false);
  const link = await plain.page.getAttribute('.by-hand a', 'href');
  expect(new URL(link ?? '').searchParams.get('value')).toBe(
    `${FILES[`${FOLDER}/candidate-template.md`]}\n## What will you do first?\n\n## Who should pay?\n`,
  );
  await plain.close();

  const phone = await visit(browser, { viewport: PHONE, colorScheme: 'dark', locale: 'de-DE' });
  await phone.page.goto(`${server.url}/de${PAGE}nominate/`);
  await phone.page.waitForSelector('#nominate-name');
  await phone.page.fill('#nominate-name', 'Ada');
  await phone.page.fill('#nominate-id', 'ada l');
  await phone.page.waitForSelector('#nominate-id-wrong');
  expect(await axeProblems(phone.page)).toEqual([]);
  await shot(phone.page, 'nominate-6-360-dark');
  const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(PHONE.width);

  clock.set(Date.parse('2027-08-16T00:00:00Z'));
  await server.tick();
  await expect
    .poll(async () => (await fetch(`${server.url}${PAGE}nominate/`)).text(), { timeout: 60_000 })
    .toContain('Nominations closed');
  await phone.page.setViewportSize(DESK);
  await phone.page.goto(`${server.url}/de${PAGE}nominate/`);
  expect(await phone.page.innerText('main')).toContain('Die Frist zum Kandidieren endete');
  expect(await phone.page.isVisible('#nominate-name')).toBe(false);
  await phone.close();
});

/** HTML whatever the order of attributes. */
const sorted = (html: string): string =>
  html.replace(/<(\w+)((?: [\w-]+="[^"]*")+)>/g, (_, tag: string, attributes: string) => {
    const each = attributes.match(/ [\w-]+="[^"]*"/g) ?? [];
    return `<${tag}${each.sort().join('')}>`;
  });
