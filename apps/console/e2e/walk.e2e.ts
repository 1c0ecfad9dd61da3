/**
 * A new officer with nothing but the screen and a keyboard, on the real server that follows a repository on "GitHub":
 * from a merged folder over three exceptions and a tie to a published result. Nothing is clicked: what is pressed is
 * reached by Tab. Every press is counted, and the next one is always where the console says that it is. What the officer
 * does on GitHub's own pages is done here with what the console handed over: addresses, the clipboard and saved files.
 */
import { readFileSync } from 'node:fs';
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing/git-server';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { electionFiles } from '../../server/tests/support/meta.ts';
import { run, type Running } from '../../server/tests/support/running.ts';
import { vote } from '../../server/tests/support/voting.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { buildWeb } from '../tests/harness/build-web.ts';
import { firstScriptBytes } from '../tests/harness/first-load.ts';
import { openTab, type Tab } from '../tests/harness/chrome.ts';

const key = 'steering';
const folder = `elections/${key}`;
const META = 'https://github.com/example/meta';
const voters = ['vera', 'victor', 'wanda'];
const files = electionFiles({ voters, exceptionsDue: '2026-03-05 00:00:00' });
/** Who asks for an exception, in this order. */
const ASKING = ['nina', 'otto', 'pia'];
/** As many as the walk needed when it was written; more is a step back for a new officer. */
const MOST_PRESSES = 28;
/** From anywhere to anywhere on a page. */
const MOST_TABS = 120;

