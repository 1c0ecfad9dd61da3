/** The real main process, preload and renderer, from sign-in to quitting, on the double of Electron. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '@elekto/testing/chromium';
import {
  newUserData,
  openedPage,
  signIn,
  startDesktop,
  stopDesktop,
  type Desktop,
} from '../tests/harness/desktop.ts';
import { startFakeServer, type FakeServer } from '../tests/harness/fake-server.ts';
import { demoElections, NOW, stageElections, type FakeElection } from '../tests/harness/fixtures.ts';

const withdrawn = stageElections().filter(({ overview }) => overview.key === 'withdrew');
const DAY_MS = 24 * 3_600_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('an officer at the desktop app', () => {
  let server: FakeServer;
  let desktop: Desktop;
  let page: Page;
  const files = mkdtempSync(join(tmpdir(), 'elekto-console-files-'));

  beforeAll(async () => {
    server = await startFakeServer([...demoElections(), ...withdrawn]);
    desktop = await startDesktop(browser);
    ({ page } = desktop);
  });
  afterAll(async () => {
    await stopDesktop(desktop);
    await server.close();
    rmSync(files, { recursive: true, force: true });
  });

  const badge = (): Promise<number> => desktop.app.evaluate(({ app }) => app.getBadgeCount() as number);

  /** The next save dialog answers with a file of this test; null cancels it. */
  const answerDialog = (name: string | null): Promise<void> =>
    desktop.app.evaluate(
      ({ dialog }, filePath) => {
        Reflect.set(globalThis, 'asked', false);
        dialog.showSaveDialog = async () => {
          Reflect.set(globalThis, 'asked', true);
          return { canceled: filePath === null, filePath: filePath ?? '' };
        };
      },
      name === null ? null : join(files, name),
    );

  it('is told which addresses are no servers', async () => {
    await page.getByLabel(/server/).fill('http://elections.example.org');
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByText('It must begin with https://').waitFor();
  });

  it('can call the sign-in off', async () => {
    await page.getByLabel(/server/).fill(server.url);
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    await openedPage(desktop.app);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Sign-in was cancelled.').waitFor();
  });

  it('can say no in the browser', async () => {
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    await server.browse(await openedPage(desktop.app), 'cancel');
    await page.getByText('Sign-in was not allowed in the browser.').waitFor();
  });

  it('signs in through the browser, with a proof key and a state that are new each time', async () => {
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    const url = new URL(await openedPage(desktop.app));
    expect(url.origin + url.pathname).toBe(`${server.url}/auth/native/start`);
    expect(url.searchParams.get('method')).toBe('S256');
    expect(url.searchParams.get('challenge')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    await server.browse(url.href);
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    await page.getByText('edda-lind', { exact: true }).waitFor();
  });

  it('keeps the token out of the window and, on disk, sealed by the system', async () => {
    const [token = 'none'] = server.tokens;
    const everything = await page.evaluate(
      () =>
        document.documentElement.outerHTML +
        JSON.stringify({ ...localStorage, ...sessionStorage }) +
        document.cookie,
    );
    expect(everything).not.toContain(token);
    expect(JSON.stringify(await page.evaluate(() => window.elekto?.accountsState()))).not.toContain(token);
    const stored = readFileSync(join(desktop.userData, 'tokens.json'), 'utf8');
    expect(stored).not.toContain(token);
    expect(Object.keys(JSON.parse(stored) as object)).toHaveLength(1);
  });

  it('sees the elections, what waits and what is wrong, and is live', async () => {
    await page.getByRole('heading', { name: 'Steering Committee, fourth term' }).waitFor();
    await page.getByText('● Live').waitFor();
    const card = page.getByRole('article', { name: 'Steering Committee, fourth term' });
    await card.getByText('5 waiting').waitFor();
    await page.getByText('voter-7 is on the roll twice.').waitFor();
    // What waits at the first look is no news: the main process has to have had it.
    await expect.poll(badge).toBe(6);
  });

  it('is told about a new exception request, by badge and notification, without naming who asks', async () => {
    server.controls.addRequest('steering---term-4', 'a-new-person');
    await page
      .getByRole('article', { name: 'Steering Committee, fourth term' })
      .getByText('6 waiting')
      .waitFor();
    await expect.poll(badge).toBe(7);
    const shown = await desktop.app.evaluate(({ Notification }) =>
      (Notification.shown as { title: string; body: string }[]).map(({ title, body }) => `${title}: ${body}`),
    );
    expect(shown).toEqual(['New exception request: Steering Committee, fourth term: 6 waiting']);
    expect(shown.join()).not.toContain('a-new-person');
  });

  it('sees in the tray how many wait, by election and without a name, and gets there from it', async () => {
    const tray = await desktop.app.evaluate(({ Tray }) =>
      [...(Tray.shown as Set<{ tip: string; menu: { items: { label: string }[] } }>)].map(({ tip, menu }) => [
        tip,
        menu.items.map(({ label }) => label),
      ]),
    );
    expect(tray).toEqual([
      ['Elekto console: 7 requests wait', ['Steering Committee, fourth term: 6', 'Storage maintainers: 1']],
    ]);
    await desktop.app.evaluate(({ Tray }) => {
      for (const { menu } of Tray.shown) menu.items[0].click();
    });
    await page.getByRole('listbox', { name: 'Exception requests' }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
  });

  it('can have a notification come again, or answer from its button', async () => {
    const shown = await desktop.app.evaluate(({ Notification }) => {
      const [notification] = Notification.shown;
      notification.emit('action', { actionIndex: 1 });
      return notification.actions as { type: string; text: string }[];
    });
    expect(shown).toEqual([
      { type: 'button', text: 'Answer' },
      { type: 'button', text: 'In an hour' },
    ]);
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    await desktop.app.evaluate(({ Notification }) => {
      Notification.shown[0].emit('action', { actionIndex: 0 });
    });
    await page.getByRole('listbox', { name: 'Exception requests' }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
  });

  it('gets to the queue by pressing the notification', async () => {
    await desktop.app.evaluate(({ Notification }) => void Notification.shown[0].emit('click'));
    await page.getByRole('listbox', { name: 'Exception requests' }).waitFor();
    await expect
      .poll(() =>
        desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].focusCount as number),
      )
      .toBe(3);
  });

  it('decides a request; a decision made elsewhere meanwhile is not overwritten', async () => {
    await page.getByRole('option', { name: /contributor-1\b/ }).click();
    await page.getByLabel(/Note to contributor-1/).fill('Welcome.');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page
      .getByText('Approved by edda-lind')
      .or(page.getByText(/Approved.*by edda-lind/))
      .first()
      .waitFor();

    await page.getByRole('option', { name: /contributor-2\b/ }).click();
    await page.getByLabel(/Note to contributor-2/).waitFor();
    // The other officer is faster by so little that this window cannot know it yet.
    server.controls.overtake('steering---term-4', 'request-2');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Somebody else decided this meanwhile').waitFor();
    await page.getByText(/Declined.*by rui-tavares/).waitFor();
  });

  it('copies the roll with its comments and goes to GitHub’s edit page', async () => {
    await page.getByRole('link', { name: 'Voter roll' }).click();
    await page.getByRole('button', { name: 'Propose change on GitHub' }).click();
    expect(await openedPage(desktop.app)).toBe(
      'https://github.com/driftwood/meta/edit/main/elections/steering/term-4/voters.yaml',
    );
    const copied = await desktop.app.evaluate(({ clipboard }) => clipboard.readText() as string);
    expect(copied).toContain('# Roll of 15 May, checked by edda-lind');
    expect(copied).toContain('- voter-3  # docs team');
    expect(copied).toContain('- contributor-1\n');
  });

  it('asks GitHub which accounts exist, with a token that is used once, and compares commits', async () => {
    await desktop.app.evaluate(({ net }) => {
      net.real = net.fetch;
      net.asked = [];
      net.fetch = async (url: string, init: RequestInit) => {
        if (!url.includes('github')) return net.real(url, init);
        net.asked.push(`${url} ${new Headers(init.headers).get('authorization') ?? ''}`);
        if (url.includes('raw.githubusercontent'))
          return new Response('eligible_voters:\n- voter-1\n- somebody-else\n');
        const { variables } = JSON.parse(init.body as string) as { variables: Record<string, string> };
        const data = Object.fromEntries(
          Object.entries(variables).map(([name, login]) => [
            name.replace('l', 'u'),
            login === 'voter-2' ? null : { login: login === 'voter-3' ? 'new-name' : login.toUpperCase() },
          ]),
        );
        return new Response(JSON.stringify({ data, errors: [{ type: 'NOT_FOUND' }] }));
      };
    });
    await page.getByLabel('GitHub token').fill('ghp_0123456789abcdefghij');
    await page.getByRole('button', { name: /^Check \d+ logins$/ }).click();
    await page.getByText('No such account').waitFor();
    await page.getByText('voter-3 is now new-name').waitFor();
    await expect.poll(() => page.getByLabel('GitHub token').inputValue()).toBe('');
    await page.getByLabel('Commit, tag or branch').fill('v1.0');
    await page.getByRole('button', { name: 'Compare with it' }).click();
    await page.getByText('Removed since (1)').waitFor();
    await page.getByText('somebody-else').waitFor();
    const asked = await desktop.app.evaluate(({ net }) => {
      net.fetch = net.real;
      return net.asked as string[];
    });
    expect(asked[0]).toBe('https://api.github.com/graphql Bearer ghp_0123456789abcdefghij');
    expect(asked.at(-1)).toBe(
      'https://raw.githubusercontent.com/driftwood/meta/v1.0/elections/steering/term-4/voters.yaml ',
    );
  });

  it('confirms that a candidate is counted without', async () => {
    await page.goto(`${page.url().split('#')[0]}#/elections/withdrew/turnout`);
    await page.getByRole('button', { name: 'Confirm the withdrawal' }).click();
    await page.getByRole('button', { name: 'Count without' }).click();
    await page.getByText('Still counted').waitFor({ state: 'detached' });
    expect(server.controls.calls()).toContain('strike leila-haddadi true');
  });

  it('closes and counts after a question, and only after the end', async () => {
    await page.getByRole('link', { name: 'Result' }).click();
    await page.getByText('There is no result before the end').waitFor();
    await page.getByRole('link', { name: /Documentation leads/ }).click();
    await page.getByRole('button', { name: 'Close and count' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close and count' }).click();
    await page.getByText(/elected\.$/).waitFor();
  });

  it('saves ballots where the system’s dialog says, or not at all', async () => {
    await answerDialog(null);
    await page.getByRole('button', { name: 'Ballots (CSV)' }).click();
    // The first click reaches its dialog before the next one is put in its place.
    await expect.poll(() => desktop.app.evaluate(() => Reflect.get(globalThis, 'asked'))).toBe(true);
    await answerDialog('ballots.csv');
    await page.getByRole('button', { name: 'Ballots (CSV)' }).click();
    await page.getByText('Saved docs-leads-ballots.csv').waitFor();
    const csv = readFileSync(join(files, 'ballots.csv'), 'utf8');
    expect(csv.split('\n')[0]).toBe('ines-carvalho,kaito-mori,leila-haddadi,tolu-adeyemi');
    expect(csv.trim().split('\n')).toHaveLength(42);
  });

  it('prints the report into a PDF', async () => {
    await answerDialog('report.pdf');
    await page.getByRole('button', { name: 'Report (PDF)' }).click();
    await page.getByText('Saved docs-leads-report.pdf').waitFor();
    await page.locator('.print-only').waitFor({ state: 'detached' });
    expect(readFileSync(join(files, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('saves every other form of the result', async () => {
    for (const [button, file, start] of [
      ['Signed result (JSON)', 'results.json', '{'],
      ['Outcome (YAML)', 'outcome.yaml', 'method:'],
      ['Outcome (JSON)', 'outcome.json', '{'],
      ['Ranking (CSV)', 'ranking.csv', ''],
      ['Report (text)', 'report.txt', ''],
    ] as const) {
      await answerDialog(file);
      await page.getByRole('button', { name: button }).click();
      // The file is there a moment before all of it is written.
      const text = (): string =>
        existsSync(join(files, file)) ? readFileSync(join(files, file), 'utf8') : '';
      await expect.poll(() => text().length).toBeGreaterThan(10);
      expect(text().startsWith(start)).toBe(true);
    }
  });

  it('goes by menu: pages, zoom, settings', async () => {
    const press = (label: string): Promise<void> =>
      desktop.app.evaluate(({ Menu }, wanted) => {
        interface Item {
          label?: string;
          click?: () => void;
          submenu?: Item[];
        }
        const find = (items: Item[]): Item | undefined =>
          items.flatMap((item) => [item, ...(item.submenu ?? [])]).find((item) => item.label === wanted);
        find(Menu.getApplicationMenu().items)?.click?.();
      }, label);
    await press('Record');
    await page.getByRole('columnheader', { name: 'Hash' }).waitFor();
    await press('Home');
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    await press('Zoom In');
    await press('Zoom In');
    expect(
      await desktop.app.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.getZoomFactor() as number,
      ),
    ).toBe(1.25);
    await press('Normal Size');
    await press('Settings …');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await press('Copy Report');
    const copied = () => desktop.app.evaluate(({ clipboard }) => clipboard.readText() as string);
    await expect.poll(copied).toContain('Elekto console report');
    const report = await copied();
    expect(report).not.toContain([...server.tokens][0] ?? 'none');
  });

  it('has an election in a window of its own, once, and beside it everything else', async () => {
    await page
      .getByRole('link', { name: /Documentation leads/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Own window' }).click();
    await expect.poll(() => desktop.app.windows().length).toBe(2);
    const own = desktop.app.windows()[1];
    if (own === undefined) throw new Error('There is no second window.');
    await own.getByRole('heading', { level: 1, name: 'Documentation leads' }).waitFor();
    await own.getByText('● Live').waitFor();
    await page.getByRole('link', { name: 'Turnout' }).click();
    await page.getByRole('button', { name: 'Own window' }).click();
    await expect.poll(() => own.url()).toMatch(/\/turnout$/);
    expect(desktop.app.windows()).toHaveLength(2);
    const [first, second] = await desktop.app.evaluate(({ BrowserWindow }) =>
      (BrowserWindow.getAllWindows() as { options: { webPreferences: unknown } }[]).map(({ options }) =>
        JSON.stringify(options.webPreferences),
      ),
    );
    expect(second).toBe(first);
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1].close());
    await expect.poll(() => desktop.app.windows().length).toBe(1);
  });

  it('is told when there are as many windows as there may be', async () => {
    await desktop.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.all = BrowserWindow.getAllWindows;
      BrowserWindow.getAllWindows = () => Array.from({ length: 12 }, () => BrowserWindow.all()[0]);
    });
    await page.getByRole('button', { name: 'Own window' }).click();
    await page.getByText('There are as many windows as there may be').waitFor();
    await desktop.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows = BrowserWindow.all;
    });
    expect(desktop.app.windows()).toHaveLength(1);
  });

  it('counts a file that is dropped on the window, and opens nothing that is', async () => {
    const drop = (name: string, text: string): Promise<void> =>
      page.evaluate(
        ([file = '', content = '']) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], file));
          for (const kind of ['dragover', 'drop'])
            document.body.dispatchEvent(
              new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }),
            );
        },
        [name, text],
      );
    await drop('ballots.csv', 'ada,bob,cy\n1,2,3\n2,1,3\n1,2,No opinion\n');
    await page.getByRole('heading', { name: 'ballots.csv' }).waitFor();
    await page.getByText('ada is elected.').waitFor();
    await page.getByLabel('Seats').selectOption('2');
    await page.getByText('ada and bob are elected.').waitFor();
    await page.getByLabel('Method').selectOption('meek-stv');
    await page.getByText('ada and bob are elected.').waitFor();
    await drop('hostile.blt', '2 999999999999999\n1 1 2 0\n0\n"Ada"\n"Bob"\n"Seats without end"\n');
    await page.getByRole('heading', { name: 'hostile.blt' }).waitFor();
    expect(await page.getByLabel('Seats').locator('option').allInnerTexts()).toEqual([
      '1',
      '2',
      '999999999999999',
    ]);
    await drop('either.csv', 'ada,bob\n2,1\n2,1\n');
    await page.getByText('Which number is best in this file?').waitFor();
    await page.getByRole('button', { name: 'The highest is best (scores)' }).click();
    await page.getByText('ada is elected.').waitFor();
    await drop('holiday.png', 'PNG of a holiday');
    await page.getByText('The file cannot be read as ballots').waitFor();
    expect(page.url()).toMatch(/#\/count$/);
    await page.getByRole('link', { name: 'Settings' }).click();
  });

  it('chooses the look', async () => {
    await page.getByText('Dark', { exact: true }).click();
    await expect
      .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(true);
    await page.getByText('As the system', { exact: true }).click();
  });

  it('is told when the server is away, sees what was known, and is live again afterwards', async () => {
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('● Live').waitFor();
    server.setDown(true);
    await page.getByText('○ Offline').waitFor();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.getByRole('heading', { name: 'Documentation leads' }).waitFor();
    server.setDown(false);
    await page.getByText('● Live').waitFor();
    await page.getByText('The server cannot be reached.').waitFor({ state: 'detached' });
  });

  it('is still signed in after a restart, in the window’s old place', async () => {
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].setBounds({ x: 40, y: 50, width: 1100, height: 800 }),
    );
    await desktop.app.close();
    desktop = await startDesktop(browser, { userData: desktop.userData });
    ({ page } = desktop);
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    const { x, y, width, height } = await desktop.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].options as Record<string, number>,
    );
    expect({ x, y, width, height }).toEqual({ x: 40, y: 50, width: 1100, height: 800 });
  });

  it('is asked to sign in again when the server has forgotten the token', async () => {
    server.tokens.clear();
    // The window asks by itself now and then, and may find out before anybody clicks.
    await page.reload();
    await page.getByText('Your sign-in has ended. Sign in again.').waitFor();
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    await server.browse(await openedPage(desktop.app));
    await page.getByText('edda-lind', { exact: true }).waitFor();
  });

  it('signs out: the server forgets the token, and so does the disk', async () => {
    expect(server.tokens.size).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /^Sign in to/ }).waitFor();
    await expect.poll(() => server.tokens.size).toBe(0);
    expect(server.requests).toContain('POST /auth/native/revoke');
    expect(readFileSync(join(desktop.userData, 'tokens.json'), 'utf8').trim()).toBe('{}');
  });
});

describe('a link that starts the app', () => {
  const link = 'elekto://elections/steering---term-4/turnout';
  const page = /#\/elections\/steering---term-4\/turnout$/;

  it('in its first words is where it begins, also once somebody has signed in', async () => {
    const server = await startFakeServer(demoElections());
    const desktop = await startDesktop(browser, {}, {}, ['--flag', link]);
    expect(desktop.page.url()).toMatch(page);
    await desktop.page.getByLabel(/server/).fill(server.url);
    await desktop.page.getByRole('button', { name: 'Add server' }).click();
    await desktop.page.getByRole('button', { name: /^Sign in to/ }).click();
    await server.browse(await openedPage(desktop.app));
    await desktop.page.getByRole('heading', { name: 'Turnout since opening' }).waitFor();
    await stopDesktop(desktop);
    await server.close();
  });

  it('as macOS says it before the app is ready is where it begins, too', async () => {
    const desktop = await startDesktop(browser, { openUrl: link });
    expect(desktop.page.url()).toMatch(page);
    await stopDesktop(desktop);
  });
});

describe('several servers', () => {
  it('each have their own sign-in', async () => {
    const [one, two] = await Promise.all([startFakeServer(demoElections()), startFakeServer([])]);
    const desktop = await startDesktop(browser);
    const { page } = desktop;
    await signIn(desktop, one);
    await page.goto(`${page.url().split('#')[0]}#/settings`);
    await page.getByLabel('Add another server').fill(two.url);
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    await two.browse(await openedPage(desktop.app));
    await page.getByText('edda-lind', { exact: true }).waitFor();
    await page.getByRole('button', { name: `Use ${new URL(one.url).host}` }).click();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'Steering Committee, fourth term' }).waitFor();
    expect(two.tokens.size).toBe(1);
    await page.goto(`${page.url().split('#')[0]}#/settings`);
    await page.getByRole('button', { name: `Remove ${new URL(two.url).host}` }).click();
    await expect.poll(() => two.tokens.size).toBe(0);
    expect(one.tokens.size).toBe(1);
    await stopDesktop(desktop);
    await Promise.all([one.close(), two.close()]);
  });
});