describe('a new officer', () => {
  let browser: Browser;
  let git: GitServer;
  let repository: GitRepository;
  let running: Running;
  let tab: Tab;
  let page: Page;
  let presses = 0;
  const inFolder = (all: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(all).map(([name, text]) => [`${folder}/${name}`, text]));

  beforeAll(async () => {
    [browser, git] = await Promise.all([launchChromium(), startGitServer()]);
    repository = await git.createRepository('meta');
    await repository.publish(inFolder(files));
    const { fetch: online } = globalThis;
    vi.stubGlobal('fetch', (url: string | URL | Request, init?: RequestInit) =>
      typeof url === 'string' && url.startsWith(META)
        ? online(`${repository.url}${url.slice(META.length)}`, init)
        : online(url, init),
    );
    running = await run({
      meta: META,
      people: ['olga', ...ASKING, ...voters],
      now: '2026-02-27T12:00:00Z',
      overrides: { consoleDir: buildWeb() },
    });
    tab = await openTab(browser);
    ({ page } = tab);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.context().route(`${META}/**`, (route) => route.fulfill({ body: 'GitHub' }));
  });
  afterAll(async () => {
    await tab?.close();
    await running?.stop();
    await git?.close();
    await browser?.close();
    vi.unstubAllGlobals();
  });

  const reach = async (what: Locator): Promise<void> => {
    await what.waitFor();
    for (let tabs = 0; !(await what.evaluate((element) => element === document.activeElement)); tabs += 1) {
      if (tabs === MOST_TABS) throw new Error(`Tab never came to ${String(what)}.`);
      await page.keyboard.press('Tab');
    }
  };
  const press = async (what: Locator, by = 'Enter'): Promise<void> => {
    await reach(what);
    await page.keyboard.press(by);
    presses += 1;
  };
  const write = async (what: Locator, text: string): Promise<void> => {
    await reach(what);
    await page.keyboard.insertText(text);
  };
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
  const dialog = (): Locator => page.getByRole('alertdialog');
  /** The button of what the console says comes next. */
  const next = (name: string): Locator => page.locator('.next-step').getByRole('link', { name });
  const says = (text: string): Promise<void> => page.getByText(text).first().waitFor();
  const download = async (name: string): Promise<string> => {
    const file = page.waitForEvent('download');
    await press(button(name));
    return readFileSync((await (await file).path()) ?? '', 'utf8');
  };
  /** The page of GitHub that a button opens. */
  const gitHub = async (name: string): Promise<URL> => {
    const opened = page.context().waitForEvent('page');
    await press(button(name));
    const other = await opened;
    await other.waitForURL(`${META}/**`);
    const url = new URL(other.url());
    await other.close();
    return url;
  };
  /** What GitHub does with a proposed change that is then merged; the server hears of it as from its webhook. */
  const pullRequest = async (title: string, changed: Readonly<Record<string, string>>): Promise<void> => {
    await repository.git('switch', '--quiet', '--create', title);
    await repository.write(changed);
    await repository.git('add', '--all');
    await repository.git('commit', '--quiet', '--message', title);
    await repository.git('switch', '--quiet', 'main');
    await repository.git('merge', '--quiet', '--no-ff', title);
    await repository.git('push', '--quiet', 'origin', 'main');
    await running.server.sync();
    await running.server.tick();
    await page.reload();
  };
  const signIn = async (): Promise<void> => {
    await press(page.getByRole('link', { name: 'Sign in with GitHub' }));
    await press(page.getByRole('button', { name: /olga/ }));
  };
  const time = async (moment: string): Promise<void> => {
    running.clock.set(Date.parse(moment));
    await running.server.tick();
  };

  it('rehearses what was merged, because the console says so', async () => {
    await page.goto(`${running.url}/console/`);
    await signIn();
    await press(page.getByRole('article', { name: 'Steering' }).getByRole('link', { name: 'Steering' }));
    await says('Folder merged: first read by this server');
    await press(next('Hold a rehearsal'));
    await press(button('Hold a rehearsal'));
    await says('Rehearsal: made-up ballots, not a result');
    await says('Nothing to do until it opens');
  });

  it('answers three who ask, each otherwise, by single keys', async () => {
    await time('2026-03-02T00:00:00Z');
    for (const login of ASKING) {
      const { api } = await running.signedIn(login);
      const plea = { key, name: login, email: `${login}@example.org`, reason: `I am ${login}.` };
      await api.exception.request.mutate(plea);
      running.clock.advance(60_000);
    }
    await page.reload();
    await says('3 people wait for an answer');
    await press(next('Answer'));
    await press(page.getByRole('listbox', { name: 'Exception requests' }), 'a');
    await says('Approved: nina');
    await page.keyboard.press('j');
    await press(page.getByRole('listbox', { name: 'Exception requests' }), 'd');
    await says('Declined: otto');
    await page.keyboard.press('j');
    await write(page.getByLabel('Note to pia'), 'What did you do?');
    await press(button('Ask for more'));
    await says('Asked for more information: pia');
    const { api } = await running.signedIn('pia');
    const { version = 0 } = (await api.exception.mine.query({ key })) ?? {};
    await api.exception.reply.mutate({ key, version, text: 'The posters.' });
    await says('The posters.');
    await press(button('Approve'));
    await says('Approved: pia');
  });

  it('puts the two who were approved on the roll, by a pull request', async () => {
    await says('2 approved people are not on the voter roll');
    await press(next('Propose the change'));
    const url = await gitHub('Propose change on GitHub');
    expect(url.pathname).toBe(`/example/meta/edit/HEAD/${folder}/voters.yaml`);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const logins = [...copied.matchAll(/^ *- (\w+)$/gm)].map(([, login]) => login);
    expect(logins.sort()).toEqual(['nina', 'pia', ...voters]);
    await pullRequest('exceptions', inFolder({ 'voters.yaml': copied }));
    await says('Nothing to do until the end');
  });

  it('closes, counts, and decides the tie of two at the only seat', async () => {
    for (const [at, login] of [...voters, 'nina'].entries())
      await vote(
        await running.signedIn(login),
        key,
        at % 2 ? { ada: 1, bob: 2, cy: 3 } : { ada: 2, bob: 1, cy: 3 },
      );
    await time('2026-03-08T00:00:00Z');
    await page.reload();
    await press(next('Decide'));
    await press(page.getByRole('checkbox', { name: 'Ada' }), 'Space');
    await write(page.getByLabel('How it was decided'), 'By lot.');
    await press(button('Record decision'));
    await write(dialog().getByLabel(/^Type the name/), 'ada');
    await press(dialog().getByRole('button', { name: 'Record it for good' }));
    await says('Decision recorded');
  });

  it('publishes it by a pull request, and nothing is left to do', async () => {
    await press(next('Publish it'));
    const fresh = await gitHub('Propose results.md');
    expect(fresh.pathname).toBe(`/example/meta/new/HEAD/${folder}`);
    const upload = await gitHub('Upload ballots.csv and results.json');
    expect(upload.pathname).toBe(`/example/meta/upload/HEAD/${folder}`);
    const { filename = '', value = '' } = Object.fromEntries(fresh.searchParams);
    expect(value).toContain('By lot.');
    await pullRequest(
      'result',
      inFolder({
        [filename]: value,
        'ballots.csv': await download('Save ballots.csv'),
        'results.json': await download('Save results.json'),
      }),
    );
    await says('Published: nothing to do');
    await press(page.getByRole('link', { name: 'Announce', exact: true }));
    await says('Elected: Ada');
  });

  it('loaded less than 250 kB of script, gzipped, before anything was asked of it', () => {
    const bytes = firstScriptBytes(buildWeb());
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);
  });

  it('needed no more presses than that, and met no error', () => {
    expect(presses).toBeLessThanOrEqual(MOST_PRESSES);
    expect(tab.errors).toEqual([]);
  });
});