describe('where the system has no keyring', () => {
  it('the token is kept in memory alone, whatever it has instead', async () => {
    const server = await startFakeServer(demoElections());
    const userData = newUserData();
    for (const safeStorage of ['basic_text', 'unavailable'] as const) {
      const desktop = await startDesktop(browser, { safeStorage, userData });
      const { page } = desktop;
      await page.getByText('You will sign in again after a restart').waitFor();
      if (safeStorage === 'basic_text') await signIn(desktop, server);
      else {
        await page.getByRole('button', { name: /^Sign in to/ }).click();
        await server.browse(await openedPage(desktop.app));
        await page.getByRole('heading', { name: 'My elections' }).waitFor();
      }
      expect(existsSync(join(userData, 'tokens.json')), safeStorage).toBe(false);
      await desktop.app.close();
    }
    rmSync(userData, { recursive: true, force: true });
    await server.close();
  });
});

describe('a server that is newer than the app, has no live stream, and elections that end', () => {
  const [first, second, ...others] = demoElections();
  if (!first || !second) throw new Error('The demo has two elections at least.');
  const endsIn = (election: FakeElection, ms: number): FakeElection => ({
    ...election,
    overview: { ...election.overview, phase: 'open', state: 'open', closesAt: NOW + ms },
  });
  let server: FakeServer;
  let desktop: Desktop;
  let page: Page;
  beforeAll(async () => {
    server = await startFakeServer([endsIn(first, DAY_MS + 1_500), endsIn(second, 500), ...others]);
    server.setVersion('9.0.1');
    server.setLive(false);
    desktop = await startDesktop(browser);
    ({ page } = desktop);
    await signIn(desktop, server);
  });
  afterAll(async () => {
    await stopDesktop(desktop);
    await server.close();
  });

  it('is asked on a schedule instead', () => page.getByText('Asks every 15 seconds').waitFor());

  it('is told of a day before an end, and again at the end, which leads to the result', async () => {
    const shown = () =>
      desktop.app.evaluate(({ Notification }) =>
        (Notification.shown as { title: string; body: string }[]).map(
          ({ title, body }) => `${title}: ${body}`,
        ),
      );
    await expect
      .poll(async () => (await shown()).sort())
      .toEqual([
        `One day left: ${first.overview.name} closes in 24 hours.`,
        `Voting has ended: ${second.overview.name}: the result can be seen here once it is counted.`,
      ]);
    await desktop.app.evaluate(({ Notification }) => {
      const all = Notification.shown as { title: string; emit(name: string): void }[];
      all.find(({ title }) => title === 'Voting has ended')?.emit('click');
    });
    await page.getByRole('heading', { level: 1, name: second.overview.name }).waitFor();
    expect(await page.evaluate(() => window.location.hash)).toMatch(/\/result$/);
  });

  it('is said to be newer, with what to do meanwhile, until that is put away for this version', async () => {
    const newer = page.getByText('The server runs Elekto 9.0.1, this app is 0.1.0.');
    await newer.waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await newer.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Asks every 15 seconds').waitFor();
    expect(await newer.count()).toBe(0);
    server.setVersion('9.0.2');
    await page.reload();
    await page.getByText('The server runs Elekto 9.0.2, this app is 0.1.0.').waitFor();
  });
});

describe('when something breaks', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    // None of these is a page of the app.
    desktop = await startDesktop(browser, {}, {}, [
      'elekto://elections/a/turnout?token=1',
      'elekto://settings',
      'https://example.org/',
    ]);
  });
  afterAll(() => stopDesktop(desktop));

  it('a link that is none begins at home', () => {
    expect(new URL(desktop.page.url()).hash).toBe('');
  });

  it('a second start shows the first one’s window and ends', async () => {
    const { DoubleApp } = await import('../tests/double/launch.ts');
    const { APP_MAIN } = await import('../tests/harness/build-app.ts');
    const second = await DoubleApp.launch({
      main: APP_MAIN,
      browser,
      machine: { userData: desktop.userData, packaged: true, safeStorage: 'gnome_libsecret' },
    });
    expect(await second.exited).toBe(0);
    await desktop.app.evaluate(({ app }) => {
      app.emit('second-instance', {}, ['elekto-console', 'elekto://elections/a?token=1']);
      app.emit('second-instance', {}, ['elekto-console', 'elekto://elections/a/turnout']);
    });
    await expect.poll(() => desktop.page.url()).toMatch(/#\/elections\/a\/turnout$/);
    expect(await desktop.app.evaluate(({ app }) => app.schemes as string[])).toEqual(['elekto']);
    expect(
      await desktop.app.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].focusCount as number,
      ),
    ).toBe(2);
  });

  it('an error of the main process ends in a message, not in silence', async () => {
    const message = await desktop.app.evaluate(
      ({ dialog, clipboard }) =>
        new Promise<string>((resolve) => {
          dialog.showMessageBox = async ({ message: told }: { message: string }) => {
            const look = (): void => {
              const copied = clipboard.readText() as string;
              if (copied === '') setTimeout(look, 10);
              else resolve(`${told}|${copied}`);
            };
            setTimeout(look);
            return { response: 1 };
          };
          setTimeout(() => {
            throw new Error('boom in /home/edda/app with Bearer abcdefghij');
          });
        }),
    );
    expect(message).toContain('Something went wrong|Elekto console report');
    expect(message).toContain('boom');
    expect(message).not.toContain('edda');
    expect(message).not.toContain('abcdefghij');
  });

  it('a message that cannot be shown is not followed by messages about that', async () => {
    const asked = await desktop.app.evaluate(async ({ dialog }) => {
      let times = 0;
      dialog.showMessageBox = () => {
        times += 1;
        throw new Error('no display');
      };
      setTimeout(() => {
        throw new Error('boom');
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      dialog.showMessageBox = () => Promise.resolve({ response: 0 });
      return times;
    });
    expect(asked).toBe(1);
  });

  it('a dead window is offered to be loaded again', async () => {
    await desktop.app.evaluate(({ dialog }) => {
      dialog.asked = [];
      dialog.showMessageBox = async (_window: unknown, options: { message: string }) => {
        dialog.asked.push(options.message);
        return { response: 0 };
      };
    });
    void desktop.page.goto('chrome://crash').catch(() => undefined);
    await expect
      .poll(() => desktop.app.evaluate(({ dialog }) => dialog.asked as string[]))
      .toEqual(['The window stopped working']);
    await expect
      .poll(() =>
        desktop.app
          .windows()[0]
          ?.title()
          .catch(() => ''),
      )
      .toBe('Elekto console');
  });
});
